"""Forecasts of a quarter: exact where nothing changes, never below none, and never from what came later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.statistics.forecast import (
    LEAST_ERRORS,
    YEAR,
    Method,
    damped_trend,
    forecasts,
    mean,
    mean_error,
)

METHODS = [mean, damped_trend]
MONTHS = st.lists(st.integers(0, 500), max_size=72)
GAPS = st.integers(0, 3)


@pytest.mark.parametrize("method", METHODS)
@given(number=st.integers(0, 500), length=st.integers(12, 72), gap=GAPS)
def test_what_never_changes_is_forecast_exactly(method: Method, number: int, length: int, gap: int) -> None:
    found = forecasts([number] * length, method, gap)
    assert {one.value for one in found} == {3 * number}
    assert all(one.held is not False for one in found)
    assert mean_error(found) in (None, 0)
    assert found[-1].actual is None
    if length >= 48:
        assert (found[-1].low, found[-1].high) == (3 * number, 3 * number)


@pytest.mark.parametrize("method", METHODS)
@given(months=MONTHS, gap=GAPS)
def test_nothing_is_forecast_below_none(method: Method, months: list[int], gap: int) -> None:
    for one in forecasts(months, method, gap):
        assert one.value >= 0
        if one.low is not None and one.high is not None:
            assert 0 <= one.low <= one.value <= one.high


@pytest.mark.parametrize("method", METHODS)
@given(months=MONTHS, gap=GAPS, later=st.lists(st.integers(0, 500), max_size=24))
def test_what_came_later_changes_no_forecast(
    method: Method, months: list[int], gap: int, later: list[int]
) -> None:
    then = {one.begins: (one.value, one.low, one.high) for one in forecasts(months, method, gap)}
    now = {one.begins: (one.value, one.low, one.high) for one in forecasts([*months, *later], method, gap)}
    assert all(now[begins] == then[begins] for begins in set(now) & set(then))
    if len(later) % 3 == 0:  # the same quarters, so that each is compared
        assert set(then) <= set(now)


@given(months=MONTHS, gap=GAPS)
def test_each_past_quarter_has_what_came_and_only_the_next_ones_have_not(months: list[int], gap: int) -> None:
    found = forecasts(months, mean, gap)
    assert bool(found) == (len(months) >= YEAR)
    for one in found:
        assert one.begins - gap >= YEAR
        assert (one.begins - gap - len(months)) % 3 == 0
        over = one.begins + 3 <= len(months)
        assert one.actual == (sum(months[one.begins : one.begins + 3]) if over else None)
    if found:
        assert found[-1].begins == len(months) + gap


def test_a_range_comes_from_the_errors_of_the_past() -> None:
    months = [10] * 12 + [13] * 3 + [10] * 12
    found = forecasts(months, mean)
    assert [(one.begins, one.low is None) for one in found] == [
        (12, True), (15, True), (18, True), (21, False), (24, False), (27, False),
    ]  # fmt: skip
    # What was forecast each month of the three months after it, and over by the beginning of the fourth quarter.
    errors = sorted(abs(sum(months[at : at + 3]) - sum(months[at - 12 : at]) / 4) for at in range(12, 19))
    assert len(errors) == 7 > LEAST_ERRORS
    assert found[3].high == pytest.approx(found[3].value + errors[5])  # four fifths of seven, upwards


def test_a_trend_is_followed_and_fades() -> None:
    rising = list(range(10, 58))
    known = forecasts(rising, damped_trend)[-1].value
    assert forecasts(rising, mean)[-1].value < known < 3 * 59
    assert damped_trend(rising, 2) - damped_trend(rising, 1) < damped_trend(rising, 1) - damped_trend(
        rising, 0
    )
