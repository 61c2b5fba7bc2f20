"""The catalogue of Part II against the Act, and the references officers type against the catalogue."""

import copy
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.queries.exemption_catalogue import (
    designated_functions,
    exemption_catalogue,
)
from requests_app.rules.casework.authority_kind import AuthorityKind
from requests_app.rules.exemptions.catalogue import (
    Catalogue,
    Exemption,
    ExemptionKind,
    Limb,
    ObsoleteReference,
    UnknownLimb,
    Usable,
)
from requests_app.rules.exemptions.catalogue_data import CatalogueError, parse_catalogue

CATALOGUE = exemption_catalogue()

#: Every limb of Part II: section, what withholds, what allows neither to confirm nor to deny.
LIMBS: dict[str, tuple[str, str]] = {
    "21": ("21(1) 21(2)(a) 21(2)(b) 21(3)", ""),
    "22": ("22(1)(a) 22(1)(b) 22(1)(c)", "22(2)"),
    "22A": ("22A(1)(a) 22A(1)(b)(i) 22A(1)(b)(ii) 22A(1)(b)(iii) 22A(1)(b)(iv)", "22A(2)"),
    "23": ("23(1) 23(2)", "23(5)"),
    "24": ("24(1) 24(3)", "24(2)"),
    "26": ("26(1)(a) 26(1)(b)", "26(3)"),
    "27": ("27(1)(a) 27(1)(b) 27(1)(c) 27(1)(d) 27(2)", "27(4)(a) 27(4)(b)"),
    "28": ("28(1)", "28(3)"),
    "29": ("29(1)(a) 29(1)(b)", "29(2)"),
    "30": (
        "30(1)(a)(i) 30(1)(a)(ii) 30(1)(b) 30(1)(c) "
        "30(2)(a)(i) 30(2)(a)(ii) 30(2)(a)(iii) 30(2)(a)(iv) 30(2)(b)",
        "30(3)",
    ),
    "31": (
        "31(1)(a) 31(1)(b) 31(1)(c) 31(1)(d) 31(1)(e) 31(1)(f) 31(1)(g) 31(1)(h) 31(1)(i)",
        "31(3)",
    ),
    "32": ("32(1)(a) 32(1)(b) 32(1)(c)(i) 32(1)(c)(ii) 32(2)(a) 32(2)(b)", "32(3)"),
    "33": ("33(1)(a)/33(2) 33(1)(b)/33(2)", "33(3)"),
    "34": ("34(1) 34(3)", "34(2)"),
    "35": ("35(1)(a) 35(1)(b) 35(1)(c) 35(1)(d)", "35(3)"),
    "36": ("36(2)(a)(i) 36(2)(a)(ii) 36(2)(a)(iii) 36(2)(b)(i) 36(2)(b)(ii) 36(2)(c)", "36(3)"),
    "37": (
        "37(1)(a) 37(1)(aa) 37(1)(ab) 37(1)(ac) 37(1)(ad) 37(1)(b)",
        "37(2)+(1)(a)-(ab) 37(2)+(1)(ac)-(b)",
    ),
    "38": ("38(1)(a) 38(1)(b)", "38(2)"),
    "39": ("39(1)(a) 39(1)(b)", "39(2)"),
    "40": (
        "40(1) 40(2)+(3A)(a) 40(2)+(3A)(b) 40(2)+(3B) 40(2)+(4A)(a) 40(2)+(4A)(b)",
        "40(5A) 40(5B)(a)(i) 40(5B)(a)(ii) 40(5B)(b) 40(5B)(c) 40(5B)(d)",
    ),
    "41": ("41(1)(a) 41(1)(b)", "41(2)"),
    "42": ("42(1)", "42(2)"),
    "43": ("43(1) 43(2)", "43(3)"),
    "44": ("44(1)(a) 44(1)(b) 44(1)(c)", "44(2)"),
}

