"""Names at the end of a letter, and the block from there down that can be dropped whole."""

import pytest

from foitracker.identity.closings import find_signatures
from foitracker.identity.traces import TraceKind, closing_block


def signed(text: str) -> list[str]:
    return list(dict.fromkeys(text[start:end] for start, end in find_signatures(text)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Best,\nTamsin", ["Tamsin"]),
        ("BR\nTamsin Okoro", ["Tamsin Okoro"]),
        ("Yn gywir,\nGwen Rhys", ["Gwen Rhys"]),
        ("-- \nTamsin Okoro", ["Tamsin Okoro"]),
        ("Tamsin Okoro\nSenior Reporter, Larkspur Gazette", ["Tamsin Okoro"]),
        ("Tamsin Okoro, freelance journalist", ["Tamsin Okoro"]),
        ("The plan, please.\n\nTamsin Okoro\n", ["Tamsin Okoro"]),
        ("yours, tamsin", ["tamsin"]),
        ("It was seen. Tamsin Okoro (secretary)", ["Tamsin Okoro"]),
        ("Send me, for each:\nMill Street", []),
        ("Best, as ever, is the enemy of good", []),
        ("Best practice guidance", []),
        ("Best\npractice", []),
        ("Chief Inspector\nHead of Corporate Communications", []),
        ("The reporter was there.\nReporter", []),
    ],
)
def test_who_signs_is_found(text: str, found: list[str]) -> None:
    assert signed(text) == found


REQUEST = "Dear team,\n1. How many?\n2. What did they cost?\n\n"


@pytest.mark.parametrize(
    "end",
    [
        "Kind regards,\nTamsin Okoro\nReporter\nT: 01632 960144",
        "Best,\nTamsin",
        "Tamsin Okoro\nReporter\nLarkspur Gazette",
        "T: 01632 960144\nFernhollow ZZ4 7QT",
    ],
)
def test_the_block_goes_from_the_closing_to_the_end(end: str) -> None:
    block = closing_block(REQUEST + end + "\n\n")
    assert block is not None
    assert (block.kind, block.found) == (TraceKind.CLOSING_BLOCK, end)


@pytest.mark.parametrize(
    "text",
    [
        REQUEST,
        REQUEST + "Kind regards,\nFOI Team",  # nobody signs
        "Kind regards,\nTamsin Okoro",  # nothing would be left
        "Tel: 01632 960144\nHow many officers were there?",  # the request comes after
        "Ring 01632 960144.\n1. How many officers were there?",
    ],
)
def test_nothing_is_offered_where_a_request_would_be_lost(text: str) -> None:
    assert closing_block(text) is None


def test_the_block_begins_at_the_find_where_prose_stands_before_it() -> None:
    block = closing_block("The plan please, and then you could ring me on 01632 960144")
    assert block is not None
    assert block.found == "01632 960144"
