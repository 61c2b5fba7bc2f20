"""The trail of a request in words: one title for each event, and what its facts say."""

from collections.abc import Callable, Iterable

from django import template

from foitracker.casework.timeline import (
    COLUMN_LABELS,
    Detail,
    add_events,
    changed_columns,
    day,
    timeline_events,
)
from requests_app.letters.kinds import kind_label
from requests_app.models import EFFECT_LABELS, HOLDING_LABELS, ClockActKind, Despatch, LinkKind, ReviewFinding
from requests_app.rules.casework.dispositions import DISPOSITION_LABELS
from requests_app.rules.casework.workflow import OUTCOME_LABELS

register = template.Library()
register.filter("timeline_events", timeline_events)


ACT_TITLES: dict[str, str] = {
    "request_logged": "Request logged",
    "details_changed": "Details changed",
    "identity_changed": "Applicant's details changed",
    "identity_seen": "Applicant's identity seen",
    "assigned": "Officer assigned",
    "linked": "Request linked",
    "link_changed": "Link changed",
    "unlinked": "Link removed",
    "note_written": "Note written",
    "clarification_asked": "Clarification asked",
    "clarification_answered": "Clarification received",
    "clarification_corrected": "Clarification corrected",
    "clarification_withdrawn": "Clarification taken out",
    **{kind.value: kind.label for kind in ClockActKind},
    "clock_act_corrected": "Date of the clock corrected",
    "clock_act_withdrawn": "Date of the clock taken out",
    "lapse_warned": "Warned that the request will lapse",
    "items_set": "Items set",
    "item_decided": "Item decided",
    "items_decided": "Items decided",
    "search_recorded": "Search recorded",
    "holding_set": "What is held changed",
    "figures_set": "Figures given",
    "figures_removed": "Figures removed",
    "exemption_claimed": "Exemption claimed",
    "claim_changed": "Exemption claim changed",
    "claim_withdrawn": "Exemption claim withdrawn",
    "letter_drafted": "Letter drafted",
    "letter_changed": "Draft letter changed",
    "letter_submitted": "Submitted for approval",
    "letter_returned": "Returned for more work",
    "letter_approved": "Letter approved",
    "letter_issued": "Letter issued",
    "letter_seen": "Letter seen",
    "correction_opened": "Reopened to correct the issued letter",
    "correction_abandoned": "Correction abandoned; the issued letter stands",
    "hold_placed": "Answer waits for advice",
    "hold_ended": "Answer no longer waits",
    "hold_overridden": "Gone on without the advice",
    "closed_unanswered": "Closed without an answer",
    "due_date_moved": "Due date moved with the bank holidays",
    "holidays_proposed": "Changes to the bank holidays proposed",
    "calendar_changed": "Bank holidays changed",
    "holidays_rejected": "Changes to the bank holidays rejected",
    "authority_changed": "Authority's settings changed",
    "regulator_recorded": "Regulator recorded",
    "regulator_removed": "Regulator removed",
    "calendar_feed_created": "Calendar feed created",
    "calendar_feed_revoked": "Calendar feed ended",
}

#: What the columns of a request and of the authority are called on their pages.
_COLUMNS: dict[str, str] = {
    "received_on": "Date received",
    "channel": "How it arrived",
    "subject": "Subject",
    "regime": "Regime",
    "designated_function": "Designated function",
    "interpretation": "How we read the request",
    "priority": "Priority",
    "priority_reason": "Reason for the priority",
    "name": "Name",
    "short_name": "Short name",
    "office": "Office",
    "address": "Address",
    "telephone": "Telephone",
    "email": "E-mail",
    "website": "Website",
    "signature_line": "Signature line",
    "review_address": "Address for internal reviews",
    "review_email": "E-mail for internal reviews",
    "prints_officer_name": "Print the name of who signs",
    "allows_own_approval": "Own approval allowed",
    "has_designated_functions": "Designated functions only",
    "clarification_lapse_months": "Months until an unanswered question lapses",
    "lapse_warning_days": "Days of warning before a lapse",
    "closes_lapsed_requests": "Lapsed requests closed by the system",
    "deems_next_working_day": "Arrival on a day that is no working day taken for the next one",
}

