"""Requests as they are pasted, with invented words."""

import re
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.words.item_splitting import ItemDraft, list_marker, split


def items(text):
    return [(item.label, item.text) for item in split(text).items]


LISTS = {
    "numbers with stops": (
        "1. drones\n2. cost\n3. flights",
        [("1", "drones"), ("2", "cost"), ("3", "flights")],
    ),
    "numbers with brackets": ("1) drones\n2) cost", [("1", "drones"), ("2", "cost")]),
    "numbers in brackets": ("(1) drones\n(2) cost", [("1", "drones"), ("2", "cost")]),
    "no space after the label": ("1.drones\n2)cost", [("1", "drones"), ("2", "cost")]),
    "styles mixed by mistake": (
        "1. drones\n2) cost\n3: flights",
        [("1", "drones"), ("2", "cost"), ("3", "flights")],
    ),
    "a list that goes on from elsewhere": ("4. drones\n5. cost", [("4", "drones"), ("5", "cost")]),
    "a number left out": ("1. drones\n3. cost", [("1", "drones"), ("3", "cost")]),
    "small letters": ("a) drones\nb) cost", [("a", "drones"), ("b", "cost")]),
    "small letters in brackets": ("(a) drones\n(b) cost", [("a", "drones"), ("b", "cost")]),
    "capitals": ("A. 2025\nB. 2024\nC. 2023", [("A", "2025"), ("B", "2024"), ("C", "2023")]),
    "a letter left out": ("A. 2025\nC. 2023", [("A", "2025"), ("C", "2023")]),
    "roman numerals": ("i. x\nii. y\niii. z\niv. w", [("i", "x"), ("ii", "y"), ("iii", "z"), ("iv", "w")]),
    "roman capitals": ("(I) x\n(II) y", [("I", "x"), ("II", "y")]),
    "the letter i among letters": (
        "\n".join(f"{letter}) {letter * 2}" for letter in "abcdefghij"),
        [(letter, letter * 2) for letter in "abcdefghij"],
    ),
    "questions": (
        "Q1. how\nQ2: what\nQuestion 3: who",
        [("Q1", "how"), ("Q2", "what"), ("Question 3", "who")],
    ),
    "questions without a stop": ("Q1 how\nQ2 what", [("Q1", "how"), ("Q2", "what")]),
    "decimals": ("1.1 x\n1.2 y\n2.1 z", [("1.1", "x"), ("1.2", "y"), ("2.1", "z")]),
    "labels of two parts": ("1(a) x\n1(b) y\n2a) z", [("1(a)", "x"), ("1(b)", "y"), ("2a", "z")]),
    "bullets": ("• drones\n- cost\n* flights", [("1", "drones"), ("2", "cost"), ("3", "flights")]),
    "one entry": ("1. drones", [("1", "drones")]),
    "indented, with blank lines and Windows line ends": (
        "  1. drones\r\n\r\n  2. cost\r\n",
        [("1", "drones"), ("2", "cost")],
    ),
    "continuation lines": (
        "1. drones\n   bought since\n2. cost",
        [("1", "drones bought since"), ("2", "cost")],
    ),
    "a paragraph inside an entry": (
        "1. drones\n\nBy year.\n2. cost",
        [("1", "drones\nBy year."), ("2", "cost")],
    ),
    "a label alone on its line": ("1.\ndrones\n2.\ncost", [("1", "drones"), ("2", "cost")]),
    "every entry labelled 1": ("1. x\n1. y\n1. z", [("1", "x"), ("1 (2)", "y"), ("1 (3)", "z")]),
    "a second list": ("1. x\n2. y\nAlso:\n1. z", [("1", "x"), ("2", "y Also:"), ("1 (2)", "z")]),
    "lines after a colon": ("Please tell me:\ndrones\ncost", [("1", "drones"), ("2", "cost")]),
    "lines apart after a colon": (
        "Tell me:\n\nHow many?\n\nWhat cost?",
        [("1", "How many?"), ("2", "What cost?")],
    ),
    "questions line by line": ("How many?\nWhat cost?", [("1", "How many?"), ("2", "What cost?")]),
    "headings line by line": ("Drones owned\nCost by year", [("1", "Drones owned"), ("2", "Cost by year")]),
    "a long line the mail program broke": (
        "How many unmanned aircraft has your force bought in each of the\nyears since 2020?\nWhat did they cost?",
        [
            ("1", "How many unmanned aircraft has your force bought in each of the years since 2020?"),
            ("2", "What did they cost?"),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), LISTS.values(), ids=LISTS.keys())
def test_lists(text, expected):
    assert items(text) == expected


NESTED = {
    "the words above lead on when they end in a colon": (
        "1. For each force:\na) number\nb) cost\n2. Who?",
        [("1(a)", "For each force: number"), ("1(b)", "For each force: cost"), ("2", "Who?")],
    ),
    "an entry that stands by itself stays an item": (
        "1. Who?\n a) when\n b) where",
        [("1", "Who?"), ("1(a)", "when"), ("1(b)", "where")],
    ),
    "letters begin again under the next number": (
        "1. X?\na) x\n2. Y?\na) y\nb) z",
        [("1", "X?"), ("1(a)", "x"), ("2", "Y?"), ("2(a)", "y"), ("2(b)", "z")],
    ),
    "three deep": (
        "1. Forces:\n(a) of England:\n(i) names\n(ii) numbers\n(b) of Wales",
        [
            ("1(a)(i)", "Forces: of England: names"),
            ("1(a)(ii)", "Forces: of England: numbers"),
            ("1(b)", "Forces: of Wales"),
        ],
    ),
    "deeper lists stay text": (
        "1. w\n(a) x\n(i) y\n(A) z",
        [("1", "w"), ("1(a)", "x"), ("1(a)(i)", "y (A) z")],
    ),
    "numbers under capitals": ("A. X:\n1. y\n2. z\nB. W", [("A(1)", "X: y"), ("A(2)", "X: z"), ("B", "W")]),
    "letters under bullets": ("- X:\na) y\nb) z\n- W", [("1(a)", "X: y"), ("1(b)", "X: z"), ("2", "W")]),
    "bullets under a number stay its text": (
        "1. X, by:\n• year\n• force\n2. Y",
        [("1", "X, by:\n• year\n• force"), ("2", "Y")],
    ),
    "decimals under a number": (
        "1. X:\n1.1 y\n1.2 z\n2. W\n2.1 v",
        [("1.1", "X: y"), ("1.2", "X: z"), ("2", "W"), ("2.1", "v")],
    ),
    "a number alone before its letters": ("1.\na) y\nb) z", [("1(a)", "y"), ("1(b)", "z")]),
}


@pytest.mark.parametrize(("text", "expected"), NESTED.values(), ids=NESTED.keys())
def test_lists_within_lists(text, expected):
    assert items(text) == expected


PROSE = {
    "one sentence": "How many drones do you own?",
    "wrapped short": "please tell me how many\ndrones you own",
    "paragraphs": "I am writing about drones.\n\nHow many are there?",
    "sentences on lines": "I want the policy.\nI want it soon.",
    "one line after a colon": "Please send:\nthe policy",
    "a decimal": "1.5 million people live here",
    "a later decimal section": "2.3 of the policy says so",
    "a time": "10:30 was the hour",
    "a year": "2025. That was the year",
    "an initial": "J. Example wrote to you",
    "an abbreviation": "i.e. the whole file",
    "a quarter": "Q4 2024 figures",
    "a quarter of a year": "Q4 of this year",
    "a masked name": "**** wrote to you",
    "a letter far on in the alphabet": "g) is the seventh",
    "not a numeral": "(vix) is not a number",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE.keys())
def test_text_without_a_list_is_one_item(text):
    ((label, words),) = items(text)
    assert (label, words.split()) == ("1", text.split())


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("1. flights since\n(f) on", "flights since (f) on"),
        ("1. bought\na) x\n25.5 of them", None),
        ("1. bought\n1.5 million", "bought 1.5 million"),
        ("1. bought\n3.1 million", "bought 3.1 million"),
    ],
)
def test_a_line_that_fits_no_list_continues_its_entry(text, item):
    if item is None:
        assert items(text)[-1] == ("1(a)", "x 25.5 of them")
    else:
        assert items(text) == [("1", item)]


