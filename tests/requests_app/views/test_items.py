"""The page of a request's items: proposal, editing, splitting again, and two officers at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from requests_app.models import FoiRequest
from requests_app.rules.casework.dispositions import Disposition
from tests import factories
from tests.factories import Staff

from .casework import RECEIVED, Desk, logged, rows, text_of, with_items


def _listed(case: FoiRequest) -> list[tuple[str, str]]:
    return list(case.items.values_list("label", "text"))


def _rows_shown(response: Any) -> list[dict[str, Any]]:
    return [dict(row.initial) for row in response.context["form"].rows if row.initial]


def test_the_applicants_words_are_proposed_split_with_their_labels(staff: Staff) -> None:
    case = logged(staff)
    response = Desk(staff.officer, case).get("items/")

    assert [(row["label"], row["text"]) for row in _rows_shown(response)] == [
        ("A", "the patrol plan"),
        ("B", "the map that goes with it"),
        ("C", "the patrol plan again"),
    ]
    assert "Nothing is saved yet" in text_of(response)
    assert case.items.count() == 0


def test_rows_are_saved_in_the_order_of_their_places(staff: Staff) -> None:
    case = logged(staff)
    desk = Desk(staff.officer, case)

    response = desk.post(
        "items/",
        rows(
            {"position": "2", "label": "A", "text": "the plan"},
            {"position": "1", "label": "B", "text": "the map"},
            {"position": "", "label": "", "text": ""},
            {"position": "", "label": "C", "text": "what has no place comes last"},
        ),
    )

    assert response.status_code == 302
    assert response["Location"].endswith("#items")
    assert [label for label, _ in _listed(case)] == ["B", "A", "C"]
    case.refresh_from_db()
    assert case.officer == staff.officer


def test_an_item_keeps_its_decision_when_it_is_renamed_and_moved(staff: Staff) -> None:
    case, (first, second, third) = with_items(staff)
    factories.decide(staff, case, {first.pk: (Disposition.NOT_HELD, "Nothing found.")}, RECEIVED)

    Desk(staff.officer, case).post(
        "items/",
        rows(
            {"pk": first.pk, "position": "3", "label": "1a", "text": "the plan of patrols"},
            {"pk": second.pk, "position": "1", "label": "B", "text": "the map"},
            {"pk": third.pk, "position": "2", "label": "A", "text": "the plan again"},
        ),
    )

    first.refresh_from_db()
    assert (first.label, first.position, first.disposition) == ("1a", 3, Disposition.NOT_HELD)
    assert [label for label, _ in _listed(case)] == ["B", "A", "1a"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"label": "", "text": "words without a label"}, "Enter the label of this item"),
        ({"label": "D", "text": ""}, "Enter the words of this item"),
        ({"label": "A", "text": "a second A"}, "Two items are labelled A"),
        ({"label": "A ", "text": "a second A with a space"}, "Two items are labelled A"),
        ({"label": "x" * 21, "text": "too long a label"}, "at most 20 characters"),
        ({"label": "D", "text": "x" * 20_001}, "20,000"),
        ({"label": "D", "text": "a bell \x07 rings"}, "cannot be printed"),
        ({"label": "D\u202e", "text": "a turned label"}, "invisible character"),
        ({"label": "D", "text": "place", "position": "first"}, "has to be a number"),
        ({"label": "D", "text": "place", "position": "-1"}, "has to be a number"),
    ],
)
def test_a_bad_row_is_explained_and_nothing_typed_is_lost(
    staff: Staff, row: dict[str, str], message: str
) -> None:
    case = logged(staff)

    response = Desk(staff.officer, case).post(
        "items/", rows({"label": "A", "text": "the plan, retyped with care"}, row)
    )

    assert response.status_code == 422
    page = text_of(response)
    assert message in page
    assert "Two items" in message or "Row 2: " in page
    assert "the plan, retyped with care" in page
    assert "<title>Error: " in page
    assert case.items.count() == 0


def test_an_empty_list_is_refused(staff: Staff) -> None:
    case, items = with_items(staff)

    response = Desk(staff.officer, case).post(
        "items/",
        rows(*({"pk": i.pk, "label": i.label, "text": i.text, "remove": "on"} for i in items)),
    )

    assert response.status_code == 422
    assert "at least one item" in text_of(response)
    assert case.items.count() == 3


def test_a_decided_item_is_not_removed(staff: Staff) -> None:
    case, (first, second, third) = with_items(staff)
    factories.decide(staff, case, {first.pk: (Disposition.NOT_HELD, "")}, RECEIVED)

    response = Desk(staff.officer, case).post(
        "items/",
        rows(
            {"pk": first.pk, "label": "A", "text": "the patrol plan", "remove": "on"},
            {"pk": second.pk, "label": "B", "text": "the map"},
            {"pk": third.pk, "label": "C", "text": "the plan again"},
        ),
    )

    assert "Item A has been decided" in text_of(response)
    assert case.items.count() == 3


def test_more_rows_keep_what_was_typed_and_save_nothing(staff: Staff) -> None:
    case = logged(staff)

    response = Desk(staff.officer, case).post(
        "items/",
        rows(
            {"position": "2", "label": "", "text": "half typed"},
            {"position": "1", "label": "B", "text": "the map"},
            rearrange="more",
        ),
    )

    assert response.status_code == 200
    assert [row["text"] for row in _rows_shown(response)] == ["the map", "half typed"]
    assert len(response.context["form"].rows.forms) == 5
    assert "There is a problem" not in text_of(response)
    assert case.items.count() == 0


def test_rearranging_keeps_the_version_the_page_was_made_from(staff: Staff) -> None:
    """Otherwise a colleague's change made since would be overwritten without a word."""
    case, items = with_items(staff)
    seen = case.version
    factories.decide(staff, case, {items[0].pk: (Disposition.NOT_HELD, "")}, RECEIVED)

    response = Desk(staff.officer, case).post(
        "items/", rows({"label": "A", "text": "the plan"}, rearrange="more"), version=seen
    )

    assert response.context["form"]["seen_version"].value() == str(seen)
    assert f'name="seen_version" value="{seen}"' in text_of(response)


