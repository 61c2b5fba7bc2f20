"""What the tests of the clock share: the shipped calendar and events in few words."""

import csv
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from foitracker.working_days.calendar import WorkingDayCalendar, calendar_from_rows
from requests_app.rules.clock.event_json import parse_events
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import clarification
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
