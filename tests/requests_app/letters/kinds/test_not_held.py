"""The letter that says that nothing is held, or nothing that the Act covers."""

from requests_app.letters.kinds import answer_to, not_held
from requests_app.rules.casework.workflow import Outcome
from tests.requests_app.letters import letter_cases

GOLDEN = {"golden": letter_cases.not_held}


def test_what_the_act_does_not_cover_is_answered_as_not_held() -> None:
    assert answer_to(Outcome.OUTSIDE_FUNCTIONS) is not_held.KIND
