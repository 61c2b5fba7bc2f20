"""Who may do what with a request and its letters, where that depends on the request."""

import pytest

from requests_app.letters.kinds import kind_of


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
    assert kind_of(kind).is_answer is two
    assert (kind_of(kind).may_submit is not None) is two
    assert (kind_of(kind).may_approve is not None) is two
