"""Names of forces: spellings of one name are one, and names of two forces stay two."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.force_names import is_everywhere, near_names, normalise

FORCES = json.loads(
    (Path(__file__).parents[3] / "referrals" / "data" / "forces.json").read_text(encoding="utf-8")
)["forces"]
NAMES = [force["name"] for force in FORCES]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lancashire Constabulary", "Lancashire Police"),
        ("LANCASHIRE CONSTABULARY", "the Lancashire police force"),
        ("Devon & Cornwall Police", "Devon and Cornwall Constabulary"),
        ("Dyfed-Powys Police", "Heddlu Dyfed Powys"),
        ("Police Service of Scotland", "Police Scotland"),
        ("Police Service of Northern Ireland", "Northern Ireland Police"),
        ("Metropolitan Police Service", "Metropolitan Police"),
        ("National Police Chiefs' Council", "national police chiefs’ council"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lancashire", "Lancashire Police"),  # the place alone is recorded as a short name, or it is not
        ("Port of Dover", "Port of Dover Police"),
        ("Ministry of Defence", "Ministry of Defence Police"),
        ("Royal Air Force", "Royal Air Force Police"),
        ("West Mercia Police", "West Midlands Police"),
        ("Northamptonshire Police", "Northumbria Police"),
        ("City of London Police", "London Police"),
        ("National Police Air Service", "National Police"),
    ],
)
def test_names_of_different_bodies_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_no_two_shipped_forces_are_found_by_one_name() -> None:
    borne = {
        force["name"]: {normalise(name) for name in (force["name"], force["short"], *force["also_called"])}
        for force in FORCES
    }
    shared = [(one, other) for one, other in combinations(borne, 2) if borne[one] & borne[other]]
    assert shared == []
    assert all("" not in names for names in borne.values())


@pytest.mark.parametrize("name", ["", "  ", "the", "–", "'"])
def test_a_name_that_says_nothing_is_empty(name: str) -> None:
    assert normalise(name) == ""


@pytest.mark.parametrize("name", ["National", "NATIONAL", "all forces", "Nationwide"])
def test_national_is_no_force(name: str) -> None:
    assert is_everywhere(name)


@pytest.mark.parametrize("name", [*NAMES, "National Police", "West", ""])
def test_every_force_is_one(name: str) -> None:
    assert not is_everywhere(name)


@given(st.sampled_from(NAMES), st.booleans(), st.booleans(), st.integers(1, 3))
def test_case_spaces_and_signs_do_not_matter(name: str, upper: bool, article: bool, spaces: int) -> None:
    typed = (" " * spaces).join(name.upper().split() if upper else name.split())
    typed = typed.replace("&", "and").replace("-", " ")
    assert normalise(f"The {typed}." if article else typed) == normalise(name)


@given(st.text(max_size=40))
def test_a_normalised_name_stays_as_it_is(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)


@given(st.text(max_size=40))
def test_offers_are_forces_and_few(name: str) -> None:
    known = {normalise(force): force for force in NAMES}
    offered = near_names(name, known)
    assert set(offered) <= set(NAMES)
    assert len(offered) <= 3


def test_a_slip_of_the_pen_is_offered_its_force() -> None:
    known = {normalise(force): force for force in NAMES}
    assert near_names("Lancasher Police", known) == ["Lancashire Constabulary"]
    assert near_names("Wilshire Constabulary", known) == ["Wiltshire Police"]
    assert near_names("Yorkshire", known) == [
        "North Yorkshire Police",
        "South Yorkshire Police",
        "West Yorkshire Police",
    ]
    assert near_names("police", known) == []


def test_three_letters_are_too_few_to_begin_a_name() -> None:
    known = {"lancashire police": "Lancashire Constabulary"}
    assert near_names("Lan", known) == []
    assert near_names("Lanc", known) == ["Lancashire Constabulary"]


@pytest.mark.parametrize(
    "name", ["National", "nationally", "NATIONWIDE", "all", "All forces", "every force", "UK"]
)
def test_a_name_for_all_forces_is_a_scope(name: str) -> None:
    assert is_everywhere(name)


@pytest.mark.parametrize("name", ["", "Kent", "National Crime Agency", "UK Border Force"])
def test_a_name_of_one_body_is_none(name: str) -> None:
    assert not is_everywhere(name)
