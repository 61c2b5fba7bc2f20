"""What is enough for an element of a notice, so that no gap is told where there is none."""

from dataclasses import replace

import pytest

from requests_app.letters.gaps import letter_gaps
from requests_app.rules.letters.facts import LetterFacts
from tests.requests_app.rules.letters.complete_letters import (
    NOT_HELD,
    PART_REFUSAL,
    WITHHELD,
    claim,
    with_item,
)


def found(facts: LetterFacts) -> list[str]:
    return [gap.id for gap in letter_gaps(facts)]


@pytest.mark.parametrize(
    ("address", "email", "gap"),
    [
        ("Reviews, 1 High Street", "", []),
        ("", "review@example.org", []),
        ("", " ", ["complaints_procedure"]),
    ],
)
def test_a_review_can_be_asked_for_by_post_or_by_e_mail(address: str, email: str, gap: list[str]) -> None:
    authority = replace(PART_REFUSAL.authority, review_address=address, review_email=email)
    assert found(replace(PART_REFUSAL, authority=authority)) == gap


def test_what_is_said_of_an_item_that_is_not_held_can_stand_for_advice() -> None:
    silent = replace(NOT_HELD, advice="")
    assert found(silent) == ["advice"]
    assert found(with_item(silent, "1", explanation="The Ministry keeps these rotas.")) == []


def test_two_qualified_claims_on_one_item_say_how_they_were_weighed_unless_reasons_are_left_out() -> None:
    apart = {"balance": "Safety outweighs openness."}
    unsaid = replace(WITHHELD, claims=(claim("31(1)(a)", **apart), claim("38(1)(a)", **apart)))
    assert found(unsaid) == ["cumulative_pit"]
    left_out = tuple(replace(one, reasons_omitted=True) for one in unsaid.claims)
    assert found(replace(unsaid, claims=left_out)) == []
