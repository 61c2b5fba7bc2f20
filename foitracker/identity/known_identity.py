"""Where a plain text names an applicant of our own, whose details we hold.

Two degrees. What only this person's details can be (the full name in either order or with an initial, the e-mail
address however it is written, a line of the address with its number, its postcode) is certain. The surname by
itself, with a capital, and the street or house without its number may be someone else's or ordinary words, so they
are pointed out and an officer may leave them. First names alone are not looked for: half of all texts hold
someone's. Accents and apostrophes do not count.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from foitracker.identity.contact_details import find_postcodes
from foitracker.identity.not_names import AFTER_TITLE, COMMON_WORDS, NAMES_OF_BODIES, NOT_NAMES, TITLES
from foitracker.identity.plain_text import plain_text
from foitracker.identity.postal_addresses import is_named_place

Span = tuple[int, int]

_SHORTEST_SURNAME = 3
_SHORTEST_LINE = 5
#: Of what a person's details hold no more is looked for: each detail is a search through the text.
_MOST_DETAILS = 40
_LONGEST_DETAIL = 300
#: Between two words: one line end at most, with the marks of a quoted message behind it.
_GAP = r"[ \t,._-]*+(?:\n[ \t>*]*+)?"
_SPACE = r"(?:[ \t]++(?:\n[ \t>*]*+)?|\n[ \t>*]*+)"
_DOT = r"(?:[ \t]?\.[ \t]?|[ \t]{0,2}[(\[{<]?[ \t]?dot[ \t]?[)\]}>]?[ \t]{0,2})"
_AT = r"(?:[ \t]?@[ \t]?|[ \t]{0,2}[(\[{<]?[ \t]?at[ \t]?[)\]}>]?[ \t]{0,2})"
#: Numbered, but not by themselves an address: flat 2, room 12.
_NUMBERED_ALONE = frozenset(
    [
        "flat",
        "apartment",
        "apt",
        "unit",
        "room",
        "floor",
        "block",
        "suite",
        "level",
        "no",
        "number",
        "house",
        "box",
        "po",
    ]
)
#: Letters that Unicode does not take apart, each by one.
_PLAIN_LETTERS = str.maketrans("øłđðıØŁĐÐ", "olddiOLDD")


def find_certain(text: str, known: Sequence[str]) -> Iterator[Span]:
    """Return where `text` (plain) holds a known e-mail address, address line, postcode or full name.

    A known detail with an @ is an e-mail address, one with a digit a line of an address, any other a name.
    """
    folded = _without_accents(text)
    for detail in _plain_details(known):
        for pattern in _certain_patterns(detail):
            yield from (match.span() for match in re.finditer(pattern, folded, re.IGNORECASE))


def find_perhaps(text: str, known: Sequence[str]) -> Iterator[Span]:
    """Return where `text` (plain) holds a known surname, street or house by itself, written with a capital."""
    folded = _without_accents(text)
    for detail in _plain_details(known):
        for words in _perhaps(detail):
            pattern = rf"(?<![\w-]){_in_a_row(words)}(?![\w-])"
            for match in re.finditer(pattern, folded, re.IGNORECASE):
                if match[0][0].isupper():
                    yield match.span()


def greeted_name(salutation: str) -> str:
    """Return the name that a letter greets with: “Dr Marlow” of “Dear Dr Marlow,”; none in “Dear Sir or Madam”.

    Only what begins with a title: any other greeting may be a first name, or nobody's.
    """
    words = [word for word in _words(salutation.replace("’", "'")) if word.casefold() != "dear"]
    return " ".join(words) if len(words) > 1 and words[0].casefold() in TITLES - {"sir"} else ""


def _without_accents(text: str) -> str:
    """The text letter for letter, each without its accents."""
    if text.isascii():
        return text
    return "".join(map(_without_accent, text)).translate(_PLAIN_LETTERS)


def _without_accent(character: str) -> str:
    bare = unicodedata.normalize("NFD", character)[:1]
    return bare if bare.isascii() else character


def _plain_details(known: Sequence[str]) -> Iterator[str]:
    """The details line by line, and parts between commas of lines with a number; each once, and not too many."""
    lines = [line for detail in known for line in _lines(detail)]
    parts = [part for line in lines if re.search(r"\d", line) and "@" not in line for part in line.split(",")]
    details = (line.strip(" \t,.;")[:_LONGEST_DETAIL] for line in (*lines, *parts))
    yield from [detail for detail in dict.fromkeys(details) if detail][:_MOST_DETAILS]


def _lines(detail: str) -> list[str]:
    """The lines of a detail; of an address in several lines, those without a number only where they name a place."""
    lines = _without_accents(plain_text(detail).text).splitlines()
    if len(lines) < 2:
        return lines
    return [line for line in lines if re.search(r"\d", line) or "@" in line or is_named_place(line)]


def _certain_patterns(detail: str) -> Iterator[str]:
    if "@" in detail:
        yield rf"(?<![\w.+-]){_mailbox(detail)}(?![\w-])"
    elif re.search(r"\d", detail):
        yield from _of_address(detail)
    elif not is_named_place(detail):
        yield from _of_name(_name_words(detail))


def _mailbox(address: str) -> str:
    """An e-mail address with its dots and its @ as people write them so that machines do not read them."""
    local, _, domain = address.partition("@")
    return _AT.join(_DOT.join(map(re.escape, half.split("."))) for half in (local, domain))


def _of_address(line: str) -> Iterator[str]:
    for start, end in find_postcodes(line):
        outward, inward = line[start : end - 3].strip(), line[end - 3 : end]
        yield rf"(?<!\w){re.escape(outward)}[ \t\n]{{0,3}}{re.escape(inward)}(?!\w)"
    words = re.findall(r"[^\W_]+", line)
    letters = "".join(word for word in words if word.casefold() not in _NUMBERED_ALONE)
    if len(letters) >= _SHORTEST_LINE and not (len(words) == 1 and words[0].isdigit() and len(letters) < 6):
        yield r"(?<!\w)" + r"[\W_]*+".join(map(_spelled, words)) + r"(?!\w)"


def _of_name(words: Sequence[str]) -> Iterator[str]:
    if len(words) < 2:
        return
    first, last = words[0], words[-1]
    yield rf"(?<!\w){_in_a_row(words)}(?!\w)"
    yield rf"(?<!\w){_in_a_row([last, first])}(?!\w)"
    # With other names or initials between the first and the last.
    others = r"(?:[^\W\d_]++\.?"
    yield rf"(?<!\w){_spelled(first)}{_SPACE}{others}{_SPACE}){{1,3}}{_spelled(last)}(?!\w)"
    if len(first) > 1:
        initial = re.escape(first[0])
        middle = r"(?:[^\W\d_]\.?[ \t]{0,2}){0,2}"
        yield rf"(?<!\w){initial}\.?[ \t]{{0,2}}{middle}(?:\n[ \t>*]*+)?{_spelled(last)}(?!\w)"
        yield rf"(?<!\w){_spelled(last)},[ \t]{{0,3}}{initial}(?:\.|(?!\w))"


def _perhaps(detail: str) -> Iterator[Sequence[str]]:
    """The words of a detail that may be somebody else's: the surname, and the street or house without a number."""
    if "@" in detail:
        return
    place = re.sub(
        r"^(?:(?:flat|unit|apartment|apt)[ \t]+\w+,?[ \t]+)?\d+[a-z]?,?[ \t]+",
        "",
        detail,
        flags=re.IGNORECASE,
    )
    if is_named_place(place):
        yield re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", place)
    elif surname := _surname(detail):
        yield [surname]