def test_preamble_items_and_closing_are_told_apart():
    split_up = split(
        "Dear team,\n\nUnder the Act I ask for:\n\n1. drones\n2. cost\n\nMany thanks\n\nYours sincerely,\nAda Example\n"
    )
    assert split_up.preamble == "Dear team,\n\nUnder the Act I ask for:"
    assert split_up.items == (ItemDraft("1", "drones"), ItemDraft("2", "cost"))
    assert split_up.closing == "Many thanks\n\nYours sincerely,\nAda Example"


def test_a_name_in_the_signature_is_no_item_of_a_lettered_list():
    split_up = split("A. 2025\nB. 2024\nKind regards,\nC. Example")
    assert [item.label for item in split_up.items] == ["A", "B"]
    assert split_up.closing == "Kind regards,\nC. Example"


def test_a_greeting_is_no_item():
    split_up = split("Dear team\nHow many?\nWhat cost?\nThanks")
    assert (split_up.preamble, split_up.closing) == ("Dear team", "Thanks")
    assert [item.text for item in split_up.items] == ["How many?", "What cost?"]
    assert split("Dear team\n\nHow many are there?").items == (ItemDraft("1", "How many are there?"),)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks\nHow many drones?",  # a first line never signs off
        "Drones\nThanks\n1. How many?",  # what follows is a list
        "Drones\nThanks\n" + "\n".join("and more of it" for _ in range(9)),  # too much follows
        "Dear team\nThank you for your reply.\nPlease send the policy",
    ],
)
def test_thanks_in_the_middle_do_not_end_the_request(text):
    assert split(text).closing == ""


