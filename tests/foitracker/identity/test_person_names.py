"""How far a name reaches, and what is none though it stands where names stand."""

import pytest

from foitracker.identity.person_names import find_names


def names(text: str) -> list[str]:
    return [text[start:end] for start, end in find_names(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dear Ada Beth Cora Dora Edna", ["Ada Beth Cora Dora Edna"]),
        ("Dear Ada Beth Cora Dora Edna Flora", ["Ada Beth Cora Dora Edna"]),
        ("Dear P. B. Lowmoor", ["P. B. Lowmoor"]),
        ("Dear P. B.", []),
        ("I am Perpetua Lowmoor.", ["Perpetua Lowmoor"]),
        ("I am Perpetua.", []),  # a word alone, where anything may stand
        ("I am Bewildered Somewhat.", []),
        ("I am Wondering Somewhat.", []),
        ("My name is Perpetua", ["Perpetua"]),
        ("Mr Lowmoor", ["Mr Lowmoor"]),
        ("Mr Justice Lowmoor", []),
        ("Sir Lowmoor", []),  # one word after a title that goes with a first name
        ("Sir Peter Lowmoor", ["Sir Peter Lowmoor"]),
    ],
)
def test_what_is_a_name_and_how_far_it_reaches(text: str, found: list[str]) -> None:
    assert names(text) == found
