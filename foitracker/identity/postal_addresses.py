"""Where a plain text gives a postal address: a house in a street, a flat, a named house, the lines above a postcode."""

import re
from collections.abc import Iterator, Sequence

from foitracker.identity.not_names import COMMON_WORDS, NOT_NAMES

Span = tuple[int, int]

#: These words end the name of a street wherever they stand.
_SURE = (
    r"(?:Street|Road|Avenue|Lane|Close|Drive|Way|Crescent|Gardens|Grove|Terrace|Mews|Rise|Walk|Row|Hill|Court|Place|"
    r"STREET|ROAD|AVENUE|LANE|CLOSE|DRIVE|WAY|CRESCENT|GARDENS|GROVE|TERRACE)"
)
#: These are parts of other names, too: they count where the address ends, or goes on after a comma.
_PERHAPS = (
    r"(?:Parade|Square|Green|Park|View|Approach|Bank|Esplanade|Promenade|Wharf|Quays?|Vale|Meadows?|Fields?|Fold|Croft|"
    r"Garth|Gate|Yard|Broadway|Heights|Common|End|Side|Wynd|Brae|Loan|Mount|Villas|Cottages|Buildings|Path|Alley|"
    r"Boulevard|Chase|Embankment|Glade|Glen|Grange|Hollow|Orchard|Ridge|Spinney|Strand|Warren|Wood|Woods|Circus|Circle|"
    r"Crest|Dene|Dell|Mead|Paddock|Pastures|Reach|Copse|Corner|Cross|Bridge|Lea|Holt|Drove|Passage|House|Lodge|Point|"
    r"Tower|Towers|St|Rd|Ave|Cres|Gdns|Sq|Ter|Ln|Dr|Cl|PARADE|SQUARE|MEWS|RISE|WALK|PLACE|PARK|VIEW|COURT|HILL|ROW)"
)
_HOUSE = r"(?:House|Cottage|Lodge|Farm|Farmhouse|Barn|Villa|Manor|Rectory|Vicarage|Bungalow|Grange|Mill|Croft|Court|Hall)"
_WELSH = r"(?:Heol|Ffordd|Stryd|L[oô]n|Maes|Bryn|Cae|Clos|Rhodfa|Tan)"
_NUMBER = r"\d{1,3}[A-Za-z]?(?:[ \t]?-[ \t]?\d{1,3}[A-Za-z]?)?"
_WORDS = r"(?:(?-i:[A-Z])[\w'.-]*+[ \t]++){1,3}"
_ENDS = r"(?=[ \t]*+(?:[,.;:)\n]|$|(?-i:[A-Z]{1,2}\d)))"
_STREET = re.compile(
    rf"""
    (?<![\w/.(-]) (?:(?:Flat|Apartment|Apt|Unit)[ \t]+\w{{1,4}},?[ \t]+)?
    {_NUMBER},?[ \t]++ (?:{_WORDS} (?-i:{_SURE}\b | {_PERHAPS}\b\.?{_ENDS}) | (?-i:{_WELSH}(?:[ \t]+(?:yr?|[A-Z]\w*+)){{1,3}}))
    | \b(?:Flat|Apartment|Apt)[ \t]+\w{{1,4}},[ \t]*+ (?:(?-i:[A-Z])[\w'.-]*+[ \t]+){{0,2}} (?-i:[A-Z])[\w'-]++ {_ENDS}
    | (?<![\w'.-]){_WORDS}(?-i:{_HOUSE}),[ \t]*+ (?:{_NUMBER},?[ \t]+)?{_WORDS}(?-i:{_SURE}|{_PERHAPS})\b
    | \b(?:live|lives|living|lived|reside|resides|resident|moved|home|house)[ \t]+(?:is[ \t]+)?(?:at|in|on|off|to)[ \t]+
      (?P<home>{_WORDS}(?-i:{_SURE}\b|{_PERHAPS}\b{_ENDS}))
    | \bP\.?[ \t]?O\.?[ \t]+Box[ \t]+\d+
    | ^[ \t>*]*+(?:(?:postal|home|postal[ \t]+or[ \t]+e-?mail)[ \t]+)?address[ \t]*+:[ \t]*+
      (?P<line>(?=[^\n]{{0,119}}?\d)[^\n*][^\n]{{2,119}})
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
#: The town behind a street, and the county behind it.
_TOWN = re.compile(
    r",[ \t]*+((?:[A-Z][\w'-]*+(?:[ \t](?:on|upon|under|le|the|y|of)(?=[ \t]))?[ \t]?){1,4}?)(?=[ \t]*+(?:[,.;)\n]|$))"
)
_NAMED_PLACE = re.compile(rf"{_WORDS}(?:{_SURE}|{_PERHAPS}|{_HOUSE})", re.IGNORECASE)
_LONGEST_LINE = 45
_MOST_LINES_ABOVE = 4
_LINE_WORD = re.compile(r"[\w'’./-]+")
#: Words that no address of a person has; the names of towns and of houses are not among them.
_NO_ADDRESS = NOT_NAMES - frozenset(
    [
        "court",
        "city",
        "london",
        "england",
        "wales",
        "scotland",
        "ireland",
        "kingdom",
        "central",
        "college",
        "county",
        "park",
        "national",
        "march",
        "may",
    ]
)
_SMALL_WORDS = frozenset(
    ["on", "upon", "under", "le", "the", "of", "y", "yr", "and", "by", "in", "near", "nr"]
)


def find_streets(text: str) -> Iterator[Span]:
    """Return where houses in streets, flats, named houses and post-office boxes are, and what “Address:” says."""
    for match in _STREET.finditer(text):
        kind = match.lastgroup
        start, end = match.span(kind) if kind else match.span()
        end = _trimmed(text, start, end)
        if not _is_official(text[start:end]):
            yield start, end if kind == "line" else _with_town(text, end)


def find_lines_above(text: str, postcodes: Sequence[Span]) -> Iterator[Span]:
    """Return the lines of an address that end with a postcode: those above it that read as lines of an address."""
    for start, end in postcodes:
        line_start = text.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1
        if (
            not line_start
            or not _could_be_line(text[line_start:start])
            or text[end : end + 3].strip(" \t,.\n")
        ):
            continue
        first = line_start
        for _ in range(_MOST_LINES_ABOVE):
            above = text.rfind("\n", max(0, first - 2 - _LONGEST_LINE), max(first - 1, 0)) + 1
            reaches_back = first - 1 - above
            if first < 2 or reaches_back > _LONGEST_LINE or (above == 0 and first - 1 > _LONGEST_LINE):
                break
            if not text[above : first - 1].strip(" \t>") or not _could_be_line(text[above : first - 1]):
                break
            first = above
        if first < line_start:
            begins = first + len(text[first:end]) - len(text[first:end].lstrip(" \t>"))
            yield begins, end


def is_named_place(words: str) -> bool:
    """Return whether words without a number name a street or a house: “Marine Parade”, “Rose Cottage”."""
    return _NAMED_PLACE.fullmatch(words.strip(" \t,.")) is not None


def _could_be_line(line: str) -> bool:
    """Whether a line reads as one of an address: a few words with capitals or numbers, and no stop at its end."""
    bare = line.strip(" \t>,.")
    words = _LINE_WORD.findall(bare)
    if len(bare) > _LONGEST_LINE or len(words) > 6 or ":" in bare or bare.endswith(("?", "!", ";")):
        return False
    return not _is_official(bare) and all(
        word[0].isdigit() or word[0].isupper() or word in _SMALL_WORDS for word in words
    )


def _is_official(words: str) -> bool:
    """Whether it is where a body sits, or no address at all."""
    return any(word.casefold() in _NO_ADDRESS for word in re.findall(r"[^\W\d_]+", words))


def _with_town(text: str, end: int) -> int:
    for _ in range(3):
        town = _TOWN.match(text, end)
        if not town:
            break
        words = [word.casefold() for word in re.findall(r"[^\W\d_]+", town[1])]
        if any(word in _NO_ADDRESS or (word in COMMON_WORDS and word not in _SMALL_WORDS) for word in words):
            break
        end = _trimmed(text, end, town.end(1))
    return end


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t,.":
        end -= 1
    return end