@pytest.mark.parametrize("text", ["", " \r\n\t\n"])
def test_blank_text_has_no_items(text):
    assert split(text) == split("")
    assert split(text).items == ()


def test_a_greeting_alone_is_kept():
    assert items("Dear team") == [("1", "Dear team")]


def test_a_list_of_fourteen_references():
    text = "Everything about these logs:\n\n" + "\n".join(
        f"{n}. Log Number: {n}0/23, Sent from: ****" for n in range(1, 15)
    )
    split_up = split(text)
    assert [item.label for item in split_up.items] == [str(n) for n in range(1, 15)]
    assert split_up.items[13].text == "Log Number: 140/23, Sent from: ****"


@pytest.mark.parametrize(
    ("line", "label", "rest"),
    [
        ("12. CRU Ref", "12", " CRU Ref"),
        ("(b) x", "b", " x"),
        ("• x", "", " x"),
        ("  iv) x", "iv", " x"),
        ("3.636/18", "3", "636/18"),
    ],
)
def test_list_marker(line, label, rest):
    marker = list_marker(line)
    assert (marker.label, line[marker.end :]) == (label, rest)


@pytest.mark.parametrize("line", ["", "1:30 hours", "x", "12/05", "-x", "e.g. this", "(vx) y"])
def test_no_list_marker(line):
    assert list_marker(line) is None


@pytest.mark.parametrize(
    "line", ["- a\n", "1. a\n", "a:\n", "word\n", "a) b\n", "1.1 a\n", "\n", "(" * 50 + "\n"]
)
def test_a_hundred_thousand_characters_are_split_in_good_time(line):
    started = time.process_time()
    split(line * (100_000 // len(line)))
    assert time.process_time() - started < 60  # minutes, if the work grew with the square of the length


fragments = st.sampled_from(
    ["1.", "2)", "(a)", "b)", "A.", "i.", "ii)", "Q1", "1.1", "•", "-", "Dear team", "Thanks", "Yours", "Please send:",
     "How many?", "drones", "and cost", "12/05", ":", "", " ", "\n", "\n\n", "\r\n", "Ada Example"]
)  # fmt: skip
pasted = (
    st.lists(fragments, max_size=25).map(" ".join)
    | st.lists(fragments, max_size=25).map("\n".join)
    | st.text(max_size=200)
)


@given(pasted)
def test_no_word_is_lost(text):
    split_up = split(text)
    kept = [split_up.preamble, split_up.closing]
    kept += [part for item in split_up.items for part in (item.label, item.text)]
    missing = Counter(re.findall(r"\w+", text)) - Counter(re.findall(r"\w+", "\n".join(kept)))
    assert not missing


@given(pasted)
def test_labels_differ_and_items_are_found_unless_the_text_is_blank(text):
    labels = [item.label for item in split(text).items]
    assert len(labels) == len(set(labels))
    assert bool(labels) == bool(text.strip())
    assert all(labels)


def test_two_letters_may_be_left_out_of_a_list_and_not_three():
    assert items("a) drones\nb) cost\ne) flights") == [("a", "drones"), ("b", "cost"), ("e", "flights")]
    assert items("a) drones\nb) cost\nf) flights") == [("a", "drones"), ("b", "cost f) flights")]


def test_a_sign_off_has_at_most_eight_lines():
    def closing(lines):
        return split(
            "\n".join(["1. drones", "Thanks", *(f"Line {n} of an address" for n in range(1, lines))])
        ).closing

    assert closing(8).startswith("Thanks\nLine 1 of an address")
    assert closing(9) == ""


def test_questions_are_a_list_whether_or_not_they_begin_with_a_capital():
    assert items("how many drones?\nwhat do they cost?") == [
        ("1", "how many drones?"),
        ("2", "what do they cost?"),
    ]
