"""Which related requests may be costed together: Fees Regulations 2004 (SI 2004/3244), reg 5."""

from collections.abc import Iterable
from datetime import date

from foitracker.pages.words import short_date
from foitracker.working_days.calendar import CalendarNotCovered, WorkingDayCalendar
from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.related_request import RELATED_REQUEST

#: Reg 5(2)(b): any period of 60 consecutive working days.
AGGREGATION_WORKING_DAYS = 60


def aggregation_window_ends(received_on: date, calendar: WorkingDayCalendar) -> date:
    """Return the last of 60 consecutive working days of which the day of receipt is the first.

    For arrival on a non-working day this is the earlier of two readings. Raises CalendarNotCovered.
    """
    return calendar.add_working_days(received_on, AGGREGATION_WORKING_DAYS - 1)


def related_requests(
    received_on: date, events: Iterable[ClockEvent], calendar: WorkingDayCalendar
) -> tuple[date | None, list[tuple[date, str]]]:
    """Return the end of the window and, for each related request, its day and whether it falls inside.

    Without a related request the end is None where the calendar does not reach it; with one
    CalendarNotCovered is raised.
    """
    days = [event.on for event in events if event.kind is RELATED_REQUEST and event.on]
    try:
        end = aggregation_window_ends(received_on, calendar)
    except CalendarNotCovered:
        if days:
            raise
        return None, []
    return end, [(day, _place(day, end)) for day in days]


def _place(day: date, end: date) -> str:
    where = "within" if day <= end else "outside"
    period = f"{where} the 60 working days that end on {short_date(end)}"
    return f"Related request received, {period} (Fees Regulations, reg 5)"
