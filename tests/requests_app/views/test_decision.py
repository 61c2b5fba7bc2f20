"""The pages on which items are decided, one by one or together."""

from typing import Any

import pytest

from requests_app.models import Authority, FoiRequest
from requests_app.operations.decision import ItemDraft, set_items
from requests_app.rules.casework.dispositions import Disposition
from tests import factories
from tests.factories import Staff

from .casework import RECEIVED, Desk, text_of, with_items

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return with_items(staff)[0]


@pytest.fixture
def desk(staff: Staff, case: FoiRequest) -> Desk:
    return Desk(staff.officer, case)


def _values(response: Any, name: str) -> list[str]:
    return [str(choice[0]) for choice in response.context["form"].fields[name].choices]


def test_a_decision_is_saved_and_leads_back_to_the_items(desk: Desk, case: FoiRequest) -> None:
    item = case.items.get(label="A")

    response = desk.post(
        f"items/{item.pk}/decide/", {"disposition": "not_held", "explanation": "Nothing was found.\r\nSorry."}
    )

    assert response["Location"] == f"{case.get_absolute_url()}#items"
    item.refresh_from_db()
    assert (item.disposition, item.explanation) == ("not_held", "Nothing was found.\nSorry.")


def test_save_and_next_leads_through_the_undecided_ones(desk: Desk, case: FoiRequest) -> None:
    a, b, c = case.items.all()
    data = {"disposition": "disclosed", "then": "next"}

    assert desk.post(f"items/{b.pk}/decide/", data)["Location"].endswith(f"/items/{c.pk}/decide/")
    assert desk.post(f"items/{c.pk}/decide/", data)["Location"].endswith(f"/items/{a.pk}/decide/")
    assert desk.post(f"items/{a.pk}/decide/", data)["Location"].endswith("#items")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Choose what becomes of this item"),
        ({"disposition": "accessible"}, "Say where the applicant can find the information"),
        ({"disposition": "duplicate"}, "Choose the item that this one repeats"),
        ({"disposition": "shredded"}, "not one of the available choices"),
        ({"disposition": "excluded"}, "No clarification has been answered"),
        ({"disposition": "duplicate", "duplicate_of": "999999"}, "not one of the available choices"),
        ({"disposition": "duplicate", "duplicate_of": "x"}, "not one of the available choices"),
    ],
)
def test_what_is_missing_is_said_and_the_words_stay(
    desk: Desk, case: FoiRequest, data: dict[str, str], message: str
) -> None:
    item = case.items.get(label="A")

    response = desk.post(f"items/{item.pk}/decide/", {"explanation": "Typed with care.", **data})

    assert response.status_code == 422
    assert message in text_of(response)
    assert "Typed with care." in text_of(response)
    item.refresh_from_db()
    assert item.disposition == ""


def test_the_page_offers_only_what_is_possible(desk: Desk, case: FoiRequest) -> None:
    a, b, _ = case.items.all()
    page = desk.get(f"items/{a.pk}/decide/")
    assert "not_decided" not in _values(page, "disposition")
    assert str(a.pk) not in _values(page, "duplicate_of")

    desk.post(f"items/{a.pk}/decide/", {"disposition": "duplicate", "duplicate_of": b.pk})
    page = desk.get(f"items/{a.pk}/decide/")
    assert "not_decided" in _values(page, "disposition")
    assert str(a.pk) not in _values(desk.get(f"items/{b.pk}/decide/"), "duplicate_of")

    Authority.objects.update(has_designated_functions=False)
    assert "outside_functions" not in _values(desk.get(f"items/{a.pk}/decide/"), "disposition")


def test_a_decision_is_taken_back(staff: Staff, desk: Desk, case: FoiRequest) -> None:
    item = case.items.get(label="A")
    factories.decide(staff, case, {item.pk: (Disposition.WITHHELD, "No.")}, RECEIVED)

    desk.post(f"items/{item.pk}/decide/", {"disposition": "not_decided", "explanation": "No."})

    item.refresh_from_db()
    assert (item.disposition, item.decided_by) == ("", None)


