"""When an answer waits for advice again, and who can go on without it."""

from collections.abc import Callable

import pytest

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.casework.refusals import NotPossible
from requests_app.models import FoiRequest, HoldEnding, IssueHold
from requests_app.operations.closure import close_unanswered
from requests_app.operations.consultation import end_hold, override_hold, place_hold, resume_hold
from requests_app.queries.holds import standing_holds
from requests_app.rules.casework.workflow import Outcome
from tests.factories import AT, RECEIVED, person, request_with_items

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AWAITED, PAGE = "CRU log 12/26", "/referrals/2026/12/"


@pytest.fixture
def officer() -> User:
    return person(Role.OFFICER)


@pytest.fixture
def case(officer: User) -> FoiRequest:
    return request_with_items("1", officer=officer)


def place(case: FoiRequest, by: User) -> IssueHold:
    return place_hold(case_id=case.pk, by=by, at=AT, awaited=AWAITED, page=PAGE)


def end(case: FoiRequest, by: User) -> None:
    end_hold(case_id=case.pk, awaited=AWAITED, by=by, at=AT, ending=HoldEnding.LOG_CLOSED)


def go_on(case: FoiRequest, by: User) -> None:
    hold = IssueHold.objects.get(foi_request=case)
    override_hold(case_id=case.pk, hold_id=hold.pk, by=by, at=AT, reason="The limit is today.")


def withdraw(case: FoiRequest, by: User) -> None:
    close_unanswered(
        case_id=case.pk, by=by, at=AT, on=RECEIVED, outcome=Outcome.WITHDRAWN, reason="By telephone."
    )


@pytest.mark.parametrize(
    ("before", "waits", "again"),
    [
        ([], 0, False),
        ([place], 1, False),
        ([place, end], 1, True),
        ([place, go_on], 0, False),
        ([place, end, withdraw], 0, False),
    ],
    ids=["never waited", "still waits", "wait ended", "officer went on", "request closed"],
)
def test_it_waits_again_only_where_the_wait_ended_without_advice(
    case: FoiRequest,
    officer: User,
    before: list[Callable[[FoiRequest, User], object]],
    waits: int,
    again: bool,
) -> None:
    for step in before:
        step(case, officer)
    adviser = person(Role.CRU_ADVISER)
    assert resume_hold(case_id=case.pk, awaited=AWAITED, by=adviser, at=AT) is again
    assert standing_holds(case).count() == waits


def test_a_wait_that_is_over_cannot_be_gone_on_without(case: FoiRequest, officer: User) -> None:
    hold = place(case, officer)
    end(case, officer)
    with pytest.raises(NotPossible, match="no longer waits"):
        override_hold(case_id=case.pk, hold_id=hold.pk, by=officer, at=AT, reason="The limit is today.")
    hold.refresh_from_db()
    assert (hold.ending, hold.override_reason) == (HoldEnding.LOG_CLOSED, "")


def test_a_wait_of_another_request_cannot_be_gone_on_without(case: FoiRequest, officer: User) -> None:
    other = place(request_with_items("1", officer=officer), officer)
    with pytest.raises(NotPossible, match="no longer waits"):
        override_hold(case_id=case.pk, hold_id=other.pk, by=officer, at=AT, reason="The limit is today.")


@pytest.mark.parametrize("role", [Role.INTAKE, Role.CRU_ADVISER, Role.MANAGER])
def test_only_who_works_on_the_request_goes_on_without_advice(
    case: FoiRequest, officer: User, role: Role
) -> None:
    hold = place(case, officer)
    with pytest.raises(NotPermitted):
        override_hold(case_id=case.pk, hold_id=hold.pk, by=person(role), at=AT, reason="The limit is today.")
    assert standing_holds(case).get() == hold
