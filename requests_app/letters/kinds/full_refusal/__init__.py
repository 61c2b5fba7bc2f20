"""Nothing is given and something refused: a refusal notice (FOIA s.17), whatever else is not held."""

from requests_app.letters.answers import answer
from requests_app.rules.casework.workflow import Outcome

KIND = answer(
    "full_refusal",
    "Full refusal",
    outcomes={Outcome.REFUSED, Outcome.NEITHER, Outcome.ALREADY_ACCESSIBLE},
    is_refusal_notice=True,
)