#: A change of whole years names this many days of it.
_FEW = 12


def _logged(detail: Detail) -> Iterable[str]:
    yield f"Received on {day(detail.get('received_on'))}, due on {day(detail.get('due_on'))}."
    if detail.get("officer"):
        yield f"Given to {detail['officer']}."
    if detail.get("validity_gaps"):
        yield f"Not valid yet: no sufficient {', '.join(detail['validity_gaps'])}."
    if detail.get("brought_over"):
        yield "Brought over with its number from another register."
    if count := detail.get("unprintable_characters_removed"):
        yield f"{count} unprintable character{'' if count == 1 else 's'} removed from the text."


def _identity(detail: Detail) -> Iterable[str]:
    if fields := detail.get("fields"):
        yield f"Changed: {', '.join(fields).replace('_', ' ')}."
    gaps = detail.get("validity_gaps")
    yield f"Still missing: {', '.join(gaps)}." if gaps else "The request is valid."


def _link(detail: Detail) -> Iterable[str]:
    yield f"{LinkKind(detail['kind']).label} {detail['other']}."


def _asked(detail: Detail) -> Iterable[str]:
    yield f"Asked on {day(detail.get('asked_on'))}. The clock stopped."


def _answered(detail: Detail) -> Iterable[str]:
    yield f"Received on {day(detail.get('answered_on'))}."
    if effect := detail.get("effect"):
        yield f"{EFFECT_LABELS[effect]}."
    if excluded := detail.get("excluded"):
        yield f"Excludes {_items(excluded)}."
    if detail.get("reopened"):
        yield "The request had lapsed and is open again."
    if due_on := detail.get("due_on"):
        yield f"Due on {day(due_on)}."


def _clarification_corrected(detail: Detail) -> Iterable[str]:
    yield f"Asked on {day(detail.get('asked_on'))}."
    if answered_on := detail.get("answered_on"):
        yield f"Answered on {day(answered_on)}."
    yield from _new_due(detail)


def _clock_act(detail: Detail) -> Iterable[str]:
    yield f"{day(detail.get('on'))}."
    if amount := detail.get("amount"):
        yield f"£{amount}."
    if provision := detail.get("provision"):
        yield f"Exemption {provision}."
    if estimate := detail.get("estimate"):
        yield f"Decision estimated by {day(estimate)}."
    if comply_by := detail.get("comply_by"):
        yield f"To comply by {day(comply_by)}."
    if reference := detail.get("reference"):
        yield f"Reference {reference}."
    if finding := detail.get("finding"):
        yield f"{ReviewFinding(finding).label}; reviewed by {detail.get('reviewer', '')}."
    yield from _new_due(detail)


def _clock_act_changed(detail: Detail) -> Iterable[str]:
    yield f"{ClockActKind(detail['kind']).label},"
    yield from _clock_act(detail)


def _new_due(detail: Detail) -> Iterable[str]:
    before, due_on = detail.get("due_before"), detail.get("due_on")
    if before == due_on:
        return
    yield f"Due on {day(due_on)}" if due_on else "No day is due while the applicant is awaited"
    yield f"instead of {day(before)}." if before else "now."


def _lapse_warned(detail: Detail) -> Iterable[str]:
    yield f"The last day is {day(detail.get('lapses_on'))}."


def _items_set(detail: Detail) -> Iterable[str]:
    labels = detail.get("labels", [])
    yield f"{_items(labels, 'Item')}." if labels else "No items."
    if removed := detail.get("removed"):
        yield f"Removed: {_items(removed)}."


def _decided(detail: Detail) -> Iterable[str]:
    code = detail.get("disposition")
    words = DISPOSITION_LABELS[code].lower() if code else "decision taken back"
    yield f"{_items(detail.get('items') or [detail.get('item', '')], 'Item')}: {words}."


def _search(detail: Detail) -> Iterable[str]:
    yield f"{detail.get('searched', '')}, on {day(detail.get('searched_on'))}."
    if code := detail.get("holding"):
        yield f"{HOLDING_LABELS[code]}."


def _holding(detail: Detail) -> Iterable[str]:
    before = HOLDING_LABELS[detail["from"]] if detail.get("from") else "not recorded"
    yield f"{before} became {HOLDING_LABELS[detail['to']].lower()}."


