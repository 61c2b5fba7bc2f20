"""Dates and counts as people read them."""

from datetime import date

import pytest

from foitracker.pages.words import overdue_since


@pytest.mark.parametrize(
    ("due", "today", "words"),
    [
        (date(2026, 11, 27), date(2026, 11, 29), "Overdue since Friday 27 November"),
        (date(2026, 12, 24), date(2027, 1, 4), "Overdue since Thursday 24 December 2026"),
    ],
    ids=["this year", "last year"],
)
def test_overdue_since_names_the_year_only_when_it_is_another(due: date, today: date, words: str) -> None:
    assert overdue_since(due, today) == words
