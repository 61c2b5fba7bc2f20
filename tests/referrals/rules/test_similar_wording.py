"""The words in which two requests differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.similar_wording import WORDS_COMPARED, differences


def _marked(pieces: tuple[object, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.differs]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "typed",
    [
        "how many drones do you own",
        "How many – drones do you own?",
        "  HOW many\n\ndrones, do you own!  ",
    ],
)
def test_case_punctuation_and_spacing_make_no_difference(typed: str) -> None:
    assert differences("How many drones do you own?", typed).are_the_same


def test_words_that_differ_are_marked_on_either_side() -> None:
    found = differences("How many drones did you own in 2023?", "How many police drones did you own in 2024?")
    assert _marked(found.ours) == ["2023?"]
    assert _marked(found.theirs) == ["police", "2024?"]
    assert " ".join(piece.text for piece in found.theirs) == "How many police drones did you own in 2024?"


def test_a_request_as_long_as_a_book_is_compared_in_its_first_words() -> None:
    words = " ".join(f"word{number}" for number in range(WORDS_COMPARED))
    assert not differences(words, words).is_cut
    found = differences(words, f"{words} and more")
    assert found.is_cut
    assert found.are_the_same


_WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=6), max_size=30).map(" ".join)


@given(_WORDS, _WORDS)
def test_the_pieces_are_the_texts_and_the_same_from_either_side(ours: str, theirs: str) -> None:
    found = differences(ours, theirs)
    assert " ".join(piece.text for piece in found.ours) == ours
    assert " ".join(piece.text for piece in found.theirs) == theirs
    assert found.are_the_same == (ours == theirs)
