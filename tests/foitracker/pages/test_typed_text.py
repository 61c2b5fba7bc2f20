"""Checks on typed text, with characters written by their code points."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.pages.typed_text import (
    MAX_LINES,
    MAX_REQUEST_CHARACTERS,
    find_direction_controls,
    find_placeholders,
    find_unprintable,
    gives_reason,
    length_problem,
    remove_unprintable,
    single_line_problems,
)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "NULL U+0000"),
        ("\x01", "control character U+0001"),
        ("\x0c", "FORM FEED U+000C"),
        ("\x1b", "ESCAPE U+001B"),
        ("\x7f", "DELETE U+007F"),
        ("\x85", "NEXT LINE U+0085"),
        ("\x9f", "control character U+009F"),
        ("\ud83d", "half of a surrogate pair U+D83D"),
        ("\ufdd0", "noncharacter U+FDD0"),
        ("\uffff", "noncharacter U+FFFF"),
        ("\U0010fffe", "noncharacter U+10FFFE"),
    ],
)
def test_unprintable_characters_are_found_named_and_placed(character, name):
    (finding,) = find_unprintable(f"one\r\ntwo{character}")
    assert (finding.found, finding.name) == (character, name)
    assert (finding.position, finding.line, finding.column) == (8, 2, 4)
    assert finding.where == "line 2, character 4"


@pytest.mark.parametrize(
    "text",
    ["", "plain", "tab\tand\nlines\r\n", "Siân Ó Briain 李明 🚓👮🏽‍♀️ £½ “quoted” ﻿", "private use \ue000"],
)
def test_ordinary_text_in_any_script_has_nothing_unprintable(text):
    assert find_unprintable(text) == ()
    assert remove_unprintable(text) == text


@pytest.mark.parametrize("code", [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_direction_controls_are_found_by_name(code):
    (finding,) = find_direction_controls(f"pay{chr(code)}load")
    assert finding.name == f"{unicodedata.name(chr(code))} U+{code:04X}"
    assert finding.position == 3


def test_text_written_from_right_to_left_is_not_a_direction_control():
    assert find_direction_controls("שלום مرحبا") == ()


def test_removal_keeps_words_apart():
    assert (
        remove_unprintable("page one\x0cpage\x00 two\x0bthree\x85four\x1b[0m")
        == "page one\npage two\nthree\nfour[0m"
    )


def test_places_are_counted_over_every_kind_of_line_break():
    findings = find_unprintable("\x01a\n\x02b\r\x03c\r\n\x04d\u2028\x05e")
    assert [(finding.line, finding.column) for finding in findings] == [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 1),
        (5, 1),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1. How many?\n2. Since when?\n\tThank you", None),
        ("x" * MAX_REQUEST_CHARACTERS, None),
        ("x" * (MAX_REQUEST_CHARACTERS + 1), "has 100,001 characters; at most 100,000"),
        ("x\n" * (MAX_LINES - 1), None),
        ("x\n" * MAX_LINES, "has 3,001 lines; at most 3,000"),
    ],
)
def test_a_text_has_a_size_that_can_be_printed(text, problem):
    found = length_problem(text)
    assert (found is None) if problem is None else (problem in found)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Ada\nBcc: all@example.org", "fit on one line"),
        ("Ada\r", "fit on one line"),
        ("Ada\u2028Example", "fit on one line"),
        ("Ada\tExample", "contains a tab"),
        ("Ada\u200fExample", "invisible character"),
        ("Ada\x07", "BELL U+0007"),
    ],
)
def test_a_single_line_has_its_own_problems(text, part):
    (problem,) = single_line_problems(text)
    assert part in problem


def test_a_vertical_tab_in_a_line_is_a_break_and_unprintable():
    assert len(single_line_problems("Ada\x0bExample")) == 2


@pytest.mark.parametrize("text", ["", "Zoë O’Example-Łukasz", "Drones: purchases 2020–2025 (follow-up)"])
def test_ordinary_single_lines_have_no_problems(text):
    assert single_line_problems(text) == ()


@pytest.mark.parametrize(
    "placeholder",
    [
        "[name]",
        "[Name of the officer]",
        "[insert the harm]",
        "[INSERT DATE]",
        "[ your reference ]",
        "[tbc]",
        "[to be completed]",
        "[xx]",
        "XXXX",
        "xxxxxx",
        "XX/XX/XXXX",
        "TBC",
        "TBA",
        "<insert>",
        "<Enter date here>",
        "{{ applicant.name }}",
        "{{}}",
        "{{",
        "{% if x %}",
        "____",
        "lorem ipsum",
        "Lorem  Ipsum",
    ],
)
def test_placeholders_are_found(placeholder):
    (finding,) = find_placeholders(f"Dear\n{placeholder} and so on")
    assert (finding.found, finding.line, finding.column, finding.position) == (placeholder, 2, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "Sent from: ****",
        "****S40",
        "[name withheld]",
        "[Name redacted]",
        "[redacted]",
        "[sic]",
        "[1]",
        "[2023] UKFTT 302",
        "the tbc tube",
        "XXX Corps",
        "Exxon",
        "snake__case",
        "a < b and b > a",
        "<b>",
        "{one brace}",
        "to be confirmed",
        "an address in the list",
        "Section 31(1)(a)",
        "[we] agree",
        "[named officers]",
        "[insertion]",
    ],
)
def test_what_only_resembles_a_placeholder_is_let_through(text):
    assert find_placeholders(text) == ()


def test_several_placeholders_are_all_reported():
    assert [finding.found for finding in find_placeholders("[name] TBC\n____ {{ x }}")] == [
        "[name]",
        "TBC",
        "____",
        "{{ x }}",
    ]


def test_long_hostile_texts_are_read_in_good_time():
    for piece in ("[name ", "{{ ", "x/", "_ _", "<insert ", "xx/", "\n[", "lorem "):
        find_placeholders(piece * (MAX_REQUEST_CHARACTERS // len(piece)))


any_text = st.text(st.characters(), max_size=80)


@given(any_text)
def test_after_removal_nothing_unprintable_is_left_and_the_rest_stays(text):
    cleaned = remove_unprintable(text)
    assert find_unprintable(cleaned) == ()
    bad = {finding.position for finding in find_unprintable(text)}
    assert [c for c in cleaned if c != "\n"] == [c for i, c in enumerate(text) if i not in bad and c != "\n"]


@given(any_text)
def test_every_finding_is_where_it_says(text):
    for finding in (*find_unprintable(text), *find_direction_controls(text), *find_placeholders(text)):
        assert text.startswith(finding.found, finding.position)
        assert 1 <= finding.column <= finding.position + 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It is public.", True),
        ("Kept elsewhere", True),
        ("", False),
        ("Yes", False),
        ("a b 12", False),  # no word of two letters
        ("to follow", False),
        ("To be confirmed.", False),
        ("(not applicable)", False),
        ("see above", False),
        ("See above: the plan is public.", True),
    ],
)
def test_a_reason_has_two_words_and_is_more_than_a_filler(text, reason):
    assert gives_reason(text) is reason
