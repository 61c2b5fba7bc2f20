"""What one claim has to state."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.exemptions.catalogue import Limb, Usable
from requests_app.rules.exemptions.claim import ClaimProblem, claim_problems, historical_records
from requests_app.rules.exemptions.claim_facts import ClaimFacts, LimbFacts
from requests_app.rules.exemptions.prejudice import Prejudice
from tests.requests_app.rules.letters.complete_letters import ANSWERS, CATALOGUE, answered, claim


def problems(facts: ClaimFacts) -> tuple[ClaimProblem, ...]:
    return claim_problems(facts, CATALOGUE)


def one_of_each(limb: Limb) -> str:
    """Return the limb with the ones it needs beside it."""
    return " and ".join([limb.ref, *(group[0] for group in limb.needs)])


USABLE = [e for e in CATALOGUE.exemptions if e.usable is Usable.YES]
WHOLE = [one_of_each(limb) for e in USABLE for limb in e.all_limbs]


@pytest.mark.parametrize("refs", WHOLE)
def test_a_complete_claim_on_any_limb_has_no_problem(refs: str) -> None:
    assert problems(claim(refs)) == ()


@pytest.mark.parametrize(
    ("refs", "changed", "field", "says", "reference"),
    [
        ("31(1)(a)", {"section": "45"}, "section", "not an exemption", "17(1)(b)"),
        ("31(1)(a)", {"limbs": ()}, "limbs", "such as 31(1)(a)", "17(1)(b)"),
        ("31(3)", {"limbs": ()}, "limbs", "such as 31(3)", "17(1)(b)"),
        ("21(1)", {"limbs": (), "neither_confirm_nor_deny": True}, "limbs", "such as 21(1)", "17(1)(b)"),
        ("40(1)", {"limbs": (LimbFacts("40(3)(a)(i)", ""),)}, "limbs", "40(3A)(a)", "17(1)(b)"),
        ("31(1)(a)", {"limbs": (LimbFacts("40(1)", ""),)}, "limbs", "not section 31", "17(1)(b)"),
        ("31(1)(a)", {"neither_confirm_nor_deny": True}, "limbs", "rely on 31(3)", "s.2(1)"),
        ("40(1)", {"neither_confirm_nor_deny": True}, "limbs", "40(5A), 40(5B)(a)(i)", "s.2(1)"),
        ("21(1)", {"neither_confirm_nor_deny": True}, "limbs", "say that it is held", "s.2(1)"),
        ("43(1)", {"neither_confirm_nor_deny": True}, "limbs", "not trade secrets", "s.2(1)"),
        ("31(3)", {"neither_confirm_nor_deny": False}, "limbs", "31(1)(h) or 31(1)(i)", "s.2(2)"),
        ("41(1)(a)", {}, "limbs", "only together with 41(1)(b)", "17(1)(b)"),
        ("30(2)(b)", {}, "limbs", "30(2)(a)(i), 30(2)(a)(ii)", "17(1)(b)"),
        ("23(2)", {}, "limbs", "only together with 23(1)", "17(1)(b)"),
        ("22(1)(a)(b)(c)", {"why_applies": " "}, "why_applies", "Say why", "17(1)(c)"),
        ("23(1)", {"why_applies": ""}, "why_applies", "Do not say which body", "17(1)(c)"),
        ("31(1)(a)", {"prejudice": None}, "prejudice", "“would” or “would be likely to”", "17(1)(c)"),
        ("31(1)(a)", {"harm": ""}, "harm", "how disclosure leads to it", "House rule"),
        ("31(3)", {"harm": ""}, "harm", "how confirming or denying leads to it", "House rule"),
        ("24(1)", {"harm": ""}, "harm", "evidence of harm", "House rule"),
        ("42(1)", {"factors_for": ""}, "factors_for", "in favour of disclosure", "House rule"),
        ("42(1)", {"factors_against": ""}, "factors_against", "in favour of withholding", "House rule"),
        ("42(1)", {"balance": "\n"}, "balance", "where the balance", "17(3)(b)"),
        ("42(2)", {"factors_for": ""}, "factors_for", "confirming or denying", "House rule"),
        ("42(2)", {"balance": ""}, "balance", "where the balance", "17(3)(a)"),
        ("40(2)+(3B)", {"balance": ""}, "balance", "40(2)+(3B)", "17(3)(b)"),
        ("23(1)", {"balance": "x"}, "balance", "absolute", "s.2(3)"),
        ("40(2)+(3A)(a)", {"factors_for": "x", "balance": "y"}, "factors_for", "absolute", "s.2(3)"),
        ("31(1)(g)", {"answers": {"purpose": ""}}, "purpose", "31(2)(a) to (j)", "31(2)"),
        ("31(1)(g)", {"answers": {"purpose": "31(2)(a) 31(2)(k)"}}, "purpose", "31(2)(a) to (j)", "31(2)"),
        ("31(1)(h)", {"answers": {"purpose": "31(2)(k)"}}, "purpose", "31(2)(a) to (j)", "31(2)"),
        ("44(1)(a)", {"answers": {"enactment": ""}}, "enactment", "the Act or regulations", "44(1)"),
        ("36(2)(c)", {"answers": {"qualified_person": ""}}, "qualified_person", "36(2)(c)", "House rule"),
        ("36(2)(c)", {"answers": {"opinion_on": ""}}, "opinion_on", "date", "House rule"),
        ("35(1)(a)", {}, "section", "government department", "s.35"),
        ("33(1)(a)", {}, "section", "audit", "s.33"),
        ("35(1)(a)", {"limbs": (LimbFacts("35(9)", ""),)}, "section", "government department", "s.35"),
    ],
)
def test_each_problem(refs: str, changed: dict[str, Any], field: str, says: str, reference: str) -> None:
    found = [one for one in problems(claim(refs, **changed)) if one.field == field]
    assert len(found) == 1
    assert says in found[0].message
    assert reference in found[0].reference
    assert found[0].blocks


@pytest.mark.parametrize(
    ("refs", "changed", "field"),
    [
        ("31(1)(a)", {"harm": "It is more than likely that offenders learn of it."}, "harm"),
        ("31(1)(a)", {"why_applies": "Disclosure could be likely to harm."}, "why_applies"),
        ("40(1)", {"prejudice": Prejudice.WOULD}, "prejudice"),
        ("23(1)", {"why_applies": "It came from the Security Service."}, "why_applies"),
        ("23(1)", {"answers": {"covers": "What the Security Services sent."}}, "covers"),
        ("24(1)", {"balance": "What GCHQ can see has to stay unknown."}, "balance"),
    ],
)
def test_what_only_warns(refs: str, changed: dict[str, Any], field: str) -> None:
    (found,) = problems(claim(refs, **changed))
    assert (found.field, found.blocks) == (field, False)


def test_threshold_words_are_put_right() -> None:
    (found,) = problems(claim("31(1)(a)", harm="a threshold that is 'more than likely'"))
    assert "real and significant risk" in found.message


@pytest.mark.parametrize(
    "text", [".", "\u200b", "x", "n/a", "None.", "to follow", "[to be confirmed]", "???", "12"]
)
def test_what_says_nothing_is_no_reason(text: str) -> None:
    said = dict.fromkeys(("why_applies", "harm", "factors_for", "factors_against", "balance"), text)
    found = problems(claim("31(1)(a)", **said))
    assert {one.field for one in found if one.blocks} == set(said)


def test_reasons_left_out_under_section_17_4_are_not_asked_for() -> None:
    bare = {"why_applies": "", "harm": "", "factors_for": "", "factors_against": "", "balance": ""}
    (warned,) = problems(claim("31(1)(a)", reasons_omitted=True, **bare))
    assert (warned.reference, warned.blocks) == ("FOIA s.17(4)", False)
    assert (
        problems(claim("31(1)(a)", reasons_omitted=True, **(bare | {"why_applies": "It names a source."})))
        == ()
    )
    assert {one.field for one in problems(claim("31(1)(a)", **bare))} == set(bare)


def test_public_interest_is_optional_where_it_is_disputed() -> None:
    assert problems(claim("40(5B)(a)(i)", balance="In any case the balance is against.")) == ()


def test_statistics_need_no_opinion() -> None:
    bare = {"qualified_person": "", "opinion_on": ""}
    assert problems(claim("36(2)(c)", answers=bare | {"statistics": "yes"})) == ()
    assert problems(claim("36(2)(c)", answers=bare, why_applies="These are statistics, s.36(4).")), (
        "said, not ticked"
    )


def test_an_opinion_is_a_person_and_a_date() -> None:
    both = problems(claim("36(2)(c)", answers={"qualified_person": "", "opinion_on": ""}))
    assert [one.field for one in both] == ["qualified_person", "opinion_on"]


def test_mixed_limbs_ask_for_the_public_interest_test_of_the_qualified_one() -> None:
    mixed = claim("37(1)(a)", limbs=(LimbFacts("37(1)(a)", ""), LimbFacts("37(1)(b)", "")))
    assert {one.field for one in problems(mixed)} == {"factors_for", "factors_against", "balance"}


REMOVABLE = {
    "why_applies": "",
    "prejudice": None,
    "harm": "",
    "factors_for": "",
    "factors_against": "",
    "balance": "",
}


@given(st.sampled_from(WHOLE), st.sets(st.sampled_from(sorted([*REMOVABLE, *ANSWERS]))))
def test_removing_parts_gives_exactly_their_problems(refs: str, removed: set[str]) -> None:
    whole = claim(refs)
    cut = replace(whole, **{field: value for field, value in REMOVABLE.items() if field in removed})
    cut = answered(cut, **dict.fromkeys(removed & set(ANSWERS), ""))
    changed = {field for field in removed & set(REMOVABLE) if getattr(whole, field) != getattr(cut, field)}
    changed |= removed & set(whole.answers)
    assert {one.field for one in problems(cut)} == changed


@pytest.mark.parametrize(
    ("made", "warned"),
    [("2005", True), ("2006", False), ("1999", True), ("", False), ("nonsense", False), ("20050", False)],
)
def test_records_become_historical_after_the_year_that_follows(made: str, warned: bool) -> None:
    """FOIA s.62(1): at the end of twenty years beginning with the year after the one in which a record was made."""
    old = claim("42(1)", answers={"records_from": made})
    found = list(historical_records(old, CATALOGUE, 2026))
    assert bool(found) is warned
    assert all(
        (one.field, one.blocks, one.reference) == ("records_from", False, "FOIA s.62(1), s.63")
        for one in found
    )
    law_enforcement = claim("31(1)(a)", answers={"records_from": made})
    assert not list(historical_records(law_enforcement, CATALOGUE, 2026)), "a hundred years"


def test_a_citation_keeps_its_letters_at_the_beginning_of_a_sentence() -> None:
    (found,) = problems(claim("40(5A)", prejudice=Prejudice.WOULD))
    assert found.message.startswith("Section 40(5A) does not depend on harm")


@pytest.mark.parametrize(
    "said", ["The common law duty of confidence", "the duty of confidentiality", "Common-law privilege"]
)
def test_a_duty_at_common_law_is_no_enactment(said: str) -> None:
    (found,) = problems(claim("44(1)(a)", answers={"enactment": said}))
    assert (found.field, found.blocks, found.reference) == ("enactment", True, "FOIA s.44(1)(a)")
    assert "section 41" in found.message


def test_special_category_data_leave_no_interests_to_balance() -> None:
    balanced = dict.fromkeys(("legitimate_interest", "necessity", "person_interests"), "")
    first = claim("40(2)+(3A)(a)", answers=balanced)
    assert {one.field for one in problems(first)} == set(balanced)
    for answer in ({"special_data": "special"}, {"special_data": "criminal"}, {"principle": "5(1)(b)"}):
        assert problems(answered(first, **answer)) == ()
    said = answered(claim("40(2)+(3A)(a)"), special_data="special")
    assert not set(balanced) & set(said.answers), "what became needless is not printed"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Investigatory Powers Act 2016 s.57", None),
        ("section 18 (duty of confidentiality) of the Commissioners for Revenue and Customs Act 2005", None),
        ("the Example (Disclosure) Regulations 2019", None),
        ("section 57", False),
    ],
)
def test_what_is_named_as_an_enactment_is_one(said: str, found: bool | None) -> None:
    problems_found = problems(claim("44(1)(a)", answers={"enactment": said}))
    assert [problem.blocks for problem in problems_found] == ([] if found is None else [found])


@pytest.mark.parametrize("refs", ["44(2)", "40(2)+(3A)(a)", "31(1)(g)", "41(1)(a)(b)"])
def test_no_answer_is_asked_for_where_it_would_itself_disclose(refs: str) -> None:
    """FOIA s.17(4)."""
    bare = answered(claim(refs, reasons_omitted=True), **dict.fromkeys(ANSWERS, ""))
    assert not [problem for problem in problems(bare) if problem.blocks]


@pytest.mark.parametrize("kept", ["****-05-06", "", "yesterday"])
def test_a_day_that_cannot_be_read_is_no_answer(kept: str) -> None:
    (found,) = problems(claim("36(2)(c)", answers={"opinion_on": kept}))
    assert found.field == "opinion_on"


def test_an_answer_that_is_not_offered_is_none_and_is_not_printed() -> None:
    masked = claim("42(1)", answers={"privilege": "****"})
    assert "privilege" not in masked.answers
    assert [one.field for one in problems(masked)] == ["privilege"]
