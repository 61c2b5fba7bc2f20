"""References named in a request and in its answer, found in running text and compared as sets.

Never by count: two lists of the same length can name different cases.

Dates, fractions and financial years are written like references. A text decides in this order:

- after a label (`CRU Ref`, `Log Number:`, `Case No.`, `FOI`) or padded with zeros (`000012/05`): a reference;
- after a word for something else (`section 30/31`, `page 12/15`, `Tel.`) or within a date, a web address or a
telephone number: never one; - two years in a row (`2024/25`, `23/24`): a financial year, unless its label
names a single thing (`Ref 2024/25`, but not `requests 2024/25`) or it is listed together with certain
references; - what could be a day and month, a month and year or a fraction (`12/05`, `24/18`, `60/40`): a
reference only when listed together with certain ones, or alone on its line where no heading speaks of dates;
- listed together are those separated by commas, “and” or line ends, and those that each begin a line; -
anything else of the right form: a reference. A year in full makes it a request's (`2253/2025`), two digits a
CRU log's (`636/18`), unless its label says log or CRU (`Log Number 636/2018` is 636/18).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from requests_app.rules.casework.reference import LogNumber, ReferenceNotUnderstood, RequestReference
from requests_app.rules.words.item_splitting import list_marker

Reference = RequestReference | LogNumber

_FORM = re.compile(
    r"(?:(?<![\w/\\£$€=&])|(?<=foi)|(?<=cru)|(?<=log)|(?<=ref)|(?<=no))"
    r"(?<![0-9][.:])(?<!/ )(?P<number>[0-9]{1,7}) ?/ ?(?P<year>(?:20)?[0-9]{2})(?![\w\\%]| ?/|\.[0-9])",
    re.IGNORECASE,
)
#: Signs that word processors put for a stroke or a space; each for one, so that places stay as they are.
_TYPED_OTHERWISE = str.maketrans({"\u2044": "/", "\u2215": "/", "\uff0f": "/", "\xa0": " ", "\u202f": " "})
_ELSEWHERE = re.compile(
    r"(?:https?://|www\.)\S+|(?:\+|(?<![\d/])\(?0)(?P<telephone>[1-9][\d() -]{7,13}\d)(?:\s?/\s?\d{1,6})*",
    re.IGNORECASE,
)
#: Fewer digits after the first 0 or + are no telephone number.
_TELEPHONE_DIGITS = 9
_NAMES = r"logs?|logged|cru|cases?|refs?|references?|referrals?|foia?|eir|requests?|file"
_LABEL = re.compile(
    rf"\b(?:{_NAMES}|numbers?|nos?[.:])(?:[\s.:#(–-]|\b(?:{_NAMES}|numbers?|nos?|id|is|are|as|under|with)\b)*$",
    re.IGNORECASE,
)
_LABEL_OF_ONE = re.compile(
    r"\b(?:log|case|file|refs?|references?|numbers?|nos?|id)[\s.:#(–-]*$", re.IGNORECASE
)
_LABEL_OF_LOG = re.compile(r"\b(?:logs?|logged|cru)\b", re.IGNORECASE)
_OTHER_THING = re.compile(
    r"(?:§|(?<![\w'’])(?:s|ss|sec|sections?|regs?|regulations?|paras?|paragraphs?|art|articles?|sch|schedules?|"
    r"parts?|annex|rules?|clauses?|si|pages?|pp?|figures?|tables?|rooms?|flats?))[\s.#]*(?:\b(?:numbers?|nos?)\W*)?$"
    r"|\b(?:tel|telephone|phone|mobile|fax|ext|extension)[\s.:#]*(?:\b(?:numbers?|nos?)\W*)?$",
    re.IGNORECASE,
)
_BETWEEN_LISTED = re.compile(r"(?:[\s,;&•*]|\b(?:and|or|plus)\b)*", re.IGNORECASE)
_DATE_BEFORE = re.compile(
    r"\b(?:on|in|by|from|since|until|till|before|after|between|during|dated?|year|years|fy|ending|ended|week|month|"
    r"quarter|period)[\s:]*$",
    re.IGNORECASE,
)
_DATES_HEADING = re.compile(r"\b(?:dates?|days?|weeks?|months?|quarters?|years?|periods?)\b", re.IGNORECASE)
_REFERENCES_HEADING = re.compile(r"\b(?:logs?|cru|cases?|refs?|references?|numbers?)\b", re.IGNORECASE)
#: How far back on the line a label is looked for.
_LABEL_REACH = 80


class NearKind(StrEnum):
    """How one reference may have become another."""

    ONE_DIGIT = "one digit different"
    DIGIT_COUNT = "one digit missing or extra"
    SWAPPED = "two digits swapped"
    YEAR = "same number, another year"
    OTHER_REGISTER = "same number and year, one as a request and one as a CRU log"


@dataclass(frozen=True, slots=True)
class FoundReference:
    """A reference in a text.

    `ordinal` counts the references of the text from 1, `line` its lines from 1, `offset` its characters from
    0; `label` is the list label at the start of the line, such as “12”, or empty.
    """

    reference: Reference
    written: str
    ordinal: int
    line: int
    offset: int
    label: str

    @property
    def where(self) -> str:
        """The place in words, such as “14th reference, line 16, labelled 14”."""
        last = (
            "th"
            if self.ordinal % 100 in (11, 12, 13)
            else {1: "st", 2: "nd", 3: "rd"}.get(self.ordinal % 10, "th")
        )
        labelled = f", labelled {self.label}" if self.label else ""
        return f"{self.ordinal}{last} reference, line {self.line}{labelled}"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A reference that occurs more than once in the request or in the answer, with every place in each."""

    reference: Reference
    asked: tuple[FoundReference, ...]
    answered: tuple[FoundReference, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A missing reference and an unexpected one that may be the same, mistyped."""

    missing: FoundReference
    unexpected: FoundReference
    kind: NearKind


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between the references asked for and those answered, each at its first place.

    A duplicate is worth reporting but is not a difference.
    """

    missing: tuple[FoundReference, ...]
    unexpected: tuple[FoundReference, ...]
    duplicates: tuple[Duplicate, ...]
    near_misses: tuple[NearMiss, ...]

    @property
    def is_clean(self) -> bool:
        """Whether the same references are asked for and answered."""
        return not self.missing and not self.unexpected


def compare(asked: str, answered: str, excluded: Collection[Reference] = ()) -> Comparison:
    """Compare the references of two texts, whatever form each is written in and in whatever order.

    References in `excluded` (what a clarification took out) are neither missed nor unexpected.
    """
    left_out = set(excluded)
    asked_for, given = _by_reference(find_references(asked)), _by_reference(find_references(answered))
    missing = [places[0] for key, places in asked_for.items() if key not in given and key not in left_out]
    unexpected = [places[0] for key, places in given.items() if key not in asked_for and key not in left_out]
    duplicates = tuple(
        Duplicate(key, tuple(asked_for.get(key, ())), tuple(given.get(key, ())))
        for key in {**asked_for, **given}
        if len(asked_for.get(key, ())) > 1 or len(given.get(key, ())) > 1
    )
    near = sorted(
        _near_misses(missing, unexpected), key=lambda pair: (pair.missing.offset, pair.unexpected.offset)
    )
    return Comparison(tuple(missing), tuple(unexpected), duplicates, tuple(near))


def find_references(text: str) -> tuple[FoundReference, ...]:
    """Find the request references and CRU log numbers in `text`, in order; the module says what counts as one."""
    chains = list(_chains(_read_lines(text)))
    lead_lines = any(candidate.is_certain and candidate.leads_line for chain in chains for candidate in chain)
    found: list[FoundReference] = []
    for chain in chains:
        vouched = any(candidate.is_certain for candidate in chain)
        vouched = vouched and (chain[0].is_certain or not chain[0].follows_date_word)
        for candidate in chain:
            in_column = lead_lines and candidate.leads_line and not candidate.line.under_dates
            if candidate.is_certain or vouched or in_column or candidate.stands_alone:
                found.append(candidate.at(len(found) + 1))
    return tuple(found)


class _Likeness(Enum):
    """What something in the form of a reference looks like, apart from its surroundings."""

    REFERENCE = auto()
    DATE_OR_FRACTION = auto()
    TWO_YEARS = auto()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with its list label blanked, and with web addresses and telephone numbers blotted out.

    `indent` is where its first word begins, `is_list` says that nothing but references could be on it,
    `under_dates` that its heading is about dates.
    """

    number: int
    start: int
    label: str
    text: str
    indent: int
    is_list: bool
    under_dates: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Something in the form of a reference, with what its surroundings say about it."""

    line: _Line
    start: int
    end: int
    written: str
    reference: Reference
    is_certain: bool
    stands_alone: bool
    leads_line: bool
    follows_date_word: bool

    def at(self, ordinal: int) -> FoundReference:
        return FoundReference(
            self.reference, self.written, ordinal, self.line.number, self.start, self.line.label
        )


def _read_lines(text: str) -> Iterator[_Line]:
    start, under_dates = 0, False
    for number, raw in enumerate(text.translate(_TYPED_OTHERWISE).splitlines(keepends=True), start=1):
        marker = list_marker(raw)
        label, skipped = (marker.label, marker.end) if marker else ("", 0)
        cleaned = _ELSEWHERE.sub(_blotted, " " * skipped + raw[skipped:])
        is_list = _BETWEEN_LISTED.fullmatch(_FORM.sub("", cleaned).strip(" .()\t\r\n")) is not None
        if not is_list:
            under_dates = bool(_DATES_HEADING.search(raw)) and not _REFERENCES_HEADING.search(raw)
        indent = len(cleaned) - len(cleaned.lstrip(" .()\t"))
        yield _Line(number, start, label, cleaned, indent, is_list, under_dates)
        start += len(raw)


def _blotted(match: re.Match[str]) -> str:
    digits = sum(map(str.isdigit, match["telephone"] or ""))
    return match[0] if 0 < digits < _TELEPHONE_DIGITS else "#" * len(match[0])


def _chains(lines: Iterable[_Line]) -> Iterator[list[_Candidate]]:
    """The candidates of a text, together with those they are listed with: separated by commas, “and”, line ends.

    What follows a word for something else is left out, and so is what is listed with it.
    """
    chain: list[_Candidate] = []
    tail, is_other, is_log = "", False, False
    for line in lines:
        position = 0
        for match in _FORM.finditer(line.text):
            between = tail + line.text[position : match.start()]
            lead = line.text[max(0, match.start() - _LABEL_REACH) : match.start()]
            labelled = _LABEL.search(lead)
            if not _BETWEEN_LISTED.fullmatch(between):
                yield chain
                chain, is_other, is_log = [], False, False
            if labelled:
                is_other, is_log = False, bool(_LABEL_OF_LOG.search(labelled[0]))
            is_other = is_other or bool(_OTHER_THING.search(lead))
            candidate = None if is_other else _candidate(line, match, lead, labelled is not None, is_log)
            if candidate:
                chain.append(candidate)
            tail, position = "", match.end()
        tail += line.text[position:]
    yield chain


def _candidate(
    line: _Line, match: re.Match[str], lead: str, is_labelled: bool, is_log: bool
) -> _Candidate | None:
    """What was found at `match`; None when no reference can have this number."""
    number, year = match["number"], match["year"]
    try:
        reference = (
            LogNumber.parse(match[0]) if is_log or len(year) == 2 else RequestReference.parse(match[0])
        )
    except ReferenceNotUnderstood:
        return None
    likeness = _likeness(number, year)
    return _Candidate(
        line=line,
        start=line.start + match.start(),
        end=line.start + match.end(),
        written=match[0],
        reference=reference,
        is_certain=likeness is _Likeness.REFERENCE
        or (is_labelled and (likeness is not _Likeness.TWO_YEARS or bool(_LABEL_OF_ONE.search(lead)))),
        stands_alone=likeness is _Likeness.DATE_OR_FRACTION and line.is_list and not line.under_dates,
        leads_line=match.start() <= line.indent,
        follows_date_word=bool(_DATE_BEFORE.search(lead)),
    )


def _likeness(number: str, year: str) -> _Likeness:
    if number.startswith("0") and len(number) > 2:
        return _Likeness.REFERENCE
    value, year_value = int(number), int(year)
    next_year = value + 1 if len(year) == 4 else (value + 1) % 100
    if year_value == next_year and (value <= 99 or 1900 <= value <= 2099):
        return _Likeness.TWO_YEARS
    last_of_dates = 12 if len(year) == 4 else 31
    is_fraction = len(year) == 2 and (year_value >= 40 or value + year_value == 100)
    return _Likeness.DATE_OR_FRACTION if value <= last_of_dates or is_fraction else _Likeness.REFERENCE


def _by_reference(found: Iterable[FoundReference]) -> dict[Reference, list[FoundReference]]:
    places: dict[Reference, list[FoundReference]] = {}
    for place in found:
        places.setdefault(place.reference, []).append(place)
    return places


def _near_misses(
    missing: Sequence[FoundReference], unexpected: Sequence[FoundReference]
) -> Iterator[NearMiss]:
    """Pairs of a missing and an unexpected reference that one slip of the hand turns into each other."""
    given = {place.reference: place for place in unexpected}
    years: dict[tuple[type, int], list[FoundReference]] = {}
    for place in unexpected:
        years.setdefault((type(place.reference), place.reference.number), []).append(place)
    for place in missing:
        wanted = place.reference
        for number, kind in _slips(str(wanted.number)).items():
            if other := given.get(type(wanted)(number, wanted.year)):
                yield NearMiss(place, other, kind)
        for other in years.get((type(wanted), wanted.number), []):
            yield NearMiss(place, other, NearKind.YEAR)
        register = LogNumber if isinstance(wanted, RequestReference) else RequestReference
        if other := given.get(register(wanted.number, wanted.year)):
            yield NearMiss(place, other, NearKind.OTHER_REGISTER)


def _slips(digits: str) -> dict[int, NearKind]:
    """Every number that differs from `digits` by one slip, and by which."""
    places, tens = range(len(digits)), "0123456789"
    changed = {
        NearKind.ONE_DIGIT: {digits[:i] + d + digits[i + 1 :] for i in places for d in tens},
        NearKind.DIGIT_COUNT: {digits[:i] + digits[i + 1 :] for i in places}
        | {digits[:i] + d + digits[i:] for i in range(len(digits) + 1) for d in tens},
        NearKind.SWAPPED: {
            digits[:i] + digits[j] + digits[i + 1 : j] + digits[i] + digits[j + 1 :]
            for i in places
            for j in places[i + 1 :]
        },
    }
    return {
        int(slip): kind
        for kind, slips in changed.items()
        for slip in slips
        if slip and not slip.startswith("0") and slip != digits
    }
