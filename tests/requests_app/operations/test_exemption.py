"""Claims of exemptions, through the database."""

from typing import Any

import pytest

from foitracker.accounts.permissions import NotPermitted
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from requests_app.models import ExemptionClaim, FoiRequest, RequestItem
from requests_app.operations.exemption import Reasons, claim_exemption, withdraw_claim
from tests import factories
from tests.factories import Staff

from ..views.casework import RECEIVED, with_items

pytestmark = pytest.mark.django_db
AT = factories.at(RECEIVED, 16)


@pytest.fixture
def items(staff: Staff) -> list[RequestItem]:
    return with_items(staff)[1]


def _claim(staff: Staff, items: list[RequestItem], section: str, *limbs: str, **more: Any) -> ExemptionClaim:
    return claim_exemption(
        **{
            "case_id": items[0].foi_request_id,
            "by": staff.officer,
            "at": AT,
            "section": section,
            "limbs": limbs,
            "item_ids": [item.pk for item in items],
            "reasons": Reasons(why_applies="It says where to look."),
            **more,
        }
    )


def test_limbs_are_kept_as_the_catalogue_writes_them(staff: Staff, items: list[RequestItem]) -> None:
    claim = _claim(staff, items[:2], "31", "s.31(1)(a)", "31 (1) (b)", "31(1)(a)")

    assert claim.limbs == ["31(1)(a)", "31(1)(b)"]
    assert {item.label for item in claim.items.all()} == {"A", "B"}
    assert claim.claimed_by == staff.officer
    entry = timeline(claim.foi_request.reference)[0]
    assert (entry.event, entry.detail["section"]) == ("exemption_claimed", "31")


@pytest.mark.parametrize(
    ("section", "limbs", "message"),
    [
        ("40", ["40(3)(a)(i)"], r"current reference is 40\(3A\)\(a\)"),
        ("31", ["31(1)(z)"], "no limb"),
        ("31", ["40(1)"], "names section 40"),
        ("31", [], "at least one limb"),
        ("99", ["99(1)"], "not an exemption"),
        ("35", ["35(1)(a)"], "Only a government department"),
        ("31", ["31(3)"], "only for neither confirming nor denying"),
        ("31", ["31(1)(a)", "31(3)"], "only for neither confirming nor denying"),
    ],
)
def test_a_claim_that_law_does_not_know_is_refused(
    staff: Staff, items: list[RequestItem], section: str, limbs: list[str], message: str
) -> None:
    with pytest.raises(NotPossible, match=message):
        _claim(staff, items, section, *limbs)
    assert not ExemptionClaim.objects.exists()


def test_neither_confirming_nor_denying_takes_its_own_subsection(
    staff: Staff, items: list[RequestItem]
) -> None:
    with pytest.raises(NotPossible, match="only for withholding"):
        _claim(staff, items, "31", "31(1)(a)", neither_confirm_nor_deny=True)
    assert _claim(staff, items, "31", "31(3)", neither_confirm_nor_deny=True).limbs == ["31(3)"]


def test_one_limb_is_claimed_once_for_an_item(staff: Staff, items: list[RequestItem]) -> None:
    claim = _claim(staff, items[:1], "31", "31(1)(a)")
    with pytest.raises(NotPossible, match="already claimed"):
        _claim(staff, items[:2], "31", "31(1)(a)", "31(1)(b)")

    _claim(staff, items[1:2], "31", "31(1)(a)")
    _claim(staff, items[:1], "31", "31(1)(b)")
    changed = _claim(staff, items[:1], "31", "31(1)(a)", claim_id=claim.pk, reasons=Reasons(harm="Much."))
    assert (changed.pk, changed.harm, changed.why_applies) == (claim.pk, "Much.", "")


def test_an_item_of_another_request_refuses_the_claim(staff: Staff, items: list[RequestItem]) -> None:
    foreign = with_items(staff)[1][0]
    with pytest.raises(NotPossible, match="no longer part"):
        _claim(staff, items, "23", "23(1)", item_ids=[items[0].pk, foreign.pk])
    with pytest.raises(NotPossible, match="at least one item"):
        _claim(staff, items, "23", "23(1)", item_ids=[])


def test_a_withdrawn_claim_stays_on_the_trail(staff: Staff, items: list[RequestItem]) -> None:
    claim = _claim(staff, items[:1], "23", "23(1)")
    case = FoiRequest.objects.get(pk=claim.foi_request_id)

    withdraw_claim(case_id=case.pk, claim_id=claim.pk, by=staff.officer, at=AT)

    assert not case.claims.exists()
    entry = timeline(case.reference)[0]
    assert (entry.event, entry.detail["limbs"], entry.detail["items"]) == (
        "claim_withdrawn",
        ["23(1)"],
        ["A"],
    )
    for act in (
        lambda: withdraw_claim(case_id=case.pk, claim_id=claim.pk, by=staff.officer, at=AT),
        lambda: _claim(staff, items[:1], "23", "23(1)", claim_id=claim.pk),
    ):
        with pytest.raises(NotPossible, match="withdrawn meanwhile"):
            act()


def test_a_claim_of_another_request_is_not_reached(staff: Staff, items: list[RequestItem]) -> None:
    claim = _claim(staff, items[:1], "23", "23(1)")
    other, _ = with_items(staff)
    with pytest.raises(NotPossible, match="withdrawn meanwhile"):
        withdraw_claim(case_id=other.pk, claim_id=claim.pk, by=staff.officer, at=AT)
    assert ExemptionClaim.objects.filter(pk=claim.pk).exists()


def test_roles_that_do_not_work_cases_claim_nothing(staff: Staff, items: list[RequestItem]) -> None:
    with pytest.raises(NotPermitted):
        _claim(staff, items, "23", "23(1)", by=staff.intake)
