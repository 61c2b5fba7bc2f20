"""Which letter answers a request, by what became of its items: all kinds of answer together (FOIA ss.1, 17, 21)."""

from itertools import combinations

import pytest

from requests_app.letters.kind import LetterKind
from requests_app.letters.kinds import BY_CODE, KINDS, answer_to, kind_of
from requests_app.rules.casework.dispositions import REFUSING, Disposition, outcome

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


def _called_for(found: list[Disposition]) -> LetterKind:
    return answer_to(outcome(found))


@pytest.mark.parametrize(("items", "kind", "ends"), ADDS_UP_TO)
def test_items_call_for_one_kind_of_answer_which_says_how_they_end(items: str, kind: str, ends: str) -> None:
    found = [Disposition(value) for value in items.split()]
    assert _called_for(found) is kind_of(kind)
    assert ends in kind_of(kind).requirements.outcomes


def test_which_letters_answer_the_request_and_which_are_refusal_notices() -> None:
    answers = {"disclosure", "part_refusal", "full_refusal", "not_held"}
    assert {kind.code for kind in KINDS if kind.is_answer} == answers
    assert {kind.code for kind in KINDS if kind.requirements.is_refusal_notice} == {
        "part_refusal",
        "full_refusal",
    }


def test_every_letter_has_a_name_of_its_own() -> None:
    assert len({kind.label for kind in KINDS}) == len(BY_CODE)
    assert all(kind.label for kind in KINDS)


def test_a_refusal_notice_goes_out_exactly_when_something_is_refused() -> None:
    """All 512 sets of dispositions."""
    sets = [chosen for size in range(10) for chosen in combinations(Disposition, size)]
    assert len(sets) == 2 ** len(Disposition)
    for found in sets:
        kind = _called_for(list(found))
        assert kind.is_answer
        assert kind.requirements.is_refusal_notice == any(one in REFUSING for one in found), found
