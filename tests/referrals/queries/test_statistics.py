"""Every figure equals what one would count by hand over the same logs, and the number of logs its link lists."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from foitracker.statistics.periods import calendar_year, financial_year, free_period, year_ending
from referrals.models import Force
from referrals.queries.statistics import (
    FigureAddress,
    count,
    count_with_logs,
    figure_logs,
    why_counted,
)
from referrals.rules.statistic_json import result_from_json, result_json
from referrals.rules.statistics import USUAL_COUNTING, CountedForce, Counting, Definition, Result
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from tests.referrals.counted_logs import (
    PlannedForce,
    PlannedLog,
    counted_by_hand,
    make_logs,
    planned_logs,
    undone,
)
from tests.referrals.logs import adviser, force

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2025, 4, 25, 9, 0, tzinfo=UTC)
NAMES = ("Aldershire", "Bexshire", "Carrowshire", "Dunshire")
PERIODS = st.sampled_from(
    [
        year_ending(date(2024, 3, 31)),
        year_ending(date(2023, 3, 31)),
        year_ending(date(2024, 2, 29)),
        calendar_year(2023),
        financial_year(2024),
        free_period(date(2023, 3, 20), date(2023, 3, 30)),
        calendar_year(2030),
    ]
)


@pytest.fixture
def forces() -> list[Force]:
    return [force(name) for name in NAMES]


def definition(forces: list[Force], *periods, criteria=USUAL_COUNTING, complete_to=date(2026, 1, 1)):
    counted = tuple(CountedForce(one.pk, one.name) for one in forces)
    return Definition(counted, tuple(periods), tuple(criteria), complete_to)


@pytest.mark.slow
def test_every_figure_is_what_one_counts_by_hand(forces):
    by = adviser()

    @given(
        planned=st.lists(planned_logs(forces=len(NAMES)), max_size=14),
        chosen=st.lists(st.integers(0, len(NAMES) - 1), min_size=1, unique=True),
        periods=st.lists(PERIODS, min_size=1, max_size=3, unique=True),
        criteria=st.lists(st.sampled_from(Counting), min_size=1, unique=True),
        complete_to=st.sampled_from([date(2026, 1, 1), date(2023, 4, 1), date(2024, 3, 2)]),
    )
    def holds(planned, chosen, periods, criteria, complete_to):
        with undone():
            make_logs(planned, forces, by)
            wanted = definition(
                [forces[n] for n in chosen], *periods, criteria=criteria, complete_to=complete_to
            )
            numbers, listed = count(wanted, as_at=AT), count_with_logs(wanted, as_at=AT)
            places = {forces[n].pk: n for n in chosen}
            for plain, full in zip(_all(numbers), _all(listed), strict=True):
                by_hand = [places[plain.force.key]] if plain.force else chosen
                _check(plain, full, planned, by_hand, wanted, forces)
            assert result_from_json(wanted, result_json(listed)) == listed

    holds()


def _all(result: Result):
    return (*result.all_together, *result.figures)


def _check(plain, full, planned, by_hand, wanted, forces):
    """One figure, counted in numbers and with its logs, against the hand count and the lists of its links."""
    period = plain.period.counted
    if period is None:
        assert plain.together is full.together is None
        assert not full.logs
        return
    expected = counted_by_hand(planned, by_hand, period, wanted.criteria)
    keys = tuple(forces[n].pk for n in by_hand)
    for criterion in (None, *wanted.criteria):
        logs = expected[criterion or "together"]
        number = plain.together if criterion is None else plain.by_criterion[criterion]
        assert number == len(logs) == len(full.logs_meeting(criterion))
        assert set(full.logs_meeting(criterion)) == logs
        address = FigureAddress(keys, period.from_on, period.to_on, wanted.criteria, criterion)
        assert [log.log_number for log in figure_logs(address)] == list(full.logs_meeting(criterion))
    assert replace(full.left_out, logs=()) == plain.left_out
    assert plain.left_out.all == len(expected["left_out"])
    out = FigureAddress(keys, period.from_on, period.to_on, wanted.criteria, left_out=True)
    left_out = list(figure_logs(out))
    assert {log.log_number for log in left_out} == set(full.left_out.logs) == expected["left_out"]
    in_error = sum(log.closing == "logged_in_error" for log in left_out)
    shared = sum(log.scope == "several" and log.closing != "logged_in_error" for log in left_out)
    assert (plain.left_out.in_error, plain.left_out.shared) == (in_error, shared)
    assert set(why_counted(out, [log.pk for log in left_out])) == {log.pk for log in left_out}


def test_the_forces_of_one_log_count_it_once_together(forces):
    day = date(2023, 5, 2)
    shared = PlannedLog(
        Scope.NATIONAL,
        in_error=False,
        grouped=False,
        forces=(
            PlannedForce(0, ForceRole.REFERRED_BY, Trigger.MANDATORY, day, day),
            PlannedForce(1, ForceRole.LOGGED_WITH, Trigger.CORRESPONDENCE, None, day),
            PlannedForce(2, ForceRole.CONSULTED, "", None, None),
            PlannedForce(3, ForceRole.LOGGED_WITH, Trigger.ADVICE, None, None),
        ),
    )
    (log,) = make_logs([shared], forces, adviser())
    wanted = definition(forces, calendar_year(2023))
    result = count(wanted, as_at=AT)
    assert [figure.together for figure in result.figures] == [1, 1, 0, 0]
    (together,) = result.all_together
    assert together.together == 1
    assert together.by_criterion == {Counting.ALONE: 0, Counting.NATIONAL: 1, Counting.MANDATORY: 1}
    address = FigureAddress(tuple(f.pk for f in forces), date(2023, 1, 1), date(2023, 12, 31), USUAL_COUNTING)
    why = why_counted(address, [log.pk])[log.pk]
    assert why.forces == ("Aldershire Constabulary", "Bexshire Constabulary")
    assert (why.first_contact_on, why.meets) == (day, (Counting.NATIONAL, Counting.MANDATORY))


def test_one_statement_counts_any_number_of_forces_and_periods(forces):
    wanted = definition(forces, *(calendar_year(year) for year in range(2015, 2026)))
    for counted in (count, count_with_logs):
        with CaptureQueriesContext(connection) as queries:
            counted(wanted, as_at=AT)
        assert len([query for query in queries if query["sql"].startswith("WITH")]) == 1
