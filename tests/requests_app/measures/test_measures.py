"""The measures of requests: the query and the predicate of each say the same, whoever asks and on whatever day."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from requests_app.measures import CLOCK_STOPPED, OVERDUE, REQUESTS, RequestMeasure, RequestView
from requests_app.models import FoiRequest
from tests.kept_rows import kept_for_a_module
from tests.requests_app.measured_requests import TODAY, People, measured_requests

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[People]:
    with kept_for_a_module(django_db_blocker):
        yield measured_requests()


@pytest.mark.parametrize("measure", REQUESTS.declared, ids=lambda measure: measure.code)
def test_what_the_query_finds_is_what_the_predicate_holds_of(people: People, measure: RequestMeasure) -> None:
    every = set(FoiRequest.objects.all())
    told_apart = False
    for user in (None, *people.everybody):
        for days in (-2, -1, 0, 1):
            view = RequestView(TODAY + timedelta(days=days), user)
            found = set(REQUESTS.rows(measure, view))
            assert found == {case for case in every if measure.holds(case, view)}, view
            told_apart |= 0 < len(found) < len(every)
    assert told_apart


def test_an_answer_that_is_open_again_has_no_stopped_clock(people: People) -> None:
    view = RequestView(TODAY)
    stopped = REQUESTS.rows(CLOCK_STOPPED, view)
    case = stopped[0]
    number = stopped.count()
    with transaction.atomic():
        FoiRequest.objects.filter(pk=case.pk).update(responded_on=TODAY)
        case.refresh_from_db()
        assert not CLOCK_STOPPED.holds(case, view)
        assert REQUESTS.rows(CLOCK_STOPPED, view).count() == number - 1
        transaction.set_rollback(True)


def test_overdue_is_the_day_after_on_any_kind_of_day(people: People) -> None:
    """The 27th is a Friday; that it is over is all that counts on the Saturday and the Sunday."""
    friday = TODAY - timedelta(days=2)
    overdue = [
        REQUESTS.rows(OVERDUE, RequestView(friday + timedelta(days=days))).filter(due_on=friday).exists()
        for days in range(4)
    ]
    assert overdue == [False, True, True, True]
