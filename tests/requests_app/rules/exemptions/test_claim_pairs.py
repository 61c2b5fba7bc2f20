"""Claims that meet on an item: what has to be said, and that nothing is refused for it."""

import pytest

from requests_app.rules.exemptions.claim_pairs import pair_problems
from tests.requests_app.rules.letters.complete_letters import answered, claim


@pytest.mark.parametrize(
    ("one", "other", "field", "reference"),
    [
        ("30(1)(b)", "31(1)(a)", "covers", "FOIA s.31(1)"),
        ("23(1)", "24(1)", "in_the_alternative", "[2021] UKUT 248 (AAC)"),
        ("23(1)", "24(2)", "other_information", "FOIA s.1(1)(a), s.2(1)"),
        ("24(1)", "23(5)", "other_information", "FOIA s.1(1)(a), s.2(1)"),
        ("31(1)(a)", "31(3)", "other_information", "FOIA s.1(1)(a), s.2(1)"),
        ("30(1)(b)", "31(3)", "other_information", "FOIA s.1(1)(a), s.2(1)"),
    ],
)
def test_what_meets_on_an_item_is_asked_about_and_never_refused(
    one: str, other: str, field: str, reference: str
) -> None:
    pair = [claim(one, "1", "2"), claim(other, "2")]
    ((concerned, found),) = pair_problems(pair)
    assert (found.field, found.reference, found.blocks) == (field, reference, False)
    assert "item 2" in found.message
    assert field in {question.name for question in _may_be_asked(concerned.refs[0])}
    assert pair_problems(pair[::-1]) == pair_problems(pair)
    assert pair_problems([pair[0], claim(other, "3")]) == ()


def _may_be_asked(ref: str) -> tuple:
    from tests.requests_app.rules.letters.complete_letters import CATALOGUE

    (limb,) = CATALOGUE.lookup(ref)
    return CATALOGUE.exemption(limb.section).requirements([limb]).questions


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30(3)", "31(3)"),
        ("23(5)", "24(2)"),
        ("31(1)(a)", "40(1)"),
        ("31(3)", "40(5B)(a)(i)"),
        ("30(1)(b)", "40(2)+(3A)(a)"),
    ],
)
def test_what_may_be_relied_on_together(one: str, other: str) -> None:
    assert pair_problems([claim(one), claim(other)]) == ()


@pytest.mark.parametrize(("one", "other"), [("30(1)(b)", "31(1)(a)"), ("23(1)", "24(1)")])
def test_different_documents_or_the_alternative_settle_it(one: str, other: str) -> None:
    pair = [claim(one), claim(other)]
    for claims in (
        [answered(pair[0], in_the_alternative="yes"), pair[1]],
        [pair[0], answered(pair[1], in_the_alternative="yes")],
        [answered(pair[0], covers="The file of 2024."), answered(pair[1], covers="The guidance.")],
    ):
        assert pair_problems(claims) == ()
    assert pair_problems([answered(pair[0], covers="The file of 2024."), pair[1]]), (
        "one of them alone says too little"
    )


@pytest.mark.parametrize("said", ["There is no alternative to silence.", "Claimed in the alternative."])
def test_words_settle_nothing(said: str) -> None:
    assert pair_problems([claim("23(1)", why_applies=said), claim("24(1)", why_applies=said)])


def test_a_denial_of_any_other_information_stands_beside_what_is_withheld() -> None:
    assert pair_problems([claim("31(1)(a)"), claim("23(5)", answers={"other_information": "yes"})]) == ()
