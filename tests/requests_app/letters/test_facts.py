"""What a kind of letter adds to what every letter says: the rest of the case is neither printed, checked nor frozen."""

from dataclasses import fields, replace

import pytest

from requests_app.letters.facts import collect_facts
from requests_app.letters.kinds import acknowledgement, invalid, kind_of
from requests_app.models import Applicant, FoiRequest, Letter
from requests_app.operations.response import LetterText, draft_letter
from requests_app.rules.letters.facts import NO_REGULATOR, LetterFacts
from requests_app.rules.letters.texts import officer_texts
from tests.requests_app.operations.shared_work import AT, WORKED, SharedWork, drafted

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def work() -> SharedWork:
    """A case worked up to an answer, with a reading of the request; its applicant's name is not enough."""
    work = drafted()
    FoiRequest.objects.filter(pk=work.case.pk).update(interpretation="We read it as the plan in force.")
    Applicant.objects.filter(pk=work.case.pk).update(name="Q")
    return work


def _facts(work: SharedWork, code: str) -> LetterFacts:
    notice = draft_letter(
        case_id=work.case.pk, by=work.officer, at=AT, kind=kind_of(code), text=LetterText(advice="Ring us.")
    )
    return collect_facts(notice, letter_date=WORKED, today=WORKED)


def _added(facts: LetterFacts, without: LetterFacts) -> set[str]:
    return {one.name for one in fields(facts) if getattr(facts, one.name) != getattr(without, one.name)}


def test_an_acknowledgement_says_nothing_of_what_was_decided(work: SharedWork) -> None:
    facts = _facts(work, "acknowledgement")
    bare = replace(facts, items=(), claims=(), searches=(), clarifications=(), interpretation="", holding=None,
                   regulator=NO_REGULATOR, review_request_by=None, validity_gaps=())  # fmt: skip
    assert facts == bare
    assert acknowledgement.KIND.adds_facts == ()


def test_the_letter_on_validity_adds_what_is_missing_and_the_regulator(work: SharedWork) -> None:
    facts = _facts(work, "invalid")
    bare = replace(_facts(work, "acknowledgement"), kind=invalid.KIND.code)
    assert _added(facts, bare) == {"regulator", "validity_gaps"}
    assert ("letter", "the advice", "Ring us.") in set(officer_texts(facts))


def test_an_answer_adds_the_case_and_the_way_to_a_review(work: SharedWork) -> None:
    letter = Letter.objects.select_related("foi_request").get(pk=work.letter.pk)
    facts = collect_facts(letter, letter_date=WORKED, today=WORKED)
    bare = _facts(work, "acknowledgement")
    of_the_case = {"items", "claims", "holding", "searches", "interpretation"}
    added = {"regulator", "validity_gaps", "review_request_by"} | of_the_case
    assert _added(facts, bare) - {"kind", "answer", "advice", "enclosures"} == added
    assert collect_facts(letter, letter_date=None, today=WORKED).review_request_by is None
