"""Every gap of a letter: one table row for each thing that can be missing, and what holds for all letters."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.letters.gaps import letter_gaps, notice_of
from requests_app.queries.exemption_catalogue import refusal_elements
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.exemptions.claim_facts import LimbFacts
from requests_app.rules.letters.facts import FigureFacts, LetterFacts, ReferenceDifference
from requests_app.rules.letters.notice_elements import Gap, natural
from requests_app.rules.letters.refusal_notice import notice_types
from tests.requests_app.rules.letters.complete_letters import (
    ACKNOWLEDGEMENT,
    COMPLETE,
    DISCLOSURE,
    EIR_REFUSAL,
    FIGURES,
    INVALID,
    NEITHER,
    NOT_HELD,
    PART_REFUSAL,
    WITHHELD,
    answer,
    claim,
    one_item,
    with_claim,
    with_item,
)

ELEMENTS = refusal_elements()


def gaps_of(facts: LetterFacts) -> tuple[Gap, ...]:
    return letter_gaps(facts)


@pytest.mark.parametrize("name", COMPLETE)
def test_a_complete_letter_has_no_gap(name: str) -> None:
    assert gaps_of(COMPLETE[name]) == ()


def without(facts: LetterFacts, **changed: Any) -> LetterFacts:
    return replace(facts, **changed)


def authority(facts: LetterFacts, **changed: str) -> LetterFacts:
    return replace(facts, authority=replace(facts.authority, **changed))


def figures(**changed: Any) -> LetterFacts:
    return with_item(PART_REFUSAL, "1", figure_sets=(replace(FIGURES, **changed),))


def clarified(**changed: Any) -> LetterFacts:
    return without(PART_REFUSAL, clarifications=(replace(PART_REFUSAL.clarifications[0], **changed),))


DIFFERENCE = ReferenceDifference("missing", "698/20", "asked for and not answered; near to 698/18")
REVERSED = (FigureFacts("A", date(2025, 3, 31), date(2024, 4, 1), "12"),)
NUMBERLESS = (FigureFacts("A", date(2024, 4, 1), date(2025, 3, 31), " "),)
EIR_CLAIM = EIR_REFUSAL.claims[0]

#: What is wrong with the letter, the letter, and its one gap: id, where, a word of the message, of the reference.
BLOCKING: list[tuple[str, LetterFacts, str, str, str, str]] = [
    ("undecided", with_item(PART_REFUSAL, "1", disposition=None), "item_decided", "decision:1", "Decide", "s.1(1)"),
    ("no items", without(DISCLOSURE, items=()), "item_decided", "items", "Split", "s.10"),
    ("EIR undecided", without(DISCLOSURE, items=(), regime="EIR"), "item_decided", "items", "Split", "EIR reg 5"),
    ("kind", without(DISCLOSURE, kind="not_held"), "letter_kind", "letter", "“Disclosure”", "s.17(1)"),
    ("EIR kind", without(EIR_REFUSAL, kind="not_held"), "letter_kind", "letter", "Full", "reg 14"),
    ("no holding", without(PART_REFUSAL, holding=None), "confirm_held", "search", "Record", "s.1(1)(a)"),
    ("holding", without(DISCLOSURE, holding=Holding.NOT_HELD), "confirm_held", "search", "“held”", "s.1(1)(a)"),
    ("all held", without(PART_REFUSAL, holding=Holding.HELD), "confirm_held", "search", "“partly held”", "s.1(1)(a)"),
    ("held after all", without(NOT_HELD, holding=Holding.HELD), "confirm_held", "search", "“not held”", "s.1(1)(a)"),
    ("leaking holding", without(NEITHER, holding=Holding.HELD), "confirm_held", "search", "neither", "s.1(1)(a)"),
    ("no claim", without(WITHHELD, claims=()), "specifies_exemption", "decision:1", "Claim", "s.17(1)(b)"),
    ("s.21 alone", without(WITHHELD, claims=(claim("21(1)"),)), "specifies_exemption", "decision:1", "21", "17(1)"),
    ("no s.21", without(PART_REFUSAL, claims=(*PART_REFUSAL.claims[:2], PART_REFUSAL.claims[3])),
     "specifies_exemption", "decision:5", "section 21", "s.17(1)(b)"),
    ("no ncnd", without(PART_REFUSAL, claims=PART_REFUSAL.claims[:3]),
     "specifies_exemption", "decision:6", "neither", "s.17(1)(b)"),
    ("nothing for a part", without(PART_REFUSAL, claims=(PART_REFUSAL.claims[0], *PART_REFUSAL.claims[2:])),
     "specifies_exemption", "decision:3", "not disclosed", "s.17(1)(b)"),
    ("limb", with_claim(PART_REFUSAL, "31", limbs=()), "specifies_exemption", "claim:31", "limb", "s.17(1)(b)"),
    ("obsolete limb", with_claim(PART_REFUSAL, "40", limbs=(LimbFacts("40(3)(a)(i)", ""),)),
     "specifies_exemption", "claim:40", "40(3A)(a)", "s.17(1)(b)"),
    ("why", with_claim(PART_REFUSAL, "31", why_applies=""), "why_applies", "claim:31", "Say why", "s.17(1)(c)"),
    ("likelihood", with_claim(PART_REFUSAL, "31", prejudice=None), "why_applies", "claim:31", "would", "s.17(1)(c)"),
    ("harm", with_claim(PART_REFUSAL, "31", harm=""), "harm_evidence", "claim:31", "evidence", "House rule"),
    ("factors", with_claim(PART_REFUSAL, "31", factors_for=""), "pit_factors", "claim:31", "factors", "House rule"),
    ("balance", with_claim(PART_REFUSAL, "31", balance=""), "pit_reasons", "claim:31", "balance", "s.17(3)(b)"),
    ("ncnd balance", with_claim(NEITHER, "31", balance=""), "pit_reasons_ncnd", "claim:31", "balance", "s.17(3)(a)"),
    ("location", with_item(PART_REFUSAL, "5", location=""), "s21_location", "decision:5", "where", "House rule"),
    ("review", authority(PART_REFUSAL, review_address=""), "complaints_procedure", "authority", "review", "17(7)(a)"),
    ("regulator", without(PART_REFUSAL, regulator=replace(PART_REFUSAL.regulator, name="")),
     "s50_right", "authority", "name", "s.17(7)(b)"),
    ("regulator address", without(PART_REFUSAL, regulator=replace(PART_REFUSAL.regulator, address=" ")),
     "s50_right", "authority", "address", "s.17(7)(b)"),
    ("advice", without(NOT_HELD, advice=""), "advice", "letter", "who may hold", "s.16"),
    ("not-held search", without(NOT_HELD, searches=()), "search_recorded", "search", "item 1", "s.1(1)(a)"),
    ("ncnd figures", with_item(PART_REFUSAL, "6", figure_sets=(FIGURES,)), "no_leak", "decision:6", "Remove", "s.2(1)"),
    ("ncnd location", with_item(NEITHER, "1", location="x"), "no_leak", "decision:1", "Remove", "s.2(1)"),
    ("claim on answered", with_claim(PART_REFUSAL, "31", item_labels=("2", "1")),
     "claim_fits_item", "claim:31", "item 1", "s.17(1)"),
    ("claim on no item", with_claim(PART_REFUSAL, "31", item_labels=("2", "99")),
     "claim_fits_item", "claim:31", "99", "s.17(1)"),
    ("withholding the unconfirmed", with_claim(PART_REFUSAL, "40", item_labels=("3", "6")),
     "claim_fits_item", "decision:6", "Item 6", "s.17(1)"),
    ("duplicate of none", with_item(PART_REFUSAL, "8", duplicate_of=""), "duplicate", "decision:8", "which", "s.1(1)"),
    ("duplicate of itself", with_item(PART_REFUSAL, "8", duplicate_of="8"), "duplicate", "decision:8", "which", "s.1"),
    ("duplicate of a stranger", with_item(PART_REFUSAL, "8", duplicate_of="99"), "duplicate", "decision:8", "", "s.1"),
    ("duplicate of a duplicate",
     with_item(with_item(PART_REFUSAL, "10", disposition=Disposition.DUPLICATE, duplicate_of="8"), "8"),
     "duplicate", "decision:10", "item 8", "s.1(1)"),
    ("duplicate of an excluded item", with_item(PART_REFUSAL, "8", duplicate_of="7"),
     "duplicate", "decision:8", "item 7", "s.1(1)"),
    ("withheld figures", with_item(PART_REFUSAL, "2", figure_sets=(FIGURES,)),
     "figures", "decision:2", "would print", "s.1(1)"),
    ("reason without words", with_claim(PART_REFUSAL, "31", why_applies="n/a"),
     "why_applies", "claim:31", "Say why", "s.17(1)(c)"),
    ("invisible answer", without(PART_REFUSAL, answer="\u200b"), "placeholder", "letter", "nothing to read", "s.1"),
    ("ncnd enclosures", without(NEITHER, enclosures=("The files",)), "no_leak", "letter", "enclosures", "s.2(1)"),
    ("difference not explained", without(PART_REFUSAL, reference_differences=(replace(DIFFERENCE, explanation="x"),)),
     "reference_difference", "references", "698/20", "s.1(1)"),
    ("exclusion", clarified(excluded_labels=()), "excluded", "decision:7", "no answered", "s.1(3)"),
    ("unit", figures(unit_of_count=""), "figures", "decision:1", "count", "s.1(1)"),
    ("criteria", figures(criteria=("",)), "figures", "decision:1", "criteria", "s.1(1)"),
    ("no figure", figures(figures=()), "figures", "decision:1", "at least one", "s.1(1)"),
    ("period", figures(figures=REVERSED), "figures", "decision:1", "before it begins", "s.1(1)"),
    ("number", figures(figures=NUMBERLESS), "figures", "decision:1", "number", "s.1(1)"),
    ("difference", without(PART_REFUSAL, reference_differences=(DIFFERENCE,)),
     "reference_difference", "references", "698/20", "s.1(1)"),
    ("subject", without(PART_REFUSAL, subject=" "), "subject", "details", "subject", "s.1(1)"),
    ("subject of a notice", without(ACKNOWLEDGEMENT, subject=""), "subject", "details", "subject", "s.1(1)"),
    ("placeholder in a subject", without(ACKNOWLEDGEMENT, subject="[insert topic]"),
     "placeholder", "details", "[insert topic]", "s.1(1)"),
    ("placeholder in a reading", without(PART_REFUSAL, interpretation="As [insert reading]."),
     "placeholder", "details", "[insert", "s.1(1)"),
    ("authority", authority(PART_REFUSAL, name=""), "authority", "authority", "name", "s.1(1)"),
    ("sender", authority(PART_REFUSAL, address="", email=""), "authority", "authority", "address", "s.1(1)"),
    ("signature", authority(ACKNOWLEDGEMENT, signature_line=""), "signature", "authority", "signature", "s.1(1)"),
    ("correction", without(DISCLOSURE, corrects_letter_of=date(2025, 5, 8)), "correction", "letter", "corrects", "s.1"),
    ("no name", without(PART_REFUSAL, addressee=replace(PART_REFUSAL.addressee, name="")),
     "addressee", "applicant", "name", "s.8(1)(b)"),
    ("no address", without(INVALID, addressee=replace(INVALID.addressee, email="")),
     "addressee", "applicant", "address", "s.8(1)(b)"),
    ("nothing invalid", without(INVALID, validity_gaps=()), "validity", "applicant", "Answer it", "s.8(1)"),
    ("placeholder", without(PART_REFUSAL, answer="See [insert figure]."), "placeholder", "letter", "[insert", "s.1(1)"),
    ("placeholder in a claim", with_claim(PART_REFUSAL, "31", harm="To see XXXX"),
     "placeholder", "claim:31", "XXXX", "s.1"),
    ("placeholder in settings", authority(ACKNOWLEDGEMENT, address="[address]"), "placeholder", "authority", "", "s.1"),
    ("obsolete in an answer", without(DISCLOSURE, answer="See s.40(3)(a)(i)."),
     "obsolete_reference", "letter", "40(3A)(a)", "s.17(1)(b)"),
    ("obsolete in a claim", with_claim(PART_REFUSAL, "31", why_applies="A retained EU obligation bars it."),
     "obsolete_reference", "claim:31", "assimilated obligation", "s.17(1)(c)"),
    ("denied under the wrong regulation", with_claim(EIR_REFUSAL, "12", neither_confirm_nor_deny=True),
     "exception", "claim:12", "12(6)", "EIR regs 12(6), 13(5A), 13(5B)"),
    ("withheld and denied", without(NEITHER, claims=(claim("31(1)(a)", answers={"weighed": "alone"}), *NEITHER.claims)),
     "claim_fits_item", "decision:1", "any other information", "s.2(1)"),
    ("withheld and denied by 23 and 24", without(NEITHER, claims=(
        claim("23(1)"), claim("24(2)", answers={"other_information": "yes"}))),
     "claim_fits_item", "decision:1", "Decide the item as withheld", "s.2(1)"),
    ("FOIA claim under EIR", without(EIR_REFUSAL, claims=(EIR_CLAIM, claim("41(1)(a)(b)"))),
     "regime", "claim:41", "cannot be recorded here yet", "reg 14(3)(a)"),
    ("no exception", without(EIR_REFUSAL, claims=()), "exception", "decision:1", "exception", "reg 14(3)(a)"),
    ("EIR balance", with_claim(EIR_REFUSAL, "12", balance=""), "pit", "claim:12", "public interest", "reg 14(3)(b)"),
    ("EIR unfinished", with_claim(EIR_REFUSAL, "12", why_applies=""), "unfinished", "claim:12", "complete", "14(4)"),
    ("EIR review", authority(EIR_REFUSAL, review_address=""), "reg11", "authority", "review", "reg 14(5)(a)"),
    ("EIR regulator", without(EIR_REFUSAL, regulator=replace(EIR_REFUSAL.regulator, name="")),
     "enforcement", "authority", "name", "reg 14(5)(b)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "gap_id", "where", "says", "reference"),
    [row[1:] for row in BLOCKING],
    ids=[row[0] for row in BLOCKING],
)
def test_each_thing_missing_is_one_blocking_gap(
    facts: LetterFacts, gap_id: str, where: str, says: str, reference: str
) -> None:
    (gap,) = [one for one in gaps_of(facts) if one.blocks]
    assert (gap.id, gap.where) == (gap_id, where)
    assert says in gap.message
    assert reference in gap.reference


#: As from 30 September 2026.
COMMISSION = replace(
    PART_REFUSAL.regulator,
    name="Information Commission",
    since=date(2026, 9, 30),
    former_names=("Information Commissioner",),
)

WARNING: list[tuple[str, LetterFacts, str, str, str]] = [
    ("search", without(DISCLOSURE, searches=()), "search_recorded", "search", "ICO"),
    ("validity", without(DISCLOSURE, validity_gaps=("name",)), "validity", "applicant", "s.8(1)"),
    ("review", authority(DISCLOSURE, review_address=""), "complaints_procedure", "authority", "s.45"),
    ("regulator", without(NOT_HELD, regulator=replace(NOT_HELD.regulator, address="")), "s50_right", "authority", "50"),
    ("label", figures(figures=(replace(FIGURES.figures[0], label="Z)"),)), "figures", "decision:1", "s.1(1)"),
    ("functions", with_item(PART_REFUSAL, "10", explanation=""), "outside_functions", "decision:10", "s.7(5)"),
    ("excluded but answered", clarified(excluded_labels=("7", "1")), "excluded", "decision:1", "s.1(3)"),
    ("EIR clarification", without(EIR_REFUSAL, clarifications=(replace(PART_REFUSAL.clarifications[0], effect=None),)),
     "clarification", "clarification", "EIR reg 9(2)"),
    ("effect", clarified(effect=None), "clarification", "clarification", "s.10(6)"),
    ("open clarification", without(DISCLOSURE, clarifications=(replace(
        PART_REFUSAL.clarifications[0], answered_on=None, excluded_labels=()),)),
     "clarification", "clarification", "s.1(3)"),
    ("which enclosure", with_item(PART_REFUSAL, "3", explanation=""), "communicates", "decision:3", "s.1(1)(b)"),
    ("redaction", without(PART_REFUSAL, enclosures=("Redacted e-mails",)), "redaction_codes", "letter", "ICO"),
    ("phrase", without(DISCLOSURE, answer="As the Data Protection Act 1998 said."),
     "obsolete_reference", "letter", "s.17(1)(c)"),
    ("principle of old", with_claim(PART_REFUSAL, "31", why_applies="The first data protection principle bars it."),
     "obsolete_reference", "claim:31", "s.17(1)(c)"),
    ("regulator of old", without(DISCLOSURE, answer="Ask the Information Commissioner.", regulator=COMMISSION),
     "obsolete_reference", "letter", "s.50(1)"),
    ("withheld and denied by 23 and 24", without(WITHHELD, claims=(claim("23(1)"), claim("24(2)"))),
     "no_leak", "claim:24", "s.2(1)"),
    ("denials weighed", without(NEITHER, claims=(claim("31(3)"), claim("24(2)"))),
     "cumulative_pit", "claim:24", "UKSC"),
    ("weighed in two ways", without(WITHHELD, claims=(
        claim("31(1)(a)", answers={"weighed": "together"}), claim("42(1)", answers={"weighed": "alone"}))),
     "cumulative_pit", "claim:31", "UKSC"),
    ("weighed with nothing", without(WITHHELD, claims=(claim("31(1)(a)", answers={"weighed": "together"}),)),
     "cumulative_pit", "claim:31", "UKSC"),
    ("leak in an answer", without(NEITHER, claims=(
        claim("41(2)", answers={"public_interest_defence": "We hold the statement of one officer."}),)),
     "no_leak", "claim:41", "s.2(1)"),
    ("threshold", with_claim(PART_REFUSAL, "31", harm="It is more than likely."), "harm_evidence", "claim:31", "17(1)"),
    ("masking", without(WITHHELD, claims=(claim("23(1)"), claim("24(1)"))), "masking", "claim:23", "UKUT 248"),
    ("weighing", without(WITHHELD, claims=(claim("31(1)(a)", balance="Safety wins"), claim("42(1)", balance="And so"))),
     "cumulative_pit", "claim:31", "UKSC 27"),
    ("leak in an item", with_item(NEITHER, "1", explanation="No information is held."), "no_leak", "decision:1", "s.2"),
    ("leak in a reason", with_claim(NEITHER, "31", why_applies="We hold two files."), "no_leak", "claim:31", "s.2(1)"),
    ("leak in the answer", without(NEITHER, answer="We found three files."), "no_leak", "letter", "s.2(1)"),
    ("reasons left out", with_claim(PART_REFUSAL, "31", reasons_omitted=True, why_applies=""),
     "why_applies", "claim:31", "s.17(4)"),
    ("leak in a search", without(PART_REFUSAL, searches=(replace(
        PART_REFUSAL.searches[0], criteria="Larch: three files were found"),)), "no_leak", "search", "s.2(1)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "gap_id", "where", "reference"), [row[1:] for row in WARNING], ids=[row[0] for row in WARNING]
)
def test_good_practice_warns(facts: LetterFacts, gap_id: str, where: str, reference: str) -> None:
    (gap,) = gaps_of(facts)
    assert (gap.id, gap.where, gap.blocks) == (gap_id, where, False)
    assert reference in gap.reference


def test_disclosing_needs_something_given() -> None:
    empty = with_item(without(DISCLOSURE, answer=""), "1", explanation="")
    (gap,) = gaps_of(empty)
    assert (gap.id, gap.where, gap.reference) == ("communicates", "decision:1", "FOIA s.1(1)(b)")
    for given_ in ({"answer": "Seven."}, {"enclosures": ("The guidance",)}):
        assert gaps_of(without(empty, **given_)) == ()
    assert gaps_of(with_item(empty, "1", figure_sets=(FIGURES,))) == ()


@pytest.mark.parametrize(
    "says", ["The e-mails of item 3, redacted under s.40(2)", "Items 1 to 3 (redacted, s.40(2))"]
)
def test_an_enclosure_can_say_which_item_it_answers(says: str) -> None:
    assert gaps_of(without(with_item(PART_REFUSAL, "3", explanation=""), enclosures=(says,))) == ()


def test_a_claim_without_items_leaves_the_item_without_exemption() -> None:
    found = gaps_of(with_claim(PART_REFUSAL, "31", item_labels=()))
    assert [(gap.id, gap.where) for gap in found] == [
        ("specifies_exemption", "decision:2"),
        ("claim_fits_item", "claim:31"),
    ]


def test_environmental_requests_need_no_name() -> None:
    assert gaps_of(without(EIR_REFUSAL, addressee=replace(EIR_REFUSAL.addressee, name=""))) == ()
    not_held = without(NOT_HELD, regime="EIR", searches=(), advice="")
    assert {gap.reference for gap in gaps_of(not_held)} == {
        "EIR reg 12(4)(a)",
        "House rule; EIR regs 9(1), 10(1)",
    }


@pytest.mark.parametrize(
    ("facts", "types"),
    [
        (DISCLOSURE, {"answer"}),
        (NOT_HELD, {"answer", "not_held"}),
        (WITHHELD, {"answer", "absolute_exemption", "qualified_exemption_with_pit"}),
        (NEITHER, {"answer", "ncnd"}),
        (without(WITHHELD, claims=()), {"answer", "absolute_exemption"}),
        (without(NEITHER, claims=()), {"answer", "ncnd"}),
        (without(WITHHELD, claims=(claim("31(3)"),)), {"answer", "ncnd"}),
        (without(DISCLOSURE, kind="full_refusal"), {"answer", "absolute_exemption", "partial"}),
        (EIR_REFUSAL, {"eir_answer", "eir_refusal"}),
        (without(NOT_HELD, regime="EIR"), {"eir_answer", "eir_not_held"}),
        (
            PART_REFUSAL,
            {"answer", "not_held", "absolute_exemption", "qualified_exemption_with_pit", "ncnd", "partial"},
        ),
    ],
)
def test_kinds_of_notice_follow_from_items_and_claims(facts: LetterFacts, types: set[str]) -> None:
    assert set(notice_types(notice_of(facts))) == types


@pytest.mark.parametrize(
    ("holding", "dispositions"),
    [
        (Holding.NOT_HELD, [Disposition.NOT_HELD, Disposition.NEITHER]),
        (Holding.HELD, [Disposition.WITHHELD, Disposition.NEITHER]),
        (Holding.PARTLY_HELD, [Disposition.DISCLOSED]),
        (Holding.HELD, [Disposition.OUTSIDE_FUNCTIONS]),
        (None, [Disposition.DUPLICATE]),
        (Holding.PARTLY_HELD, [Disposition.NOT_HELD, Disposition.ACCESSIBLE]),
        (Holding.NEITHER, [Disposition.NEITHER, Disposition.OUTSIDE_FUNCTIONS]),
    ],
)
def test_holding_statements_that_agree(holding: Holding | None, dispositions: list[Disposition]) -> None:
    items = [replace(one_item(one), label=str(number)) for number, one in enumerate(dispositions)]
    found = gaps_of(answer("disclosure", holding, *items))
    assert "confirm_held" not in {gap.id for gap in found}


def test_gaps_come_in_the_order_of_the_case_blocking_first() -> None:
    bad = with_item(with_item(PART_REFUSAL, "10", disposition=None), "2", disposition=None)
    bad = authority(without(bad, searches=(), enclosures=("Redacted",)), signature_line="")
    found = gaps_of(bad)
    assert [gap.blocks for gap in found] == sorted((gap.blocks for gap in found), reverse=True)
    decisions = [gap.where for gap in found if gap.id == "item_decided"]
    assert decisions == ["decision:2", "decision:10"]
    assert found[-1].id == "redaction_codes"
    assert sorted(["10", "b", "2", "a)", ""], key=natural) == ["", "2", "10", "a)", "b"]


#: Changes that each take one thing away from the part refusal, and the id of the gap it leaves.
CUTS: list[tuple[Callable[[LetterFacts], LetterFacts], str]] = [
    (lambda f: with_claim(f, "31", why_applies=""), "why_applies"),
    (lambda f: with_claim(f, "31", harm=""), "harm_evidence"),
    (lambda f: with_claim(f, "31", balance=""), "pit_reasons"),
    (lambda f: with_claim(f, "24", balance=""), "pit_reasons_ncnd"),
    (lambda f: with_claim(f, "40", limbs=()), "specifies_exemption"),
    (lambda f: with_item(f, "5", location=""), "s21_location"),
    (lambda f: with_item(f, "8", duplicate_of=""), "duplicate"),
    (lambda f: authority(f, review_address=""), "complaints_procedure"),
    (lambda f: replace(f, regulator=replace(f.regulator, name="")), "s50_right"),
    (lambda f: replace(f, holding=None), "confirm_held"),
    (lambda f: replace(f, advice=""), "advice"),
    (lambda f: replace(f, subject=""), "subject"),
    (lambda f: replace(f, searches=()), "search_recorded"),
    (lambda f: replace(f, clarifications=()), "excluded"),
    (lambda f: with_item(f, "10", disposition=None, explanation=""), "item_decided"),
]


@given(st.sets(st.sampled_from(CUTS)))
def test_taking_things_away_gives_exactly_their_gaps(
    cuts: set[tuple[Callable[[LetterFacts], LetterFacts], str]],
) -> None:
    facts = PART_REFUSAL
    for cut, _ in cuts:
        facts = cut(facts)
    assert sorted(gap.id for gap in gaps_of(facts)) == sorted(gap_id for _, gap_id in cuts)


@given(
    st.permutations(PART_REFUSAL.items),
    st.permutations(PART_REFUSAL.claims),
    st.sets(st.sampled_from(CUTS)),
)
def test_the_order_of_items_and_claims_makes_no_difference(items: Any, claims: Any, cuts: Any) -> None:
    facts = PART_REFUSAL
    for cut, _ in cuts:
        facts = cut(facts)
    shuffled = replace(PART_REFUSAL, items=tuple(items), claims=tuple(claims))
    for cut, _ in cuts:
        shuffled = cut(shuffled)
    assert gaps_of(shuffled) == gaps_of(facts)


@pytest.mark.parametrize(
    "facts",
    [
        clarified(effect=ClockEffect.RESTARTS),
        without(PART_REFUSAL, reference_differences=(replace(DIFFERENCE, explanation="A slip of the pen."),)),
        answer("disclosure", None, one_item(Disposition.EXCLUDED), searches=(),
               clarifications=(replace(PART_REFUSAL.clarifications[0], excluded_labels=("1",)),)),
        without(PART_REFUSAL, claims=(
            *PART_REFUSAL.claims[:3], claim("24(2)", "6", "2", answers={"other_information": "yes"}))),
        without(NEITHER, claims=(claim("23(5)"), claim("24(2)"))),
        without(DISCLOSURE, claims=(claim("23(5)", answers={"other_information": "yes"}),)),
        without(NOT_HELD, claims=(claim("31(3)", answers={"other_information": "yes"}),)),
        without(WITHHELD, claims=(
            claim("31(1)(a)", answers={"weighed": "together"}), claim("42(1)", answers={"weighed": "together"}))),
        without(NOT_HELD, regulator=replace(NOT_HELD.regulator, address="", website="ico.org.uk")),
    ],
    ids=["clock effect given", "difference explained", "nothing left", "neither confirmed beyond what is withheld",
         "23(5) and 24(2) together", "disclosed, and any other neither confirmed", "not held, and any other neither",
         "weighed together", "the regulator reached online"],
)  # fmt: skip
def test_what_is_in_order_is_no_gap(facts: LetterFacts) -> None:
    assert gaps_of(facts) == ()
