"""What the items of a request add up to: the kind of answer and the outcome (FOIA ss.1, 17, 21)."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.casework.dispositions import (
    ANSWERS,
    DISCLOSING,
    DISPOSITION_LABELS,
    LETTER_KIND_LABELS,
    REFUSAL_NOTICES,
    REFUSING,
    SET_ASIDE,
    Disposition,
    LetterKind,
    answer_kind,
    outcome,
)
from requests_app.rules.casework.workflow import UNANSWERED_OUTCOMES, Outcome

#: What became of the items, the answer it calls for, and how the request ended.
ADDS_UP_TO = [
    # Each by itself.
    ("disclosed", "disclosure", "disclosed"),
    ("partly_disclosed", "part_refusal", "partly_disclosed"),
    ("withheld", "full_refusal", "refused"),
    ("not_held", "not_held", "not_held"),
    ("accessible", "full_refusal", "accessible"),
    ("ncnd", "full_refusal", "ncnd"),
    ("outside_functions", "not_held", "outside_functions"),
    # Nothing is left to answer: everything was taken out, or repeats what was.
    ("", "disclosure", "nothing_left"),
    ("excluded", "disclosure", "nothing_left"),
    ("duplicate", "disclosure", "nothing_left"),
    ("excluded duplicate", "disclosure", "nothing_left"),
    # What is set aside does not count beside anything.
    ("disclosed excluded", "disclosure", "disclosed"),
    ("withheld duplicate", "full_refusal", "refused"),
    ("not_held excluded duplicate", "not_held", "not_held"),
    ("accessible duplicate", "full_refusal", "accessible"),
    ("ncnd excluded", "full_refusal", "ncnd"),
    ("outside_functions duplicate", "not_held", "outside_functions"),
    # Something is disclosed beside what is refused: a refusal in part (s.17(1) for the rest).
    ("disclosed withheld", "part_refusal", "partly_disclosed"),
    ("disclosed partly_disclosed", "part_refusal", "partly_disclosed"),
    ("disclosed accessible", "part_refusal", "partly_disclosed"),
    ("disclosed ncnd", "part_refusal", "partly_disclosed"),
    ("partly_disclosed not_held", "part_refusal", "partly_disclosed"),
    ("disclosed withheld not_held outside_functions", "part_refusal", "partly_disclosed"),
    # What is not held, or outside the functions, is no refusal.
    ("disclosed not_held", "disclosure", "disclosed"),
    ("disclosed outside_functions", "disclosure", "disclosed"),
    ("not_held outside_functions", "not_held", "not_held"),
    # Nothing is disclosed and something refused: in full, whatever else is not held.
    ("withheld not_held", "full_refusal", "refused"),
    ("accessible not_held", "full_refusal", "refused"),
    ("ncnd outside_functions", "full_refusal", "refused"),
    ("withheld accessible", "full_refusal", "refused"),
    ("withheld ncnd", "full_refusal", "refused"),
    ("accessible ncnd", "full_refusal", "refused"),
]


@pytest.mark.parametrize(("items", "kind", "ends"), ADDS_UP_TO)
def test_items_call_for_one_kind_of_answer_and_end_in_one_way(items: str, kind: str, ends: str) -> None:
    found = [Disposition(value) for value in items.split()]
    assert answer_kind(found) is LetterKind(kind)
    assert outcome(found) is Outcome(ends)


def test_which_items_refuse_disclose_or_are_set_aside() -> None:
    assert {one.value for one in REFUSING} == {"partly_disclosed", "withheld", "accessible", "ncnd"}
    assert {one.value for one in DISCLOSING} == {"disclosed", "partly_disclosed"}
    assert {one.value for one in SET_ASIDE} == {"excluded", "duplicate"}
    rest = set(Disposition) - REFUSING - DISCLOSING - SET_ASIDE
    assert {one.value for one in rest} == {"not_held", "outside_functions"}


def test_which_letters_answer_the_request_and_which_are_refusal_notices() -> None:
    assert {one.value for one in ANSWERS} == {"disclosure", "part_refusal", "full_refusal", "not_held"}
    assert {one.value for one in REFUSAL_NOTICES} == {"part_refusal", "full_refusal"}


def test_every_disposition_and_every_letter_has_a_name_of_its_own() -> None:
    for values, labels in ((Disposition, DISPOSITION_LABELS), (LetterKind, LETTER_KIND_LABELS)):
        assert set(labels) == set(values)  # type: ignore[call-overload]
        assert len(set(labels.values())) == len(labels)
        assert all(labels.values())


#: The outcomes that a kind of answer can leave a request with.
OUTCOMES_OF = {
    LetterKind.DISCLOSURE: {Outcome.DISCLOSED, Outcome.NOTHING_LEFT},
    LetterKind.PART_REFUSAL: {Outcome.PARTLY_DISCLOSED},
    LetterKind.FULL_REFUSAL: {Outcome.REFUSED, Outcome.ALREADY_ACCESSIBLE, Outcome.NEITHER},
    LetterKind.NOT_HELD: {Outcome.NOT_HELD, Outcome.OUTSIDE_FUNCTIONS},
}


def test_letter_and_outcome_never_contradict_each_other() -> None:
    """All 512 sets of dispositions: what the letter says of the request is what the register says of it."""
    sets = [chosen for size in range(10) for chosen in combinations(Disposition, size)]
    assert len(sets) == 2 ** len(Disposition)
    for found in sets:
        assert outcome(found) in OUTCOMES_OF[answer_kind(found)], found


items = st.lists(st.sampled_from(Disposition), max_size=12)


@given(items)
def test_a_refusal_notice_goes_out_exactly_when_something_is_refused(found: list[Disposition]) -> None:
    assert (answer_kind(found) in REFUSAL_NOTICES) == any(one in REFUSING for one in found)


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
    assert (answer_kind(again), outcome(again)) == (answer_kind(found), outcome(found))


@given(items)
def test_an_answer_is_an_answer(found: list[Disposition]) -> None:
    assert answer_kind(found) in ANSWERS
    assert outcome(iter(found)) not in UNANSWERED_OUTCOMES
