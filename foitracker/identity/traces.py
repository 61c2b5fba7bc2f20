"""What in a text may identify the applicant, and the text with it masked.

A referral is answered without knowing the applicant. Officers paste wording from letters and e-mails; what
looks like a name line, an e-mail address, a telephone number or a postcode is shown to them before anything
is kept.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from foitracker.identity.closings import find_closing_block
from foitracker.identity.contact_details import (
    find_dates_of_birth,
    find_emails,
    find_postcodes,
    find_profiles,
    find_telephone_numbers,
)
from foitracker.identity.known_identity import find_certain, find_perhaps
from foitracker.identity.person_names import find_names
from foitracker.identity.plain_text import PlainText, plain_text
from foitracker.identity.postal_addresses import find_lines_above, find_streets

#: What stands in place of what was masked, as in letters.
MASK = "****"
#: How often a text is searched while each mask exposes another find.
_MOST_TURNS = 4


class TraceKind(StrEnum):
    """What was found. The first of two that overlap is the one that is named."""

    OUR_APPLICANT = "our_applicant"
    PERHAPS_OUR_APPLICANT = "perhaps_our_applicant"
    EMAIL = "email"
    PROFILE = "profile"
    NAME = "name"
    TELEPHONE = "telephone"
    STREET = "street"
    POSTCODE = "postcode"
    DATE_OF_BIRTH = "date_of_birth"
    CLOSING_BLOCK = "closing_block"


TRACE_LABELS: dict[TraceKind, str] = {
    TraceKind.OUR_APPLICANT: "who our own applicant is",
    TraceKind.PERHAPS_OUR_APPLICANT: "perhaps who our own applicant is",
    TraceKind.EMAIL: "e-mail address",
    TraceKind.PROFILE: "account name, or address of a personal page or a published request",
    TraceKind.NAME: "name",
    TraceKind.TELEPHONE: "telephone number",
    TraceKind.POSTCODE: "postcode",
    TraceKind.STREET: "postal address",
    TraceKind.DATE_OF_BIRTH: "date of birth",
    TraceKind.CLOSING_BLOCK: "everything from where the text is signed",
}
#: Found by comparing with details we hold: what was found is never shown, and no one can say that it is not so.
CERTAIN = frozenset({TraceKind.OUR_APPLICANT})
UNSHOWN = frozenset({TraceKind.OUR_APPLICANT, TraceKind.PERHAPS_OUR_APPLICANT})


@dataclass(frozen=True, slots=True)
class IdentityTrace:
    """Something that may identify the applicant: its kind, words, beginning, end and line (from 1)."""

    kind: TraceKind
    found: str
    start: int
    end: int
    line: int

    @property
    def in_words(self) -> str:
        """The place and the thing, as in: line 3, e-mail address “…”."""
        shown = "" if self.kind in UNSHOWN else f" “{' '.join(self.found.split())}”"
        return f"line {self.line}, {TRACE_LABELS[self.kind]}{shown}"


def find_identity_traces(text: str, known: Sequence[str] = ()) -> tuple[IdentityTrace, ...]:
    """Find what in `text` may identify the applicant, in reading order and without overlaps.

    `known` are details of an applicant of our own: name, e-mail address, lines of the postal address. Digits
    of other scripts, narrow spaces and invisible characters are read as what they look like. Asterisks are
    masking and never found.
    """
    plain = plain_text(text)
    return _as_traces(text, plain, _in_order(_spans(plain.text, known)))


def find_traces_of(text: str, known: Sequence[str]) -> tuple[IdentityTrace, ...]:
    """Find what in `text` may identify this applicant, and nothing about anybody else.

    For what we write ourselves: an answer may name an officer. `known` and what is returned are as with
    `find_identity_traces`.
    """
    plain = plain_text(text)
    return _as_traces(text, plain, _in_order(_spans_of(plain.text, known)))


def closing_block(text: str, known: Sequence[str] = ()) -> IdentityTrace | None:
    """Return the part of `text` from where its writer signs down to its end, or None where nobody signs.

    That is the closing with what follows it, or the last lines from the first that identifies somebody. It is
    no trace of its own beside those within it: a page offers to drop everything from there on.
    """
    plain = plain_text(text)
    found = [(start, end) for _, start, end in _in_order(_spans(plain.text, known))]
    block = find_closing_block(plain.text, found)
    traces = _as_traces(text, plain, [(TraceKind.CLOSING_BLOCK, *block)] if block else [])
    return traces[0] if traces else None


def _as_traces(
    text: str, plain: PlainText, spans: Iterable[tuple[TraceKind, int, int]]
) -> tuple[IdentityTrace, ...]:
    breaks = [at for at, character in enumerate(plain.text) if character == "\n"]
    traces = []
    for kind, start, end in spans:
        first, last = plain.place(start, end)
        traces.append(IdentityTrace(kind, text[first:last], first, last, bisect_right(breaks, start) + 1))
    return tuple(traces)


def _in_order(spans: Iterable[tuple[TraceKind, int, int]]) -> Iterator[tuple[TraceKind, int, int]]:
    order = list(TraceKind)
    yield from _without_overlaps(sorted(spans, key=lambda span: (span[1], -span[2], order.index(span[0]))))


def _spans_of(text: str, known: Sequence[str]) -> Iterator[tuple[TraceKind, int, int]]:
    yield from ((TraceKind.OUR_APPLICANT, start, end) for start, end in find_certain(text, known))
    yield from ((TraceKind.PERHAPS_OUR_APPLICANT, start, end) for start, end in find_perhaps(text, known))


def _spans(text: str, known: Sequence[str]) -> Iterator[tuple[TraceKind, int, int]]:
    postcodes = list(find_postcodes(text))
    finders = [
        (TraceKind.EMAIL, find_emails(text)),
        (TraceKind.PROFILE, find_profiles(text)),
        (TraceKind.NAME, find_names(text)),
        (TraceKind.TELEPHONE, find_telephone_numbers(text)),
        (TraceKind.POSTCODE, iter(postcodes)),
        (TraceKind.STREET, find_streets(text)),
        (TraceKind.STREET, find_lines_above(text, postcodes)),
        (TraceKind.DATE_OF_BIRTH, find_dates_of_birth(text)),
    ]
    yield from _spans_of(text, known)
    for kind, spans in finders:
        yield from ((kind, start, end) for start, end in spans)


def _without_overlaps(spans: Iterable[tuple[TraceKind, int, int]]) -> Iterator[tuple[TraceKind, int, int]]:
    """Stretches that overlap made one, named by the kind that comes first in TraceKind."""
    order = list(TraceKind)
    held: tuple[TraceKind, int, int] | None = None
    for kind, start, end in spans:
        if held and start < held[2]:
            held = (min(kind, held[0], key=order.index), held[1], max(end, held[2]))
            continue
        if held:
            yield held
        held = (kind, start, end)
    if held:
        yield held


def mask(text: str, traces: Iterable[IdentityTrace]) -> str:
    """Return `text` with `****` in place of each of `traces`, which were found in it."""
    parts: list[str] = []
    position = 0
    for trace in sorted(traces, key=lambda trace: trace.start):
        parts += [text[position : trace.start], MASK]
        position = trace.end
    return "".join([*parts, text[position:]])


def masked(text: str, known: Sequence[str] = ()) -> str:
    """Return `text` with everything masked that `find_identity_traces` finds, and nothing left.

    Masking can expose what was hidden beside it, so the text is searched again, but not without end: where
    one mask still exposes the next (nobody writes so without meaning to), all lines from the first find to the
    last are masked, and at last the whole text. Nothing is found in asterisks.
    """
    for _ in range(_MOST_TURNS):
        traces = find_identity_traces(text, known)
        if not traces:
            return text
        text = mask(text, traces)
    if traces := find_identity_traces(text, known):
        start = text.rfind("\n", 0, traces[0].start) + 1
        end = text.find("\n", traces[-1].end)
        text = text[:start] + MASK + (text[end:] if end >= 0 else "")
    return MASK if find_identity_traces(text, known) else text


def count_by_kind(traces: Iterable[IdentityTrace]) -> dict[str, int]:
    """Return how many there are of each kind, for the trail: never what they say."""
    counts = Counter(trace.kind.value for trace in traces)
    return {kind.value: counts[kind.value] for kind in TraceKind if counts[kind.value]}


def traces_in_words(traces: Sequence[IdentityTrace], most: int = 12) -> str:
    """List what was found with its lines; after `most` of them, how many more."""
    listed = "; ".join(trace.in_words for trace in traces[:most])
    more = len(traces) - most
    return f"{listed}; and {more} more" if more > 0 else listed
