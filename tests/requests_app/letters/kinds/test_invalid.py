"""The letter that says what a message lacks to be a request."""

from dataclasses import replace

from requests_app.letters.gaps import letter_gaps
from tests.requests_app.letters import letter_cases

GOLDEN = {"golden": letter_cases.invalid}


def test_it_has_nothing_to_say_on_a_valid_request() -> None:
    (gap,) = letter_gaps(replace(letter_cases.invalid(), validity_gaps=()))
    assert (gap.id, gap.reference, gap.blocks, gap.where) == ("validity", "FOIA s.8(1)", True, "applicant")
    assert letter_gaps(letter_cases.invalid()) == ()