def _in_a_row(words: Sequence[str]) -> str:
    return _GAP.join(map(_spelled, words))


def _spelled(word: str) -> str:
    """A word with its apostrophes or without, and with a space or nothing for its hyphens."""
    if "-" in word:
        return r"[ \t-]?".join(map(_spelled, filter(None, word.split("-"))))
    if "'" in word:
        return r"[ \t']?".join(map(re.escape, word.split("'")))
    return "'?".join(map(re.escape, word))


def _name_words(detail: str) -> list[str]:
    return [word for word in _words(detail) if word.casefold() not in TITLES]


def _words(detail: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", detail)


def _surname(detail: str) -> str:
    """The last word of what reads as a person's name; empty for a body, an address and a name without a title."""
    words = _name_words(detail)
    if re.search(r"\d", detail) or len(words) > 4:
        return ""
    if len(words) < 2:
        return _titled(_words(detail))
    if any(word.casefold() in NOT_NAMES or word.casefold() in COMMON_WORDS for word in words[:-1]):
        return ""
    return words[-1] if len(words[-1]) >= _SHORTEST_SURNAME else ""


def _titled(words: Sequence[str]) -> str:
    """The name in “Dr Marlow”: a title and one word that is no office, no body and no word of every text."""
    if len(words) != 2 or words[0].casefold() not in TITLES:
        return ""
    name = words[1].casefold()
    ordinary = name in TITLES | NOT_NAMES | COMMON_WORDS | AFTER_TITLE | NAMES_OF_BODIES
    return "" if ordinary or len(name) < _SHORTEST_SURNAME else words[1]
