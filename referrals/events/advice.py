"""What is recorded of advice: who was asked and chased, what was written, advice given, told and taken up."""

from collections.abc import Iterable

from foitracker.audit.events import Said, Vocabulary
from foitracker.audit.fields import Code, Day, Flag, Many, Number, Reference
from referrals.events.common import FORCES, UNMASKED, UNMASKED_SAYS
from referrals.models import Direction
from referrals.rules.vocabulary import FORCE_OUTCOME_LABELS, MARKING_LABELS, UPTAKE_LABELS

EVENTS = Vocabulary("Referrals: advice")

_LEAD = Reference("Portfolio lead")
_FORCE = Reference("Force")
_NUMBER = Number("Advice")


def _asked(said: Said) -> Iterable[str]:
    by_email = ", by e-mail" if said.detail.get("by_email") else ""
    yield f"Asked to reply by {said['reply_by']}{by_email}."


LEAD_CONSULTED = EVENTS.event(
    "lead_consulted",
    "Portfolio lead consulted",
    fields={"lead": _LEAD, "reply_by": Day("To reply by"), "by_email": Flag("By e-mail"), **UNMASKED},
    says=("{lead}.", _asked, *UNMASKED_SAYS),
)
CONSULTATION_REPLIED = EVENTS.event(
    "consultation_replied",
    "Portfolio lead replied",
    fields={"lead": _LEAD, "replied_on": Day("Replied on"), **UNMASKED},
    says=("{lead}.", "The reply came on {replied_on}.", *UNMASKED_SAYS),
)
CHASED = EVENTS.event(
    "chased",
    "Chased",
    fields={
        "chased": Many("Chased", Reference("Force or portfolio lead")),
        "by_email": Number("By e-mail"),
        **UNMASKED,
    },
    says=("{chased}.", *UNMASKED_SAYS),
)


def _corresponded(said: Said) -> Iterable[str]:
    party = f" ({said['with']})" if said["with"] else ""
    yield f"{said['direction']} {said['dated_on']}{party}."


def _first_contact(said: Said) -> Iterable[str]:
    if first := said["first_contact_on"]:
        before = said["first_contact_before"]
        yield f"Statistics count the force on this log from {first}{f' instead of {before}' if before else ''}."


CORRESPONDENCE_RECORDED = EVENTS.event(
    "correspondence_recorded",
    "Correspondence recorded",
    fields={
        "direction": Code("Direction", dict(Direction.choices)),
        "dated_on": Day("Dated"),
        "with": Reference("With"),
        "first_contact_on": Day("Counted from"),
        "first_contact_before": Day("Counted before from"),
        "received_on": Day("Log received on"),
        "received_before": Day("Log received before on"),
        **UNMASKED,
    },
    says=(
        _corresponded,
        _first_contact,
        "The log came in on {received_on}, not on {received_before}.",
        *UNMASKED_SAYS,
    ),
)

_ADVICE = {
    "number": _NUMBER,
    "marking": Code("Marking", MARKING_LABELS),
    "exemptions": Many("Exemptions", Reference("Exemption")),
    **UNMASKED,
}
_ADVICE_SAYS = ("Advice {number}, {marking}.", "Exemptions: {exemptions}.", *UNMASKED_SAYS)
ADVICE_DRAFTED = EVENTS.event("advice_drafted", "Advice drafted", fields=_ADVICE, says=_ADVICE_SAYS)
ADVICE_GIVEN = EVENTS.event(
    "advice_given", "Advice given", fields={**_ADVICE, "given_on": Day("Given on")}, says=_ADVICE_SAYS
)

_TOLD_SAYS = "Advice {number}: {told}."
ADVICE_CIRCULATED = EVENTS.event(
    "advice_circulated",
    "Forces told of the advice",
    fields={
        "number": _NUMBER,
        "told": FORCES,
        "by_email": Number("By e-mail"),
        "grouped_logs": Many("Grouped logs", Reference("Log")),
    },
    says=(_TOLD_SAYS, ("by_email", "{by_email} by e-mail."), "On the logs {grouped_logs}, too."),
)
NATIONAL_ADVICE_TOLD = EVENTS.event(
    "national_advice_told",
    "Told of the national advice",
    fields={"number": _NUMBER, "told": FORCES, "national_log": Reference("National log")},
    says=(_TOLD_SAYS, "Given on national log {national_log}."),
)


def _taken_up(said: Said) -> Iterable[str]:
    yield f"{said['force']}, advice {said['number']}: {said['uptake'] or 'taken back'}."


def _ended(said: Said) -> Iterable[str]:
    on = f" on {said['on']}" if said["on"] else ""
    yield f"{said['force']}: {said['outcome'] or 'open again'}{on}."


UPTAKE_RECORDED = EVENTS.event(
    "uptake_recorded",
    "What the force did with the advice recorded",
    fields={
        "force": _FORCE,
        "number": _NUMBER,
        "uptake": Code("Uptake", UPTAKE_LABELS),
        "uptake_before": Code("Uptake before", UPTAKE_LABELS),
        **UNMASKED,
    },
    says=(_taken_up, *UNMASKED_SAYS),
)
OUTCOME_RECORDED = EVENTS.event(
    "outcome_recorded",
    "Force's outcome recorded",
    fields={
        "force": _FORCE,
        "outcome": Code("Outcome", FORCE_OUTCOME_LABELS),
        "outcome_before": Code("Outcome before", FORCE_OUTCOME_LABELS),
        "on": Day("On"),
    },
    says=(_ended,),
)
PACK_PRINTED = EVENTS.access(
    "pack_printed",
    "Referral pack printed",
    fields={"force": _FORCE, "lead": _LEAD},
    says=("For {force}.", "For {lead}."),
    is_guarded=True,
)
