"""Recording decisions, through the database: items, dispositions, searches, figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from foitracker.accounts.permissions import NotPermitted
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import CaseChanged, NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.models import FigureSet, FoiRequest, RequestItem
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.decision import (
    FigureDraft,
    ItemDraft,
    decide_item,
    decide_items,
    record_search,
    set_figures,
    set_holding,
    set_items,
)
from requests_app.operations.exemption import Reasons, claim_exemption
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock.clarification_effect import ClockEffect
from tests import factories
from tests.factories import Staff

from ..views.casework import RECEIVED, logged, with_items

pytestmark = pytest.mark.django_db

WORKED = date(2026, 3, 16)
AT = factories.at(WORKED)


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return with_items(staff)[0]


@pytest.fixture
def items(case: FoiRequest) -> dict[str, RequestItem]:
    return {item.label: item for item in case.items.all()}


def _decide(staff: Staff, item: RequestItem, disposition: Disposition | None, **more: Any) -> RequestItem:
    return decide_item(
        case_id=item.foi_request_id,
        item_id=item.pk,
        by=staff.officer,
        at=AT,
        disposition=disposition,
        **more,
    )


def _last_event(case: FoiRequest) -> tuple[str, dict[str, Any]]:
    entry = timeline(case.reference)[0]
    return entry.event, entry.detail


def _clarified(staff: Staff, case: FoiRequest, *excluded: int) -> None:
    ask_clarification(
        case_id=case.pk, by=staff.officer, at=AT, asked_on=RECEIVED, question="Leave one out?", today=WORKED
    )
    answer_clarification(
        case_id=case.pk,
        by=staff.officer,
        at=AT,
        answered_on=WORKED,
        answer="Yes.",
        effect=ClockEffect.NARROWS,
        effect_reason="It was clear.",
        excluded_item_ids=excluded,
        today=WORKED,
    )


# --- items --------------------------------------------------------------------------------------------------


def test_whoever_first_works_on_a_new_request_takes_it_up(staff: Staff) -> None:
    case = logged(staff)
    set_items(case_id=case.pk, by=staff.officer, at=AT, items=[ItemDraft("1", "the plan")])

    case.refresh_from_db()
    assert (case.status, case.officer) == (Status.IN_PROGRESS, staff.officer)
    assert _last_event(case) == ("items_set", {"labels": ["1"], "removed": [], "version": case.version})


def test_labels_can_be_exchanged(staff: Staff, case: FoiRequest, items: dict[str, RequestItem]) -> None:
    drafts = [
        ItemDraft("B", "the patrol plan", items["A"].pk),
        ItemDraft("A", "the map", items["B"].pk),
        ItemDraft("C", "the plan again", items["C"].pk),
    ]
    set_items(case_id=case.pk, by=staff.officer, at=AT, items=drafts)

    assert dict(case.items.values_list("pk", "label")) == {
        items["A"].pk: "B",
        items["B"].pk: "A",
        items["C"].pk: "C",
    }


def test_an_item_left_out_is_removed_and_the_trail_says_so(
    staff: Staff, case: FoiRequest, items: dict[str, RequestItem]
) -> None:
    set_items(case_id=case.pk, by=staff.officer, at=AT, items=[ItemDraft("A", "the plan", items["A"].pk)])

    assert case.items.count() == 1
    assert _last_event(case)[1]["removed"] == ["B", "C"]


@pytest.mark.parametrize("use", ["decided", "claimed", "counted", "original"])
def test_an_item_in_use_is_not_removed(
    staff: Staff, case: FoiRequest, items: dict[str, RequestItem], use: str
) -> None:
    a, b, _ = items.values()
    if use == "decided":
        _decide(staff, a, Disposition.DISCLOSED)
    elif use == "claimed":
        claim_exemption(
            case_id=case.pk, by=staff.officer, at=AT, section="23", limbs=["23(1)"], item_ids=[a.pk],
            reasons=Reasons(),
        )  # fmt: skip
    elif use == "counted":
        figure = FigureDraft("A", date(2025, 4, 1), date(2026, 3, 31), Decimal(3))
        set_figures(
            case_id=case.pk, item_id=a.pk, by=staff.officer, at=AT, unit_of_count="plans", criteria=[],
            caveat="", figures=[figure],
        )  # fmt: skip
    else:
        _decide(staff, b, Disposition.DUPLICATE, duplicate_of_id=a.pk)
    kept = [ItemDraft(i.label, i.text, i.pk) for i in items.values() if i.pk != a.pk]

    with pytest.raises(NotPossible, match="Item A"):
        set_items(case_id=case.pk, by=staff.officer, at=AT, items=kept)
    assert case.items.count() == 3


def test_an_item_of_another_request_is_refused(staff: Staff, case: FoiRequest) -> None:
    _, (foreign, *_) = with_items(staff)

    with pytest.raises(NotPossible, match="no longer part"):
        set_items(case_id=case.pk, by=staff.officer, at=AT, items=[ItemDraft("A", "taken", foreign.pk)])


# --- dispositions -------------------------------------------------------------------------------------------


def test_a_decision_names_who_and_when_and_can_be_taken_back(
    staff: Staff, items: dict[str, RequestItem]
) -> None:
    item = _decide(staff, items["A"], Disposition.NOT_HELD, explanation="Nothing was found.")
    assert (item.decided_by, item.decided_at) == (staff.officer, AT)

    item = _decide(staff, items["A"], None, explanation="Nothing was found.")
    assert (item.disposition, item.decided_by, item.decided_at) == ("", None, None)
    assert item.explanation == "Nothing was found."


def test_accessible_needs_a_place_and_another_decision_drops_it(
    staff: Staff, items: dict[str, RequestItem]
) -> None:
    with pytest.raises(NotPossible, match="where the applicant can find"):
        _decide(staff, items["A"], Disposition.ACCESSIBLE, location="  ")
    assert _decide(staff, items["A"], Disposition.ACCESSIBLE, location="In the library").location
    assert _decide(staff, items["A"], Disposition.DISCLOSED, location="In the library").location == ""


def test_a_duplicate_names_an_item_that_is_answered(staff: Staff, items: dict[str, RequestItem]) -> None:
    a, b, c = items.values()
    assert _decide(staff, c, Disposition.DUPLICATE, duplicate_of_id=a.pk).duplicate_of == a
    for original in (b.pk, None, with_items(staff)[1][0].pk):
        with pytest.raises(NotPossible, match="Choose the item that this one repeats"):
            _decide(staff, b, Disposition.DUPLICATE, duplicate_of_id=original)
    with pytest.raises(NotPossible, match="itself a duplicate"):
        _decide(staff, b, Disposition.DUPLICATE, duplicate_of_id=c.pk)
    with pytest.raises(NotPossible, match="Another item is a duplicate of item A"):
        _decide(staff, a, Disposition.DUPLICATE, duplicate_of_id=b.pk)


def test_an_item_is_excluded_exactly_while_a_clarification_names_it(
    staff: Staff, case: FoiRequest, items: dict[str, RequestItem]
) -> None:
    with pytest.raises(NotPossible, match="No clarification has been answered"):
        _decide(staff, items["B"], Disposition.EXCLUDED)
    _clarified(staff, case, items["A"].pk)
    clarification = case.clarifications.get()

    _decide(staff, items["B"], Disposition.EXCLUDED)
    assert {item.label for item in clarification.excluded_items.all()} == {"A", "B"}

    _decide(staff, items["A"], Disposition.DISCLOSED)
    assert {item.label for item in clarification.excluded_items.all()} == {"B"}

    decide_items(
        case_id=case.pk, item_ids=[items["B"].pk], by=staff.officer, at=AT, disposition=Disposition.NOT_HELD
    )
    assert not clarification.excluded_items.exists()


def test_several_items_are_decided_in_one_event(
    staff: Staff, case: FoiRequest, items: dict[str, RequestItem]
) -> None:
    _decide(staff, items["A"], Disposition.DISCLOSED, explanation="Page 1.")
    before = timeline(case.reference).count()

    decide_items(
        case_id=case.pk,
        item_ids=[items["A"].pk, items["B"].pk],
        by=staff.officer,
        at=AT,
        disposition=Disposition.WITHHELD,
    )

    assert list(case.items.values_list("disposition", "explanation")) == [
        ("withheld", "Page 1."),
        ("withheld", ""),
        ("", ""),
    ]
    assert timeline(case.reference).count() == before + 1
    assert _last_event(case)[1]["items"] == ["A", "B"]


@pytest.mark.parametrize("disposition", [Disposition.DUPLICATE, Disposition.ACCESSIBLE])
def test_what_needs_particulars_is_decided_one_by_one(
    staff: Staff, case: FoiRequest, items: dict[str, RequestItem], disposition: Disposition
) -> None:
    with pytest.raises(NotPossible, match="one by one"):
        decide_items(
            case_id=case.pk, item_ids=[items["A"].pk], by=staff.officer, at=AT, disposition=disposition
        )


def test_one_foreign_item_refuses_the_whole_act(
    staff: Staff, case: FoiRequest, items: dict[str, RequestItem]
) -> None:
    foreign = with_items(staff)[1][0]
    for chosen in ([items["A"].pk, foreign.pk], [foreign.pk], []):
        with pytest.raises(NotPossible):
            decide_items(
                case_id=case.pk, item_ids=chosen, by=staff.officer, at=AT, disposition=Disposition.WITHHELD
            )
    assert not case.items.exclude(disposition="").exists()


# --- searches and holding -----------------------------------------------------------------------------------


@pytest.mark.parametrize("searched_on", [date(2026, 3, 1), date(2026, 3, 17)])
def test_a_search_lies_between_receipt_and_today(staff: Staff, case: FoiRequest, searched_on: date) -> None:
    with pytest.raises(NotPossible, match="between 02/03/2026"):
        record_search(
            case_id=case.pk, by=staff.officer, at=AT, searched="Drive", searched_by="Unit",
            searched_on=searched_on, criteria="All", result="", holding=Holding.HELD, today=WORKED,
        )  # fmt: skip
    assert not case.searches.exists()


def test_what_is_held_can_change_and_the_trail_keeps_both(staff: Staff, case: FoiRequest) -> None:
    set_holding(case_id=case.pk, by=staff.officer, at=AT, holding=Holding.HELD)
    set_holding(case_id=case.pk, by=staff.officer, at=AT, holding=Holding.PARTLY_HELD)

    assert _last_event(case)[1] | {"version": 0} == {"from": "held", "to": "partly_held", "version": 0}


# --- figures ------------------------------------------------------------------------------------------------

FIGURE = FigureDraft("A", date(2024, 4, 1), date(2025, 3, 31), Decimal(65))


def _figures(staff: Staff, item: RequestItem, *figures: FigureDraft, **more: Any) -> FigureSet | None:
    return set_figures(
        case_id=item.foi_request_id,
        item_id=item.pk,
        by=staff.officer,
        at=AT,
        unit_of_count="referrals",
        criteria=["Received by the unit"],
        caveat="",
        figures=figures,
        **more,
    )


def test_figures_are_replaced_in_place(staff: Staff, items: dict[str, RequestItem]) -> None:
    first = _figures(staff, items["A"], FIGURE, replace(FIGURE, label="B"))
    assert first is not None
    second = _figures(staff, items["A"], replace(FIGURE, value=Decimal(66)), figure_set_id=first.pk)
    assert second is not None

    assert second.pk == first.pk
    assert list(first.figures.values_list("position", "label", "value")) == [(1, "A", Decimal(66))]


def test_figures_without_rows_are_removed_or_refused(staff: Staff, items: dict[str, RequestItem]) -> None:
    with pytest.raises(NotPossible, match="at least one figure"):
        _figures(staff, items["A"])
    saved = _figures(staff, items["A"], FIGURE)
    assert saved is not None
    assert _figures(staff, items["A"], figure_set_id=saved.pk) is None
    assert not FigureSet.objects.exists()
    with pytest.raises(NotPossible, match="have been removed"):
        _figures(staff, items["A"], FIGURE, figure_set_id=saved.pk)


def test_a_period_runs_forwards(staff: Staff, items: dict[str, RequestItem]) -> None:
    with pytest.raises(NotPossible, match="period of A ends before it begins"):
        _figures(staff, items["A"], replace(FIGURE, period_to=date(2024, 3, 31)))


# --- who and when -------------------------------------------------------------------------------------------


def test_roles_that_do_not_work_cases_decide_nothing(staff: Staff, items: dict[str, RequestItem]) -> None:
    with pytest.raises(NotPermitted):
        decide_item(
            case_id=items["A"].foi_request_id, item_id=items["A"].pk, by=staff.intake, at=AT,
            disposition=Disposition.WITHHELD,
        )  # fmt: skip


@pytest.mark.parametrize("status", ["awaiting_approval", "ready_to_issue"])
def test_what_has_been_submitted_is_fixed(
    staff: Staff, case: FoiRequest, items: dict[str, RequestItem], status: str
) -> None:
    FoiRequest.objects.filter(pk=case.pk).update(status=status)
    with pytest.raises(TransitionNotAllowed, match="Return it for more work"):
        _decide(staff, items["A"], Disposition.WITHHELD)


def test_a_page_made_from_an_older_version_changes_nothing(
    staff: Staff, case: FoiRequest, items: dict[str, RequestItem]
) -> None:
    _decide(staff, items["A"], Disposition.WITHHELD)
    with pytest.raises(CaseChanged) as refused:
        _decide(staff, items["A"], Disposition.DISCLOSED, seen_version=case.version)

    items["A"].refresh_from_db()
    assert items["A"].disposition == Disposition.WITHHELD
    assert refused.value.case.version == case.version + 1
