"""The response answers the limit, and the time to ask for a review runs from it: FOIA s.10(1); EIR regs 5 and 11."""

from foitracker.pages.words import short_date
from requests_app.rules.clock.course import Course
from requests_app.rules.clock.events import ClockEvent, EventKind
from requests_app.rules.clock.kinds.fields import happened_on
from requests_app.rules.clock.law import Law
from requests_app.rules.clock.remedies import Remedies, review_request_by


def _respond(course: Course, event: ClockEvent) -> None:
    """The first response answers the limit; later ones correct it and do not move it."""
    text = "Response sent" if course.responded is None else "A further response sent"
    course.happened.append((event.day, text))
    course.responded = course.responded or event.day


def _open_remedies(found: Remedies, event: ClockEvent) -> None:
    last = review_request_by(event.day, found.calendar)
    if found.is_eir:
        found.representations_by = last
        text = f"Representations may be made until {short_date(last)} (reg 11(2))"
    else:
        found.review_request_by = last
        text = f"A review may be asked for until {short_date(last)} (s.45 Code, para 5.3)"
    found.happened.append((event.day, text))
    found.responded = event.day


RESPONSE_SENT = EventKind(
    code="response_sent",
    label="Response sent",
    law=Law(foia=("FOIA s.10(1)",), eir=("EIR reg 5(2)",)),
    fields=(happened_on(),),
    rank=60,
    on_limit=_respond,
    on_remedies=_open_remedies,
)
