"""What the items of a request add up to: its outcome (FOIA ss.1, 17, 21)."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.casework.dispositions import (
    DISCLOSING,
    DISPOSITION_LABELS,
    REFUSING,
    SET_ASIDE,
    Disposition,
    outcome,
)
from requests_app.rules.casework.workflow import UNANSWERED_OUTCOMES, Outcome

#: What became of the items, and how the request ended.
ADDS_UP_TO = [
    # Each by itself.
    ("disclosed", "disclosed"),
    ("partly_disclosed", "partly_disclosed"),
    ("withheld", "refused"),
    ("not_held", "not_held"),
    ("accessible", "accessible"),
    ("ncnd", "ncnd"),
    ("outside_functions", "outside_functions"),
    # Nothing is left to answer: everything was taken out, or repeats what was.
    ("", "nothing_left"),
    ("excluded", "nothing_left"),
    ("duplicate", "nothing_left"),
    ("excluded duplicate", "nothing_left"),
    # What is set aside does not count beside anything.
    ("disclosed excluded", "disclosed"),
    ("withheld duplicate", "refused"),
    ("not_held excluded duplicate", "not_held"),
    ("accessible duplicate", "accessible"),
    ("ncnd excluded", "ncnd"),
    ("outside_functions duplicate", "outside_functions"),
    # Something is disclosed beside what is refused: a refusal in part (s.17(1) for the rest).
    ("disclosed withheld", "partly_disclosed"),
    ("disclosed partly_disclosed", "partly_disclosed"),
    ("disclosed accessible", "partly_disclosed"),
    ("disclosed ncnd", "partly_disclosed"),
    ("partly_disclosed not_held", "partly_disclosed"),
    ("disclosed withheld not_held outside_functions", "partly_disclosed"),
    # What is not held, or outside the functions, is no refusal.
    ("disclosed not_held", "disclosed"),
    ("disclosed outside_functions", "disclosed"),
    ("not_held outside_functions", "not_held"),
    # Nothing is disclosed and something refused: in full, whatever else is not held.
    ("withheld not_held", "refused"),
    ("accessible not_held", "refused"),
    ("ncnd outside_functions", "refused"),
    ("withheld accessible", "refused"),
    ("withheld ncnd", "refused"),
    ("accessible ncnd", "refused"),
]


@pytest.mark.parametrize(("items", "ends"), ADDS_UP_TO)
def test_items_end_in_one_way(items: str, ends: str) -> None:
    assert outcome(Disposition(value) for value in items.split()) is Outcome(ends)


def test_which_items_refuse_disclose_or_are_set_aside() -> None:
    assert {one.value for one in REFUSING} == {"partly_disclosed", "withheld", "accessible", "ncnd"}
    assert {one.value for one in DISCLOSING} == {"disclosed", "partly_disclosed"}
    assert {one.value for one in SET_ASIDE} == {"excluded", "duplicate"}
    rest = set(Disposition) - REFUSING - DISCLOSING - SET_ASIDE
    assert {one.value for one in rest} == {"not_held", "outside_functions"}


def test_every_disposition_has_a_name_of_its_own() -> None:
    assert set(DISPOSITION_LABELS) == set(Disposition)
    assert len(set(DISPOSITION_LABELS.values())) == len(DISPOSITION_LABELS)
    assert all(DISPOSITION_LABELS.values())


items = st.lists(st.sampled_from(Disposition), max_size=12)


@given(items)
def test_something_is_disclosed_exactly_when_the_outcome_says_so(found: list[Disposition]) -> None:
    disclosed = {Outcome.DISCLOSED, Outcome.PARTLY_DISCLOSED}
    assert (outcome(found) in disclosed) == any(one in DISCLOSING for one in found)


@given(items, st.randoms(use_true_random=False), st.lists(st.sampled_from(sorted(SET_ASIDE)), max_size=3))
def test_order_repetition_and_what_is_set_aside_make_no_difference(
    found: list[Disposition], chance: Random, aside: list[Disposition]
) -> None:
    again = [*found, *found, *aside]
    chance.shuffle(again)
    assert outcome(again) == outcome(found)


@given(items)
def test_items_never_add_up_to_an_end_without_an_answer(found: list[Disposition]) -> None:
    assert outcome(iter(found)) not in UNANSWERED_OUTCOMES