def test_several_items_are_decided_together(desk: Desk, case: FoiRequest) -> None:
    a, b, c = case.items.all()

    response = desk.post("items/decide/", {"items": [a.pk, c.pk], "disposition": "withheld"})

    assert response.status_code == 302
    assert dict(case.items.values_list("label", "disposition")) == {"A": "withheld", "B": "", "C": "withheld"}
    ticked = desk.get("items/decide/?tick=undecided").context["form"]["items"].value()
    assert ticked == [b.pk]
    assert not desk.get("items/decide/").context["form"]["items"].value()


def test_several_items_refuse_what_needs_particulars_and_foreign_items(
    staff: Staff, desk: Desk, case: FoiRequest
) -> None:
    foreign = with_items(staff)[1][0]
    own = case.items.get(label="A")
    for data in (
        {"items": [own.pk], "disposition": "duplicate"},
        {"items": [own.pk, foreign.pk], "disposition": "withheld"},
        {"items": [], "disposition": "withheld"},
        {"items": ["x"], "disposition": "withheld"},
        {"items": [own.pk]},
    ):
        assert desk.post("items/decide/", data).status_code == 422
    assert not case.items.exclude(disposition="").exists()


def test_the_applicants_words_are_never_mark_up(staff: Staff, desk: Desk, case: FoiRequest) -> None:
    hostile = "<script>alert(1)</script> {{ case.words }} \u202eevil"
    set_items(
        case_id=case.pk, by=staff.officer, at=factories.at(RECEIVED), items=[ItemDraft("<b>1", hostile)]
    )
    item = case.items.get()

    for page in (
        "items/",
        "items/decide/",
        f"items/{item.pk}/decide/",
        f"items/{item.pk}/figures/",
        "claims/add/23/",
    ):
        shown = text_of(desk.get(page))
        assert "<script>alert" not in shown
        assert "<b>1" not in shown
        assert "{{ case.words }}" in shown


def test_an_item_removed_meanwhile_costs_nobody_their_words(
    staff: Staff, desk: Desk, case: FoiRequest
) -> None:
    a, b, c = case.items.all()
    kept = [ItemDraft(i.label, i.text, i.pk) for i in (b, c)]
    set_items(case_id=case.pk, by=staff.decision_maker, at=factories.at(RECEIVED), items=kept)

    response = desk.post(
        f"items/{a.pk}/decide/", {"disposition": "disclosed", "explanation": "A long <careful> answer."}
    )

    assert response.status_code == 409
    assert "A long &lt;careful&gt; answer." in text_of(response)
    assert desk.get(f"items/{a.pk}/decide/").status_code == 404


def test_the_second_officer_is_shown_what_the_first_did(staff: Staff, desk: Desk, case: FoiRequest) -> None:
    item = case.items.get(label="A")
    seen = case.version
    Desk(staff.decision_maker, case).post(f"items/{item.pk}/decide/", {"disposition": "withheld"})
    data = {"disposition": "disclosed", "explanation": "My answer."}

    response = desk.post(f"items/{item.pk}/decide/", data, version=seen)

    assert response.status_code == 409
    page = text_of(response)
    assert staff.decision_maker.name in page
    assert "My answer." in page
    item.refresh_from_db()
    assert item.disposition == "withheld"

    shown = int(response.context["form"]["seen_version"].value())
    assert desk.post(f"items/{item.pk}/decide/", data, version=shown).status_code == 302
    item.refresh_from_db()
    assert item.disposition == "disclosed"


def test_an_invalid_form_does_not_swallow_the_conflict(staff: Staff, desk: Desk, case: FoiRequest) -> None:
    """The page that comes back with an error still carries the version it was made from."""
    item = case.items.get(label="A")
    seen = case.version
    factories.decide(staff, case, {item.pk: (Disposition.WITHHELD, "")}, RECEIVED)

    response = desk.post(f"items/{item.pk}/decide/", {"explanation": "No decision chosen"}, version=seen)

    assert response.status_code == 422
    assert f'name="seen_version" value="{seen}"' in text_of(response)
