"""The head of the trail, noted down once a day in a file outside the database.

A line is the day, the number and the hash of the last entry, the fingerprint of the key and a keyed hash over them.
By it a trail that was cut off at its end, or written anew as a whole, is found.
"""

import fcntl
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foitracker.audit.keyed_hash import Checked, fingerprint, keyed

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (\d{1,18}) ([0-9a-f]{64}) ([0-9a-f]{16}) ([0-9a-f]{64})")


class AnchorsUnreadable(Exception):
    """The file of anchors cannot be read, or holds something else; the message says what."""


@dataclass(frozen=True)
class Anchor:
    """The last entry of the trail on a day, as it was noted down."""

    day: date
    sequence: int
    hash: str
    key: str
    keyed_hash: str

    def is_right(self, checked: Checked) -> bool:
        """Return whether the tracker wrote it, as far as its key is known."""
        return checked.is_right(
            self.keyed_hash, self.key, "anchor", *_parts(self.day, self.sequence, self.hash)
        )

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.sequence} {self.hash} {self.key} {self.keyed_hash}"


def note_head(path: Path, *, day: date, head: tuple[int, str], keys: Sequence[str]) -> bool:
    """Add a line for `day` to the file, which is made if need be; return False when it has one already.

    `head` is the number and hash of the last entry. Raises AnchorsUnreadable, and OSError when it cannot be written.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if any(anchor.day == day for anchor in _parsed(path, file.read())):
            return False
        keyed_hash = keyed(keys[0], "anchor", *_parts(day, *head))
        file.write(f"{Anchor(day, *head, fingerprint(keys[0]), keyed_hash)}\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def read_anchors(path: Path) -> list[Anchor]:
    """Return what was noted down, oldest first. Raises AnchorsUnreadable."""
    try:
        return _parsed(path, path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise AnchorsUnreadable(f"The anchors in {path} cannot be read: {reason}") from error


def _parsed(path: Path, text: str) -> list[Anchor]:
    anchors = []
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise AnchorsUnreadable(f"Line {number} of {path} is no anchor")
        day, sequence, digest, key, keyed_hash = match.groups()
        anchors.append(Anchor(date.fromisoformat(day), int(sequence), digest, key, keyed_hash))
    return anchors


def _parts(day: date, sequence: int, digest: str) -> tuple[str, ...]:
    return day.isoformat(), str(sequence), digest
