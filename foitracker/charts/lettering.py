"""How much room words take in a drawing, and how they are broken or shortened to fit.

The drawing is made before its font is known to be there, so that widths are those of Arial, the widest of the fonts
it may be set in.
"""

import unicodedata
from functools import lru_cache

from foitracker.printing.print_text import clean

#: Pages have the first; printed documents the second and, for scripts it lacks, the third. No spaces: the printer
#: takes them for part of the name.
FONTS = "'Source Sans 3','Letter Sans','Letter Wide',Arial,sans-serif"
_NARROW = frozenset("iljtfrI.,:;'’‘|!()[] -/")
_WIDE = frozenset("mwMW@%—…")


@lru_cache(maxsize=1024)
def _share(character: str) -> float:
    """The width of a character in parts of the size."""
    if unicodedata.combining(character):
        return 0
    if character in _NARROW:
        return 0.36
    if character in _WIDE or unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if not character.isascii():
        return 0.8 if character.isalpha() else 0.7
    return 0.72 if character.isupper() else 0.56


@lru_cache(maxsize=4096)
def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Return the most room that words take."""
    return sum(map(_share, words)) * size * (1.1 if bold else 1)


@lru_cache(maxsize=4096)
def one_line(words: str) -> str:
    """Return words as they are drawn: on one line, of printable characters alone."""
    return " ".join(clean(words).split())


def shortened(words: str, size: float, room: float) -> str:
    """Return the words, or their beginning and “…” where they do not fit; empty where not even that does."""
    if width_of(words, size) <= room:
        return words
    end = len(words)
    while end and width_of(f"{words[:end].rstrip()}…", size) > room:
        end -= 1
    return f"{words[:end].rstrip()}…" if end else ""


def wrapped(words: str, size: float, room: float, lines: int) -> list[str]:
    """Return the words on at most so many lines that fit the room; what is too long ends in “…”."""
    found: list[str] = []
    left = one_line(words).split()
    while left and len(found) < lines:
        line = left.pop(0)
        while left and width_of(f"{line} {left[0]}", size) <= room:
            line += f" {left.pop(0)}"
        if left and len(found) == lines - 1:
            line = f"{line} {' '.join(left)[:200]}"
        found.append(shortened(line, size, room))
    return [line for line in found if line]


def fits(words: str, size: float, room: float, lines: int) -> bool:
    """Return whether nothing of the words is lost on so many lines."""
    return " ".join(wrapped(words, size, room, lines)) == one_line(words)
