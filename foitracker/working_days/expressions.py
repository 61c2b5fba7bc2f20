"""Working days in queries: the database compares dates with days that are worked out here, from the calendar."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, F, Func, IntegerField, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.lookups import LessThan

from foitracker.working_days.calendar import WorkingDayCalendar

#: Fees leave so many working days uncounted at most: three months, twice.
_MOST_PAUSED = 150


def nth_day_is_over(start: str, number: int, paused: str, today: date, calendar: WorkingDayCalendar) -> Q:
    """Return the condition that today is after the `number`th working day following the day in a column.

    `paused` is the column with the working days since then that did not count; empty when all did.
    """
    yesterday = today - timedelta(days=1)
    if not paused:
        return Q(**{f"{start}__lt": calendar.first_day_beyond(yesterday, -number)})
    days = [calendar.first_day_beyond(yesterday, -number - lost) for lost in range(_MOST_PAUSED)]
    return Q(LessThan(F(start), _nth(days, "date", F(paused) + 1, DateField())))


def working_days_until(column: str, today: date, calendar: WorkingDayCalendar) -> Combinable:
    """Return the expression of the working days after today up to the day in a column, negative once it is past.

    NULL without a day, and for one that the calendar does not cover. Raises CalendarNotCovered for today.
    """
    first = date(calendar.first_year, 1, 1)
    number = (date(calendar.last_year, 12, 31) - first).days + 1
    counts = [calendar.count_working_days(today, first + timedelta(days=n)) for n in range(number)]
    place = Func(F(column), Value(first), template="(%(expressions)s::date + 1)", arg_joiner=" - ")
    return _nth(counts, "int", place, IntegerField())


def value_by_threshold(day: Any, thresholds: Sequence[date], values: Sequence[int | None]) -> Func:
    """Return an expression of the value that belongs to a day.

    `thresholds` are in order, and there is one value more than thresholds: the first for days before the first, the
    last for those from the last on.
    """
    place = Func(
        day,
        Value(_array(thresholds)),
        template="width_bucket(%(expressions)s::date[])",
        output_field=IntegerField(),
    )
    return _nth(values, "int", place + 1, IntegerField())


def _nth(values: Iterable[object], kind: str, place: Any, output: Any) -> Func:
    """The element of a list that an expression of its place names, from 1; NULL beyond its end."""
    return Func(
        Value(_array(values)),
        place,
        template="(%(expressions)s]",
        arg_joiner=f"::{kind}[])[",
        output_field=output,
    )


def _array(values: Iterable[object]) -> str:
    """A list as PostgreSQL reads it: much the faster way to hand over a long one."""
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"
