"""The measures of logs: the query and the predicate of each say the same, whoever asks and on whatever day."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from referrals.measures import LOGS, LogMeasure, LogView
from referrals.models import Referral
from tests.kept_rows import kept_for_a_module
from tests.referrals.measured_logs import TODAY, Advisers, measured_logs

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture(scope="module")
def advisers(django_db_setup: None, django_db_blocker: Any) -> Iterator[Advisers]:
    with kept_for_a_module(django_db_blocker):
        yield measured_logs()


@pytest.mark.parametrize("measure", LOGS.declared, ids=lambda measure: measure.code)
def test_what_the_query_finds_is_what_the_predicate_holds_of(advisers: Advisers, measure: LogMeasure) -> None:
    every = set(Referral.objects.all())
    told_apart = False
    for user in (None, *advisers.everybody):
        for days in (-2, -1, 0, 1):
            view = LogView(TODAY + timedelta(days=days), user)
            found = set(LOGS.rows(measure, view))
            assert found == {case for case in every if measure.holds(case, view)}, view
            told_apart |= 0 < len(found) < len(every)
    assert told_apart
