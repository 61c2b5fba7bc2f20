"""Markings that may not enter, as opposed to the word in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.marking_lines import higher_markings, marking_refusal


@pytest.mark.parametrize(
    "line",
    [
        "SECRET",
        "  SECRET  ",
        "TOP SECRET",
        "UK SECRET",
        "UK TOP-SECRET",
        "*** SECRET ***",
        "[TOP SECRET]",
        "SECRET - UK EYES ONLY",
        "SECRET – UK EYES ONLY",
        "SECRET UK EYES ONLY",
        "TOP SECRET//STRAP 2",
        "TOP SECRET STRAP 1 UK EYES ONLY",
        "SECRET (CODEWORD)",
        "Classification: Secret",
        "Protective Marking: TOP SECRET",
        "Security classification - secret, UK eyes only",
        "GSC: SECRET",
    ],
)
def test_a_line_that_marks_the_text_is_found(line: str) -> None:
    assert higher_markings(f"Advice on the log.\n{line}\nNo more.") == (line.strip(),)


@pytest.mark.parametrize(
    ("line", "marking"),
    [
        ("TOP SECRET. Withhold it.", "TOP SECRET"),
        ("SECRET: see the annex", "SECRET"),
        ("It is UK SECRET and stays there.", "UK SECRET"),
        ("(SECRET//STRAP) The plan follows.", "SECRET"),
        ("The document is marked SECRET and is not held here.", "SECRET"),
        ("What is TOP–SECRET stays out.", "TOP–SECRET"),
        ("_SECRET_ as they say", "SECRET"),
    ],
)
def test_the_word_in_capitals_is_a_marking_anywhere_in_a_text(line: str, marking: str) -> None:
    assert higher_markings(f"Advice on the log.\n{line}\nNo more.") == (marking,)
    assert "small letters" in marking_refusal(marking, instead="refer to it")


@pytest.mark.parametrize(
    "line",
    [
        "OFFICIAL",
        "OFFICIAL-SENSITIVE",
        "Marking: OFFICIAL-SENSITIVE",
        "Whether an operation is secret is itself exempt.",
        "Secret",
        "A trade secret, and a secret ballot",
        "Top secret",
        "A client_SECRETS file",
        "Secretary of State",
        "SECRETARIAT",
        "Classification of offences: see the annex",
    ],
)
def test_the_word_in_small_letters_is_no_marking(line: str) -> None:
    assert higher_markings(line) == ()


@given(st.text(), st.text())
def test_a_marking_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    assert "TOP SECRET" in higher_markings(f"{before}\nTOP SECRET\n{after}")


@given(st.text(alphabet=st.characters(exclude_characters="Ss")))
def test_text_without_the_word_is_never_refused(text: str) -> None:
    assert higher_markings(text) == ()
