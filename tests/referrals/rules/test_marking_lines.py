"""Markings that may not enter, told from the word in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.rules.marking_lines import higher_marking_lines


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
    assert higher_marking_lines(f"Advice on the log.\n{line}\nNo more.") == (line.strip(),)


@pytest.mark.parametrize(
    "line",
    [
        "OFFICIAL",
        "OFFICIAL-SENSITIVE",
        "Marking: OFFICIAL-SENSITIVE",
        "Whether an operation is secret is itself exempt.",
        "Secret",
        "SECRET INTELLIGENCE SERVICE",
        "The document is marked SECRET and is not held here.",
        "Secretary of State",
        "SECRETARIAT",
        "Classification of offences: see the annex",
    ],
)
def test_the_word_in_a_sentence_is_no_marking(line: str) -> None:
    assert higher_marking_lines(line) == ()


@given(st.text(), st.text())
def test_a_marking_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    assert "TOP SECRET" in higher_marking_lines(f"{before}\nTOP SECRET\n{after}")


@given(st.text(alphabet=st.characters(exclude_characters="Ss")))
def test_text_without_the_word_is_never_refused(text: str) -> None:
    assert higher_marking_lines(text) == ()
