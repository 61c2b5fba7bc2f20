"""The page of the figures that answer an item."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from requests_app.models import FigureSet, FoiRequest, RequestItem
from tests.factories import Staff

from .casework import Desk, rows, text_of, with_items

pytestmark = pytest.mark.django_db

DEFINITION = {
    "unit_of_count": "referrals",
    "criteria": "Received by the unit\n\n Mandatory ones",
    "caveat": "",
}
YEAR = {"label": "A", "period_from": "1/4/2024", "period_to": "31/3/2025", "value": "1,065"}


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return with_items(staff)[0]


@pytest.fixture
def desk(staff: Staff, case: FoiRequest) -> Desk:
    return Desk(staff.officer, case)


@pytest.fixture
def item(case: FoiRequest) -> RequestItem:
    return case.items.get(label="A")


def _figures(figure_set: FigureSet) -> list[tuple[Any, ...]]:
    return list(figure_set.figures.values_list("label", "period_from", "period_to", "value"))


def test_figures_keep_their_labels_periods_and_order(desk: Desk, item: RequestItem) -> None:
    second = {"label": "B", "period_from": "2023-04-01", "period_to": "31 March 2024", "value": "0"}

    response = desk.post(f"items/{item.pk}/figures/", rows(YEAR, {"label": ""}, second, **DEFINITION))

    assert response.status_code == 302
    saved = item.figure_sets.get()
    assert saved.criteria == ["Received by the unit", "Mandatory ones"]
    assert _figures(saved) == [
        ("A", date(2024, 4, 1), date(2025, 3, 31), Decimal(1065)),
        ("B", date(2023, 4, 1), date(2024, 3, 31), Decimal(0)),
    ]


def test_saved_figures_come_back_and_are_changed_in_place(desk: Desk, item: RequestItem) -> None:
    desk.post(f"items/{item.pk}/figures/", rows(YEAR, **DEFINITION))
    saved = item.figure_sets.get()
    page = desk.get(f"items/{item.pk}/figures/{saved.pk}/")
    assert 'value="31/03/2025"' in text_of(page)
    assert 'value="1065"' in text_of(page)

    desk.post(f"items/{item.pk}/figures/{saved.pk}/", rows({**YEAR, "value": "65.5"}, **DEFINITION))

    assert item.figure_sets.get().pk == saved.pk
    assert _figures(saved)[0][-1] == Decimal("65.5")


def test_removing_every_row_takes_the_figures_out(desk: Desk, item: RequestItem) -> None:
    desk.post(f"items/{item.pk}/figures/", rows(YEAR, **DEFINITION))
    saved = item.figure_sets.get()

    desk.post(f"items/{item.pk}/figures/{saved.pk}/", rows({**YEAR, "remove": "on"}, **DEFINITION))

    assert not item.figure_sets.exists()
    assert desk.get(f"items/{item.pk}/figures/{saved.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("row", "change", "message"),
    [
        ({**YEAR, "value": ""}, {}, "Enter the figure; 0 if there were none"),
        ({**YEAR, "value": "many"}, {}, "Enter the figure as a number"),
        ({**YEAR, "value": "1.234"}, {}, "at most two decimal places"),
        ({**YEAR, "value": "9" * 20}, {}, "16 digits"),
        ({**YEAR, "value": "NaN"}, {}, "Enter the figure as a number"),
        ({**YEAR, "period_from": "30/2/2025"}, {}, "Enter a real date"),
        ({**YEAR, "period_to": ""}, {}, "Enter the last day counted"),
        ({**YEAR, "period_to": "31/3/2024"}, {}, "ends before it begins"),
        ({**YEAR, "label": ""}, {}, "Enter the label the question uses"),
        (YEAR, {"unit_of_count": ""}, "Enter what is counted"),
        (YEAR, {"criteria": " \n "}, "Enter at least one criterion"),
        ({"label": ""}, {}, "Enter at least one figure"),
    ],
)
def test_a_bad_figure_is_explained_and_the_rest_stays(
    desk: Desk, item: RequestItem, row: dict[str, str], change: dict[str, str], message: str
) -> None:
    data = {**DEFINITION, "caveat": "Kept while you mend the rest.", **change}

    response = desk.post(f"items/{item.pk}/figures/", rows(row, **data))

    assert response.status_code == 422
    assert message in text_of(response)
    assert "Kept while you mend the rest." in text_of(response)
    assert not item.figure_sets.exists()


def test_years_ending_31_march_are_filled_in_after_what_is_there(desk: Desk, item: RequestItem) -> None:
    response = desk.post(
        f"items/{item.pk}/figures/", rows(YEAR, **DEFINITION, rearrange="years", years="2024, 2023 and 12")
    )

    page = text_of(response)
    shown = [row.initial for row in response.context["form"].rows if row.initial]
    assert [(row.get("period_from"), row.get("period_to")) for row in shown] == [
        ("1/4/2024", "31/3/2025"),
        (date(2023, 4, 1), date(2024, 3, 31)),
        (date(2022, 4, 1), date(2023, 3, 31)),
    ]
    assert 'value="1,065"' in page
    assert 'value="31/03/2024"' in page
    assert "Mandatory ones" in page
    assert not item.figure_sets.exists()


def test_figures_of_another_item_or_request_are_not_reached(
    staff: Staff, desk: Desk, case: FoiRequest, item: RequestItem
) -> None:
    desk.post(f"items/{item.pk}/figures/", rows(YEAR, **DEFINITION))
    saved = item.figure_sets.get()
    other = case.items.get(label="B")
    foreign, _ = with_items(staff)

    assert desk.get(f"items/{other.pk}/figures/{saved.pk}/").status_code == 404
    answer = Desk(staff.officer, foreign).post(
        f"items/{item.pk}/figures/{saved.pk}/", rows({**YEAR, "value": "1"}, **DEFINITION)
    )
    assert answer.status_code == 409
    assert _figures(saved)[0][-1] == Decimal(1065)
