"""What is recorded of a request at its edges: the first day there was a right to ask, what a closed case takes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.models import FoiRequest, LinkKind, Priority, RequestLink
from requests_app.operations.clock import ask_clarification
from requests_app.operations.closure import close_unanswered
from requests_app.operations.intake import (
    Details,
    Identity,
    change_details,
    complete_identity,
    link_requests,
    unlink_requests,
)
from requests_app.rules.casework.workflow import Outcome, Status
from tests.factories import AT, RECEIVED, person, request

from .shared_work import WORKED, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def officer() -> User:
    return person(Role.OFFICER)


def change(case: FoiRequest, by: User, **details: Any) -> FoiRequest:
    usual = {"received_on": RECEIVED, "channel": "email", "subject": "Patrol plans"}
    return change_details(
        case_id=case.pk, by=by, at=AT, today=WORKED, details=Details(**{**usual, **details})
    )


def test_the_first_day_on_which_anybody_could_ask(officer: User) -> None:
    assert request(by=officer, received_on=date(2005, 1, 1)).due_on == date(2005, 2, 1)
    with pytest.raises(NotPossible, match="in force since 1 January 2005") as refused:
        request(by=officer, received_on=date(2004, 12, 31))
    assert refused.value.field == "received_on"


def test_a_priority_that_is_not_normal_says_why(officer: User) -> None:
    urgent = next(one for one in Priority if one != Priority.NORMAL)
    case = request(by=officer)
    with pytest.raises(NotPossible, match="Say why the priority") as refused:
        change(case, officer, priority=urgent, priority_reason=" ")
    assert refused.value.field == "priority_reason"
    assert (
        change(case, officer, priority=urgent, priority_reason="An inquest sits in May.").priority == urgent
    )


def test_a_request_came_before_the_first_question_on_it_or_that_day(officer: User) -> None:
    case = request(by=officer)
    asked = date(2026, 3, 4)
    ask_clarification(case_id=case.pk, by=officer, at=AT, asked_on=asked, question="Which plan?", today=asked)
    with pytest.raises(NotPossible, match="asked on 04/03/2026") as refused:
        change(case, officer, received_on=date(2026, 3, 5))
    assert refused.value.field == "received_on"
    assert change(case, officer, received_on=asked).received_on == asked


def test_who_asks_decides_whether_the_request_is_valid_and_so_does_the_law(officer: User) -> None:
    case = request(by=officer, identity=Identity(email="p.lowmoor@example.org"))
    assert case.validity_gaps == ["name"]
    assert change(case, officer, regime="EIR").validity_gaps == []
    assert change(case, officer, regime="FOIA").validity_gaps == ["name"]

    named = Identity(name="Perpetua Lowmoor", email="p.lowmoor@example.org")
    assert complete_identity(case_id=case.pk, by=officer, at=AT, identity=named).validity_gaps == []
    event = timeline(case.reference)[0]
    assert event.detail["fields"] == ["name"]
    assert "Lowmoor" not in str(event.detail)


def test_details_are_fixed_while_the_answer_is_with_an_approver() -> None:
    work = submitted()
    with pytest.raises(TransitionNotAllowed, match="Return it for more work"):
        change(work.case, work.officer, subject="Another subject")
    work.case.refresh_from_db()
    assert (work.case.subject, work.case.status) == ("Patrol plans", Status.AWAITING_APPROVAL)


def _link(case: FoiRequest, by: User, other: FoiRequest) -> None:
    link_requests(case_id=case.pk, by=by, at=AT, other=other, kind=LinkKind.RELATED_TO)


def _unlink(case: FoiRequest, by: User, other: FoiRequest) -> None:
    link = RequestLink.objects.get(from_request=case, to_request=other)
    unlink_requests(case_id=case.pk, by=by, at=AT, link_id=link.pk)


@pytest.mark.parametrize("step", [_link, _unlink], ids=["link", "unlink"])
def test_links_of_a_closed_request_stay_as_they_are(
    officer: User, step: Callable[[FoiRequest, User, FoiRequest], None]
) -> None:
    case, other = request(by=officer), request(by=officer)
    if step is _unlink:
        _link(case, officer, other)
    close_unanswered(
        case_id=case.pk, by=officer, at=AT, on=RECEIVED, outcome=Outcome.WITHDRAWN, reason="By telephone."
    )
    before = list(RequestLink.objects.values())
    with pytest.raises(TransitionNotAllowed, match="Correct the issued letter"):
        step(case, officer, other)
    assert list(RequestLink.objects.values()) == before
