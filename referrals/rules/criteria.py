"""Which mandatory criteria may apply to a request, by its words and its flags. Suggested, never decided.

A criterion is suggested when the wording has one of its words or phrases, or the request one of its flags, and every
suggestion says why. Whole words count, in any case, singular or plural, with a hyphen or without.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from foitracker.identity.plain_text import plain_text
from referrals.rules.vocabulary import FLAG_LABELS, Flag

_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*")
#: What may stand between the words of a phrase: not a comma, a stop or a bracket.
_BETWEEN = re.compile(r"[\s'\"/-]*")
_FEWEST_LETTERS = 3


class SuggestingCriterion(Protocol):
    """A criterion by what suggests it; the rows of the table are such values."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...
    @property
    def flags(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class CriterionWords:
    """A criterion as a plain value."""

    code: str
    title: str
    words: Sequence[str] = ()
    flags: Sequence[str] = ()


AnyCriterion = TypeVar("AnyCriterion", bound=SuggestingCriterion)


@dataclass(frozen=True, slots=True)
class Suggestion(Generic[AnyCriterion]):
    """A criterion that may apply, and every reason for thinking so."""

    criterion: AnyCriterion
    reasons: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.criterion.code

    @property
    def title(self) -> str:
        return self.criterion.title


def suggest(
    text: str, flags: Collection[str], criteria: Iterable[AnyCriterion]
) -> list[Suggestion[AnyCriterion]]:
    """Return the criteria that `text` (subject and wording) or `flags` suggest, in their order.

    A reason quotes what the text says, at its first place, or names the flag.
    """
    said = _Said(text)
    suggestions = []
    for criterion in criteria:
        reasons = [f"the wording says “{found}”" for found in said.which_of(criterion.words)]
        reasons += [f"flag: {_label(flag)}" for flag in criterion.flags if flag in flags]
        if reasons:
            suggestions.append(Suggestion(criterion, tuple(reasons)))
    return suggestions


def _label(flag: str) -> str:
    return FLAG_LABELS[Flag(flag)] if flag in set(Flag) else flag


class _Said:
    """A text by its words, to look phrases up in."""

    def __init__(self, text: str) -> None:
        self.text = plain_text(text).text
        self.words = [(match.start(), match.end()) for match in _WORD.finditer(self.text)]
        self.forms = [_forms(self.text[start:end]) for start, end in self.words]
        self.places: dict[str, list[int]] = {}
        for place, forms in enumerate(self.forms):
            for form in forms:
                self.places.setdefault(form, []).append(place)

    def which_of(self, phrases: Iterable[str]) -> Iterator[str]:
        """Return each of the phrases that is said, as the text says it first; the same stretch of text once."""
        found: dict[tuple[int, int], str] = {}
        for phrase in phrases:
            wanted = [_forms(word) for word in _WORD.findall(plain_text(phrase).text)]
            if wanted and (stretch := self._first(wanted)):
                found.setdefault(stretch, " ".join(self.text[slice(*stretch)].split()))
        yield from found.values()

    def _first(self, wanted: Sequence[frozenset[str]]) -> tuple[int, int] | None:
        starts = sorted({place for form in wanted[0] for place in self.places.get(form, ())})
        for start in starts:
            if self._stands_at(start, wanted):
                return self.words[start][0], self.words[start + len(wanted) - 1][1]
        return None

    def _stands_at(self, start: int, wanted: Sequence[frozenset[str]]) -> bool:
        said = self.forms[start : start + len(wanted)]
        return (
            len(said) == len(wanted)
            and all(one & other for one, other in zip(wanted, said, strict=True))
            and all(self._joined(place) for place in range(start, start + len(wanted) - 1))
        )

    def _joined(self, place: int) -> bool:
        """Whether nothing but spaces and hyphens lies between a word and the next."""
        return bool(_BETWEEN.fullmatch(self.text, self.words[place][1], self.words[place + 1][0]))


def _forms(word: str) -> frozenset[str]:
    """A word in small letters without its possessive, and what it would be the plural of."""
    bare = word.casefold().removesuffix("'s").removesuffix("'").replace("'", "")
    forms = {bare}
    if bare.endswith("ies"):
        forms.add(bare[:-3] + "y")
    if bare.endswith("es"):
        forms.add(bare[:-2])
    if bare.endswith("s") and not bare.endswith(("ss", "us", "is")):
        forms.add(bare[:-1])
    return frozenset(form for form in forms if form == bare or len(form) >= _FEWEST_LETTERS)
