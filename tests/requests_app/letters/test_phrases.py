import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.letters.phrases import labels_phrase, provisions_phrase, spoken


@pytest.mark.parametrize(
    ("labels", "phrase"),
    [
        (["3."], "item 3"),
        (["A", "C"], "items A and C"),
        (["1", "2"], "items 1 and 2"),
        (["1", "2", "3"], "items 1 to 3"),
        (["1.", "2.", "3.", "5.", "6."], "items 1 to 3, 5 and 6"),
        (["a)", "b)", "c)"], "items a, b and c"),
        (["(a)", "(b)"], "items (a) and (b)"),
        (["12", "14"], "items 12 and 14"),
        (["01", "02", "03"], "items 01, 02 and 03"),
        (["3", "2", "1"], "items 3, 2 and 1"),
        (["²", "1"], "items ² and 1"),
    ],
)
def test_items_are_named_as_a_sentence_names_them(labels: list[str], phrase: str) -> None:
    assert labels_phrase(labels) == phrase


@pytest.mark.parametrize(
    ("refs", "phrase"),
    [
        (["23(1)"], "section 23(1)"),
        (["31(1)(a)", "31(1)(b)"], "section 31(1)(a) and (b)"),
        (["31(1)(a)", "31(1)(b)", "31(1)(g)"], "section 31(1)(a), (b) and (g)"),
        (["40(2)+(3A)(a)"], "section 40(2) with section 40(3A)(a)"),
        (["36(2)(b)(i)", "36(2)(b)(ii)", "36(2)(c)"], "sections 36(2)(b)(i) and (ii) and 36(2)(c)"),
        (["23"], "section 23"),
        (["40(5B)(a)(i)"], "section 40(5B)(a)(i)"),
    ],
)
def test_provisions_are_cited_in_full(refs: list[str], phrase: str) -> None:
    assert provisions_phrase(refs, "section") == phrase


def test_the_regulations_are_cited_as_regulations() -> None:
    assert provisions_phrase(["12(5)(b)"], "regulation") == "regulation 12(5)(b)"


@given(st.sets(st.integers(1, 99), min_size=1))
def test_no_item_is_lost_in_a_range(numbers: set[int]) -> None:
    phrase = labels_phrase(str(number) for number in sorted(numbers))
    said: set[int] = set()
    for part in phrase.removeprefix("items ").removeprefix("item ").replace(" and ", ", ").split(", "):
        first, _, last = part.partition(" to ")
        said |= set(range(int(first), int(last or first) + 1))
    assert said == numbers


@given(st.text(min_size=1))
def test_a_spoken_label_is_part_of_the_label(label: str) -> None:
    assert spoken(label) in label
