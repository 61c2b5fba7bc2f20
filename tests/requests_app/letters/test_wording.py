"""What each letter has to say by law stands in it whatever officers wrote, and nothing that gives away more."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from requests_app.letters.kinds import BY_CODE
from requests_app.letters.render import render_html
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.exemptions.prejudice import Prejudice
from requests_app.rules.letters.facts import ItemFacts, LetterFacts, ReferenceDifference
from tests.requests_app.letters.golden import golden_of
from tests.requests_app.letters.hard_cases import (
    NASTY,
    environmental,
    hostile,
    neither_confirmed_nor_denied,
)
from tests.requests_app.letters.letter_cases import (
    acknowledgement,
    draft,
    invalid,
    not_held,
    redacted_cases,
    three_years,
)
from tests.requests_app.letters.letter_parts import (
    BUNDLES,
    LAW_ENFORCEMENT,
    PERSONAL_DATA,
    SECURITY,
    claim_on,
)


def words(facts: LetterFacts) -> str:
    """Return the words a reader sees, in order, on one line."""
    body = "<body" + render_html(facts).partition("<body")[2]
    running = re.sub(r"</?(span|bdi|strong|a)\b[^>]*>", "", body)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", running)).split())


def in_order(text: str, *parts: str) -> bool:
    """Return whether each part comes after the one before; fail by naming the part that does not."""
    position = 0
    for part in parts:
        found = text.find(part, position)
        assert found >= 0, f"“{part}” does not follow “{text[:position][-60:]}”"
        position = found + len(part)
    return True


def test_parts_of_a_part_refusal_stand_in_order() -> None:
    assert in_order(
        words(redacted_cases()),
        "PO Box 9000",
        "14 Larch Terrace",
        "28 May 2025",
        "Dear Rowan Ashdown",
        "Freedom of information request 2216/2025",
        "Thank you for your request about correspondence",
        "received on 17 April 2025",
        "Please send me all correspondence",
        "What we asked you on 7 May 2025",
        "What you told us on 9 May 2025",
        "We hold information within your request",
        "How we read your request",
        "How we searched",
        "Answers, item by item",
        "Item 14 repeats item 12",
        "we have left out item 13",
        "Enclosed with this letter",
        "refusal notice under section 17",
        "Section 31(1)(a) and (b) Law enforcement Items 1 to 12",
        "Yours sincerely Jo Pemberton",
        "Your right to complain",
        "within 40 working days of the date of this letter, that is by 24 July 2025",
        "took no part in the decision",
        "Internal Reviews, PO Box 9000",
        "Information Commissioner under section 50",
        "six weeks",
        "Wycliffe House",
        "Open Government Licence v3.0",
        "Annex A",
        "Section 23(1): Information supplied by",
        "Section 31(1)(a) and (b): Law enforcement",
        "Section 40(2) with section 40(3A)(a): Personal information",
    )


def test_figures_keep_the_labels_and_the_periods_of_the_question() -> None:
    text = words(three_years())
    assert (
        "A 1 April 2024 31 March 2025 0 B 1 April 2023 31 March 2024 21 C 1 April 2022 31 March 2023 65"
        in text
    )
    assert text.count("cases that Lancashire Constabulary alone received") == 1
    assert in_order(
        text,
        "Number of cases referred to the Central Referral Unit, for items A, B and C",
        "What these",
        "do not show",
    )


@pytest.mark.parametrize("case", [redacted_cases, neither_confirmed_nor_denied])
def test_a_refusal_notice_says_what_section_17_asks(case) -> None:  # type: ignore[no-untyped-def]
    facts = case()
    text = words(facts)
    assert "refusal notice under section 17" in text
    for claim in facts.claims:
        assert claim.why_applies in text
        assert all(" ".join(one.text.split()) in text for one in claim.particulars)
        assert claim.title in text
    assert "internal review" in text
    assert "under section 50 of the Act" in text


def test_harm_is_likely_or_more_likely_than_not_and_the_letter_says_which() -> None:
    likely, certain = (
        words(replace(redacted_cases(), claims=(replace(LAW_ENFORCEMENT, prejudice=prejudice),)))
        for prejudice in (Prejudice.WOULD_BE_LIKELY, Prejudice.WOULD)
    )
    assert "real and significant risk" in likely
    assert "it is more likely than not to happen" not in likely
    assert "it is more likely than not to happen" in certain
    assert "real and significant risk" not in certain


def test_absolute_exemptions_ask_for_no_public_interest_test() -> None:
    absolute = words(replace(redacted_cases(), claims=(SECURITY, PERSONAL_DATA)))
    assert absolute.count("is absolute, so the Act asks for no public interest test") == 2
    assert "is qualified" not in absolute
    qualified = words(replace(redacted_cases(), claims=(LAW_ENFORCEMENT,)))
    assert "is absolute" not in qualified
    for reasons in (LAW_ENFORCEMENT.factors_for, LAW_ENFORCEMENT.factors_against, LAW_ENFORCEMENT.balance):
        assert " ".join(reasons.split()) in qualified


def test_neither_confirming_nor_denying_gives_nothing_away() -> None:
    facts = neither_confirmed_nor_denied()
    text = words(replace(facts, searches=three_years().searches))
    assert "We neither confirm nor deny that we hold the information" in text
    assert "do not take this to mean that we do hold it, or that we do not" in text
    assert "Where we looked" not in text
    for giveaway in ("We hold", "do not hold", "Withheld", "withholding", "Not held"):
        assert giveaway not in text


def test_silence_about_security_rests_on_both_sections_together() -> None:
    facts = neither_confirmed_nor_denied()
    text = words(facts)
    assert in_order(text, "We rely on section 23(5) and section 24(2) together", "Please draw no conclusion")
    assert "in the alternative" not in text
    security, national = facts.claims
    apart = (replace(security, item_labels=("1",)), replace(national, item_labels=("2",)))
    assert "together" not in words(replace(facts, claims=apart))
    assert "together" not in words(replace(facts, claims=(security,)))


def test_withholding_for_security_may_be_claimed_in_the_alternative() -> None:
    pair = [claim_on("23(1)", ("1.",)), claim_on("24(1)", ("1.",), answers={"in_the_alternative": "yes"})]
    text = words(replace(redacted_cases(), claims=tuple(pair)))
    assert in_order(
        text, "We rely on section 23(1) and section 24(1) in the alternative", "which of them applies"
    )
    for said in ({}, {"covers": "The file of 2024."}):
        unsaid = (pair[0], claim_on("24(1)", ("1.",), answers=said))
        assert "in the alternative" not in words(replace(redacted_cases(), claims=unsaid))


def test_a_denial_beside_what_is_withheld_concerns_any_other_information() -> None:
    denial = claim_on("23(5)", BUNDLES, answers={"other_information": "yes"})
    text = words(replace(redacted_cases(), claims=(LAW_ENFORCEMENT, denial)))
    assert "neither confirm nor deny that we hold any other information" in text
    assert text.count("we neither confirm nor deny whether we hold any other information") == 2, (
        "above and in Annex A"
    )
    disclosed = replace(
        three_years(), claims=(claim_on("31(3)", ("A",), answers={"other_information": "yes"}),)
    )
    assert in_order(
        words(disclosed),
        "We are giving you the information you asked for",
        "Beyond that, we neither confirm nor deny whether we hold any other information",
        "refusal notice under section 17",
        "Annex A",
    )


def test_from_30_september_2026_the_regulator_is_the_commission_and_no_unconfirmed_address_is_printed() -> (
    None
):
    text = words(neither_confirmed_nor_denied())
    assert in_order(
        text, "you can apply to the Information Commission under section 50", "by telephone", "ico.org.uk"
    )
    assert "Wilmslow" not in text
    assert "Information Commissioner" not in text


def test_reasons_left_out_are_owned_up_to() -> None:
    assert "Section 17(4) of the Act allows this" in words(neither_confirmed_nor_denied())
    assert "17(4)" not in words(redacted_cases())


def test_a_letter_under_the_regulations_cites_the_regulations() -> None:
    text = words(environmental())
    for citation in (
        "regulation 14",
        "regulation 11",
        "regulation 18",
        "regulation 12(2)",
        "regulation 12(4)(a)",
    ):
        assert citation in text
    assert "section 50 of the Freedom of Information Act 2000" in text
    assert "Regulation 12(5)(b): The course of justice" in text
    for foreign in ("section 17", "Section 17", "section 1 ", "internal review", "the Act asks", "exemption"):
        assert foreign not in text


def test_an_acknowledgement_says_when_the_answer_is_due() -> None:
    text = words(acknowledgement())
    assert in_order(
        text, "received it on 17 April 2025", "within 20 working days", "The last day is 19 May 2025"
    )
    assert "any part of the United Kingdom" in text
    assert "Your right to complain" not in text


def test_an_invalid_request_is_told_what_is_missing_and_how_to_mend_it() -> None:
    text = words(invalid())
    assert in_order(
        text,
        "section 8",
        "What is missing",
        "“skywatcher” is not a full name.",
        "real name",
        "If you disagree",
    )


def test_what_is_not_held_and_what_is_not_covered_are_said_apart() -> None:
    text = words(not_held())
    assert "We do not hold the information you asked for." in text
    assert in_order(
        text,
        "article 2(1) of the Freedom of Information (Designation as Public Authority and Amendment) Order 2018",
        "What you asked for in item b does not concern one of those functions",
        "article 2(1)(a): Co-ordinating national operations",
        "article 2(1)(c): Co-ordinating the police response to national emergencies, and moving resources between "
        "forces and internationally",
        "article 2(1)(f)",
    )
    assert "refusal notice" not in text
    assert "under section 50" in text
    outside = replace(
        not_held(), items=(ItemFacts("1", "Who chairs it?", Disposition.OUTSIDE_FUNCTIONS),), searches=()
    )
    assert "We do not hold the information you asked for." not in words(outside)


def test_information_already_accessible_says_where() -> None:
    item = ItemFacts("1", "Your policy", Disposition.ACCESSIBLE, location="www.example.org/policy")
    text = words(replace(neither_confirmed_nor_denied(), items=(item,), holding=Holding.HELD))
    assert in_order(text, "already available to you elsewhere", "Where to find it:", "www.example.org/policy")


def test_explained_differences_of_references_are_printed_and_others_are_not() -> None:
    explained = ReferenceDifference("missing", "698/20", "near 698/18", "It was logged as 698/18.")
    text = words(
        replace(
            redacted_cases(),
            reference_differences=(explained, replace(explained, reference="1/20", explanation="")),
        )
    )
    assert "698/20: It was logged as 698/18." in text
    assert " 1/20:" not in text


def test_nothing_disclosed_means_no_word_about_using_it() -> None:
    assert "Open Government Licence" not in words(neither_confirmed_nor_denied())
    assert "Open Government Licence" in words(three_years())


def test_a_draft_cannot_be_taken_for_a_letter() -> None:
    text = words(draft())
    assert in_order(
        text,
        "Draft. This letter has not been issued.",
        "[set when the letter is issued]",
        "[not decided yet]",
        "[the last date is added when the letter is issued]",
    )
    for case in (redacted_cases, three_years, acknowledgement):
        assert "draft" not in render_html(case()).lower()
        assert "[" not in words(case())


def test_a_correction_names_the_letter_it_replaces() -> None:
    facts = replace(
        three_years(), corrects_letter_of=date(2025, 4, 23), correction="The figure for B was wrong."
    )
    assert in_order(
        words(facts),
        "replaces the one we sent you on 23 April 2025",
        "What has changed:",
        "The figure for B was wrong.",
    )


def test_nobody_is_named_when_the_authority_prints_no_names() -> None:
    assert "Jo Pemberton" not in render_html(not_held())


def hostile_in(kind: str) -> LetterFacts:
    """Return the hostile facts as a letter of a kind, with what only that kind says made hostile, too."""
    own = next(iter(golden_of(kind).values()))().own
    nasty = {name: NASTY if isinstance(value, str) else value for name, value in own.items()}
    return replace(hostile(), kind=kind, own=nasty)


@pytest.mark.parametrize("kind", BY_CODE)
def test_hostile_text_is_text_in_every_kind(kind: str) -> None:
    html = render_html(hostile_in(kind))
    assert not re.search(r"<(script|img|b)\b", html)
    assert html.count("<link ") == 1
    assert not set(html) & set(NASTY) & {"\u202e", "\u202c", "\x00", "\x07"}
    assert " style=" not in html
    assert "{{ facts.authority.email }}" in html


@pytest.mark.parametrize("kind", BY_CODE)
def test_nobody_is_named_in_the_title(kind: str) -> None:
    title = render_html(hostile_in(kind)).partition("<title>")[2].partition("</title>")[0]
    assert re.fullmatch(r"Freedom of information request 2216/2025: [A-Za-z ]+", title)


def test_empty_facts_make_a_letter_all_the_same() -> None:
    facts = redacted_cases()
    bare = replace(
        facts, words="", subject="", items=(), claims=(), searches=(), enclosures=(), holding=None, advice="",
        clarifications=(), addressee=replace(facts.addressee, name="", salutation="", address="", email=""),
    )  # fmt: skip
    assert "Dear Sir or Madam" in words(bare)
    assert "Yours faithfully" in words(bare)
