"""What holds for a request as a whole, and remarks."""

from requests_app.rules.clock.course import Course
from requests_app.rules.clock.events import ClockEvent, EventKind, Field, FieldType
from requests_app.rules.clock.kinds.fields import happened_on
from requests_app.rules.clock.law import REGIME_NAMES

#: Value of a policy: arrival on a non-working day is taken for the next one (s.45 Code, 4.2).
DEEMED_NEXT_WORKING_DAY = "deemed_next_working_day"


def _remark(course: Course, event: ClockEvent) -> None:
    course.happened.append((event.day, event.text or "Note"))


REGIME = EventKind(
    code="regime",
    label="Law",
    fields=(Field("value", FieldType.CODE, "Law", json="value", required=True, choices=REGIME_NAMES),),
)

POLICY = EventKind(
    code="policy",
    label="Reading",
    fields=(
        Field(
            "value",
            FieldType.CODE,
            "Arrival on a day that is no working day",
            json="value",
            required=True,
            choices={
                DEEMED_NEXT_WORKING_DAY: "Taken as received on the next working day (s.45 Code, para 4.2)"
            },
        ),
    ),
)

NOTE = EventKind(code="note", label="Note", fields=(happened_on(required=False),), rank=70, on_limit=_remark)
