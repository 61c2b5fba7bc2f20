"""The letter that gives everything asked for."""

from requests_app.letters.kinds import answer_to, disclosure
from requests_app.rules.casework.workflow import Outcome
from tests.requests_app.letters.letter_cases import three_years

GOLDEN = {"golden": three_years}


def test_nothing_left_to_answer_is_said_in_a_disclosure() -> None:
    assert answer_to(Outcome.NOTHING_LEFT) is disclosure.KIND
