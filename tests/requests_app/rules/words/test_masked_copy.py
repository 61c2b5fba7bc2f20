"""The masked copy of the applicant's words, and what follows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.words.masked_copy import (
    copied_again,
    joined,
    masked_copy,
    places_of,
    with_phrases_masked,
)

WORDS = "I am Pat O'Brien of\n14 Larch Close.\n1. How many did Pat O'Brien see?\n2. Where?"
NAME = places_of(["Pat O'Brien"], WORDS)


@pytest.mark.parametrize(
    ("stretches", "copy"),
    [
        ([], "abcdef"),
        ([(1, 3)], "a****def"),
        ([(3, 5), (1, 3)], "a****f"),
        ([(0, 4), (2, 6)], "****"),
        ([(1, 5), (2, 3)], "a****f"),
    ],
)
def test_the_copy_has_asterisks_for_each_stretch(stretches: list[tuple[int, int]], copy: str) -> None:
    assert masked_copy("abcdef", stretches) == copy


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)), max_size=6))
def test_nothing_outside_the_stretches_is_lost(words: str, lengths: list[tuple[int, int]]) -> None:
    stretches = [(start, min(start + length, len(words))) for start, length in lengths if start < len(words)]
    kept = [c for at, c in enumerate(words) if not any(start <= at < end for start, end in stretches)]
    copy = masked_copy(words, stretches)
    assert len(copy) == len(kept) + 4 * len(joined(stretches))
    assert [c for c in copy if c != "*"] == [c for c in kept if c != "*"]


@pytest.mark.parametrize(
    ("phrase", "text", "masked"),
    [
        ("Pat O'Brien", "pat   o'brien\nasked", "****\nasked"),
        ("Ash", "Ash wrote about ashes and Ash.", "**** wrote about ashes and ****."),
        ("a.b", "a.b axb", "**** axb"),
        ("", "nothing", "nothing"),
    ],
)
def test_a_phrase_is_masked_whole_however_it_is_spaced(phrase: str, text: str, masked: str) -> None:
    assert with_phrases_masked(text, [phrase]) == masked


def test_an_item_reads_again_what_a_lifted_masking_hid() -> None:
    first, second = NAME
    assert copied_again("How many did **** see?", WORDS, NAME, [first]) == "How many did Pat O'Brien see?"
    assert copied_again("How many did **** see?", WORDS, NAME, [second]) == "How many did **** see?"


def test_an_item_is_found_whatever_its_spaces() -> None:
    assert copied_again("How many\n did **** see?", WORDS, NAME, []) == "How many\n did Pat O'Brien see?"


def test_an_item_written_anew_keeps_its_asterisks() -> None:
    assert copied_again("How often did **** look?", WORDS, NAME, []) == "How often did **** look?"


def test_a_part_that_is_still_masked_stays_so() -> None:
    words, whole = "We met Pat O'Brien.", (7, 18)
    assert copied_again("We met ****.", words, [whole], [(11, 18)]) == "We met Pat ****."
