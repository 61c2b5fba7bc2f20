"""Pooled rates are sums over sums, as one does them by hand; reports make up a period or they do not."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.similar_forces import ForceRate, Pooled, ReportedRequests, base_of

FIRST, LAST = date(2025, 4, 1), date(2026, 3, 31)


def test_the_pooled_rate_is_the_hand_calculation() -> None:
    pooled = Pooled(
        [ForceRate("A", 12, 400), ForceRate("B", 30, 2600), ForceRate("C", 7, None), ForceRate("D", 0, 0)]
    )
    # (12 + 30 + 0) / (400 + 2600 + 0) = 42 / 3000 = 1.4 of a hundred; the average of 3.00 and 1.15 would be 2.08.
    assert pooled.rate == Decimal("1.40")
    assert [one.rate for one in pooled.forces] == [Decimal("3.00"), Decimal("1.15"), None, None]
    assert pooled.left_out == ["C"]
    assert pooled.working == "(12 + 30 + 0) × 100 ÷ (400 + 2,600 + 0) = 42 × 100 ÷ 3,000 = 1.40"


@given(st.lists(st.tuples(st.integers(0, 500), st.none() | st.integers(0, 5000)), max_size=12))
def test_the_pooled_rate_lies_between_the_rates_of_the_forces(rows: list[tuple[int, int | None]]) -> None:
    pooled = Pooled([ForceRate(str(place), number, base) for place, (number, base) in enumerate(rows)])
    number = sum(number for number, base in rows if base is not None)
    base = sum(base for _, base in rows if base is not None)
    assert (pooled.number, pooled.base) == (number, base)
    assert (pooled.rate is None) == (base == 0)
    rates = [one.rate for one in pooled.forces if one.rate is not None]
    if pooled.rate is not None and all(one.base for one in pooled.counted):
        assert min(rates) <= pooled.rate <= max(rates)


def reported(first: date, last: date, received: int, source: str = "Return") -> ReportedRequests:
    return ReportedRequests(first, last, received, source)


QUARTERS = [
    reported(date(2025, 4, 1), date(2025, 6, 30), 1),
    reported(date(2025, 7, 1), date(2025, 9, 30), 10, "Website"),
    reported(date(2025, 10, 1), date(2025, 12, 31), 100),
    reported(date(2026, 1, 1), date(2026, 3, 31), 1000),
]


def test_quarters_make_up_a_year_and_a_report_of_the_year_comes_first() -> None:
    assert base_of(QUARTERS, FIRST, LAST) == (1111, ("Return", "Website"))
    assert base_of([*QUARTERS, reported(FIRST, LAST, 7)], FIRST, LAST) == (7, ("Return",))
    half = reported(FIRST, date(2025, 9, 30), 20)
    assert base_of([*QUARTERS, half], FIRST, LAST) == (1120, ("Return",))


def test_a_gap_an_overlap_or_other_days_make_up_nothing() -> None:
    assert base_of(QUARTERS[:1] + QUARTERS[2:], FIRST, LAST) is None
    assert base_of(QUARTERS, FIRST, LAST - timedelta(days=1)) is None
    assert base_of(QUARTERS, FIRST + timedelta(days=1), LAST) is None
    assert base_of([reported(FIRST, LAST + timedelta(days=1), 5)], FIRST, LAST) is None
    assert base_of([], FIRST, LAST) is None