#: FOIA s.2(3): the absolute exemptions “and no others”, with what lifts the duty to confirm for them.
ABSOLUTE_SECTIONS = {"21", "23", "32", "34", "41", "44"}
ABSOLUTE_LIMBS = {
    *("37(1)(a)", "37(1)(aa)", "37(1)(ab)", "37(2)+(1)(a)-(ab)"),
    *("40(1)", "40(2)+(3A)(a)", "40(2)+(3A)(b)", "40(5A)", "40(5B)(a)(i)", "40(5B)(a)(ii)"),
}
HARM_SECTIONS = {"22A", "24", "26", "27", "28", "29", "31", "33", "36", "38", "43"}
CLASS_LIMBS_IN_HARM_SECTIONS = {"27(2)", "27(4)(b)", "43(1)"}


def every_limb() -> list[Limb]:
    return [limb for exemption in CATALOGUE.exemptions for limb in exemption.all_limbs]


def test_every_section_and_limb_of_part_two_is_there() -> None:
    assert [exemption.section for exemption in CATALOGUE.exemptions] == list(LIMBS)
    for section, (withholding, ncnd) in LIMBS.items():
        exemption = CATALOGUE.exemption(section)
        assert [exemption.limb(ref) for ref in withholding.split()] == list(exemption.limbs)
        assert [exemption.limb(ref) for ref in ncnd.split()] == list(exemption.neither_confirm_nor_deny)


@pytest.mark.parametrize("limb", every_limb(), ids=lambda limb: limb.ref)
def test_each_limb_asks_for_what_the_act_asks(limb: Limb) -> None:
    assert limb.absolute is (limb.section in ABSOLUTE_SECTIONS or limb.ref in ABSOLUTE_LIMBS)
    assert limb.public_interest_required is not limb.absolute
    harm = limb.section in HARM_SECTIONS and limb.ref not in CLASS_LIMBS_IN_HARM_SECTIONS
    assert limb.harm_required is harm
    assert limb.likelihood_required is (harm and limb.section != "24")
    assert limb.public_interest_disputed is (limb.ref.startswith("40(5B)(a)") or limb.ref == "40(5A)")


@pytest.mark.parametrize("limb", every_limb(), ids=lambda limb: limb.ref)
def test_each_summary_can_be_printed_in_a_letter(limb: Limb) -> None:
    assert limb.summary[0].isupper()
    assert limb.summary.endswith(".")
    assert "…" not in limb.summary
    assert "..." not in limb.summary
    assert 20 < len(limb.summary) < 320
    assert [other.ref for other in every_limb() if other.summary == limb.summary] == [limb.ref]


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("21", "absolute"),
        ("31", "qualified"),
        ("36", "mixed"),
        ("37", "mixed"),
        ("40", "mixed"),
        ("44", "absolute"),
    ],
)
def test_kind_of_a_section(section: str, kind: str) -> None:
    assert CATALOGUE.exemption(section).kind is ExemptionKind(kind)


@pytest.mark.parametrize(
    ("kind", "limited"),
    [
        (AuthorityKind.NATIONAL_BODY, {"30": "rarely", "33": "no", "35": "no", "39": "doubtful"}),
        (AuthorityKind.POLICE_FORCE, {"33": "no", "35": "no"}),
        (AuthorityKind.GOVERNMENT, {"33": "no"}),
        (AuthorityKind.AUDIT_BODY, {"35": "no"}),
        (AuthorityKind.PARLIAMENT, {"33": "no", "35": "no"}),
        (AuthorityKind.OTHER, {"33": "no", "35": "no"}),
    ],
)
def test_what_an_authority_can_use_follows_its_kind(kind: AuthorityKind, limited: dict[str, str]) -> None:
    catalogue = exemption_catalogue(kind)
    found = {one.section: one for one in catalogue.exemptions if one.usable is not Usable.YES}
    assert {section: one.usable.value for section, one in found.items()} == limited
    assert all(one.usable_reason for one in found.values())


