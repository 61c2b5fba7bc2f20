"""The team of the demonstration over two years, as it is planned: whatever the day, nothing that could not be."""

import csv
from collections import Counter
from datetime import date, timedelta
from importlib.resources import files

import pytest

from dashboard.demonstration.data.model_requests import MODEL_REQUESTS
from dashboard.demonstration.data.request_steps import (
    Approve,
    Decide,
    Issue,
    RequestStep,
    Search,
    Submit,
    TakeUp,
)
from dashboard.demonstration.data.team.arrivals import first_day
from dashboard.demonstration.data.team.course import Course
from dashboard.demonstration.data.team.live import Live
from dashboard.demonstration.data.team.plan import (
    LEFT,
    TeamRequest,
    begun_on,
    left_on,
    numbered,
    team_requests,
)
from dashboard.demonstration.data.team.schedule import schedule
from foitracker.statistics.shares import Share
from foitracker.working_days.calendar import WorkingDayCalendar, calendar_from_rows
from requests_app.models import Regime
from requests_app.rules.casework.workflow import Outcome
from requests_app.rules.clock.kinds.extensions import PIT_EXTENSION

#: St Andrew's Day, which is no working day; Christmas; a Sunday after the New Year; a quarter's last day; leap day.
DAYS = (
    date(2026, 11, 30), date(2026, 12, 25), date(2027, 1, 3), date(2027, 3, 31), date(2027, 8, 30), date(2028, 2, 29),
)  # fmt: skip


@pytest.fixture(scope="module")
def calendar() -> WorkingDayCalendar:
    text = files("foitracker.working_days.data").joinpath("bank_holidays.csv").read_text(encoding="utf-8")
    return calendar_from_rows(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="module", params=DAYS, ids=str)
