"""What in a text belongs to one force and may not reach another: its own references, its mailboxes, its names.

A reference or a mailbox tells whose request it is, so it never leaves. A name may be harmless (“any force, such as
Kent”), so whoever writes decides. Every pattern is bounded: the cost grows with the length of the text, not faster.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from referrals.rules.force_names import normalise


class ForceTraceKind(StrEnum):
    """What a force is recognised by."""

    REFERENCE = "reference"
    MAILBOX = "mailbox"
    NAME = "name"


@dataclass(frozen=True)
class ForceWords:
    """What one force is recognised by. `called` is what messages call it."""

    called: str
    references: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class ForceTrace:
    """Something found in a text: whose, what it is, and on which line, counted from 1."""

    kind: ForceTraceKind
    force: str
    found: str
    line: int


#: What may stand between the parts of a reference, which is written in many ways: a sign, or one or two spaces.
_BETWEEN = r"(?:\s?[/\\_:|#‐-―-]\s?|\.|\s{1,2})?"
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_PARTS = re.compile(r"\d+|[^\W\d_]+")
#: What cannot be part of an address and stands around one.
_AROUND_ADDRESS = re.compile(r"[\s<>()\[\],;:\"'`|]+")
_POLICE = ".police.uk"
#: Fewer figures alone could be any number; two letters or more beside one make it a reference.
_FEWEST_FIGURES, _FEWEST_SIGNS = 5, 4
#: A name this short is one only as it is written: MOD, BTP.
_SHORT_NAME = 4


def find_force_traces(
    text: str,
    others: Sequence[ForceWords],
    *,
    own: ForceWords | None = None,
    ours: Collection[str] = (),
) -> list[ForceTrace]:
    """Return what in a text belongs to one of the `others`, in order.

    What belongs to `own` as well, the force that reads it, is not theirs: an equal reference, a name that is part of
    its name. `ours` are references of our own, such as the number of the log, and the domains of our addresses.
    """
    mine = own or ForceWords("")
    kept = {_signs(one) for one in (*mine.references, *ours)}
    lines = text.splitlines()
    found = [
        *_references(lines, others, kept),
        *_mailboxes(lines, others, mine, ours),
        *_names(lines, others, mine),
    ]
    return sorted(dict.fromkeys(found), key=lambda trace: trace.line)


def never_sent(traces: Iterable[ForceTrace]) -> list[ForceTrace]:
    """Return those that leave in no case: references and mailboxes."""
    return [trace for trace in traces if trace.kind is not ForceTraceKind.NAME]


def traces_in_words(traces: Iterable[ForceTrace]) -> str:
    """Return what was found and where, for a message: “FOI/12” of Kent Police (line 3)."""
    return ", ".join(f"“{trace.found}” of {trace.force} (line {trace.line})" for trace in traces)


def _signs(reference: str) -> str:
    return "".join(part.lstrip("0") for part in _PARTS.findall(reference.casefold()))


def _can_be_told(reference: str) -> bool:
    """Whether a reference is more than a number that anything could have."""
    signs = "".join(_PARTS.findall(reference))
    if not any(map(str.isdigit, signs)):
        return False
    if signs.isdigit():
        return len(signs) >= _FEWEST_FIGURES
    return len(signs) >= _FEWEST_SIGNS


def _references(
    lines: Sequence[str], others: Iterable[ForceWords], kept: Collection[str]
) -> Iterator[ForceTrace]:
    whose = {
        reference: force.called
        for force in others
        for reference in force.references
        if _can_be_told(reference) and _signs(reference) not in kept
    }
    for reference, force in whose.items():
        parts = [
            rf"0{{0,6}}{part.lstrip('0')}" if part.isdigit() else re.escape(part)
            for part in _PARTS.findall(reference)
        ]
        pattern = re.compile(_BEFORE + _BETWEEN.join(parts) + _AFTER, re.IGNORECASE)
        for number, line in enumerate(lines, start=1):
            for match in pattern.finditer(line):
                yield ForceTrace(ForceTraceKind.REFERENCE, force, match.group(), number)


def _mailboxes(
    lines: Sequence[str], others: Sequence[ForceWords], mine: ForceWords, ours: Collection[str]
) -> Iterator[ForceTrace]:
    own = {box.lower() for box in mine.mailboxes}
    own_domains = {domain.lower() for domain in (*ours, *(box.partition("@")[2] for box in own))}
    whose = {
        box.lower(): force.called for force in others for box in force.mailboxes if box.lower() not in own
    }
    domains = _police_domains(others, own_domains)
    for number, line in enumerate(lines, start=1):
        for word in _AROUND_ADDRESS.split(line):
            address = word.strip(".").lower()
            name, at, domain = address.rpartition("@")
            if not (name and at):
                continue
            force = whose.get(address) or domains.get(domain.removesuffix(_POLICE).rpartition(".")[2])
            if force and (address in whose or (domain.endswith(_POLICE) and domain not in own_domains)):
                yield ForceTrace(ForceTraceKind.MAILBOX, force, address, number)


def _police_domains(others: Iterable[ForceWords], own_domains: Collection[str]) -> dict[str, str]:
    """Whose a domain of the police is, by its distinctive part: that of a mailbox, or the name itself."""
    own = {domain.removesuffix(_POLICE) for domain in own_domains}
    found: dict[str, str] = {}
    for force in others:
        boxes = [box.lower().partition("@")[2] for box in force.mailboxes]
        parts = [
            domain.removesuffix(_POLICE).rpartition(".")[2] for domain in boxes if domain.endswith(_POLICE)
        ]
        names = [normalise(name).removesuffix("police").replace(" ", "") for name in force.names]
        found |= {part: force.called for part in (*parts, *names) if part and part not in own}
    return found


def _names(lines: Sequence[str], others: Iterable[ForceWords], mine: ForceWords) -> Iterator[ForceTrace]:
    own = _any_of(mine.names)
    patterns = [(force.called, pattern) for force in others if (pattern := _any_of(force.names))]
    for number, line in enumerate(lines, start=1):
        taken = [match.span() for match in own.finditer(line)] if own else []
        for force, pattern in patterns:
            for match in pattern.finditer(line):
                if not any(start <= match.start() and match.end() <= end for start, end in taken):
                    yield ForceTrace(ForceTraceKind.NAME, force, match.group(), number)


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for any of the names, the longest first, however many spaces stand in them."""
    found = [
        r"\s{1,3}".join(map(re.escape, name.split())) for name in sorted(set(names), key=len, reverse=True)
    ]
    either = [one if len(one) <= _SHORT_NAME else f"(?i:{one})" for one in found if one]
    return re.compile(f"{_BEFORE}(?:{'|'.join(either)}){_AFTER}") if either else None
