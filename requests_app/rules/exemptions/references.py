"""References to sections and limbs, read as officers type them.

“31(1)(a)”, “s.31(1)(a)”, “Section 31 (1) (a)” are one limb; “s31(1)(a)(b)” and “31(1)(a) to (c)” are several.
A reference is cut into its section number and its bracketed parts; “and”, “with”, “+” only join them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<skip>\s+|foia|freedom\ of\ information\ act(?:\ 2000)?|of\ the\ act
         |(?:sub-?)?sections?|ss?\.?(?=\s*\d)
         |[,;+&/.]|\b(?:and|or|with|re|read|by\ virtue\ of)\b)
      |(?P<range>[-–—]|\bto\b)
      |(?P<number>\d{1,2}a?(?![a-z\d]))
      |\(\s*(?P<part>[0-9]{1,2}[a-z]?|[a-z]{1,4})\s*\)""",
    re.IGNORECASE | re.VERBOSE,
)


class UnknownLimb(LookupError):
    """No such section or limb. `suggestions` are references that may have been meant."""

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.suggestions = tuple(suggestions)


@dataclass(frozen=True)
class Part:
    """One bracketed part of a reference; `ranged` when “to” or a dash stands before it."""

    name: str
    ranged: bool = False


@dataclass(frozen=True)
class TypedReference:
    """A section number, as “31” or “22A”, and the bracketed parts typed after it, in lower case."""

    section: str
    parts: tuple[Part, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.parts)


def read_references(text: str) -> tuple[TypedReference, ...]:
    """Split `text` into references, one for each section number in it.

    Raises UnknownLimb when something in it belongs to no reference, or no number comes first.
    """
    found: list[tuple[str, list[Part]]] = []
    position, ranged = 0, False
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None or (token["part"] and not found) or (token["number"] and ranged):
            raise _unreadable(text)
        position = token.end()
        if token["number"]:
            found.append((token["number"].upper(), []))
        elif token["part"]:
            found[-1][1].append(Part(token["part"].lower(), ranged))
        if not token["skip"]:
            ranged = token["range"] is not None
    if not found or ranged:
        raise _unreadable(text)
    return tuple(TypedReference(section, tuple(parts)) for section, parts in found)


def _unreadable(text: str) -> UnknownLimb:
    return UnknownLimb(f"“{text.strip()}” cannot be read as a section and limb. Type it like 31(1)(a).")


def _names(ref: str) -> tuple[str, ...]:
    """The bracketed parts of a reference of the catalogue, with repeated section numbers left out."""
    return tuple(name for typed in read_references(ref) for name in typed.names)


class ReferenceIndex:
    """The references of one section, with the other ways in which each is written."""

    def __init__(self, section: str, also_written: Mapping[str, Iterable[str]]) -> None:
        self.section = section
        self._refs = tuple(also_written)
        self._by_names = {
            _names(written): ref for ref, others in also_written.items() for written in (ref, *others)
        }

    def find(self, typed: Sequence[TypedReference]) -> tuple[str, ...]:
        """Return the catalogue's references that were typed, each once, in that order.

        Raises UnknownLimb with near suggestions.
        """
        together = TypedReference(self.section, tuple(part for one in typed for part in one.parts))
        if together.names in self._by_names:
            return (self._by_names[together.names],)
        found = [ref for one in typed for ref in self._one(one)]
        return tuple(dict.fromkeys(found))

    def _one(self, typed: TypedReference) -> tuple[str, ...]:
        """The references typed after one section number: a part that leads no further begins the next one."""
        if typed.names in self._by_names:
            return (self._by_names[typed.names],)
        found: list[tuple[str, ...]] = []
        path: tuple[str, ...] = ()
        for part in typed.parts:
            if not part.ranged and self._begins((*path, part.name)):
                path = (*path, part.name)
                continue
            onward = self._next(path, part)
            found += self._between(path, onward) if part.ranged else [path]
            path = onward
        if path not in self._by_names:
            raise self._unknown(path)
        return tuple(self._by_names[names] for names in [*found, path])

    def _begins(self, names: tuple[str, ...]) -> bool:
        return any(known[: len(names)] == names for known in self._by_names)

    def _next(self, path: tuple[str, ...], part: Part) -> tuple[str, ...]:
        """The reference that `part` begins after `path`: beside it, or beside what it is within."""
        if path not in self._by_names:
            raise self._unknown((*path, part.name))
        for depth in range(len(path) - 1, -1, -1):
            if self._begins(onward := (*path[:depth], part.name)):
                return onward
        raise self._unknown((*path, part.name))

    def _between(self, first: tuple[str, ...], last: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The references from `first` up to and without `last`, in the order of the Act."""
        family = [names for names in self._by_names if names[:-1] == first[:-1]]
        if last not in family or family.index(last) < family.index(first):
            raise self._unknown(first[:-1])
        return family[family.index(first) : family.index(last)]

    def _unknown(self, names: tuple[str, ...]) -> UnknownLimb:
        typed = self.section + "".join(f"({name.upper() if name[0].isdigit() else name})" for name in names)
        kept = next(length for length in range(len(names), -1, -1) if self._begins(names[:length]))
        near = dict.fromkeys(ref for known, ref in self._by_names.items() if known[:kept] == names[:kept])
        problem = (
            f"Say which limb of section {typed} you mean"
            if kept == len(names)
            else f"There is no limb {typed}"
        )
        return UnknownLimb(f"{problem}. Section {self.section} has: {', '.join(near)}.", tuple(near))
