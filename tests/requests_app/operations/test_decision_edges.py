"""Decisions at their edges: how many items, which days, what may be excluded, and when claims are fixed."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.models import FoiRequest
from requests_app.operations.clock import ask_clarification
from requests_app.operations.decision import (
    MOST_ITEMS,
    FigureDraft,
    ItemDraft,
    decide_item,
    record_search,
    set_figures,
    set_items,
)
from requests_app.operations.exemption import claim_exemption, withdraw_claim
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from tests.factories import AT, RECEIVED, person, request_with_items

from .shared_work import REASONS, WORKED, SharedWork, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def officer() -> User:
    return person(Role.OFFICER)


@pytest.fixture
def case(officer: User) -> FoiRequest:
    return request_with_items("A", "B", officer=officer)


def test_a_request_has_four_hundred_items_and_no_more(case: FoiRequest, officer: User) -> None:
    drafts = [ItemDraft(str(number), f"plan {number}") for number in range(1, MOST_ITEMS + 2)]
    with pytest.raises(NotPossible, match="at most 400 items") as refused:
        set_items(case_id=case.pk, by=officer, at=AT, items=drafts)
    assert refused.value.field == "items"
    set_items(case_id=case.pk, by=officer, at=AT, items=drafts[:MOST_ITEMS])
    assert case.items.count() == MOST_ITEMS == 400


def test_one_item_is_not_made_two(case: FoiRequest, officer: User) -> None:
    first = case.items.all()[0]
    twice = [ItemDraft("A", "the plan", first.pk), ItemDraft("B", "the map", first.pk)]
    with pytest.raises(NotPossible, match="no longer part of the request"):
        set_items(case_id=case.pk, by=officer, at=AT, items=twice)


@pytest.mark.parametrize("searched_on", [RECEIVED, WORKED])
def test_a_search_can_be_of_the_day_of_receipt_and_of_today(
    case: FoiRequest, officer: User, searched_on: date
) -> None:
    search = record_search(
        case_id=case.pk, by=officer, at=AT, searched="Drive", searched_by="Unit", searched_on=searched_on,
        criteria="All", result="", holding=Holding.HELD, today=WORKED,
    )  # fmt: skip
    assert search.searched_on == searched_on


def test_figures_can_be_of_one_day(case: FoiRequest, officer: User) -> None:
    item = case.items.all()[0]
    given = {"case_id": case.pk, "item_id": item.pk, "by": officer, "at": AT, "criteria": [], "caveat": ""}
    one_day = FigureDraft("A", RECEIVED, RECEIVED, Decimal(3))
    assert set_figures(**given, unit_of_count="plans", figures=[one_day])
    backward = FigureDraft("A", RECEIVED, RECEIVED - timedelta(days=1), Decimal(3))
    with pytest.raises(NotPossible, match="ends before it begins"):
        set_figures(**given, unit_of_count="plans", figures=[backward])


def test_a_question_that_is_still_open_excludes_no_item(case: FoiRequest, officer: User) -> None:
    ask_clarification(
        case_id=case.pk, by=officer, at=AT, asked_on=RECEIVED, question="Leave B out?", today=WORKED
    )
    item = case.items.get(label="B")
    with pytest.raises(NotPossible, match="No clarification has been answered"):
        decide_item(case_id=case.pk, item_id=item.pk, by=officer, at=AT, disposition=Disposition.EXCLUDED)


def _claim(work: SharedWork) -> None:
    items = list(work.case.items.values_list("pk", flat=True))
    claim_exemption(
        case_id=work.case.pk,
        by=work.officer,
        at=AT,
        section="40",
        limbs=["40(2)+(3A)(a)"],
        item_ids=items,
        reasons=REASONS,
    )


def _withdraw(work: SharedWork) -> None:
    withdraw_claim(case_id=work.case.pk, claim_id=work.case.claims.get().pk, by=work.officer, at=AT)


@pytest.mark.parametrize("step", [_claim, _withdraw], ids=["claim", "withdraw"])
def test_claims_are_fixed_while_the_answer_is_with_an_approver(step: Callable[[SharedWork], None]) -> None:
    work = submitted()
    before = list(work.case.claims.values())
    with pytest.raises(TransitionNotAllowed, match="Return it for more work"):
        step(work)
    assert list(work.case.claims.values()) == before
