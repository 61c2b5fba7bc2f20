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

from foitracker.identity.contact_details import (
    find_emails,
    find_postcodes,
    find_profiles,
    find_streets,
    find_telephone_numbers,
)
from foitracker.identity.known_identity import find_certain, find_perhaps
from foitracker.identity.person_names import find_names
from foitracker.identity.plain_text import plain_text

#: What stands in place of what was masked, as in letters.
MASK = "****"


class TraceKind(StrEnum):
    """What was found. The first of two that overlap is the one that is named."""

    OUR_APPLICANT = "our_applicant"
    PERHAPS_OUR_APPLICANT = "perhaps_our_applicant"
    EMAIL = "email"
    PROFILE = "profile"
    NAME = "name"
    TELEPHONE = "telephone"
    POSTCODE = "postcode"
    STREET = "street"


TRACE_LABELS: dict[TraceKind, str] = {
    TraceKind.OUR_APPLICANT: "who our own applicant is",
    TraceKind.PERHAPS_OUR_APPLICANT: "perhaps who our own applicant is",
    TraceKind.EMAIL: "e-mail address",
    TraceKind.PROFILE: "address of a personal page or a published request",
    TraceKind.NAME: "name",
    TraceKind.TELEPHONE: "telephone number",
    TraceKind.POSTCODE: "postcode",
    TraceKind.STREET: "postal address",
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
    order = list(TraceKind)
    spans = sorted(_spans(plain.text, known), key=lambda span: (span[1], -span[2], order.index(span[0])))
    breaks = [at for at, character in enumerate(plain.text) if character == "\n"]
    traces = []
    for kind, start, end in _without_overlaps(spans):
        first, last = plain.place(start, end)
        traces.append(IdentityTrace(kind, text[first:last], first, last, bisect_right(breaks, start) + 1))
    return tuple(traces)


def find_traces_of(text: str, known: Sequence[str]) -> tuple[IdentityTrace, ...]:
    """Find what in `text` tells, or may tell, who an applicant of our own is, by the details of `known`.

    For what we write ourselves, which may name anybody else.
    """
    return (
        tuple(trace for trace in find_identity_traces(text, known) if trace.kind in UNSHOWN) if known else ()
    )


def _spans(text: str, known: Sequence[str]) -> Iterator[tuple[TraceKind, int, int]]:
    finders = [
        (TraceKind.EMAIL, find_emails(text)),
        (TraceKind.PROFILE, find_profiles(text)),
        (TraceKind.NAME, find_names(text)),
        (TraceKind.TELEPHONE, find_telephone_numbers(text)),
        (TraceKind.POSTCODE, find_postcodes(text)),
        (TraceKind.STREET, find_streets(text)),
    ]
    if known:
        finders += [
            (TraceKind.OUR_APPLICANT, find_certain(text, known)),
            (TraceKind.PERHAPS_OUR_APPLICANT, find_perhaps(text, known)),
        ]
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

    Masking can expose what was hidden beside it, so the text is searched again; each turn removes letters or
    digits, so it ends.
    """
    while traces := find_identity_traces(text, known):
        text = mask(text, traces)
    return text


def count_by_kind(traces: Iterable[IdentityTrace]) -> dict[str, int]:
    """Return how many there are of each kind, for the trail: never what they say."""
    counts = Counter(trace.kind.value for trace in traces)
    return {kind.value: counts[kind.value] for kind in TraceKind if counts[kind.value]}


def traces_in_words(traces: Sequence[IdentityTrace], most: int = 12) -> str:
    """List what was found with its lines; after `most` of them, how many more."""
    listed = "; ".join(trace.in_words for trace in traces[:most])
    more = len(traces) - most
    return f"{listed}; and {more} more" if more > 0 else listed
