"""A kind of letter with a field, a fact, an element and a place of its own, from its page to its issue."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from foitracker.accounts.permission_names import Permission
from requests_app.letters import kinds, render
from requests_app.letters.facts import collect_facts
from requests_app.letters.gaps import letter_gaps
from requests_app.letters.kind import CasePart, LetterField, LetterKind, LetterStep
from requests_app.models import Despatch, Letter
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import LetterText, draft_letter
from requests_app.rules.casework.step_places import StepPlace
from requests_app.rules.letters.checks import LETTER_CHECKS
from requests_app.rules.letters.facts import LetterFacts
from requests_app.rules.letters.notice import Notice, Requirements
from requests_app.rules.letters.notice_elements import Element, Gap, Level
from tests import factories
from tests.requests_app.operations.part_refusal import AT, WORKED, WorkedCase, drafted_part_refusal
from tests.requests_app.views.casework import Desk, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

COST = Element("cost", "says what it would cost", "FOIA s.9(1)", Level.STATUTORY)
PAGE = (
    "{% extends 'letters/base.html' %}"
    "{% block body %}<p>{{ facts.own.cost }} at {{ facts.own.rate }}</p>{% endblock %}"
)


def _rate(facts: LetterFacts, letter: Letter, on: date) -> LetterFacts:
    return replace(facts, own={**facts.own, "rate": "£25 an hour"})


def _says_the_cost(notice: Notice, element: Element) -> Iterator[Gap]:
    if not notice.facts.own["cost"].strip():
        yield element.gap("Say what it would cost.", "estimate")


TRIAL = LetterKind(
    code="trial",
    label="Cost of the answer",
    may_write=Permission.WORK_CASE,
    may_issue=Permission.DECIDE,
    fields=(LetterField("cost", label="What it would cost"),),
    adds_facts=(_rate,),
    requirements=Requirements(checks=LETTER_CHECKS, elements=((COST, _says_the_cost),)),
    fixed_at={"estimate": CasePart("search_add")},
    step=LetterStep("Say what it costs", "It may cost something.", StepPlace.SEARCH, lambda found: True),
)


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Declare the kind for the time of a test, with a folder that has its template."""
    (tmp_path / "trial").mkdir()
    (tmp_path / TRIAL.template).write_text(PAGE)
    monkeypatch.setattr(render, "_FOLDERS", (str(tmp_path),))
    monkeypatch.setitem(kinds.BY_CODE, "trial", TRIAL)
    monkeypatch.setitem(kinds.KIND_LABELS, "trial", TRIAL.label)


@pytest.fixture
def worked() -> WorkedCase:
    return drafted_part_refusal(factories.staff())


@pytest.fixture
def desk(worked: WorkedCase) -> Desk:
    return Desk(worked.staff.officer, worked.case)


def _drafted(desk: Desk, cost: str) -> Letter:
    assert desk.post("letters/draft/trial/", {"cost": cost}).status_code == 302
    return Letter.objects.get(kind="trial")


def test_its_field_is_on_its_page_and_kept(desk: Desk) -> None:
    assert "What it would cost" in text_of(desk.get("letters/draft/trial/"))
    letter = _drafted(desk, "Ninety pounds")
    assert (letter.own_texts, letter.is_answer) == ({"cost": "Ninety pounds"}, False)
    assert "Ninety pounds" in text_of(desk.get("letters/draft/trial/"))


def test_its_facts_are_checked_and_its_gap_leads_to_its_place(desk: Desk) -> None:
    letter = _drafted(desk, "")
    page = desk.get(f"letters/{letter.pk}/")
    (gap,) = page.context["blocking"]
    assert (gap["message"], gap["url"]) == ("Say what it would cost.", f"{desk.base}searches/add/")

    _drafted(desk, "About [insert sum]")
    (gap,) = letter_gaps(collect_facts(Letter.objects.get(kind="trial"), letter_date=None, today=WORKED))
    assert (gap.id, gap.where, "in the cost" in gap.message) == ("placeholder", "letter", True)


def test_a_field_that_was_never_typed_in_is_empty(worked: WorkedCase) -> None:
    letter = draft_letter(
        case_id=worked.case.pk, by=worked.staff.officer, at=AT, kind=TRIAL, text=LetterText()
    )
    (gap,) = letter_gaps(collect_facts(letter, letter_date=None, today=WORKED))
    assert gap.id == "cost"


def test_it_is_issued_and_frozen_with_what_only_it_says(worked: WorkedCase, desk: Desk) -> None:
    letter = _drafted(desk, "Ninety pounds")
    issued = issue_letter(
        letter_id=letter.pk, by=worked.staff.officer, at=AT, on=WORKED, despatch=Despatch.EMAIL
    )
    assert issued.facts["own"] == {"cost": "Ninety pounds", "rate": "£25 an hour"}
    assert "Ninety pounds at £25 an hour" in issued.html
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(own_texts={})
    worked.case.refresh_from_db()
    assert (worked.case.is_closed, worked.case.responded_on) == (False, None)