def test_section_36_is_absolute_for_parliament_alone() -> None:
    """FOIA s.2(3)(e): so far as relating to information held by the House of Commons or the House of Lords."""
    for kind in AuthorityKind:
        limbs = exemption_catalogue(kind).exemption("36").all_limbs
        assert {limb.absolute for limb in limbs} == {kind is AuthorityKind.PARLIAMENT}
        assert {limb.public_interest_required for limb in limbs} == {kind is not AuthorityKind.PARLIAMENT}


#: What limbs ask besides their reasons; a missing answer blocks.
ASKED = {
    "purpose": "31(1)(g) 31(1)(h) 31(1)(i)",
    "qualified_person": "36(2)(a)(i) 36(2)(a)(ii) 36(2)(a)(iii) 36(2)(b)(i) 36(2)(b)(ii) 36(2)(c) 36(3)",
    "opinion_on": "36(2)(a)(i) 36(2)(a)(ii) 36(2)(a)(iii) 36(2)(b)(i) 36(2)(b)(ii) 36(2)(c) 36(3)",
    "personal_data": "40(2)+(3A)(a) 40(2)+(3A)(b) 40(2)+(3B) 40(2)+(4A)(a) 40(2)+(4A)(b)",
    "special_data": "40(2)+(3A)(a) 40(2)+(3A)(b)",
    "principle": "40(2)+(3A)(a) 40(2)+(3A)(b) 40(5B)(a)(i) 40(5B)(a)(ii)",
    "legitimate_interest": "40(2)+(3A)(a) 40(2)+(3A)(b)",
    "necessity": "40(2)+(3A)(a) 40(2)+(3A)(b)",
    "person_interests": "40(2)+(3A)(a) 40(2)+(3A)(b)",
    "withheld_from_subject": "40(2)+(4A)(a) 40(2)+(4A)(b)",
    "not_told_to_subject": "40(5B)(c) 40(5B)(d)",
    "obtained_from": "41(1)(a) 41(1)(b)",
    "quality_of_confidence": "41(1)(a) 41(1)(b)",
    "obligation_of_confidence": "41(1)(a) 41(1)(b)",
    "public_interest_defence": "41(1)(a) 41(1)(b) 41(2)",
    "privilege": "42(1) 42(2)",
    "inquiry": "32(2)(a) 32(2)(b)",
    "enactment": "44(1)(a)",
    "assimilated_obligation": "44(1)(b)",
    "court_order": "44(1)(c)",
    "prohibition": "44(2)",
    "certificate_signed_by": "23(2) 24(3) 34(3)",
    "certificate_on": "23(2) 24(3) 34(3)",
}


def test_what_each_limb_asks() -> None:
    asked: dict[str, list[str]] = {}
    for limb in every_limb():
        for name in limb.asks:
            asked.setdefault(name, []).append(limb.ref)
    assert asked == {name: refs.split() for name, refs in ASKED.items()}


@pytest.mark.parametrize("limb", every_limb(), ids=lambda limb: limb.ref)
def test_what_every_limb_of_a_sort_may_say(limb: Limb) -> None:
    assert ("other_information" in limb.may_ask) is limb.neither_confirm_nor_deny
    assert ("weighed" in limb.may_ask) is not limb.absolute
    assert ("records_from" in limb.may_ask) is (limb.falls_away_after is not None)


def test_a_class_is_said_only_where_the_act_covers_one() -> None:
    """Not for 40(2), 40(5B), 41, nor for 34 and 44, which ask what the information would do."""
    classed = {limb.section for limb in every_limb() if limb.class_based}
    assert classed == {"23", "27", "30", "32", "35", "37", "39", "42", "43"}
    assert not any(limb.class_based and limb.harm_required for limb in every_limb())


