"""The page on what requests cost: sums by area as computed by hand, small groups hidden, each figure with its list."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboard.cost.figures import CostTable, cost_by
from dashboard.cost.views import years_compared
from dashboard.performance.axes import AXES
from foitracker.accounts.roles import Role
from requests_app.measures.periods import PeriodView
from requests_app.measures.periods.time_spent import CLOSED_WITH_HOURS
from requests_app.models import FoiRequest, Grade, GradeRate, TimeRecord, Topic
from requests_app.queries.time_spent import Spent
from requests_app.rules.casework.workflow import Outcome, Status
from tests import factories
from tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TODAY = date(2026, 11, 30)
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
RATES = ((date(2026, 1, 1), Decimal("20")), (date(2026, 6, 1), Decimal("30.50")))


class World:
    """A grade with two rates, one without, four officers, and three topics."""

    def __init__(self) -> None:
        factories.authority()
        self.manager = person(Role.MANAGER)
        self.officers = [person(Role.OFFICER) for _ in range(4)]
        self.grades = [Grade.objects.create(name="Band C"), Grade.objects.create(name="Band D")]
        for from_on, hourly in RATES:
            GradeRate.objects.create(grade=self.grades[0], from_on=from_on, hourly=hourly)
        self.topics = [*Topic.objects.all()[:2], None]
        self.number = 6000

    def request(self, topic: Topic | None, closed_on: date | None) -> FoiRequest:
        self.number += 1
        return FoiRequest.objects.create(
            number=self.number,
            year=2026,
            reference=f"{self.number}/2026",
            received_on=date(2025, 1, 6),
            channel="email",
            subject="Patrols",
            words="Patrols",
            topic=topic,
            status=Status.CLOSED if closed_on else Status.IN_PROGRESS,
            outcome=Outcome.WITHDRAWN if closed_on else "",
            closed_on=closed_on,
            logged_by=self.manager,
            logged_at=AT,
        )

    def hours(self, case: FoiRequest, who: int | None, hours: Decimal, on: date, grade: int = 0) -> None:
        TimeRecord.objects.create(
            foi_request=case,
            person=None if who is None else self.officers[who],
            hours=hours,
            worked_on=on,
            grade=self.grades[grade],
            recorded_by=self.manager,
            recorded_at=AT,
        )

    def view(self) -> PeriodView:
        return PeriodView(TODAY, self.manager, from_on=date(2026, 4, 1), to_on=TODAY)

    def table(self) -> CostTable:
        return cost_by(self.manager, self.view(), AXES["topic"])


@pytest.fixture
def world(db: None) -> World:
    return World()


def _rate(grade: int, on: date) -> Decimal | None:
    known = [hourly for from_on, hourly in RATES if from_on <= on and grade == 0]
    return known[-1] if known else None


WORK = st.tuples(
    st.none() | st.integers(0, 3),
    st.integers(1, 40).map(lambda quarters: Decimal(quarters) / 4),
    st.sampled_from([date(2025, 12, 1), date(2026, 5, 31), date(2026, 6, 1)]),
    st.integers(0, 1),
)
CASES = st.tuples(
    st.integers(0, 2),
    st.sampled_from([None, date(2026, 3, 31), date(2026, 4, 1), date(2026, 11, 30), date(2026, 12, 1)]),
    st.lists(WORK, max_size=4),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(CASES, max_size=8))
def test_each_sum_is_what_one_adds_up_by_hand(world: World, population: list[Any]) -> None:
    with transaction.atomic():
        sums: dict[Any, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
        people: dict[Any, set[int]] = defaultdict(set)
        counts: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
        for topic, closed_on, work in population:
            case = world.request(world.topics[topic], closed_on)
            for who, hours, on, grade in work:
                world.hours(case, who, hours, on, grade)
            if closed_on is None or not date(2026, 4, 1) <= closed_on <= TODAY:
                continue
            counts[topic] = [counts[topic][0] + bool(work), counts[topic][1] + 1]
            for who, hours, on, grade in work:
                rate = _rate(grade, on)
                more = [hours, hours * (rate or 0), Decimal(0) if rate else hours]
                sums[topic] = [one + two for one, two in zip(sums[topic], more, strict=True)]
                people[topic] |= set() if who is None else {who}
        table = world.table()
        names = [topic.name if topic else "No topic" for topic in world.topics]
        rows = {row.label: row for row in table.rows}
        assert set(rows) == {names[topic] for topic in counts}
        for topic, (recorded, closed) in counts.items():
            row = rows[names[topic]]
            assert (row.recorded.number, row.recorded.of) == (recorded, closed)
            if recorded and len(people[topic]) < 3:
                assert row.spent is None
            elif row.spent is not None:
                assert row.spent == Spent(*sums[topic])
        has_hours = any(recorded for recorded, _ in counts.values())
        total = (
            Spent(*(sum(column, Decimal(0)) for column in zip(*sums.values(), strict=True)))
            if sums
            else Spent()
        )
        everybody = set().union(*people.values())
        assert table.whole.spent == (total if len(everybody) >= 3 or not has_hours else None)
        shown = [row.spent for row in (*table.rows, table.together) if row and row.spent is not None]
        if table.whole.spent is not None and not (table.together and table.together.spent is None):
            assert sum(shown, Spent()) == total
        transaction.set_rollback(True)


def test_the_average_is_of_requests_with_hours_and_unknown_where_a_rate_is_missing(world: World) -> None:
    for who in range(3):
        world.hours(world.request(None, date(2026, 5, 4)), who, Decimal(2), date(2026, 5, 1))
    world.request(None, date(2026, 5, 4))
    whole = world.table().whole
    assert str(whole.recorded) == "3 of 4: 75.0%"
    assert whole.average == 40
    world.hours(FoiRequest.objects.first() or world.request(None, None), 0, Decimal(1), date(2026, 5, 1), 1)
    assert world.table().whole.average is None


def test_the_page_opens_the_requests_it_counts_and_names_no_officer(
    client: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    client.force_login(world.manager)
    today = timezone.localdate() - timedelta(days=1)  # the last day that is over
    topic = world.topics[0]
    for who in range(3):
        world.hours(world.request(topic, today), who, Decimal("1.5"), date(2026, 5, 1))
    world.request(topic, today)
    world.hours(world.request(None, today), 0, Decimal("7.75"), date(2026, 5, 1))
    with django_assert_max_num_queries(25) as few:
        page = client.get(reverse("dashboard:cost"))
    number = len(few)
    text = page.content.decode()
    assert page.status_code == 200
    for officer in world.officers:
        assert officer.name not in text
    assert "Cost per request" in text
    assert "7.75" not in text  # one officer's hours
    rows = [row for table in page.context["tables"] for row in table.rows]
    by_topic, by_function = page.context["tables"]
    assert [(row.recorded.number, row.recorded.of) for row in by_topic.rows] == [(3, 4), (1, 1)]
    assert [(row.recorded.number, row.recorded.of) for row in by_function.rows] == [(4, 5)]
    for row in [*rows, *page.context["totals"]]:
        for url, counted in ((row.closed_url, row.recorded.of), (row.recorded_url, row.recorded.number)):
            assert client.get(url).context["page_obj"].paginator.count == counted
    for _ in range(20):
        world.hours(world.request(topic, today), 1, Decimal(1), date(2026, 5, 1))
    assert number
    with django_assert_max_num_queries(number):
        client.get(reverse("dashboard:cost"))


@pytest.mark.parametrize("year", ["1999", "x", "2026.5", ""])
def test_a_year_that_cannot_be_shown_is_said(client: Client, world: World, year: str) -> None:
    client.force_login(world.manager)
    page = client.get(reverse("dashboard:cost"), {"year": year})
    assert page.status_code == 400
    assert "That is not a year that can be shown" in page.content.decode()


def test_the_measure_agrees_with_its_predicate(world: World) -> None:
    cases = [world.request(None, closed) for closed in (None, TODAY, TODAY, date(2025, 4, 1))]
    for case in (cases[0], cases[1], cases[3]):
        world.hours(case, 0, Decimal(1), TODAY)
    view = world.view()
    listed = set(FoiRequest.objects.filter(CLOSED_WITH_HOURS.condition(view)))
    assert listed == {case for case in cases if CLOSED_WITH_HOURS.holds(case, view)} == {cases[1]}


def _dates(begin: date, today: date) -> list[str]:
    pair = years_compared(begin, today).comparisons[0]
    return [one.counted.dates if one.counted else "" for one in (pair.now, pair.before)]


def test_a_part_of_a_year_stands_beside_the_same_part_and_a_whole_one_beside_a_whole_one() -> None:
    assert _dates(date(2026, 4, 1), TODAY) == [
        "1 April 2026 to 29 November 2026",
        "1 April 2025 to 29 November 2025",
    ]
    assert _dates(date(2025, 4, 1), TODAY) == [
        "1 April 2025 to 31 March 2026",
        "1 April 2024 to 31 March 2025",
    ]
    assert years_compared(date(2025, 4, 1), TODAY).notes == []


def test_the_page_compares_like_with_like_and_says_what_it_shortened(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 30, 12, tzinfo=UTC))
    client.force_login(world.manager)
    for closed_on in (date(2025, 11, 29), date(2025, 11, 30), date(2026, 3, 31), date(2026, 11, 29), TODAY):
        world.request(None, closed_on)
    page = client.get(reverse("dashboard:cost"))
    assert [(row.label, row.recorded.of) for row in page.context["totals"]] == [
        ("1 April 2026 to 29 November 2026", 1),
        ("1 April 2025 to 29 November 2025", 1),
    ]
    assert "The register is complete up to 29 November 2026 only" in page.content.decode()
    whole = client.get(reverse("dashboard:cost"), {"year": "2025"})
    assert [row.recorded.of for row in whole.context["totals"]] == [3, 0]


@pytest.mark.parametrize(
    ("month", "day", "begins_in", "begin"),
    [(4, 1, 4, 2025), (4, 2, 4, 2026), (1, 1, 1, 2025), (1, 2, 1, 2026), (6, 5, 7, 2025)],
)
def test_the_year_is_the_authoritys_and_begins_once_a_day_of_it_is_over(
    client: Client,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    month: int,
    day: int,
    begins_in: int,
    begin: int,
) -> None:
    factories.authority(year_begins_in=begins_in)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, month, day, 12, tzinfo=UTC))
    client.force_login(world.manager)
    years = client.get(reverse("dashboard:cost")).context["years"]
    assert [year["url"] for year in years if year["current"]] == [f"?year={begin}"] == [years[0]["url"]]


def test_areas_are_called_as_the_breakdown_of_performance_calls_them(client: Client, world: World) -> None:
    client.force_login(world.manager)
    world.request(None, timezone.localdate() - timedelta(days=1))
    by_topic, by_function = client.get(reverse("dashboard:cost")).context["tables"]
    assert [row.label for row in by_topic.rows] == [AXES["topic"].without]
    assert [row.label for row in by_function.rows] == [AXES["function"].without]
