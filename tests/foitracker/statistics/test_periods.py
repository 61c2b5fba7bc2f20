"""Periods by the names people give them, and how the periods of a comparison are shortened alike."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.statistics.completeness import shorten, shortening_notes
from foitracker.statistics.periods import (
    PeriodNotUnderstood,
    calendar_year,
    financial_year,
    free_period,
    quarter,
    read_calendar_years,
    read_day,
    read_financial_years,
    read_free_periods,
    read_years_ending,
    year_ending,
)

DAY = timedelta(days=1)
DAYS = st.dates(date(2001, 1, 1), date(2096, 12, 31))
YEARS = st.integers(2001, 2097)


@st.composite
def periods(draw):
    from_on = draw(DAYS)
    return free_period(from_on, from_on + draw(st.integers(0, 800)) * DAY)


def test_every_kind_has_both_its_dates():
    assert str(year_ending(date(2025, 3, 31))) == "Year ending 31 March 2025 (1 April 2024 to 31 March 2025)"
    assert str(financial_year(2024)) == "Financial year 2024/25 (1 April 2024 to 31 March 2025)"
    assert str(financial_year(2099 - 1)).startswith("Financial year 2098/99 (1 April 2098")
    assert str(calendar_year(2024)) == "Calendar year 2024 (1 January 2024 to 31 December 2024)"
    assert str(quarter(2024, 10)) == "October to December 2024 (1 October 2024 to 31 December 2024)"
    assert str(free_period(date(2024, 5, 1), date(2024, 5, 1))) == "1 May 2024 to 1 May 2024"


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        (date(2025, 3, 31), date(2024, 4, 1)),
        (date(2024, 12, 31), date(2024, 1, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2025, 2, 28), date(2024, 2, 29)),  # the day after 28 February of the leap year
        (date(2024, 3, 1), date(2023, 3, 2)),
    ],
)
def test_a_year_begins_on_the_day_after_the_same_date_a_year_before(ending, begins):
    assert year_ending(ending).from_on == begins


@given(DAYS)
def test_a_year_is_365_or_366_days_and_ends_as_asked(day):
    year = year_ending(day)
    assert year.to_on == day
    assert (year.to_on - year.from_on).days + 1 in (365, 366)


@given(DAYS.filter(lambda day: (day.month, day.day) not in ((2, 28), (2, 29))))
def test_years_ending_the_same_date_follow_one_another(day):
    assert year_ending(day).from_on == year_ending(day.replace(year=day.year - 1)).to_on + DAY


@given(YEARS)
def test_named_years_are_years_ending_their_last_day(year):
    for named in (calendar_year(year), financial_year(year)):
        ending = year_ending(named.to_on)
        assert (named.from_on, named.to_on) == (ending.from_on, ending.to_on)


@given(YEARS)
def test_quarters_make_up_a_year(year):
    quarters = [quarter(year, month) for month in (1, 4, 7, 10)]
    assert (quarters[0].from_on, quarters[-1].to_on) == (date(year, 1, 1), date(year, 12, 31))
    assert all(later.from_on == earlier.to_on + DAY for earlier, later in pairwise(quarters))


def test_data_to_the_end_of_november_shorten_both_years():
    counted = shorten([financial_year(2024), financial_year(2023)], date(2024, 11, 30))
    assert [period.counted.dates for period in counted] == [
        "1 April 2024 to 30 November 2024",
        "1 April 2023 to 30 November 2023",
    ]
    (note,) = shortening_notes(counted, date(2024, 11, 30))
    assert "complete up to 30 November 2024 only" in note
    assert "Financial year 2023/24: 1 April 2023 to 30 November 2023" in note


@pytest.mark.parametrize(
    ("asked", "complete_to", "ends"),
    [
        # Whole months stand against whole months, with and without a 29 February.
        (
            [year_ending(date(2023, 3, 31)), free_period(date(2019, 4, 1), date(2020, 3, 31))],
            date(2023, 2, 28),
            [date(2023, 2, 28), date(2020, 2, 29)],
        ),
        (
            [financial_year(2023), financial_year(2022)],
            date(2024, 2, 29),
            [date(2024, 2, 29), date(2023, 2, 28)],
        ),
        (
            [financial_year(2023), financial_year(2022)],
            date(2024, 2, 28),
            [date(2024, 2, 28), date(2023, 2, 28)],
        ),
        ([quarter(2024, 10), quarter(2024, 7)], date(2024, 11, 30), [date(2024, 11, 30), date(2024, 8, 31)]),
        # Days do not run into a month that does not correspond.
        (
            [quarter(2025, 1), free_period(date(2024, 2, 1), date(2024, 4, 30))],
            date(2025, 1, 30),
            [date(2025, 1, 30), date(2024, 2, 29)],
        ),
        # Complete for all of it: nothing is shortened.
        (
            [financial_year(2023), financial_year(2022)],
            date(2024, 3, 31),
            [date(2024, 3, 31), date(2023, 3, 31)],
        ),
    ],
)
def test_the_corresponding_day(asked, complete_to, ends):
    assert [period.counted.to_on for period in shorten(asked, complete_to)] == ends


def test_a_period_to_come_is_not_measured_and_shortens_nothing():
    asked = [calendar_year(2023), calendar_year(2025)]
    counted = shorten(asked, date(2024, 6, 30))
    assert [period.counted for period in counted] == [asked[0], None]
    (note,) = shortening_notes(counted, date(2024, 6, 30))
    assert note.startswith("Calendar year 2025 (1 January 2025 to 31 December 2025): not measured")


def test_shared_days_are_said():
    counted = shorten([calendar_year(2023), financial_year(2022)], date(2025, 1, 1))
    assert "share days" in " ".join(shortening_notes(counted, date(2025, 1, 1)))
    apart = shorten([calendar_year(2023), calendar_year(2022)], date(2025, 1, 1))
    assert shortening_notes(apart, date(2025, 1, 1)) == ()


@given(st.lists(periods(), min_size=1, max_size=5), DAYS)
def test_shortened_periods_end_in_time_and_begin_where_they_began(asked, complete_to):
    for period in shorten(asked, complete_to):
        if period.counted is None:
            assert period.asked.from_on > complete_to
        else:
            assert period.counted.from_on == period.asked.from_on
            assert period.counted.to_on <= period.asked.to_on
            assert not (period.asked.from_on <= complete_to < period.counted.to_on)


@given(st.lists(YEARS, min_size=1, max_size=4, unique=True), st.integers(0, 364))
def test_shortened_years_stay_of_one_length(years, days):
    newest = financial_year(max(years))
    counted = shorten([financial_year(year) for year in years], newest.from_on + days * DAY)
    lengths = {(p.counted.to_on - p.counted.from_on).days for p in counted}
    assert max(lengths) - min(lengths) <= 1  # a 29 February


@given(st.lists(periods(), min_size=1, max_size=5), DAYS)
def test_nothing_is_shortened_where_no_period_runs_on(asked, complete_to):
    if not any(period.from_on <= complete_to < period.to_on for period in asked):
        assert all(p.counted in (None, p.asked) for p in shorten(asked, complete_to))


@given(st.lists(YEARS, min_size=2, max_size=4, unique=True), st.integers(0, 363))
def test_a_day_more_of_data_never_shortens_more(years, days):
    asked = [calendar_year(year) for year in years]
    day = calendar_year(max(years)).from_on + days * DAY
    for less, more in zip(shorten(asked, day), shorten(asked, day + DAY), strict=True):
        assert more.counted.to_on >= less.counted.to_on


def test_periods_are_read_as_people_write_them():
    assert read_years_ending("31/3/2025, 2024-03-31 and 31 March 2023") == [
        year_ending(date(year, 3, 31)) for year in (2025, 2024, 2023)
    ]
    assert read_calendar_years("2024; 2023") == [calendar_year(2024), calendar_year(2023)]
    assert read_financial_years("2024/25\n2023-2024") == [financial_year(2024), financial_year(2023)]
    assert read_free_periods("1/4/2024 to 30/9/2024") == [free_period(date(2024, 4, 1), date(2024, 9, 30))]
    assert read_day("1 Apr 2024") == date(2024, 4, 1)
    assert read_years_ending(" , ") == []


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_years_ending, "31/2/2025"),
        (read_years_ending, "31/3/1066"),
        (read_years_ending, "March"),
        (read_calendar_years, "24"),
        (read_calendar_years, "2024/25"),
        (read_financial_years, "2024/26"),
        (read_financial_years, "2024"),
        (read_free_periods, "1/4/2024"),
        (read_free_periods, "30/9/2024 to 1/4/2024"),
        (read_free_periods, "1/4/1024 to 1/4/2024"),
        (lambda text: quarter(2024, int(text)), "2"),
    ],
)
def test_what_is_no_period_says_how_to_write_one(read, text):
    with pytest.raises(PeriodNotUnderstood, match=r"[.]$"):
        read(text)


def test_a_period_that_ends_on_the_last_complete_day_is_finished_and_shortens_no_other():
    complete_to = date(2024, 12, 31)
    periods = [calendar_year(2024), free_period(date(2022, 1, 1), date(2023, 6, 30))]
    assert [one.counted for one in shorten(periods, complete_to)] == periods
    assert shortening_notes(shorten(periods, complete_to), complete_to) == ()


def test_periods_that_share_one_day_share_days():
    apart = [
        free_period(date(2024, 1, 1), date(2024, 1, 31)),
        free_period(date(2024, 2, 1), date(2024, 2, 29)),
    ]
    sharing = [free_period(date(2024, 1, 1), date(2024, 2, 1)), apart[1]]
    complete_to = date(2025, 12, 31)
    assert shortening_notes(shorten(apart, complete_to), complete_to) == ()
    (note,) = shortening_notes(shorten(sharing, complete_to), complete_to)
    assert note.startswith("Some of the periods share days")
