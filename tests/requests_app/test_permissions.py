"""Who may do what with a request and its letters, where that depends on the request."""

import pytest

from requests_app.permissions import needs_second_person
from requests_app.rules.casework.dispositions import LetterKind


@pytest.mark.parametrize(
    ("kind", "two"),
    [
        ("acknowledgement", False),
        ("invalid", False),
        ("disclosure", True),
        ("part_refusal", True),
        ("full_refusal", True),
        ("not_held", True),
    ],
)
def test_an_answer_takes_two_people_and_no_other_letter_does(kind: str, two: bool) -> None:
    assert needs_second_person(kind) is two
    assert LetterKind(kind)