def test_splitting_a_pasted_text_keeps_items_with_the_same_label(staff: Staff) -> None:
    case, (first, second, third) = with_items(staff)

    response = Desk(staff.officer, case).post(
        "items/",
        rows(
            {"pk": first.pk, "label": "A", "text": "the patrol plan"},
            {"pk": second.pk, "label": "B", "text": "the map"},
            {"pk": third.pk, "label": "X", "text": "renamed"},
            rearrange="split",
            pasted="A. the plan of 2025\nB. the map of 2025\nC. a new thing",
        ),
    )

    shown = _rows_shown(response)
    assert [(row["label"], str(row["pk"] or "")) for row in shown] == [
        ("A", str(first.pk)),
        ("B", str(second.pk)),
        ("C", ""),
        ("X", str(third.pk)),
    ]
    assert [bool(row.get("remove")) for row in shown] == [False, False, False, True]
    assert "Not in the text that was split" in text_of(response)
    assert case.items.get(pk=first.pk).text == "the patrol plan"


def test_an_item_of_another_request_cannot_be_taken_over(staff: Staff) -> None:
    case, _ = with_items(staff)
    _, (foreign, *_rest) = with_items(staff)

    response = Desk(staff.officer, case).post(
        "items/", rows({"pk": foreign.pk, "label": "Z", "text": "somebody else's"})
    )

    assert response.status_code == 422
    foreign.refresh_from_db()
    assert foreign.label == "A"


def test_a_post_that_claims_countless_rows_is_cut_off(staff: Staff) -> None:
    case = logged(staff)

    response = Desk(staff.officer, case).post(
        "items/", {"rows-TOTAL_FORMS": "1000000", "rows-INITIAL_FORMS": "0"}
    )

    assert response.status_code == 422
    assert len(response.context["form"].rows.forms) == 500


