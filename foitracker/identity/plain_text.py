"""Pasted text as it reads: full-width digits, narrow spaces, curly quotes and invisible characters made plain.

Every plain character remembers the stretch of the pasted text it stands for, so that what is found in the one
can be shown and replaced in the other.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNS = dict.fromkeys("‘’‚‛ʼ′´`", "'") | dict.fromkeys("“”„‟", '"') | dict.fromkeys("−⁃", "-")
_LINE_BREAKS = frozenset("\n\x0b\x0c\x85\u2028\u2029")
#: Not of the category of invisible characters, and invisible all the same.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
_MOST_IN_CLUSTER = 31


@dataclass(frozen=True, slots=True)
class PlainText:
    """`text` to look in; the character at `i` stands for what lies between `starts[i]` and `ends[i]`."""

    text: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the plain text lies in the pasted one. It is not empty."""
        return self.starts[start], self.ends[end - 1]

    def line(self, position: int) -> int:
        """Return the number of the line, from 1, on which the character at `position` is."""
        return self.text.count("\n", 0, position) + 1


def plain_text(pasted: str) -> PlainText:
    """Return the plain form of a pasted text. Line breaks of all kinds become `\\n`."""
    if pasted.isascii():
        text = re.sub(r"\r(?!\n)|[\x0b\x0c]", "\n", pasted).replace("\r", " ")
        return PlainText(text, range(len(text)), range(1, len(text) + 1))
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(pasted):
        if pasted[start:end] == "\r":
            characters.append("\n")
            starts.append(start)
            ends.append(end)
            continue
        for character in unicodedata.normalize("NFKC", pasted[start:end]):
            if plain := _plain(character):
                characters.append(plain)
                starts.append(start)
                ends.append(end)
    return PlainText("".join(characters), tuple(starts), tuple(ends))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Where each character with the accents after it begins and ends; CR LF is one.

    Accents beyond those of the stream-safe format (UAX #15) stand alone: to put a run of them into order takes
    time by the square of its length.
    """
    start = 0
    for position in range(1, len(text)):
        character = text[position]
        belongs = unicodedata.combining(character) or (character == "\n" and text[position - 1] == "\r")
        if belongs and position - start < _MOST_IN_CLUSTER:
            continue
        yield start, position
        start = position
    if text:
        yield start, len(text)


def _plain(character: str) -> str:
    """One character made plain; empty where nothing of it can be seen."""
    if character.isascii() and character.isprintable() and character != "`":
        return character
    if character in _LINE_BREAKS:
        return "\n"
    if character in _SIGNS:
        return _SIGNS[character]
    if character in _BLANK_LETTERS:
        return ""
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    if category == "Zs" or character == "\r":
        return " "
    if category == "Pd":
        return "-"
    return str(unicodedata.decimal(character)) if category == "Nd" else character
