"""Changes and shares to one decimal: a half is rounded up, and there is no percentage of nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.statistics.comparison import change
from referrals.rules.advice_statistics import share


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (34, 44, "+10 (+29.4%)"),
        (80, 81, "+1 (+1.3%)"),  # 1.25, which the nearest even tenth would make 1.2
        (80, 79, "−1 (−1.3%)"),
        (0, 3, "+3 (n/a)"),
        (0, 0, "0 (n/a)"),
        (3, 3, "0 (0%)"),
        (1, 1001, "+1,000 (+100,000.0%)"),
    ],
)
def test_a_change_is_told_as_a_number_and_a_percentage(before: int, after: int, words: str) -> None:
    assert str(change(before, after)) == words


@pytest.mark.parametrize(
    ("part", "whole", "per_cent"),
    [
        (1, 3, Decimal("33.3")),
        (1, 80, Decimal("1.3")),
        (0, 5, Decimal("0.0")),
        (5, 5, Decimal("100.0")),
        (0, 0, None),
    ],
)
def test_a_share_is_of_something(part: int, whole: int, per_cent: Decimal | None) -> None:
    assert share(part, whole) == per_cent


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_there_and_back_again_is_the_same_number(before: int, after: int) -> None:
    there, back = change(before, after), change(after, before)
    assert there.number == -back.number
    assert (there.percent is None) == (before == 0)
