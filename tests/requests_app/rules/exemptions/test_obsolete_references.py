"""Provisions and phrases that are no longer law, found in references and in running text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.exemptions.obsolete_references import obsolete_references


@pytest.mark.parametrize(
    ("old", "current"),
    [
        ("40(3)(a)(i)", "40(3A)(a)"),
        ("40(3)(a)(ii)", "40(3B)"),
        ("40(3)(a)", "40(3A)(a) or 40(3B)"),
        ("40(3)(b)", "40(3A)(b)"),
        ("40(3)", "40(3A) or 40(3B)"),
        ("40(4)", "40(4A)"),
        ("40(5)", "40(5A) or 40(5B)"),
        ("40(5)(a)", "40(5A)"),
        ("40(5)(b)", "40(5B)"),
        ("40(5)(b)(i)", "40(5B)(a) or 40(5B)(b)"),
        ("40(5)(b)(ii)", "40(5B)(c) or 40(5B)(d)"),
    ],
)
def test_old_subsections_of_section_40(old: str, current: str) -> None:
    for text in (
        old,
        f"It is engaged by Section\n\n{old}. Any release",
        f"s.{old.replace('(', ' (')} applies",
    ):
        (found,) = obsolete_references(text)
        assert (found.found, found.current, found.since) == (old, current, date(2018, 5, 25))
        assert (found.blocks, found.blocks_claims) == (True, True)
        assert text[found.position :].startswith("40")


@pytest.mark.parametrize(
    ("text", "current", "since"),
    [
        ("breach the first data protection principle of", "Article 5(1)(a)", date(2018, 5, 25)),
        ("under the Data Protection Act 1998", "Data Protection Act 2018", date(2018, 5, 25)),
        ("the DPA 1998 says", "Data Protection Act 2018", date(2018, 5, 25)),
        ("any Community obligation", "assimilated obligation", date(2024, 1, 1)),
        ("a retained EU obligation", "assimilated obligation", date(2024, 1, 1)),
        ("communications with Her Majesty, with other", "37(1)(a)", date(2011, 1, 19)),
        ("executive committee of the National Assembly for Wales", "36(2)(a)(iii)", date(2007, 5, 25)),
        ("appealed to the Information Tribunal", "First-tier Tribunal", date(2010, 1, 18)),
        ("the Fatal Accidents and Sudden Deaths Inquiry (Scotland) Act 1976", "2016", date(2017, 6, 15)),
    ],
)
def test_phrases(text: str, current: str, since: date) -> None:
    (found,) = obsolete_references(text)
    assert current in found.current
    assert found.since == since
    assert not found.blocks
    assert text[found.position :].startswith(found.found)
    assert f"{since:%B %Y}. The current reference is" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "40(2) and 40(3A)(a)",
        "40(4A)(b), 40(5A) and 40(5B)(a)(i)",
        "section 140(4)",
        "Article 40(3) of the code",
        "regulation 40(5)(a)",
        "section 40(4) of the Police Reform Act 2002",
        "section 40(5) Police Act 1996",
        "the Data Protection Act 2018",
        "community obligations of a school",
        "Communications with Her Majesty, etc. and honours",
        "work of the Executive Committee of the Northern Ireland Assembly",
        "an assimilated obligation",
        "an EU obligation, as section 39(1A)(b) has it",
        "section 13(3)",
        "regulation 13(2A)(a) and reg 13(5B)(a)",
    ],
)
def test_current_law_and_other_laws_are_left_alone(text: str) -> None:
    assert obsolete_references(text) == ()


@pytest.mark.parametrize(
    ("text", "blocks_claims"),
    [
        ("the first data protection principle", False),
        ("the Data Protection Act 1998", False),
        ("the Information Tribunal", False),
        ("a retained EU obligation", True),
        ("communications with Her Majesty", True),
    ],
)
def test_a_phrase_blocks_a_claim_only_where_it_is_wrong_in_law(text: str, blocks_claims: bool) -> None:
    (found,) = obsolete_references(text)
    assert (found.blocks, found.blocks_claims) == (False, blocks_claims)


@pytest.mark.parametrize(
    ("text", "current"),
    [
        ("regulation 13(2)(a)(i)", "13(2A)(a)"),
        ("reg. 13(2)(a)(ii)", "13(2B)"),
        ("reg 13(2)(b)", "13(2A)(b)"),
        ("Regulation 13 (3)", "13(3A)"),
        ("regulation 13(5)(a)", "13(5B)(a) or 13(5B)(b)"),
        ("regulation 13(5)(b)", "13(5B)(c) or 13(5B)(d)"),
        ("regs 13(5)", "13(5A) or 13(5B)"),
        ("EIR 13(2)", "13(2A) or 13(2B)"),
        ("regulations 12(5)(f) and 13(2)(a)(i)", "13(2A)(a)"),
    ],
)
def test_old_paragraphs_of_regulation_13_only_warn(text: str, current: str) -> None:
    (found,) = obsolete_references(f"Refused under {text} of the EIR")
    assert (found.current, found.blocks, found.blocks_claims) == (current, False, False)


def test_section_40_of_this_act_is_still_found() -> None:
    assert obsolete_references("section 40(4) of the Freedom of Information Act 2000")


@given(
    st.lists(st.sampled_from(["40(3)(a)(i)", "40(4)", "first data protection principle", "words", "40(1)"]))
)
def test_each_is_found_once_in_the_order_of_the_text(parts: list[str]) -> None:
    text = " ; ".join(parts)
    found = obsolete_references(text)
    assert [one.found for one in found] == [part for part in parts if part not in ("words", "40(1)")]
    assert [one.position for one in found] == sorted(one.position for one in found)