@pytest.mark.parametrize(
    ("years", "refs"),
    [
        (20, "30(1)(a)(i) 30(1)(b) 32(1)(a) 32(3) 33(1)(a) 35(1)(a) 36(2)(c) 36(3) 42(1)"),
        (30, "28(1) 43(2)"),
        (60, "37(1)(b)"),
        (100, "31(1)(a)"),
        (None, "21(1) 23(1) 24(1) 30(2)(b) 40(2)+(3A)(a) 41(1)(b) 44(1)(a)"),
    ],
)
def test_when_an_exemption_ceases_to_cover_a_record(years: int | None, refs: str) -> None:
    """FOIA s.63."""
    assert {CATALOGUE.limb(ref[:2], ref).falls_away_after for ref in refs.split()} == {years}


def test_the_bodies_of_section_23_can_be_read() -> None:
    bodies = CATALOGUE.security_bodies.listed
    assert [body.ref for body in bodies] == [f"23(3)({letter})" for letter in "abcdefghijklmnop"]
    assert [body.ref for body in bodies if body.since] == ["23(3)(p)"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "the Security Services",
            "MI5",
            "UKSF",
            "the Tribunal",
            "the Investigatory Powers Commissioner",
            "special forces",
        ),
        *(
            "Special Air Service",
            "The Tribunal",
            "special forces",
            "National crime agency",
            "a Judicial Commissioner",
            "GCHQ’s view",
        ),
    ],
)
def test_a_security_body_is_known_by_what_people_call_it(text: str) -> None:
    assert CATALOGUE.security_bodies.named_in(f"It came from {text}.")


@pytest.mark.parametrize(
    "text", ["", "the tribunal’s basis", "his analysis of risk", "a service for victims", "Nasca"]
)
def test_other_words_name_no_security_body(text: str) -> None:
    assert not CATALOGUE.security_bodies.named_in(text)


def test_designated_functions() -> None:
    assert [function.ref for function in designated_functions()] == [f"2(1)({letter})" for letter in "abcdef"]
    assert all(function.summary.endswith(".") and function.title for function in designated_functions())


@pytest.mark.parametrize(
    ("typed", "refs"),
    [
        ("31(1)(a)", "31(1)(a)"),
        ("s.31(1)(a)", "31(1)(a)"),
        ("s31(1)(A)", "31(1)(a)"),
        ("Section 31 (1) (a)", "31(1)(a)"),
        ("FOIA s. 31(1)(a)", "31(1)(a)"),
        ("section 31(1)(a) of the Act", "31(1)(a)"),
        ("s31(1)(a)(b)", "31(1)(a) 31(1)(b)"),
        ("31(1)(a) and (b)", "31(1)(a) 31(1)(b)"),
        ("31(1)(a), 31(1)(b), 31(1)(a)", "31(1)(a) 31(1)(b)"),
        ("31(1)(a)-(c)", "31(1)(a) 31(1)(b) 31(1)(c)"),
        ("31(1)(a) to (c)", "31(1)(a) 31(1)(b) 31(1)(c)"),
        ("36(2)(b)(i) and (ii)", "36(2)(b)(i) 36(2)(b)(ii)"),
        ("36(2)(b)(i) and (c)", "36(2)(b)(i) 36(2)(c)"),
        ("30(2)(a)(iii) and (b)", "30(2)(a)(iii) 30(2)(b)"),
        ("22a(1)(a)(b)(i)", "22A(1)(a) 22A(1)(b)(i)"),
        ("40(2)+(3A)(a)", "40(2)+(3A)(a)"),
        ("40(3A)(a)", "40(2)+(3A)(a)"),
        ("s.40(2) by virtue of s.40(3A)(a)", "40(2)+(3A)(a)"),
        ("40(2)(b)(3A)(a)", "40(2)+(3A)(a)"),
        ("33(1)(a)", "33(1)(a)"),
        ("37(2) re (a)-(ab)", "37(2)+(1)(a)-(ab)"),
        ("37(2) re (ac),(ad),(b)", "37(2)+(1)(ac)-(b)"),
        ("ss.23(5) and 24(2)", "23(5) 24(2)"),
    ],
)
def test_references_as_officers_type_them(typed: str, refs: str) -> None:
    assert [limb.ref for limb in CATALOGUE.lookup(typed)] == refs.split()


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("31", "31(1)(a)"),
        ("40(2)", "40(2)+(3A)(a)"),
        ("27(4)", "27(4)(b)"),
        ("31(1)(z)", "31(1)(i)"),
        ("31(1)(a)(z)", "31(1)(a)"),
        ("31(1)(z)(a)", "31(1)(b)"),
        ("31(9)", "31(3)"),
        ("31(1)(c)-(a)", "31(1)(a)"),
        ("31(1)(a)-(3)", "31(1)(b)"),
        ("22(1)(d) and 31(1)(a)", "22(1)(c)"),
        ("41(1)-(2)", "41(1)(a)"),
    ],
)
def test_an_unknown_limb_is_answered_with_near_ones(typed: str, suggestion: str) -> None:
    with pytest.raises(UnknownLimb) as error:
        CATALOGUE.lookup(typed)
    assert suggestion in error.value.suggestions


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "(1)(a)",
        "law enforcement",
        "31(1)(a",
        "31(1)(a)-",
        "31(1)(a) to 31(1)(c)",
        "31(1)[a]",
        "99(1)",
    ],
)
def test_what_is_no_reference_says_so(typed: str) -> None:
    with pytest.raises(UnknownLimb) as error:
        CATALOGUE.lookup(typed)
    assert "Type it like 31(1)(a)" in str(error.value) or "is not an exemption" in str(error.value)


