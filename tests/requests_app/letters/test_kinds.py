"""Every kind of letter is declared whole: its folder, words, people, fields, elements and links."""

from collections import Counter
from dataclasses import replace

import pytest
from django.urls import reverse

from foitracker.accounts.permissions import ROLES_FOR
from requests_app.forms.response import LetterForm
from requests_app.letters.kind import FIXED_AT, LetterField, LetterKind
from requests_app.letters.kinds import BY_CODE, KINDS, answer_to, kind_label, kinds_at
from requests_app.letters.render import render_html
from requests_app.models import Letter
from requests_app.queries.exemption_catalogue import refusal_elements
from requests_app.rules.casework.workflow import UNANSWERED_OUTCOMES, Outcome
from requests_app.rules.letters.checks import ANSWER_CHECKS, LETTER_CHECKS
from requests_app.rules.letters.facts import LetterFacts
from tests.requests_app.letters.golden import KINDS_FOLDER, golden_of
from tests.requests_app.letters.letter_cases import redacted_cases

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
FIELDS = [(kind, field) for kind in KINDS for field in kind.fields]


def test_every_folder_is_a_kind_in_the_table_and_the_reverse() -> None:
    folders = {path.parent.name for path in KINDS_FOLDER.glob("*/__init__.py")}
    assert folders == set(BY_CODE)
    assert len(BY_CODE) == len(KINDS)


@each_kind
def test_its_code_can_be_stored_and_stand_in_an_address(kind: LetterKind) -> None:
    assert kind.code.isidentifier()
    assert len(kind.code) <= (Letter._meta.get_field("kind").max_length or 0)
    assert kind.is_answer or kind.code != "answer"
    assert kind in kinds_at(kind.address)
    assert kind_label(kind.code) == kind.label


@each_kind
def test_its_template_prints_its_own_letters(kind: LetterKind) -> None:
    assert golden_of(kind.code)
    for make in golden_of(kind.code).values():
        assert make().kind == kind.code
        assert kind.label.lower() in render_html(make()).partition("</title>")[0]


@each_kind
def test_somebody_may_write_and_issue_it_and_two_people_are_needed_for_an_answer(kind: LetterKind) -> None:
    asked = [kind.may_write, kind.may_issue]
    assert (kind.may_submit is not None) == (kind.may_approve is not None) == kind.is_answer
    for permission in (*asked, *filter(None, (kind.may_submit, kind.may_approve))):
        assert ROLES_FOR[permission]


@each_kind
def test_its_form_has_its_fields(kind: LetterKind) -> None:
    form = LetterForm(kinds=kinds_at(kind.address))
    for field in kind.fields:
        assert field.name.isidentifier()
        assert (form.fields[field.name].label, form.fields[field.name].help_text) == (field.label, field.hint)
    names = Counter(field.name for field in kind.fields)
    assert not names.keys() & {"kind", "correction", "seen_version"}
    assert max(names.values(), default=1) == 1


def _typed(facts: LetterFacts, field: LetterField, text: str) -> LetterFacts:
    if field.name == "enclosures":
        return replace(facts, enclosures=(text,))
    if field.name in ("answer", "advice"):
        return replace(facts, **{field.name: text})
    return replace(facts, own={**facts.own, field.name: text})


@pytest.mark.parametrize(
    ("kind", "field"), FIELDS, ids=[f"{kind.code}-{field.name}" for kind, field in FIELDS]
)
def test_what_is_typed_in_a_field_is_printed(kind: LetterKind, field: LetterField) -> None:
    make = next(iter(golden_of(kind.code).values()))
    assert "What only this field says." in render_html(_typed(make(), field, "What only this field says."))


@each_kind
def test_every_letter_is_checked_for_what_any_letter_needs(kind: LetterKind) -> None:
    checks = kind.requirements.checks
    assert set(LETTER_CHECKS) <= set(checks)
    assert not kind.requirements.outcomes or set(ANSWER_CHECKS) <= set(checks)


@each_kind
def test_what_it_has_to_contain_is_known(kind: LetterKind) -> None:
    assert set(kind.requirements.notices) <= set(refusal_elements().types)
    for element, check in kind.requirements.elements:
        assert element.id
        assert element.reference
        assert callable(check)


@each_kind
def test_every_link_to_where_a_gap_is_fixed_leads_somewhere(kind: LetterKind) -> None:
    for place in ("letter", *FIXED_AT, *kind.fixed_at):
        part = kind.where_fixed(place)
        assert part is not None
        assert reverse(f"requests_app:{part.page}", args=[2026, 1, *part.arguments])
        assert part.anchor.startswith("#") or not part.anchor


@each_kind
def test_its_step_says_what_and_why(kind: LetterKind) -> None:
    if kind.step is not None:
        assert kind.step.label
        assert kind.step.why.endswith(".")
        assert kind.step.statuses


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - UNANSWERED_OUTCOMES))
def test_each_outcome_of_an_answered_request_is_answered_by_one_kind(outcome: Outcome) -> None:
    (kind,) = [kind for kind in KINDS if outcome in kind.requirements.outcomes]
    assert answer_to(outcome) is kind
    assert kind.is_answer


@pytest.mark.parametrize("outcome", sorted(UNANSWERED_OUTCOMES))
def test_what_ends_without_an_answer_has_none(outcome: Outcome) -> None:
    with pytest.raises(KeyError):
        answer_to(outcome)


def test_a_kind_that_is_no_longer_declared_is_still_named() -> None:
    assert kind_label("fee_refund") == "Fee refund"


def test_a_letter_that_is_made_of_another_kinds_facts_says_less() -> None:
    """An acknowledgement prints nothing that was decided, whatever its facts hold."""
    html = render_html(replace(redacted_cases(), kind="acknowledgement"))
    assert "Annex A" not in html
