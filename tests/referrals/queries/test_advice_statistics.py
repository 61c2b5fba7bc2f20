"""Every number of the statistics on advice equals what one counts by hand, and lists as many logs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median, quantiles
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.statistics.periods import free_period
from foitracker.working_days.queries import current_calendar
from referrals.models import Advice, AdviceTold, Criterion, CriterionDecision, Referral, ReferralForce
from referrals.queries.advice_statistics import advice_logs, count_advice, logs_in_order, names_of
from referrals.rules.advice_statistics import AdviceQuestion, CountedBy, share, working_day_ordinals
from referrals.rules.statistics import CountedForce
from referrals.rules.vocabulary import ForceRole, Scope, Trigger, Uptake
from requests_app.models import Topic
from tests.referrals.counted_logs import undone
from tests.referrals.logs import adviser, force

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2025, 9, 1, 9, 0, tzinfo=UTC)
START = date(2025, 4, 14)  # Good Friday, Easter Monday and two bank holidays in May follow
NAMES = ("Aldershire", "Bexshire", "Carrowshire")
DAYS = st.integers(0, 45).map(lambda days: START + timedelta(days=days))
NOT_CLOSED = ""


@dataclass(frozen=True)
class PlannedForce:
    force: int
    role: ForceRole
    trigger: str
    wrote: bool
    due_on: date | None
    stated_due_on: date | None
    told: tuple[str, ...]


@dataclass(frozen=True)
class PlannedLog:
    scope: Scope
    received_on: date
    advised_after: int | None
    closing: str
    topic: int | None
    adviser: int | None
    criteria: tuple[int, ...]
    forces: tuple[PlannedForce, ...]


@st.composite
def planned_forces(draw: Any, force: int, advices: int) -> PlannedForce:
    role = draw(st.sampled_from(ForceRole))
    return PlannedForce(
        force,
        role,
        "" if role == ForceRole.CONSULTED else draw(st.sampled_from(Trigger)).value,
        role == ForceRole.REFERRED_BY or (role == ForceRole.LOGGED_WITH and draw(st.booleans())),
        draw(st.none() | DAYS),
        draw(st.none() | DAYS),
        tuple(draw(st.sampled_from(["", *Uptake, "untold"])) for _ in range(advices)),
    )


@st.composite
def planned_logs(draw: Any) -> PlannedLog:
    advices = draw(st.integers(0, 2))
    forces = draw(st.lists(st.integers(0, len(NAMES) - 1), max_size=3, unique=True))
    return PlannedLog(
        scope=draw(st.sampled_from(Scope)),
        received_on=draw(DAYS),
        advised_after=draw(st.integers(0, 30)) if advices else None,
        closing=draw(st.sampled_from([NOT_CLOSED, NOT_CLOSED, "withdrawn", "logged_in_error"])),
        topic=draw(st.none() | st.integers(0, 1)),
        adviser=draw(st.none() | st.integers(0, 1)),
        criteria=tuple(draw(st.lists(st.integers(0, 2), max_size=3, unique=True))),
        forces=tuple(draw(planned_forces(force, advices)) for force in forces),
    )


@pytest.fixture
def world():
    return {
        "forces": [force(name) for name in NAMES],
        "topics": [Topic.objects.create(name=name) for name in ("Testing drones", "Testing dogs")],
        "advisers": [adviser(name="Ann Adviser"), adviser(name="Bob Adviser")],
        # The first two are versions of one criterion, and count as one.
        "criteria": [
            Criterion.objects.create(
                code=code, version=version, title=f"{code} {version}", made_at=AT, ended_at=ended
            )
            for code, version, ended in (("one", 1, AT), ("one", 2, None), ("two", 1, None))
        ],
    }


def make(planned, world):
    logs = Referral.objects.bulk_create(
        Referral(
            number=n,
            year=2025,
            log_number=f"{n}/25",
            scope=plan.scope,
            received_on=plan.received_on,
            advised_on=None
            if plan.advised_after is None
            else plan.received_on + timedelta(days=plan.advised_after),
            subject="Drones",
            wording="How many?",
            logged_by=world["advisers"][0],
            logged_at=AT,
            topic=None if plan.topic is None else world["topics"][plan.topic],
            adviser=None if plan.adviser is None else world["advisers"][plan.adviser],
            **(
                {"status": "closed", "closing": plan.closing, "closed_on": date(2025, 8, 1)}
                if plan.closing
                else {}
            ),
        )
        for n, plan in enumerate(planned, start=1)
    )
    for log, plan in zip(logs, planned, strict=True):
        CriterionDecision.objects.bulk_create(
            CriterionDecision(
                referral=log,
                criterion=world["criteria"][n],
                applies=True,
                decided_by=log.logged_by,
                decided_at=AT,
            )
            for n in plan.criteria
        )
        involved = ReferralForce.objects.bulk_create(
            ReferralForce(
                referral=log,
                force=world["forces"][one.force],
                role=one.role,
                trigger=one.trigger,
                form_received_on=plan.received_on if one.role == ForceRole.REFERRED_BY else None,
                first_contact_on=plan.received_on if one.wrote else None,
                due_on=one.due_on,
                stated_due_on=one.stated_due_on,
            )
            for one in plan.forces
        )
        _tell(log, plan, involved)
    return logs


def _tell(log, plan, involved):
    """Each advice of a log told to its forces, or not."""
    for number in range(max((len(one.told) for one in plan.forces), default=0)):
        advice = Advice.objects.create(
            referral=log,
            number=number + 1,
            text="Advice.",
            adviser=log.logged_by,
            given_on=START,
            given_at=AT,
        )
        for row, one in zip(involved, plan.forces, strict=True):
            uptake = one.told[number]
            if uptake == "untold":
                continue
            reported = {
                "uptake": uptake,
                "uptake_reason": "Why.",
                "uptake_on": START,
                "uptake_by": log.logged_by,
            }
            AdviceTold.objects.create(
                advice=advice,
                told_to=row,
                told_on=START,
                told_at=AT,
                told_by=log.logged_by,
                **(reported if uptake else {}),
            )


def by_hand(planned, period, chosen, world):
    """Return what a careful person would count: by each thing, the log numbers under each value; and days to advice."""
    found: dict[CountedBy, dict[str, set[int]]] = {by: {} for by in CountedBy}
    taken = []

    def note(by, value, number):
        found[by].setdefault(str(value), set()).add(number)

    calendar = current_calendar()
    for number, plan in enumerate(planned, start=1):
        forces = [one for one in plan.forces if not chosen or one.force in chosen]
        if not _is_counted(plan, period, chosen, forces):
            continue
        advised_on = _advised_on(plan)
        if advised_on:
            taken.append(calendar.count_working_days(plan.received_on, advised_on))
        state = "advised" if advised_on else "closed_without" if plan.closing else "awaited"
        limits = [limit for one in forces if (limit := one.stated_due_on or one.due_on)]
        note(CountedBy.ALL, "", number)
        note(CountedBy.ADVICE, state, number)
        note(CountedBy.DEADLINE, _against(min(limits, default=None), advised_on, plan.closing), number)
        note(CountedBy.SCOPE, plan.scope, number)
        note(CountedBy.TOPIC, "" if plan.topic is None else world["topics"][plan.topic].pk, number)
        note(CountedBy.ADVISER, "" if plan.adviser is None else world["advisers"][plan.adviser].pk, number)
        for criterion in plan.criteria:
            note(CountedBy.CRITERION, world["criteria"][criterion].code, number)
        for one in forces:
            for by, value in _of_force(one, advised_on):
                note(by, value, number)
    return found, taken


def _of_force(one, advised_on):
    if one.trigger:
        yield CountedBy.TRIGGER, one.trigger
    told = [uptake for uptake in one.told if uptake != "untold"]
    if told:
        yield CountedBy.UPTAKE, told[-1] or "not_reported"
    elif advised_on and one.role != ForceRole.CONSULTED:
        yield CountedBy.UPTAKE, "not_told"


def _is_counted(plan, period, chosen, forces):
    received_then = period.from_on <= plan.received_on <= period.to_on
    return (
        received_then and plan.closing != "logged_in_error" and (not chosen or any(f.wrote for f in forces))
    )


def _advised_on(plan):
    return None if plan.advised_after is None else plan.received_on + timedelta(days=plan.advised_after)


def _against(limit, advised_on, closing):
    if limit is None:
        return "no_deadline"
    if advised_on:
        return "in_time" if advised_on <= limit else "late"
    return "closed_without" if closing else "not_yet"


@pytest.mark.slow
def test_every_number_is_what_one_counts_by_hand(world):
    @given(
        planned=st.lists(planned_logs(), max_size=8),
        chosen=st.lists(st.integers(0, len(NAMES) - 1), unique=True, max_size=2),
        first=DAYS,
        length=st.integers(0, 60),
    )
    def holds(planned, chosen, first, length):
        with undone():
            make(planned, world)
            period = free_period(first, first + timedelta(days=length))
            forces = tuple(CountedForce(world["forces"][n].pk, NAMES[n]) for n in chosen)
            _compare(AdviceQuestion(period, forces), *by_hand(planned, period, chosen, world))

    holds()


def _compare(question, expected, taken):
    result = count_advice(question, as_at=AT, calendar=current_calendar())
    assert result.logs == len(expected[CountedBy.ALL].get("", ()))
    for by in CountedBy:
        counted = {value: number for value, number in result.by.get(by, {}).items() if number}
        assert counted == {value: len(numbers) for value, numbers in expected[by].items()}, by
        for value, numbers in expected[by].items():
            keys = advice_logs(question, by, value)
            assert {log.number for log in logs_in_order(keys)} == numbers
            assert len(keys) == len(numbers)
    assert result.days.measured == len(taken)
    if taken:
        assert result.days.median == median(taken)
        ninetieth = quantiles(taken, n=10, method="inclusive")[-1] if len(taken) > 1 else taken[0]
        assert result.days.ninetieth == pytest.approx(ninetieth)
    else:
        assert result.days.median is None


def test_a_value_that_nothing_counts_under_lists_nothing(world):
    question = AdviceQuestion(free_period(START, START))
    for by in CountedBy:
        assert advice_logs(question, by, "no such value") == []


def test_values_have_names(world):
    assert names_of(CountedBy.TOPIC, [str(world["topics"][0].pk), ""]) == {
        str(world["topics"][0].pk): "Testing drones"
    }
    assert names_of(CountedBy.CRITERION, ["one"]) == {"one": "one 2"}
    assert names_of(CountedBy.ADVISER, [str(world["advisers"][1].pk)]) == {
        str(world["advisers"][1].pk): "Bob Adviser"
    }


def test_a_share_of_nothing_is_none():
    assert share(0, 0) is None
    assert str(share(1, 3)) == "33.3"


@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.integers(0, 500), st.integers(0, 500))
def test_numbered_days_tell_the_working_days_between_two_of_them(first, to_received, to_advised):
    calendar = current_calendar()
    last = date(calendar.last_year, 12, 31)
    received = min(first + timedelta(days=to_received), last)
    advised = min(received + timedelta(days=to_advised), last)
    start, numbers = working_day_ordinals(calendar, first, last)
    taken = numbers[(advised - start).days] - numbers[(received - start).days]
    assert taken == calendar.count_working_days(received, advised)
