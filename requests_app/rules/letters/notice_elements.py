"""What a notice has to contain, as data: kinds of notice, their elements, and gaps where one is missing."""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How binding an element is: by statute, by a rule of this house, by the code of practice (FOIA s.45), or as good
    practice. A house rule holds up a letter as statute does, under its own name."""

    STATUTORY = "statutory"
    HOUSE_RULE = "house_rule"
    CODE = "s45_code"
    GOOD_PRACTICE = "good_practice"


@dataclass(frozen=True)
class Gap:
    """Something a letter lacks or gets wrong: what to do about it, and the law or guidance that asks for it.

    A gap that `blocks` holds up approval, another one warns. `where` is the place to fix it: "items",
    "decision:<label>", "claim:<section>", "search", "clarification", "letter", "details" (of the request),
    "authority", "applicant", "references", or a place that the declaration of the letter's kind names. `id` names the
    element or the check; several gaps can share it.
    """

    id: str
    message: str
    reference: str
    blocks: bool
    where: str


@dataclass(frozen=True)
class Element:
    """One thing a notice has to contain, or is better with."""

    id: str
    text: str
    reference: str
    level: Level

    def gap(self, message: str, where: str, *, blocks: bool | None = None) -> Gap:
        """Return the gap where this element is missing; a statutory one blocks, and so does a house rule."""
        binding = self.level in (Level.STATUTORY, Level.HOUSE_RULE) if blocks is None else blocks
        return Gap(self.id, message, self.reference, binding, where)


@dataclass(frozen=True)
class RefusalElements:
    """The elements of each kind of notice, by the kind's id."""

    types: Mapping[str, tuple[Element, ...]]

    @classmethod
    def parse(cls, entries: Iterable[Mapping[str, Any]]) -> "RefusalElements":
        """Turn the kinds of notice of the data file into values.

        Raises KeyError or ValueError when an entry lacks a part or names an unknown level.
        """
        return cls(
            {
                entry["id"]: tuple(
                    Element(e["id"], e["text"], e["reference"], Level(e["level"])) for e in entry["elements"]
                )
                for entry in entries
            }
        )

    def of(self, types: Iterable[str]) -> tuple[Element, ...]:
        """Return the elements of several kinds together, each once, at its most binding."""
        rank = list(Level)
        found: dict[str, Element] = {}
        for element in (element for name in types for element in self.types[name]):
            known = found.get(element.id)
            if known is None or rank.index(element.level) < rank.index(known.level):
                found[element.id] = element
        return tuple(found.values())


_MOST_DIGITS = 18


def natural(label: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts labels as people do: 2 before 10, numbers before letters.

    Of a number longer than any label has, the first digits count.
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", label)
    return tuple(
        (int(part[:_MOST_DIGITS]), "") if part[0] in "0123456789" else (sys.maxsize, part) for part in parts
    )
