"""Each row of the table of claims against the rules, and against a printed letter; and the page made of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from requests_app.rules.exemptions.claim_facts import ClaimFacts
from requests_app.rules.letters.claim_checks import problems_of
from requests_app.rules.letters.facts import LetterFacts
from tests.requests_app.letters.claims_table import ROWS, Row, page
from tests.requests_app.letters.letter_cases import redacted_cases
from tests.requests_app.letters.test_wording import words
from tests.requests_app.rules.letters.complete_letters import ANSWERS, CATALOGUE, answered, claim

ITEM = ("1.",)


def claims_of(row: Row) -> tuple[ClaimFacts, ...]:
    one = claim(row.refs, *ITEM, answers=row.answers)
    return (one, claim(row.also, *ITEM, answers=row.also_answers)) if row.also else (one,)


def letter(row: Row) -> LetterFacts:
    return replace(redacted_cases(), claims=claims_of(row))


def emptied(row: Row) -> ClaimFacts:
    """The claim with nothing said but what makes other questions needless."""
    whole = claims_of(row)[0]
    bare = replace(
        whole, why_applies="", prejudice=None, harm="", factors_for="", factors_against="", balance=""
    )
    return answered(bare, **{name: row.answers.get(name, "") for name in ANSWERS})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.point)
def test_what_is_asked(row: Row) -> None:
    missing = {p.field for _, p in problems_of([emptied(row)], CATALOGUE, 2026) if p.blocks}
    answered_already = {name for name in row.asked if row.answers.get(name)}
    assert missing == set(row.asked) - answered_already


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.point)
def test_what_is_printed(row: Row) -> None:
    annex = words(letter(row)).partition("Annex A: ")[2]
    assert [text for text in row.prints if text not in annex] == []
    assert [text for text in row.prints_not if text in annex] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.point)
def test_a_whole_claim_is_in_order_but_for_what_the_row_warns_of(row: Row) -> None:
    found = [problem for _, problem in problems_of(claims_of(row), CATALOGUE, 2026)]
    assert not [problem for problem in found if problem.blocks]
    assert bool(found) is bool(row.warns)
    assert all(row.warns in problem.message for problem in found)


def test_the_page_in_docs_is_the_table() -> None:
    path = Path(__file__).resolve().parents[3] / "docs" / "claims.md"
    assert path.read_text(encoding="utf-8") == page()
    assert len(ROWS) >= 40
