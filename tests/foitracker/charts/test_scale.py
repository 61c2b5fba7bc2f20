"""Axes have round ticks, numbers are read as people write them, words fit."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.charts.chart import PER_CENT, REQUESTS
from foitracker.charts.lettering import fits, width_of, wrapped
from foitracker.charts.numbers import number_words
from foitracker.charts.scale import Scale, round_ticks


@pytest.mark.parametrize(
    ("highest", "lowest", "whole", "ticks"),
    [
        (0, 0, True, (0, 1)),
        (1, 0, True, (0, 1)),
        (5, 0, True, (0, 1, 2, 3, 4, 5)),
        (6, 0, True, (0, 2, 4, 6)),
        (46, 0, True, (0, 10, 20, 30, 40, 50)),
        (100, 80, False, (80, 85, 90, 95, 100)),
        (0.4, 0, False, (0, Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), Decimal("0.4"))),
        (1_000_000, 0, True, (0, 200_000, 400_000, 600_000, 800_000, 1_000_000)),
        (97.5, 97.5, False, (Decimal("97.5"), Decimal("97.6"))),
    ],
)
def test_ticks_are_round(highest: float, lowest: float, whole: bool, ticks: tuple[object, ...]) -> None:
    assert round_ticks(highest, lowest=lowest, whole=whole) == ticks


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_ticks_enclose_the_numbers(one: int, other: int) -> None:
    low, high = sorted((one, other))
    ticks = round_ticks(high, lowest=low)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 6
    assert len({after - before for before, after in pairwise(ticks)}) == 1
    scale = Scale(ticks, 200, 0)
    assert 0 <= scale.at(high) <= scale.at(low) <= 200


@pytest.mark.parametrize(
    ("value", "words", "short"),
    [
        (0, "0", "0"),
        (1204, "1,204", "1,204"),
        (12_000, "12,000", "12k"),
        (999_999, "999,999", "1.0m"),
        (1_000_000, "1,000,000", "1.0m"),
        (1_250_000, "1,250,000", "1.3m"),
        (3_000_000_000, "3,000,000,000", "3.0bn"),
        (91.45, "91.5", "91.5"),
        (Decimal("94.0"), "94.0", "94.0"),
        (94.0, "94.0", "94.0"),
        (950_000, "950,000", "950k"),
    ],
)
def test_numbers_are_read_as_people_write_them(value: int | float | Decimal, words: str, short: str) -> None:
    assert number_words(value) == words
    assert number_words(value, short=True) == short


def test_a_unit_follows_its_number() -> None:
    assert PER_CENT.words(91.5) == "91.5%"
    assert REQUESTS.words(1204) == "1,204"


@given(st.text(max_size=200), st.floats(0, 300), st.integers(1, 4))
def test_wrapped_words_fit(words: str, room: float, lines: int) -> None:
    found = wrapped(words, 13, room, lines)
    assert len(found) <= lines
    assert all(width_of(line, 13) <= room for line in found)
    if words.strip() and fits(words, 13, room, lines):
        assert not any(line.endswith("…") for line in found) or "…" in words


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert wrapped("Information held by somebody else", 13, 80, 2) == ["Information", "held by so…"]