def today(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


@pytest.fixture(scope="module")
def team(today: date, calendar: WorkingDayCalendar) -> list[TeamRequest]:
    return team_requests(today, calendar)


def days_of(course: Course) -> list[date]:
    """Return the days of a course in the order they have to be in."""
    question = [course.question.asked, course.question.answered] if course.question else []
    return [course.received_on, *(day for day in question if day)]


def test_about_sixty_a_month_with_seasons(team: list[TeamRequest], today: date) -> None:
    months = Counter((one.received_on.year, one.received_on.month) for one in team)
    whole = {month: number for month, number in months.items() if month != (today.year, today.month)}
    assert 54 < sum(whole.values()) / len(whole) < 66
    mean = dict.fromkeys(range(1, 13), 0.0)
    for month in mean:
        of_it = [number for (_, one), number in whole.items() if one == month]
        mean[month] = sum(of_it) / len(of_it)
    assert max(mean[8], mean[12]) < 50 < min(mean[1], mean[2], mean[3])
    assert (today - min(one.received_on for one in team)).days > 725
    assert max(one.received_on for one in team) >= today - timedelta(days=11)


def test_nothing_before_its_cause_and_nothing_on_a_day_off(
    team: list[TeamRequest], calendar: WorkingDayCalendar, today: date
) -> None:
    for one in team:
        days = days_of(one.course)
        assert days == sorted(days)
        assert one.course.ended_on > days[-1]
        facts = [*one.course.facts, *one.after]
        assert all(
            calendar.is_working_day(day) for day in (*days, one.course.ended_on, *(f.on for f in facts))
        )
        assert all(one.received_on < fact.on < one.course.ended_on for fact in one.course.facts)
        assert all(one.course.ended_on < fact.on < today for fact in one.after)
        assert [fact.on for fact in one.after] == sorted(fact.on for fact in one.after)
        assert not one.after or one.course.is_answered


def test_a_schedule_is_in_order_and_on_working_days(
    team: list[TeamRequest], calendar: WorkingDayCalendar
) -> None:
    for one in team:
        planned = schedule(one.course, delay=one.lot % 13 // 9)
        days = [planned.taken_up, planned.searched, planned.decided, planned.submitted, planned.approved]
        assert one.received_on < days[0]
        assert days == sorted(days)
        assert days[-1] <= one.course.ended_on
        assert all(map(calendar.is_working_day, days))


def test_figures_of_a_team_with_a_bad_quarter(team: list[TeamRequest], today: date) -> None:
    answered = [one for one in team if one.course.is_answered and not one.is_open(today)]
    quarters: dict[tuple[int, int], list[TeamRequest]] = {}
    for one in answered:
        limit = one.course.dates.limit_on or today
        quarters.setdefault((limit.year, (limit.month - 1) // 3), []).append(one)
    shares = [
        Share(sum(not one.course.is_late for one in found), len(found)).percent
        for found in quarters.values()
        if len(found) > 80
    ]
    late = sum(one.course.is_late for one in answered)
    assert 0.05 < late / len(answered) < 0.12
    assert min(shares) < 90 < max(shares)
    extended = sum(any(fact.kind is PIT_EXTENSION for fact in one.course.facts) for one in answered)
    assert 0.06 < extended / len(answered) < 0.14
    assert 0.05 < sum(one.course.question is not None for one in answered) / len(answered) < 0.13
    assert 0.025 < sum(bool(one.after) for one in answered) / len(answered) < 0.07
    assert {one.course.outcome for one in team} == set(Outcome) - {Outcome.NOTHING_LEFT}
    claimed = {
        one.course.ending.claim.section for one in team if one.course.ending and one.course.ending.claim
    }
    assert claimed == {"21", "22", "23", "24", "31", "38", "40", "43"}
    assert sum(one.regime == Regime.EIR for one in team) > 30


def test_open_today_and_by_whom(team: list[TeamRequest], today: date, calendar: WorkingDayCalendar) -> None:
    still_open = [one for one in team if one.is_open(today)]
    assert 35 < len(still_open) < 95
    holders = Counter(one.officer for one in still_open)
    assert holders.pop(LEFT) == 2
    assert len(holders) == 6
    left = left_on(today, calendar)
    assert not [one for one in team if one.officer == LEFT and left < one.course.ended_on < today]
    overdue = [one for one in still_open if (one.course.dates.limit_on or today) < today]
    assert len(overdue) >= 2


def test_what_is_played_is_over_before_today(
    team: list[TeamRequest], today: date, calendar: WorkingDayCalendar
) -> None:
    since = begun_on(today, calendar)
    live = [one for one in team if one.is_played(since, today)]
    order: tuple[type[RequestStep], ...] = (TakeUp, Search, Decide, Submit, Approve, Issue)
    for one, planned in zip(live, Live(today, calendar).planned(live), strict=True):
        days = [(step.on, step.at) for step in planned.steps if step.on]
        assert len(days) == len(planned.steps)
        assert days == sorted(days)
        assert all(one.received_on < on < today and calendar.is_working_day(on) for on, _ in days)
        taken = [order.index(type(step)) for step in planned.steps if type(step) in order]
        answer = taken[taken.index(0) :] if 0 in taken else []  # an acknowledgement may go before
        assert [place for place in answer if place < 5] == sorted(place for place in answer if place < 5)
        assert one.is_open(today) or type(planned.steps[-1]).__name__ in ("Issue", "ComeBack")


def test_the_same_day_gives_the_same_team_and_the_next_day_is_asked_the_same(
    calendar: WorkingDayCalendar,
) -> None:
    day = date(2026, 11, 20)
    first, again = team_requests(day, calendar), team_requests(day, calendar)
    assert first == again
    tomorrow = team_requests(day + timedelta(days=3), calendar)
    assert [one.matter for one in tomorrow[: len(first)]] == [one.matter for one in first]


def test_numbers_go_up_and_those_of_the_models_are_theirs(team: list[TeamRequest], today: date) -> None:
    known = [(one.received_on, one.number) for one in MODEL_REQUESTS]
    known = sorted([*known, *((one.received_on, None) for one in team)], key=lambda one: one[0])
    numbers = list(numbered(known, first_day(today)))
    given = [number for number, (_, has) in zip(numbers, known, strict=True) if has is None]
    assert given == sorted(set(given))
    together = {(day.year, number) for number, (day, _) in zip(numbers, known, strict=True)}
    assert len(together) == len(known)
    assert {(2025, 2253), (2025, 2216)} <= together


def test_subjects_are_varied(team: list[TeamRequest]) -> None:
    assert len({one.matter.subject for one in team}) > 0.7 * len(team)
    assert all(len(one.matter.subject) <= 150 for one in team)
