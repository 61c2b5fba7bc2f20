"""A day as people type it."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.pages.typed_day import NotADay, YearNotInFull, read_day, read_iso_day
from foitracker.pages.words import in_words, short_date


@pytest.mark.parametrize(
    "typed",
    [
        *("25/4/2025", "25/04/2025", "25.4.2025", "25-4-2025", "25 4 2025", " 25 4  2025 "),
        *("25 April 2025", "25 Apr 2025", "25 april 2025", "25 APRI 2025", "2025-04-25", "2025/4/25"),
    ],
)
def test_a_day_is_read_in_every_way_it_is_written(typed: str) -> None:
    assert read_day(typed) == date(2025, 4, 25)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "25",
        "25/4",
        "31/4/2025",
        "4/25/2025",
        "25 Ap 2025",
        "25 Avril 2025",
        "²5/4/2025",
        "25/4/2025/1",
        "25/4/20255",
    ],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotADay):
        read_day(typed)


@pytest.mark.parametrize("typed", ["25/4/25", "1 1 999", "1/1/0025"])
def test_a_century_is_not_guessed(typed: str) -> None:
    with pytest.raises(YearNotInFull):
        read_day(typed)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_what_we_print_can_be_typed(day: date) -> None:
    assert read_day(short_date(day)) == read_day(in_words(day)) == read_day(day.isoformat()) == day


@given(st.text())
def test_no_text_does_anything_but_read_or_refuse(typed: str) -> None:
    with contextlib.suppress(NotADay):
        read_day(typed)


@pytest.mark.parametrize(
    "written", ["2025-W23-3", " 2025-09-10", "20250910", "", None, "٢٠٢٥-٠٩-١٠", "２０２５-０６-０２"]
)
def test_a_command_takes_a_day_in_one_way_alone(written: object) -> None:
    with pytest.raises(NotADay, match="Write it as YYYY-MM-DD"):
        read_iso_day(written)


def test_a_day_that_no_calendar_has_is_named() -> None:
    with pytest.raises(NotADay, match="“2025-13-01” is not a day of the calendar"):
        read_iso_day("2025-13-01")


@given(st.dates())
def test_a_day_in_iso_8601_is_read_back(day: date) -> None:
    assert read_iso_day(day.isoformat()) == day
