"""Closing without an answer: only as the facts bear it out, and on the day they do."""

from datetime import date
from typing import Any

import pytest

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.casework.refusals import NotPossible
from requests_app.models import FoiRequest
from requests_app.operations.clock import ask_clarification
from requests_app.operations.closure import close_unanswered
from requests_app.rules.casework.workflow import UNANSWERED_OUTCOMES, Outcome, Status
from tests.factories import AT, RECEIVED, authority, person, request_with_items

pytestmark = [pytest.mark.django_db, pytest.mark.services]

ASKED, LAST_DAY = date(2026, 3, 4), date(2026, 6, 4)


@pytest.fixture
def officer() -> User:
    authority()
    return person(Role.OFFICER)


@pytest.fixture
def case(officer: User) -> FoiRequest:
    return request_with_items("1", officer=officer)


def close(case: FoiRequest, by: User, **given: Any) -> FoiRequest:
    usual = {"at": AT, "on": RECEIVED, "outcome": Outcome.WITHDRAWN, "reason": "By telephone."}
    return close_unanswered(case_id=case.pk, by=by, **{**usual, **given})


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - UNANSWERED_OUTCOMES))
def test_what_only_a_letter_can_say_closes_no_request(
    case: FoiRequest, officer: User, outcome: Outcome
) -> None:
    with pytest.raises(NotPossible, match="closed by issuing its letter") as refused:
        close(case, officer, outcome=outcome)
    assert refused.value.field == "outcome"


def test_a_reason_is_given(case: FoiRequest, officer: User) -> None:
    with pytest.raises(NotPossible, match="Give the reason") as refused:
        close(case, officer, reason=" ")
    assert refused.value.field == "reason"


def test_a_valid_request_is_not_closed_as_invalid(case: FoiRequest, officer: User) -> None:
    with pytest.raises(NotPossible, match="it is valid"):
        close(case, officer, outcome=Outcome.INVALID)


@pytest.mark.parametrize("outcome", [Outcome.LAPSED, Outcome.FEE_UNPAID])
def test_a_request_that_waits_for_nothing_does_not_lapse(
    case: FoiRequest, officer: User, outcome: Outcome
) -> None:
    with pytest.raises(NotPossible, match="lapses this way only while"):
        close(case, officer, outcome=outcome)


def test_it_lapses_for_what_it_waits_for_on_the_day_after_the_last(case: FoiRequest, officer: User) -> None:
    ask_clarification(case_id=case.pk, by=officer, at=AT, asked_on=ASKED, question="Which plan?", today=ASKED)
    after = date(2026, 6, 5)
    with pytest.raises(NotPossible, match="only while a fee is awaited"):
        close(case, officer, outcome=Outcome.FEE_UNPAID, on=after)
    with pytest.raises(NotPossible, match="until 04/06/2026"):
        close(case, officer, outcome=Outcome.LAPSED, on=LAST_DAY)
    closed = close(case, officer, outcome=Outcome.LAPSED, on=after)
    assert (closed.status, closed.outcome, closed.closed_on) == (Status.CLOSED, Outcome.LAPSED, after)
