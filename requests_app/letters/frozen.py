"""What was frozen of a letter at issue, and whether it is still what was issued."""

import hashlib
from collections.abc import Mapping
from typing import Any

from foitracker.audit.chain import sha256_of
from requests_app.models import Letter

#: The columns that hold the hashes, with what each is the hash of.
HASHES = {"sha256": "PDF", "html_sha256": "HTML", "facts_sha256": "facts"}


class LetterAltered(Exception):
    """An issued letter is not what was issued; the message says which part."""


def hashes_of(letter: Letter) -> dict[str, str]:
    """Return the SHA-256, in hexadecimal, of a letter's PDF, HTML and facts, by the columns that hold them."""
    return {
        "sha256": hashlib.sha256(bytes(letter.pdf or b"")).hexdigest(),
        "html_sha256": hashlib.sha256(letter.html.encode()).hexdigest(),
        "facts_sha256": sha256_of(letter.facts),
    }


def altered_parts(letter: Letter, issued: Mapping[str, Any] | None = None) -> list[str]:
    """Return which parts of an issued letter differ from their hashes, and from `issued`, the trail's, if given."""
    found = hashes_of(letter)
    return [
        part
        for name, part in HASHES.items()
        if found[name] != getattr(letter, name) or (issued is not None and found[name] != issued.get(name))
    ]


def check_as_issued(letter: Letter) -> None:
    """Raise LetterAltered for an issued letter that is not what was issued; every reader of one asks this first."""
    if letter.is_issued and (altered := altered_parts(letter)):
        raise LetterAltered(f"This letter is not as it was issued: its {', its '.join(altered)} was altered.")
