"""What is recorded of the unit's rules, its criteria, topics and leads, and the keys of applicants' marks."""

from collections.abc import Iterable

from foitracker.audit.events import Said, Vocabulary
from foitracker.audit.fields import Changes, Code, Day, Flag, Many, Number, Reference, Words
from referrals.rules.vocabulary import FLAG_LABELS

EVENTS = Vocabulary("Referrals: settings")

_CRITERION = {
    "title": Reference("Title"),
    "version_of_criterion": Number("Version of the criterion"),
    "suggested_by": Many("Suggested by the words", Reference("Word")),
    "flags": Many("Suggested by", Code("Suggested by", FLAG_LABELS)),
    "is_illustrative": Flag("Illustrative"),
}
_CRITERION_SAYS = ("“{title}”, version {version_of_criterion}.",)
CRITERION_ADDED = EVENTS.event("criterion_added", "Criterion added", fields=_CRITERION, says=_CRITERION_SAYS)
CRITERION_CHANGED = EVENTS.event(
    "criterion_changed", "Criterion changed", fields=_CRITERION, says=_CRITERION_SAYS
)
CRITERION_ENDED = EVENTS.event("criterion_ended", "Criterion ended", fields=_CRITERION, says=_CRITERION_SAYS)

_TOPIC = {"name": Reference("Name")}
TOPIC_ADDED = EVENTS.event("topic_added", "Topic added", fields=_TOPIC, says=("{name}.",))
TOPIC_CHANGED = EVENTS.event(
    "topic_changed",
    "Topic changed",
    fields={**_TOPIC, "changed": Changes("Changed", {"name": Words("Name"), "is_in_use": Flag("In use")})},
    says=("{name}.", "{changed}"),
)
_LEAD = {"portfolio": Reference("Portfolio")}
LEAD_ADDED = EVENTS.event(
    "lead_added",
    "Portfolio lead added",
    fields={**_LEAD, "post": Reference("Post")},
    says=("{portfolio}.",),
)
LEAD_CHANGED = EVENTS.event(
    "lead_changed",
    "Portfolio lead changed",
    fields={
        **_LEAD,
        "changed": Changes(
            "Changed",
            {
                "portfolio": Words("Portfolio"),
                "post": Words("Post"),
                "email": Words("E-mail"),
                "is_in_use": Flag("In use"),
            },
        ),
    },
    says=("{portfolio}.", "{changed}"),
)

UNIT_CHANGED = EVENTS.event(
    "unit_changed",
    "The unit's rules changed",
    fields={
        "changed": Changes(
            "Changed",
            {
                "name": Words("Name"),
                "reply_days_before": Number("Working days between advice and the first deadline"),
                "reply_days_without_deadline": Number("Working days for advice without a deadline"),
                "consultation_days": Number("Working days a portfolio lead has to reply"),
                "ageing_after_days": Number("Working days after which a log is ageing"),
                "own_force": Reference("The authority itself"),
            },
        )
    },
    says=("{changed}",),
)


def _complete(said: Said) -> Iterable[str]:
    yield f"Complete to {said['to'] or 'no day recorded'} instead of {said['from'] or 'none'}."


COMPLETENESS_SET = EVENTS.event(
    "completeness_set",
    "Completeness of the log recorded",
    fields={"from": Day("Complete before to"), "to": Day("Complete to")},
    says=(_complete,),
)
PSEUDONYM_KEY_ROTATED = EVENTS.event(
    "pseudonym_key_rotated",
    "Marks of applicants carried over to a new key",
    fields={"key": Number("Key"), "marks": Number("Marks")},
)
