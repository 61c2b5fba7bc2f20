"""The trail of a log in words. The pages' timeline takes them from here when the application starts."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from foitracker.casework.timeline import COLUMN_LABELS, add_events, changed_columns, day
from referrals.rules.vocabulary import (
    FORCE_ROLE_LABELS,
    MARKING_LABELS,
    PRIORITY_LABELS,
    SCOPE_LABELS,
    TRIGGER_LABELS,
    UPTAKE_LABELS,
)
from referrals.rules.workflow import CLOSING_LABELS

Detail = Mapping[str, Any]

#: The words for each event on a log, a force, a criterion, the unit or a statistic.
ACT_TITLES: dict[str, str] = {
    "referral_logged": "Referral logged",
    "referral_changed": "Details changed",
    "referral_refused": "Log of another force asked for",
    "force_added": "Force added",
    "force_changed": "Force changed",
    "triaged": "Triaged",
    "referral_assigned": "Adviser assigned",
    "referral_grouped": "Grouped under a national log",
    "referrals_grouped": "Logs grouped under this one",
    "referral_ungrouped": "Taken out of the national log",
    "referrals_ungrouped": "Logs taken out of the group",
    "reply_date_moved": "Day advice is due by moved with the calendar",
    "lead_consulted": "Portfolio lead consulted",
    "consultation_replied": "Portfolio lead replied",
    "chased": "Chased",
    "correspondence_recorded": "Correspondence recorded",
    "advice_drafted": "Advice drafted",
    "advice_given": "Advice given",
    "advice_circulated": "Forces told of the advice",
    "national_advice_told": "Told of the national advice",
    "uptake_recorded": "What the force did with the advice recorded",
    "outcome_recorded": "Force's outcome recorded",
    "pack_printed": "Referral pack printed",
    "referral_closed": "Log closed",
    "referral_reopened": "Log reopened",
    "register_entry_added": "Body added to the register",
    "register_entry_changed": "Entry of the register changed",
    "force_renamed": "Force renamed",
    "force_ended": "Force ended",
    "force_restored": "Force taken as going on after all",
    "force_name_added": "Name added",
    "force_name_ended": "Name ended",
    "force_name_removed": "Name removed",
    "force_contact_set": "Account tied to a force",
    "force_contact_ended": "Account no longer tied to a force",
    "criterion_added": "Criterion added",
    "criterion_changed": "Criterion changed",
    "criterion_ended": "Criterion ended",
    "topic_added": "Topic added",
    "topic_changed": "Topic changed",
    "lead_added": "Portfolio lead added",
    "lead_changed": "Portfolio lead changed",
    "unit_changed": "The unit's rules changed",
    "completeness_set": "Completeness of the log recorded",
    "statistic_saved": "Statistic saved",
    "statistic_counted_again": "Statistic counted again",
    "statistic_placed": "Statistic placed in a letter",
    "applicant_recognised": "Words typed that tell who our applicant is",
    "pseudonym_key_rotated": "Marks of applicants carried over to a new key",
}


def _logged(detail: Detail) -> Iterable[str]:
    yield f"{SCOPE_LABELS[detail['scope']]}, received on {day(detail['received_on'])}."
    yield from _forces(detail)
    if request := detail.get("own_request"):
        yield f"Our own request {request}."
    if detail.get("brought_over"):
        yield "Brought over with its number from another log."
    if reply_by := detail.get("reply_by"):
        yield f"Advice is due by {day(reply_by)}."
    yield from _left_in(detail)


def _forces(detail: Detail) -> Iterable[str]:
    if forces := detail.get("forces"):
        yield f"{_listed(forces)}."


def _changed(detail: Detail) -> Iterable[str]:
    yield from changed_columns(detail)
    yield from _left_in(detail)


def _force(detail: Detail) -> Iterable[str]:
    yield f"{FORCE_ROLE_LABELS[detail['role']]} {detail['force']}."
    if trigger := detail.get("trigger"):
        yield f"{TRIGGER_LABELS[trigger]}."
    yield from _force_before(detail.get("before") or {})
    if due_on := detail.get("due_on"):
        yield f"Its answer is due on {day(due_on)}."
    yield from _left_in(detail)


def _force_before(before: Detail) -> Iterable[str]:
    said = [
        *([before["force"]] if before.get("force") else []),
        *([FORCE_ROLE_LABELS[before["role"]]] if before.get("role") else []),
        *([TRIGGER_LABELS[before["trigger"]]] if before.get("trigger") else []),
    ]
    if said:
        yield f"Before: {', '.join(said)}."


def _triaged(detail: Detail) -> Iterable[str]:
    if priority := detail.get("priority"):
        yield f"{PRIORITY_LABELS[priority]} priority."
    for name, label in (("applies", "Applies"), ("set_aside", "Set aside")):
        if codes := detail.get(name):
            yield f"{label}: {_listed(code.replace('-', ' ') for code in codes)}."
    yield from _given_to(detail)
    yield from _left_in(detail)


def _given_to(detail: Detail) -> Iterable[str]:
    if adviser := detail.get("adviser"):
        yield f"Given to {adviser}."


def _grouped(detail: Detail) -> Iterable[str]:
    if national := detail.get("national_log"):
        yield f"National log {national}."
    if members := detail.get("members"):
        yield f"Logs {_listed(members)}."


def _moved(detail: Detail) -> Iterable[str]:
    before, after = day(detail.get("reply_by_before")), day(detail.get("reply_by_after"))
    if before != after:
        yield f"Advice is due by {after or 'no day'} instead of {before or 'no day'}."
    for limit in detail.get("deadlines", ()):
        due, was = (day(limit[name]) or "no day" for name in ("after", "before"))
        yield f"{limit['force']}: due on {due} instead of {was}."
    if version := detail.get("calendar_version"):
        yield f"Calendar {version}."


def _consulted(detail: Detail) -> Iterable[str]:
    yield f"{detail['lead']}."
    if reply_by := detail.get("reply_by"):
        yield f"Asked to reply by {day(reply_by)}{', by e-mail' if detail.get('by_email') else ''}."
    if replied_on := detail.get("replied_on"):
        yield f"The reply came on {day(replied_on)}."
    yield from _left_in(detail)


def _chased(detail: Detail) -> Iterable[str]:
    yield f"{_listed(detail['chased'])}."
    yield from _left_in(detail)


def _corresponded(detail: Detail) -> Iterable[str]:
    told = {"in": "Received", "out": "Sent"}.get(detail.get("direction", ""), "")
    party = detail.get("with")
    yield " ".join(filter(None, [told, day(detail.get("dated_on")), f"({party})" if party else ""])) + "."
    if first := detail.get("first_contact_on"):
        before = day(detail.get("first_contact_before"))
        yield f"Statistics count the force on this log from {day(first)}{f' instead of {before}' if before else ''}."
    if received := detail.get("received_on"):
        yield f"The log came in on {day(received)}, not on {day(detail['received_before'])}."
    yield from _left_in(detail)


def _advice(detail: Detail) -> Iterable[str]:
    yield f"Advice {detail['number']}, {MARKING_LABELS[detail['marking']]}."
    if exemptions := detail.get("exemptions"):
        yield f"Exemptions: {_listed(exemptions)}."
    yield from _left_in(detail)


def _told(detail: Detail) -> Iterable[str]:
    yield f"Advice {detail['number']}: {_listed(detail['told'])}."
    if national := detail.get("national_log"):
        yield f"Given on national log {national}."
    if emails := detail.get("by_email"):
        yield f"{emails} by e-mail."
    if grouped := detail.get("grouped_logs"):
        yield f"On the logs {_listed(grouped)}, too."


def _uptake(detail: Detail) -> Iterable[str]:
    uptake = detail.get("uptake")
    yield f"{detail['force']}, advice {detail['number']}: {UPTAKE_LABELS[uptake] if uptake else 'taken back'}."
    yield from _left_in(detail)


def _outcome(detail: Detail) -> Iterable[str]:
    on = day(detail.get("on"))
    yield f"{detail['force']}: {detail.get('outcome') or 'open again'}{f' on {on}' if on else ''}."


def _closed(detail: Detail) -> Iterable[str]:
    if closing := detail.get("closing"):
        yield f"{CLOSING_LABELS[closing]}."
    yield from _left_in(detail)


def _named(detail: Detail) -> Iterable[str]:
    before, after = detail.get("from"), detail.get("to")
    yield f"{before} is called {after}" if before and after else str(detail.get("name", ""))
    if first := detail.get("from_on"):
        yield f"from {day(first)}"
    if last := detail.get("last_day"):
        yield f"to {day(last)}{',' if detail.get('into') else ''}"
    if into := detail.get("into"):
        yield f"then part of {into}"


def _criterion(detail: Detail) -> Iterable[str]:
    yield f"“{detail['title']}”, version {detail['version_of_criterion']}."


def _listed_entry(detail: Detail) -> Iterable[str]:
    """A topic or a portfolio lead: which one, and what became of it."""
    yield f"{detail.get('name') or detail.get('portfolio', '')}."
    yield from changed_columns(detail)


def _contact(detail: Detail) -> Iterable[str]:
    yield f"{detail['contact']}: {detail['force']}."
    if before := detail.get("before"):
        yield f"Before: {before}."


def _completeness(detail: Detail) -> Iterable[str]:
    yield f"Complete to {day(detail.get('to')) or 'no day recorded'} instead of {day(detail.get('from')) or 'none'}."


def _left_in(detail: Detail) -> Iterable[str]:
    """What was pointed out as identifying the applicant, and left in because an officer said that it does not."""
    if unmasked := detail.get("unmasked"):
        kinds = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in unmasked.items())
        yield f"Left in, as not the applicant's: {kinds}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


#: What the facts of an event say, where the title alone is not enough.
SAYINGS: dict[str, Callable[[Detail], Iterable[str]]] = {
    "referral_logged": _logged,
    "referral_changed": _changed,
    **dict.fromkeys(("force_added", "force_changed"), _force),
    "triaged": _triaged,
    "referral_assigned": _given_to,
    **dict.fromkeys(
        ("referral_grouped", "referrals_grouped", "referral_ungrouped", "referrals_ungrouped"), _grouped
    ),
    "reply_date_moved": _moved,
    **dict.fromkeys(("lead_consulted", "consultation_replied"), _consulted),
    "chased": _chased,
    "correspondence_recorded": _corresponded,
    **dict.fromkeys(("advice_drafted", "advice_given"), _advice),
    **dict.fromkeys(("advice_circulated", "national_advice_told"), _told),
    "uptake_recorded": _uptake,
    "outcome_recorded": _outcome,
    **dict.fromkeys(("referral_closed", "referral_reopened"), _closed),
    **dict.fromkeys(
        (
            "force_renamed",
            "force_ended",
            "force_restored",
            "force_name_added",
            "force_name_ended",
            "force_name_removed",
            "register_entry_added",
        ),
        _named,
    ),
    **dict.fromkeys(("force_contact_set", "force_contact_ended"), _contact),
    **dict.fromkeys(("register_entry_changed", "unit_changed"), changed_columns),
    **dict.fromkeys(("topic_added", "topic_changed", "lead_added", "lead_changed"), _listed_entry),
    **dict.fromkeys(("criterion_added", "criterion_changed", "criterion_ended"), _criterion),
    "completeness_set": _completeness,
}

#: What the columns of a log and of the unit are called on their pages.
LABELS: dict[str, str] = {
    "scope": "Scope",
    "wording": "Wording",
    "topic": "Topic",
    "topic_id": "Topic",
    "flags": "What else is known",
    "short": "Short name",
    "kind": "Kind",
    "nation": "Nation",
    "region": "Region",
    "regime": "Access law",
    "own_force": "The authority itself",
    "portfolio": "Portfolio",
    "post": "Post",
    "is_in_use": "In use",
    "reply_days_before": "Working days between advice and the first deadline",
    "reply_days_without_deadline": "Working days for advice without a deadline",
    "consultation_days": "Working days a portfolio lead has to reply",
    "ageing_after_days": "Working days after which a log is ageing",
}


def add_words() -> None:
    """Add the words of referrals to the timeline."""
    add_events(ACT_TITLES, SAYINGS)
    COLUMN_LABELS.update({name: label for name, label in LABELS.items() if name not in COLUMN_LABELS})