def _figures(detail: Detail) -> Iterable[str]:
    yield f"Item {detail.get('item', '')}."


def _claim(detail: Detail) -> Iterable[str]:
    yield f"Section {', '.join(detail.get('limbs') or [detail.get('section', '')])}, {_items(detail.get('items', []))}."


def _letter(detail: Detail) -> Iterable[str]:
    if kind := detail.get("kind"):
        yield f"{kind_label(kind)}."
    if detail.get("own_approval"):
        yield "Approved by somebody who took part in the decision; the settings allow it."
    if despatch := detail.get("despatch"):
        yield f"Sent by: {Despatch(despatch).label}."
    if outcome := detail.get("outcome"):
        yield f"Outcome: {OUTCOME_LABELS[outcome]}."
    if detail.get("supersedes"):
        yield "Takes the place of the letter issued before."


def _regulator(detail: Detail) -> Iterable[str]:
    yield f"{detail.get('name', '')} from {day(detail.get('from_date'))}."


def _closed(detail: Detail) -> Iterable[str]:
    yield f"{OUTCOME_LABELS[detail['outcome']]}."
    if detail.get("by_setting"):
        yield "Closed by the system, as the authority's settings say."


def _held(detail: Detail) -> Iterable[str]:
    yield f"Advice awaited: {detail['awaited']}."
    if ending := detail.get("ending"):
        yield ending


def _moved(detail: Detail) -> Iterable[str]:
    before, after = day(detail.get("due_before")), day(detail.get("due_after"))
    yield f"Due on {after}" if after else "No due date"
    yield f"instead of {before}." if before else "where there was none."
    yield f"Calendar {detail.get('calendar_version', '')}."


def _holidays(detail: Detail) -> Iterable[str]:
    for name, label in (("added", "Add"), ("removed", "Remove")):
        if days := detail.get(name):
            more = f" and {len(days) - _FEW} more" if len(days) > _FEW else ""
            yield f"{label}: {'; '.join(days[:_FEW])}{more}."
    if source := detail.get("source"):
        yield f"Published by {source}."
    if version := detail.get("calendar_version"):
        yield f"Calendar {version}."


def _items(labels: list[str], word: str = "item") -> str:
    return f"{word}{'' if len(labels) == 1 else 's'} {', '.join(labels)}"


_SAYINGS: dict[str, Callable[[Detail], Iterable[str]]] = {
    "request_logged": _logged,
    "details_changed": changed_columns,
    "identity_changed": _identity,
    "assigned": lambda detail: [f"Given to {detail['officer']}."],
    "linked": _link,
    "link_changed": _link,
    "unlinked": _link,
    "clarification_asked": _asked,
    "clarification_answered": _answered,
    "clarification_corrected": _clarification_corrected,
    "clarification_withdrawn": _clarification_corrected,
    **dict.fromkeys(ClockActKind.values, _clock_act),
    "clock_act_corrected": _clock_act_changed,
    "clock_act_withdrawn": _clock_act_changed,
    "lapse_warned": _lapse_warned,
    "items_set": _items_set,
    "item_decided": _decided,
    "items_decided": _decided,
    "search_recorded": _search,
    "holding_set": _holding,
    "figures_set": _figures,
    "figures_removed": _figures,
    "exemption_claimed": _claim,
    "claim_changed": _claim,
    "claim_withdrawn": _claim,
    "letter_drafted": _letter,
    "letter_changed": _letter,
    "letter_submitted": _letter,
    "letter_approved": _letter,
    "letter_issued": _letter,
    **dict.fromkeys(("hold_placed", "hold_ended", "hold_overridden"), _held),
    "closed_unanswered": _closed,
    "due_date_moved": _moved,
    "holidays_proposed": _holidays,
    "calendar_changed": _holidays,
    "holidays_rejected": _holidays,
    "authority_changed": changed_columns,
    "regulator_recorded": _regulator,
    "regulator_removed": _regulator,
}


def add_words() -> None:
    """Give the timeline the words of this app's events."""
    add_events(ACT_TITLES, _SAYINGS)
    COLUMN_LABELS.update(_COLUMNS)
