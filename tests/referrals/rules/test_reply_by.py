"""When advice is due: real dates with their reasons, and what holds for any dates."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foitracker.working_days.calendar import WorkingDayCalendar
from foitracker.working_days.queries import calendar_of, shipped_holidays
from referrals.rules.reply_by import ReplyDays, reply_by
from requests_app.rules.clock.statutory_clock import response_due

CALENDAR = calendar_of(shipped_holidays())
DAYS = ReplyDays(before=5, without_deadline=10)

received = st.dates(date(2019, 1, 7), date(2027, 6, 30))
deadlines = st.lists(st.dates(date(2019, 1, 7), date(2027, 12, 31)), max_size=4)
chosen = st.builds(ReplyDays, before=st.integers(0, 15), without_deadline=st.integers(1, 40))


@pytest.mark.parametrize(
    ("received_on", "limits", "expected", "tight", "why"),
    [
        ("2026-03-02", [], "2026-03-16", False, "no deadline: ten working days after receipt"),
        ("2026-03-02", ["2026-03-30"], "2026-03-23", False, "five working days before Monday is Monday"),
        ("2026-03-02", ["2026-03-30", "2026-03-27"], "2026-03-20", False, "the earlier deadline counts"),
        ("2026-03-02", ["2026-03-24"], "2026-03-16", False, "17 March is a holiday in Northern Ireland"),
        ("2026-03-02", ["2026-03-09"], "2026-03-03", True, "2 March would be the day of receipt itself"),
        ("2026-03-02", ["2026-02-20"], "2026-03-03", True, "a deadline gone by leaves the earliest day there is"),
        ("2026-03-06", ["2026-03-09"], "2026-03-09", True, "the first working day after a Friday is Monday"),
        ("2026-03-02", ["2026-03-29"], "2026-03-20", False, "stated for a Sunday, it leaves no more than Friday"),
        ("2026-03-28", [], "2026-04-14", False, "received on a Saturday; Easter in between"),
    ],
)  # fmt: skip
def test_real_dates(received_on: str, limits: list[str], expected: str, tight: bool, why: str) -> None:
    found = reply_by(
        date.fromisoformat(received_on), [date.fromisoformat(day) for day in limits], CALENDAR, DAYS
    )
    assert (found.day.isoformat(), found.is_tight) == (expected, tight), why


def test_it_names_the_deadline_it_comes_from() -> None:
    limits = [date(2026, 3, 30), date(2026, 3, 27)]
    assert reply_by(date(2026, 3, 2), limits, CALENDAR, DAYS).deadline == date(2026, 3, 27)
    assert reply_by(date(2026, 3, 2), [], CALENDAR, DAYS).deadline is None


@given(received, deadlines, chosen)
def test_it_is_a_working_day_after_receipt(on: date, limits: list[date], days: ReplyDays) -> None:
    found = reply_by(on, limits, CALENDAR, days)
    assert CALENDAR.is_working_day(found.day)
    assert found.day > on


@given(received, deadlines, chosen)
def test_unless_it_is_tight_every_deadline_is_that_far_off(
    on: date, limits: list[date], days: ReplyDays
) -> None:
    found = reply_by(on, limits, CALENDAR, days)
    if not found.is_tight:
        assert all(CALENDAR.count_working_days(found.day, limit) >= days.before for limit in limits)
    else:
        assert found.day == CALENDAR.add_working_days(on, 1)


@given(received, deadlines, chosen, st.dates(date(2019, 1, 7), date(2027, 12, 31)))
def test_a_further_deadline_never_makes_it_later(
    on: date, limits: list[date], days: ReplyDays, further: date
) -> None:
    assume(limits)
    assert reply_by(on, [*limits, further], CALENDAR, days).day <= reply_by(on, limits, CALENDAR, days).day


@given(received, chosen, st.integers(0, 40))
def test_a_holiday_more_never_makes_a_limit_or_an_undated_reply_earlier(
    on: date, days: ReplyDays, after: int
) -> None:
    longer = _with_holiday(on + timedelta(days=after))
    assert _limit(on, longer) >= _limit(on, CALENDAR)
    assert reply_by(on, [], longer, days).day >= reply_by(on, [], CALENDAR, days).day


@given(received, deadlines, chosen, st.integers(0, 400))
def test_towards_a_fixed_deadline_a_holiday_more_leaves_as_many_working_days(
    on: date, limits: list[date], days: ReplyDays, after: int
) -> None:
    """A deadline that a force states does not move, so the day to advise by cannot come later, unless it is
    the earliest there is."""
    assume(limits)
    longer = _with_holiday(on + timedelta(days=after))
    before, now = reply_by(on, limits, CALENDAR, days), reply_by(on, limits, longer, days)
    assert now.day <= before.day or now.is_tight


def _limit(on: date, calendar: WorkingDayCalendar) -> date:
    due = response_due(on, [], calendar)
    assert due is not None
    return due


def _with_holiday(day: date) -> WorkingDayCalendar:
    return replace(CALENDAR, holidays={**CALENDAR.holidays, day: "A holiday more"})
