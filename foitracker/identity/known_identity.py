"""Where a plain text names an applicant of our own, whose details we hold.

Two degrees. What only this person's details can be (the full name in either order, the e-mail address, a line
of the address with its number) is certain. The surname by itself, with a capital, may be someone else's or an
ordinary word, so it is pointed out and an officer may leave it. First names alone are not looked for: half of
all texts hold someone's.
"""

import re
from collections.abc import Iterator, Sequence

from foitracker.identity.not_names import COMMON_WORDS, NOT_NAMES, TITLES
from foitracker.identity.plain_text import plain_text

Span = tuple[int, int]

_SHORTEST_SURNAME = 3
_SHORTEST_LINE = 5


def find_certain(text: str, known: Sequence[str]) -> Iterator[Span]:
    """Return where `text` (plain) holds a known e-mail address, address line or full name.

    A known detail with an @ is an e-mail address, one with a digit a line of an address, any other a name.
    """
    for detail in _plain_details(known):
        for pattern in _certain_patterns(detail):
            yield from (match.span() for match in re.finditer(pattern, text, re.IGNORECASE))


def find_perhaps(text: str, known: Sequence[str]) -> Iterator[Span]:
    """Return where `text` (plain) holds a known surname by itself, written with a capital."""
    for detail in _plain_details(known):
        if surname := _surname(detail):
            for match in re.finditer(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", text, re.IGNORECASE):
                if match[0][0].isupper():
                    yield match.span()


def _plain_details(known: Sequence[str]) -> Iterator[str]:
    for detail in known:
        for line in plain_text(detail).text.splitlines():
            if stripped := line.strip(" \t,.;"):
                yield stripped


def _certain_patterns(detail: str) -> Iterator[str]:
    if "@" in detail:
        yield rf"(?<![\w.+-]){re.escape(detail)}(?![\w-])"
    elif re.search(r"\d", detail):
        words = re.findall(r"\w+", detail)
        if len("".join(words)) >= _SHORTEST_LINE:
            yield r"(?<!\w)" + r"[\W_]*".join(map(re.escape, words)) + r"(?!\w)"
    elif (words := _name_words(detail)) and len(words) > 1:
        yield _in_a_row(words)
        first, last = words[0], words[-1]
        yield _in_a_row([last, first])
        # With other names or initials between the first and the last.
        yield rf"(?<!\w){re.escape(first)}(?:[ \t]+[^\W\d_]+\.?){{0,3}}[ \t]+{re.escape(last)}(?!\w)"
        if len(first) > 1:
            yield rf"(?<!\w){re.escape(first[0])}\.?[ \t]{{0,2}}{re.escape(last)}(?!\w)"


def _in_a_row(words: Sequence[str]) -> str:
    return r"(?<!\w)" + r"[ \t,._-]*(?:\n[ \t]*)?".join(map(re.escape, words)) + r"(?!\w)"


def _name_words(detail: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", detail)
    return [word for word in words if word.casefold() not in TITLES]


def _surname(detail: str) -> str:
    """The last word of what reads as a person's name; empty for a body, an address and a single name."""
    words = _name_words(detail)
    if "@" in detail or re.search(r"\d", detail) or not 2 <= len(words) <= 4:
        return ""
    if any(word.casefold() in NOT_NAMES or word.casefold() in COMMON_WORDS for word in words[:-1]):
        return ""
    return words[-1] if len(words[-1]) >= _SHORTEST_SURNAME else ""
