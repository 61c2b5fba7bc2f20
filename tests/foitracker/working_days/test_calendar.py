"""Working days against the published bank holidays of all parts of the UK."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.working_days.calendar import (
    CalendarDataError,
    CalendarNotCovered,
    WorkingDayCalendar,
    calendar_from_rows,
)

HOLIDAYS = Path(__file__).parents[3] / "foitracker" / "working_days" / "data" / "bank_holidays.csv"


def shipped_rows():
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CALENDAR = calendar_from_rows(shipped_rows())
MONDAY = date(2025, 6, 2)
days = st.dates(date(2000, 1, 1), date(2029, 12, 31))


def rows_of(*rows):
    return [dict(zip(("date", "nation", "title"), row, strict=True)) for row in rows]


def test_the_shipped_calendar_covers_2000_to_2030():
    assert (CALENDAR.first_year, CALENDAR.last_year) == (2000, 2030)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2025, 6, 7), "Saturday"),
        (date(2025, 6, 8), "Sunday"),
        (date(2025, 4, 21), "Easter Monday, bank holiday in England and Wales and in Northern Ireland"),
        (date(2025, 3, 17), "St Patrick’s Day, bank holiday in Northern Ireland"),
        (date(2025, 8, 4), "Summer bank holiday, bank holiday in Scotland"),
        (
            date(2025, 7, 14),
            "Battle of the Boyne (Orangemen’s Day) (substitute day), bank holiday in Northern Ireland",
        ),
        (date(2026, 1, 2), "2nd January, bank holiday in Scotland"),
        (date(2026, 6, 15), "World Cup bank holiday, bank holiday in Scotland"),
        (date(2026, 12, 25), "Christmas Day, bank holiday in all parts of the UK"),
        (
            date(2023, 1, 2),
            "2nd January, bank holiday in Scotland; New Year’s Day (substitute day), bank holiday in "
            "England and Wales and in Northern Ireland",
        ),
    ],
)
def test_the_reason_names_the_day_and_where_it_is_a_holiday(day, reason):
    assert CALENDAR.reason_not_working(day) == reason
    assert not CALENDAR.is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 5, 4),  # the early May holiday was moved to the 8th
        date(2022, 5, 30),  # the spring holiday was moved to 2 June
        date(2024, 2, 29),
        date(2006, 11, 30),  # St Andrew's Day is a bank holiday only from 2007
        date(2025, 12, 24),  # a day many offices close, but not a bank holiday
    ],
)
def test_days_that_are_working_days_after_all(day):
    assert CALENDAR.reason_not_working(day) is None
    assert CALENDAR.is_working_day(day)


def test_good_friday_and_christmas_never_count_even_if_no_row_names_them():
    bare = calendar_from_rows(
        rows_of(
            ("2025-05-26", "england-and-wales", "Spring"),
            ("2025-01-02", "scotland", "2nd January"),
            ("2025-03-17", "northern-ireland", "St Patrick"),
        )
    )
    assert bare.reason_not_working(date(2025, 4, 18)) == "Good Friday, never a working day"
    assert bare.reason_not_working(date(2025, 12, 25)) == "Christmas Day, never a working day"


def test_good_friday_is_reckoned_as_it_was_published():
    published = {date.fromisoformat(row["date"]) for row in shipped_rows() if row["title"] == "Good Friday"}
    unnamed = calendar_from_rows(row for row in shipped_rows() if row["title"] != "Good Friday")
    reckoned = {day for day, reason in unnamed.holidays.items() if reason.startswith("Good Friday")}
    assert reckoned == published
    assert len(reckoned) == 31


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2025, 6, 2), 1, date(2025, 6, 3)),
        (date(2025, 6, 6), 1, date(2025, 6, 9)),  # Friday to Monday
        (date(2025, 6, 7), 1, date(2025, 6, 9)),  # Saturday to Monday
        (date(2025, 4, 17), 1, date(2025, 4, 22)),  # over Easter
        (date(2025, 4, 25), 40, date(2025, 6, 24)),
        (date(2025, 5, 28), 40, date(2025, 7, 24)),  # over the Northern Ireland substitute day
    ],
)
def test_add_working_days(start, number, end):
    assert CALENDAR.add_working_days(start, number) == end
    assert CALENDAR.count_working_days(start, end) == number


@pytest.mark.parametrize("number", [0, -1])
def test_nothing_is_added_for_less_than_one_day(number):
    with pytest.raises(ValueError, match="1 working day or more"):
        CALENDAR.add_working_days(MONDAY, number)


def test_counting_backwards_is_negative():
    assert CALENDAR.count_working_days(date(2025, 6, 9), date(2025, 6, 2)) == -5


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2031, 1, 1)])
def test_a_date_outside_the_calendar_is_refused_with_what_to_do(day):
    for ask in (
        lambda: CALENDAR.is_working_day(day),
        lambda: CALENDAR.reason_not_working(day),
        lambda: CALENDAR.add_working_days(day, 1),
        lambda: CALENDAR.count_working_days(MONDAY, day),
        lambda: CALENDAR.count_working_days(day, MONDAY),
    ):
        with pytest.raises(CalendarNotCovered, match=r"2000 to 2030.*add the bank holidays") as refusal:
            ask()
        assert refusal.value.day == day
        assert f"{day:%d/%m/%Y}" in str(refusal.value)


def test_a_date_that_would_lie_after_the_calendar_is_not_guessed():
    last = date(2030, 12, 31)
    assert CALENDAR.add_working_days(date(2030, 12, 30), 1) == last
    with pytest.raises(CalendarNotCovered, match="The date asked for"):
        CALENDAR.add_working_days(date(2030, 12, 30), 2)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "no bank holidays"),
        (rows_of(("2025-13-01", "scotland", "X")), "row 1: “2025-13-01” is not a date"),
        (rows_of(("", "scotland", "X")), "not a date"),
        ([{"nation": "scotland", "title": "X"}], "not a date"),
        (rows_of(("2025-01-01", "wales", "X")), "“wales” is not a part of the UK"),
        (rows_of(("2025-01-01", "scotland", " ")), "title is missing"),
        (
            rows_of(("2025-01-01", "scotland", "X"), ("2025-01-01", "england-and-wales", "X")),
            "2025 are given for Northern Ireland",
        ),
    ],
)
def test_data_that_cannot_be_a_calendar_is_refused(rows, message):
    with pytest.raises(CalendarDataError, match=message):
        calendar_from_rows(rows)


def test_a_year_left_out_in_the_middle_is_refused():
    rows = [row for row in shipped_rows() if not row["date"].startswith("2012")]
    with pytest.raises(CalendarDataError, match="2012"):
        calendar_from_rows(rows)


def test_the_version_tells_calendars_apart_and_nothing_else():
    rows = shipped_rows()
    assert calendar_from_rows(reversed(rows)).version == CALENDAR.version
    proclaimed = [*rows, *rows_of(("2026-07-20", "scotland", "A day of celebration"))]
    assert calendar_from_rows(proclaimed).version != CALENDAR.version
    assert len(CALENDAR.version) == 12


@given(days, st.integers(1, 60))
def test_adding_agrees_with_walking_day_by_day(start, number):
    day, counted = start, 0
    while counted < number:
        day += timedelta(days=1)
        counted += CALENDAR.is_working_day(day)
    assert CALENDAR.add_working_days(start, number) == day


@given(days, days)
def test_counting_agrees_with_walking_and_with_its_mirror(first, second):
    assert CALENDAR.count_working_days(first, second) == -CALENDAR.count_working_days(second, first)
    early, late = sorted((first, min(second, first + timedelta(days=90))))
    walked = sum(
        CALENDAR.is_working_day(early + timedelta(days=n)) for n in range(1, (late - early).days + 1)
    )
    assert CALENDAR.count_working_days(early, late) == walked


@given(days, st.integers(1, 60), st.sets(days, max_size=5))
def test_adding_a_holiday_never_makes_a_date_earlier(start, number, proclaimed):
    more = WorkingDayCalendar(
        {**CALENDAR.holidays, **dict.fromkeys(proclaimed, "proclaimed")},
        CALENDAR.first_year,
        CALENDAR.last_year,
    )
    assert more.add_working_days(start, number) >= CALENDAR.add_working_days(start, number)


def test_of_many_days_the_last_is_named_that_the_calendar_does_not_reach():
    with pytest.raises(CalendarNotCovered):
        CALENDAR.add_working_days_to_each([MONDAY, date(2030, 12, 20)], 20)
    with pytest.raises(CalendarNotCovered):
        CALENDAR.add_working_days_to_each([date(1999, 12, 20), MONDAY], 20)
