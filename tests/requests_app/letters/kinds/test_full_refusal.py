"""The letter that refuses everything, or says neither that information is held nor that it is not."""

import pytest

from requests_app.letters.kinds import answer_to, full_refusal
from requests_app.rules.casework.workflow import Outcome
from tests.requests_app.letters.hard_cases import neither_confirmed_nor_denied

GOLDEN = {"golden_ncnd": neither_confirmed_nor_denied}


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.NEITHER, Outcome.ALREADY_ACCESSIBLE])
def test_every_refusal_with_nothing_given_is_a_full_one(outcome: Outcome) -> None:
    assert answer_to(outcome) is full_refusal.KIND


def test_it_is_a_refusal_notice() -> None:
    assert full_refusal.KIND.requirements.is_refusal_notice
