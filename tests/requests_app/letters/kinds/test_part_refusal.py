"""The letter that gives a part and refuses a part."""

from requests_app.letters.kinds import part_refusal
from tests.requests_app.letters.hard_cases import environmental
from tests.requests_app.letters.letter_cases import draft, redacted_cases

GOLDEN = {"golden": redacted_cases, "golden_draft": draft, "golden_eir": environmental}


def test_it_is_a_refusal_notice() -> None:
    assert part_refusal.KIND.requirements.is_refusal_notice
