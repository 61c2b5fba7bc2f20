"""The security bodies of FOIA s.23(3), and finding one named where it must not be."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SecurityBody:
    """One body of s.23(3), what people call it, and the day it was added to the list, when that was later."""

    ref: str
    body: str
    names: tuple[str, ...]
    since: date | None = None


class SecurityBodies:
    """The list of s.23(3). It can be read as it stands, and a text can be looked through for its names."""

    def __init__(self, bodies: Iterable[SecurityBody]) -> None:
        self.listed = tuple(bodies)
        names = [name for body in self.listed for name in body.names]
        patterns = [_pattern(name) for name in names]
        self._pattern = (
            re.compile(rf"\b(?:{'|'.join(sorted(patterns, key=len, reverse=True))})\b") if names else None
        )

    def named_in(self, text: str) -> str:
        """Return the first body named in a text, as written there; empty for none."""
        found = self._pattern.search(text) if self._pattern else None
        return found.group() if found else ""


def _pattern(name: str) -> str:
    """Initials and “the Tribunal” as they are written, since “sis” and “the tribunal” are other things; all else in any
    case."""
    if name.startswith("the "):
        return rf"[Tt]he {re.escape(name[4:])}"
    return re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})"
