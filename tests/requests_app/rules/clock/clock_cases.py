"""What the tests of the clock share: the shipped calendar and events in few words."""

import csv
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from foitracker.working_days.calendar import WorkingDayCalendar, calendar_from_rows
from requests_app.rules.clock.event_json import parse_events
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import clarification
from requests_app.rules.clock.kinds.extensions import EIR_EXTENSION, PIT_EXTENSION
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEES_NOTICE
from requests_app.rules.clock.kinds.related_request import RELATED_REQUEST
from requests_app.rules.clock.kinds.response import RESPONSE_SENT
from requests_app.rules.clock.kinds.review import REVIEW_OUTCOME, REVIEW_RECEIVED
from requests_app.rules.clock.kinds.whole_request import REGIME

HOLIDAYS = Path(__file__).parents[4] / "foitracker" / "working_days" / "data" / "bank_holidays.csv"
with HOLIDAYS.open(encoding="utf-8", newline="") as _file:
    CALENDAR = calendar_from_rows(csv.DictReader(_file))

EIR = ClockEvent(REGIME, value="EIR")

received_days = st.dates(date(2005, 1, 1), date(2029, 6, 30))
gaps = st.integers(0, 60)


def d(text):
    return date.fromisoformat(text)


def restart(asked, answered=None):
    return clarification(d(asked), d(answered) if answered else None)


def narrowing(asked, answered=None):
    return clarification(d(asked), d(answered) if answered else None, restarts=False)


def event(kind, day=None, **fields):
    """Return an event as it is written in JSON; `day` is its date, whatever the field is called."""
    if day:
        fields["notice_date" if kind.endswith("_extension") else "date"] = day
    return parse_events([{"type": kind, **fields}])[0]


def with_holidays(days):
    """Return the shipped calendar and further holidays."""
    return WorkingDayCalendar(
        {**CALENDAR.holidays, **dict.fromkeys(days, "proclaimed")}, CALENDAR.first_year, CALENDAR.last_year
    )


@st.composite
def eventful(draw):
    """Draw a day of receipt, and events after it in any order; some of these orders are refused."""
    received = draw(received_days)
    events = list(draw(st.sampled_from([(), (EIR,)])))
    for after, answered_after, restarts in draw(
        st.lists(st.tuples(gaps, st.none() | gaps, st.booleans()), max_size=3)
    ):
        asked = received + timedelta(days=after)
        answered = None if answered_after is None else asked + timedelta(days=answered_after)
        events += clarification(asked, answered, restarts=restarts)
    for kind in draw(
        st.lists(
            st.sampled_from(
                [
                    FEES_NOTICE,
                    FEE_RECEIVED,
                    PIT_EXTENSION,
                    EIR_EXTENSION,
                    RESPONSE_SENT,
                    REVIEW_RECEIVED,
                    REVIEW_OUTCOME,
                    RELATED_REQUEST,
                ]
            ),
            max_size=5,
        )
    ):
        estimate = draw(st.none() | st.integers(25, 90)) if kind is PIT_EXTENSION else None
        day = received + timedelta(days=draw(gaps))
        events.append(
            ClockEvent(
                kind,
                day,
                estimate=None if estimate is None else received + timedelta(days=estimate),
                reason="many",
            )
        )
    return received, events