def test_a_request_of_countless_lines_keeps_every_word(staff: Staff) -> None:
    lines = [f"{number}. thing number {number} of many" for number in range(1, 601)]
    case = logged(staff, "Please send:\n" + "\n".join(lines))
    desk = Desk(staff.officer, case)

    shown = _rows_shown(desk.get("items/"))

    assert len(shown) == 400
    assert all(f"thing number {number} of many" in shown[399]["text"] for number in range(400, 601))
    assert desk.post("items/", rows(*shown)).status_code == 302
    assert case.items.count() == 400
    again = _rows_shown(desk.get("items/"))
    too_many = [
        *({"pk": r["pk"], "label": r["label"], "text": r["text"]} for r in again),
        {"label": "x", "text": "y"},
    ]
    assert "at most 400 items" in text_of(desk.post("items/", rows(*too_many)))


def test_a_post_without_rows_at_all_is_explained(staff: Staff) -> None:
    response = Desk(staff.officer, logged(staff)).post("items/", {})

    assert response.status_code == 422


def test_a_case_awaiting_approval_is_not_edited(staff: Staff) -> None:
    case, items = with_items(staff)
    FoiRequest.objects.filter(pk=case.pk).update(status="awaiting_approval")
    desk = Desk(staff.officer, case)

    page = desk.get("items/")
    sent = desk.post("items/", rows({"pk": items[0].pk, "label": "A", "text": "changed anyway"}))

    assert (page.status_code, sent.status_code) == (409, 409)
    assert "Return it for more work first" in text_of(page)
    assert "changed anyway" in text_of(sent)
    items[0].refresh_from_db()
    assert items[0].text == "the patrol plan"


def test_the_second_officer_sees_both_lists_and_loses_neither(staff: Staff) -> None:
    case, (first, second, third) = with_items(staff)
    seen = case.version
    theirs = Desk(staff.decision_maker, case).post(
        "items/",
        rows(
            {"pk": first.pk, "label": "A", "text": "the plan, narrowed"},
            {"pk": second.pk, "label": "B", "text": "the map"},
            {"label": "N", "text": "a new item of a colleague"},
        ),
        version=seen,
    )
    assert theirs.status_code == 302

    desk = Desk(staff.officer, case)
    mine = [
        {"pk": first.pk, "label": "A", "text": "the patrol plan"},
        {"pk": second.pk, "label": "B", "text": "the map in colour"},
        {"pk": third.pk, "label": "C", "text": "the plan again"},
    ]
    response = desk.post("items/", rows(*mine), version=seen)

    assert response.status_code == 409
    page = text_of(response)
    assert staff.decision_maker.name in page
    assert "the plan, narrowed" in page
    assert "Saving puts it back" in page
    shown = _rows_shown(response)
    assert [row["label"] for row in shown] == ["A", "B", "C", "N"]

    again = desk.post(
        "items/",
        rows(*({name: row.get(name) for name in ("pk", "label", "text")} for row in shown)),
        version=int(response.context["form"]["seen_version"].value()),
    )
    assert again.status_code == 302
    assert _listed(case) == [
        ("A", "the patrol plan"),
        ("B", "the map in colour"),
        ("C", "the plan again"),
        ("N", "a new item of a colleague"),
    ]


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_two_officers_saving_at_the_same_moment_one_is_told() -> None:
    staff = factories.staff()
    case, items = with_items(staff)
    barrier = Barrier(2)
    desks = [Desk(staff.officer, case), Desk(staff.decision_maker, case)]

    def save(number: int) -> Any:
        try:
            barrier.wait(timeout=10)
            typed = [{"pk": i.pk, "label": i.label, "text": f"{i.text}, by {number}"} for i in items]
            return desks[number].post("items/", rows(*typed), version=case.version)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        responses = list(threads.map(save, range(2)))

    assert sorted(response.status_code for response in responses) == [302, 409]
    winner = [response.status_code for response in responses].index(302)
    assert {text[-4:] for _, text in _listed(case)} == {f"by {winner}"}
