"""What is recorded of time spent on a request, of grades and of their rates."""

from collections.abc import Iterator

from foitracker.audit.events import Said, Vocabulary
from foitracker.audit.fields import Changes, Code, Day, Field, Flag, Number, Person, Reference, Words
from requests_app.rules.casework.time_spent import WORK_KIND_LABELS

EVENTS = Vocabulary("Requests: time spent")

_TIME = {
    "worked_on": Day("Worked on"),
    "hours": Number("Hours"),
    "grade": Reference("Grade"),
    "is_colleague": Flag("By a colleague outside the team"),
    "kind": Code("Kind of work", WORK_KIND_LABELS),
}
_TIME_WORDS = {"business_area": "Business area"}
#: No hours and grade, and no day or kind of work by which they are found in the list of hours: every reader of the case
#: sees the sentence under the name of whoever recorded them, and only managers see whose hours are whose.
_TIME_SAYS = (("is_colleague", "Of a colleague outside the team."),)
_CORRECTED: dict[str, Field | Words] = {
    "worked_on": Day("Worked on"),
    "hours": Number("Hours"),
    "grade": Reference("Grade"),
    "business_area": Words("Business area"),
    "kind": Code("Kind of work", WORK_KIND_LABELS),
}


def _what_was_corrected(said: Said) -> Iterator[str]:
    """Which columns, never their values: for the reason of `_TIME_SAYS`."""
    yield from (f"{_CORRECTED[name].label} changed." for name in said.detail.get("changed", {}))


TIME_RECORDED = EVENTS.event(
    "time_recorded", "Time spent recorded", fields=_TIME, words=_TIME_WORDS, says=_TIME_SAYS
)
TIME_CORRECTED = EVENTS.event(
    "time_corrected",
    "Time spent corrected",
    fields={
        "changed": Changes("Changed", _CORRECTED),
    },
    says=(_what_was_corrected,),
)
TIME_REMOVED = EVENTS.event(
    "time_removed", "Time spent removed", fields=_TIME, words=_TIME_WORDS, says=_TIME_SAYS
)

GRADE_ADDED = EVENTS.event(
    "grade_added", "Grade added", fields={"name": Reference("Name")}, says=("{name}.",)
)
GRADE_CHANGED = EVENTS.event(
    "grade_changed",
    "Grade changed",
    fields={"changed": Changes("Changed", {"name": Reference("Name"), "is_in_use": Flag("In use")})},
    says=("{changed}",),
)

_RATE = {"grade": Reference("Grade"), "hourly": Number("Pounds an hour"), "from_on": Day("From")}
_RATE_SAYS = ("{grade}: £{hourly} an hour from {from_on}.",)
RATE_SET = EVENTS.event(
    "grade_rate_set",
    "Hourly rate set",
    fields={**_RATE, "before": Number("Before it was corrected")},
    says=(*_RATE_SAYS, "Corrected from £{before}."),
)
RATE_REMOVED = EVENTS.event("grade_rate_removed", "Hourly rate removed", fields=_RATE, says=_RATE_SAYS)

_OFFICER = {"person": Person("Officer"), "grade": Reference("Grade"), "from_on": Day("From")}
_OFFICER_SAYS = ("{person}: {grade} from {from_on}.",)
OFFICER_GRADE_SET = EVENTS.event(
    "officer_grade_set", "Grade of an officer set", fields=_OFFICER, says=_OFFICER_SAYS
)
OFFICER_GRADE_REMOVED = EVENTS.event(
    "officer_grade_removed", "Grade of an officer removed", fields=_OFFICER, says=_OFFICER_SAYS
)