@pytest.mark.parametrize("ref", ["40(3)(a)(i)", "s40(4)", "Section 40 (5) (b) (i)"])
def test_an_obsolete_reference_names_the_current_one(ref: str) -> None:
    for ask in (CATALOGUE.lookup, CATALOGUE.exemption("40").limb):
        with pytest.raises(ObsoleteReference, match=r"25 May 2018\. The current reference is 40\(") as error:
            ask(ref)
        assert error.value.suggestions[0] in str(error.value)


def test_one_section_by_any_name_and_one_limb_of_it() -> None:
    assert CATALOGUE.exemption("s.22a") is CATALOGUE.exemption("22A")
    assert CATALOGUE.limb("31", "s.31(1)(a)").ref == "31(1)(a)"
    with pytest.raises(UnknownLimb, match="names several limbs"):
        CATALOGUE.limb("31", "31(1)(a)(b)")
    with pytest.raises(UnknownLimb, match="names section 40, not section 31"):
        CATALOGUE.limb("31", "40(1)")
    with pytest.raises(UnknownLimb, match="Type its number"):
        CATALOGUE.exemption("31(1)")
    with pytest.raises(UnknownLimb, match="Type its number"):
        CATALOGUE.exemption("31 and 40")


def test_requirements_of_mixed_limbs_add_up() -> None:
    royal = CATALOGUE.exemption("37")
    both = royal.requirements([royal.limb("37(1)(a)"), royal.limb("37(1)(b)")])
    assert (both.absolute, both.public_interest, both.harm) == (False, True, False)
    assert royal.requirements([royal.limb("37(1)(a)")]).absolute
    law = CATALOGUE.exemption("31")
    asks = law.requirements([law.limb("31(1)(a)"), law.limb("31(1)(g)")])
    assert [one.name for one in asks.asks] == ["purpose"]
    assert [one.name for one in asks.may_ask] == ["covers", "in_the_alternative", "weighed", "records_from"]


@given(st.sampled_from(every_limb()), st.sampled_from(["", "s.", "s", "Section ", "FOIA s."]), st.booleans())
def test_every_limb_is_found_however_it_is_written(limb: Limb, before: str, spaced: bool) -> None:
    written = before + (limb.ref.replace("(", " ( ").replace(")", " ) ") if spaced else limb.ref)
    assert CATALOGUE.lookup(written) == (limb,)
    assert CATALOGUE.lookup(written.upper()) == (limb,)
    assert all(CATALOGUE.lookup(other) == (limb,) for other in limb.also_written)


