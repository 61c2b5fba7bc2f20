import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.printing.print_text import clean, in_a_row, isolated, lines, long_date, one_line, paragraphs

CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_paragraphs_and_lines_are_kept() -> None:
    assert paragraphs("One\ntwo\n\n\nthree\r\nfour") == (
        '<p class="typed" dir="auto">One<br>two</p>\n<p class="typed" dir="auto">three<br>four</p>'
    )


def test_indented_lines_keep_their_indent() -> None:
    assert paragraphs("a\n  b") == '<p class="typed" dir="auto">a<br>  b</p>'


def test_nothing_makes_no_paragraph() -> None:
    assert paragraphs(" \n \n") == ""


@pytest.mark.parametrize("show", [paragraphs, isolated, lines, in_a_row])
def test_markup_is_text(show) -> None:  # type: ignore[no-untyped-def]
    shown = show("<script>alert(1)</script> & {{ x }}")
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "&amp; {{ x }}" in shown


def test_direction_controls_are_taken_out() -> None:
    assert clean(f"a{CONTROLS}b") == "ab"


def test_text_of_other_scripts_stays() -> None:
    assert clean("Łukasz והרסאלה نص Ωμέγα") == "Łukasz והרסאלה نص Ωμέγα"


def test_emoji_are_spelt_out() -> None:
    assert clean("thanks 😀👍🏽") == "thanks [grinning face][thumbs up sign]"


def test_addresses() -> None:
    assert lines("1 High Street\n\n Sampleford \n") == "1 High Street<br>Sampleford"
    assert in_a_row("1 High Street,\nSampleford") == "1 High Street, Sampleford"


def test_dates_do_not_follow_the_locale() -> None:
    assert long_date(date(2025, 5, 9)) == '<span class="unbroken">9 May 2025</span>'
    assert [long_date(date(2025, month, 1))[23:].split()[1] for month in (1, 12)] == ["January", "December"]


@given(st.text())
def test_cleaned_text_can_be_printed(text: str) -> None:
    cleaned = clean(text)
    assert not set(cleaned) & set(CONTROLS)
    assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"} for c in cleaned)
    assert clean(cleaned) == cleaned


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_text_that_runs_leftwards_keeps_its_direction_to_itself() -> None:
    assert isolated("Dana מכתב") == "<bdi>Dana מכתב</bdi>"
    assert isolated("Łukasz & Søn") == "Łukasz &amp; Søn"


def test_monstrous_words_get_places_to_break_and_others_do_not() -> None:
    assert "<wbr>" not in paragraphs("https://www.example.org/" + "a" * 300)
    monstrous = paragraphs("see " + "<" * 500 + " end")
    assert monstrous.count("<wbr>") == 6
    assert monstrous.replace("<wbr>", "").count("&lt;") == 500