@given(st.text(max_size=40))
def test_any_text_gives_limbs_or_a_clear_error(text: str) -> None:
    try:
        found = CATALOGUE.lookup(text)
    except UnknownLimb:
        found = tuple(CATALOGUE.lookup("31(1)(a)"))
    assert found


SMALL: dict[str, Any] = {
    "section": "31",
    "title": "Law enforcement",
    "kind": "qualified",
    "source": "FOIA s.31",
    "limbs": [{"ref": "31(1)(a)", "summary": "One."}, {"ref": "31(1)(b)", "summary": "Two."}],
}


def small(**changed: Any) -> dict[str, Any]:
    return copy.deepcopy(SMALL) | changed


def parsed(entries: list[dict[str, Any]], questions: Sequence[dict[str, Any]] = ()) -> Catalogue:
    return parse_catalogue({"exemptions": entries, "questions": questions}, AuthorityKind.OTHER)


QUESTION = {"name": "q", "kind": "line", "label": "Q", "reference": "FOIA s.31", "level": "statutory"}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"label": ""}, "“q” lacks “label”"),
        ({"colour": "red"}, "unknown key “colour”"),
        ({"kind": "song"}, "song"),
        ({"kind": "choice"}, "options belong to a choice"),
        ({"options": [{"code": "a", "label": "A", "says": "a"}]}, "options belong to a choice"),
        ({"kind": "words"}, "needs a heading"),
        ({"unless": {"r": ["yes"]}}, "unknown question “r”"),
    ],
)
def test_a_question_that_is_not_whole_is_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(CatalogueError, match=says):
        parsed([small()], [QUESTION | changed])
    with pytest.raises(CatalogueError, match="listed twice"):
        parsed([small()], [QUESTION, QUESTION])


def test_a_small_catalogue_takes_defaults_from_its_section() -> None:
    exemption: Exemption = parsed([small(harm_required=True)]).exemption("31")
    assert exemption.limbs[0].likelihood_required
    assert exemption.usable is Usable.YES
    assert exemption.neither_confirm_nor_deny == ()


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([small(title="")], "Section 31 lacks “title”"),
        ([{}], "Section \\? lacks “section”"),
        ([small(limb=1)], "unknown key “limb”"),
        ([small(limbs=[{"ref": "31(1)(a)"}])], "Limb 31\\(1\\)\\(a\\) lacks “summary”"),
        ([small(limbs=[{"summary": "x", "ref": "31(1)", "pit": 1}])], "unknown key “pit”"),
        ([small(kind="mixed")], "has to say absolute or qualified"),
        ([small(limbs=SMALL["limbs"] * 2)], "lists a limb twice"),
        ([small(limbs=[{"ref": "31(1)", "summary": "x", "needs": [["31(9)"]]}])], "unknown limb 31\\(9\\)"),
        ([small(asks=["z"])], "asks an unknown question “z”"),
        ([small(only_for=["parliament"])], "do not go together"),
        ([small(usable_reason="x")], "do not go together"),
        ([small(), small()], "listed twice"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(entries: list[dict[str, Any]], says: str) -> None:
    with pytest.raises(CatalogueError, match=says):
        parsed(entries)


def test_a_limb_without_harm_asks_for_no_likelihood_though_its_section_does() -> None:
    limbs = [{"ref": "31(1)(a)", "summary": "x", "harm_required": False}, {"ref": "31(1)(b)", "summary": "y"}]
    section = small(limbs=limbs, harm_required=True, likelihood_required=True)
    without, with_harm = parsed([section]).exemption("31").limbs
    assert (without.harm_required, without.likelihood_required) == (False, False)
    assert (with_harm.harm_required, with_harm.likelihood_required) == (True, True)
