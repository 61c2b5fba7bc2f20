"""What a claim is asked besides its reasons: questions declared in `data/exemptions.json`, and the answers to them.

A question is written once, there: which limbs ask it, its words on the form, what a letter prints of the answer, and
what is said when the answer is missing. To add one, add it to "questions" and name it in "asks" or "may_ask" of the
limbs concerned. Form, check, letter and `docs/claims.md` follow.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from foitracker.pages.typed_text import gives_reason
from foitracker.pages.words import in_words


class QuestionKind(StrEnum):
    """How a question is answered. A year is four digits, a day is kept as ISO date, a tick as “yes”.

    Of CHOICES one or more may be chosen: their codes are kept with a space between them.
    """

    WORDS = "words"
    LINE = "line"
    DAY = "day"
    YEAR = "year"
    CHOICE = "choice"
    CHOICES = "choices"
    TICK = "tick"


class Basis(StrEnum):
    """Why something is asked: the Act asks for it, this house does, or it is guidance. Only guidance never blocks."""

    STATUTORY = "statutory"
    HOUSE = "house"
    GUIDANCE = "guidance"


class Part(StrEnum):
    """Where on the form a question stands: with the reasons, with the public interest, or folded away at the end."""

    REASONS = "reasons"
    PUBLIC_INTEREST = "public_interest"
    FOLD = "fold"


#: The answer to a tick.
YES = "yes"


@dataclass(frozen=True)
class Option:
    """One answer of a choice: its label on the form, and the sentence a letter prints for it.

    `says_of_denial` is printed instead where the claim neither confirms nor denies, when that reads otherwise.
    """

    code: str
    label: str
    says: str
    says_of_denial: str = ""


@dataclass(frozen=True)
class Question:
    """One question. `says` is the sentence a letter prints, with the answer; words are printed below `heading`.

    `leads` is printed before the words. `unless` names answers to other questions that make this one needless.
    `element` is the element of a notice that a missing answer leaves out.
    """

    name: str
    kind: QuestionKind
    label: str
    reference: str
    basis: Basis
    hint: str = ""
    missing: str = ""
    heading: str = ""
    leads: str = ""
    says: str = ""
    element: str = "why_applies"
    part: Part = Part.REASONS
    options: tuple[Option, ...] = ()
    unless: Mapping[str, tuple[str, ...]] | None = None

    def is_needless(self, answers: Mapping[str, str]) -> bool:
        """Return whether the answers to other questions leave nothing to ask."""
        return any(answers.get(name) in codes for name, codes in (self.unless or {}).items())

    def is_answered(self, answers: Mapping[str, str]) -> bool:
        """Return whether there is an answer that says something; a choice has to be one of those offered."""
        answer = answers.get(self.name, "")
        if self.kind is QuestionKind.WORDS:
            return gives_reason(answer)
        return bool(answer.strip()) and self.can_be_read(answer)

    def can_be_read(self, answer: str) -> bool:
        """Return whether a kept answer is one that the question can have: a day, or an option that is offered."""
        if self.options:
            return len(self.chosen(answer)) == len(self._codes(answer))
        return self.kind is not QuestionKind.DAY or as_day(answer) is not None

    def chosen(self, answer: str) -> list[Option]:
        """Return the options that a kept answer names, in the order in which they are offered."""
        codes = self._codes(answer)
        return [option for option in self.options if option.code in codes]

    def _codes(self, answer: str) -> list[str]:
        return answer.split() if self.kind is QuestionKind.CHOICES else [answer]

    @property
    def is_free_text(self) -> bool:
        """Whether people write the answer; anything else is a code, a day or a tick."""
        return self.kind in (QuestionKind.WORDS, QuestionKind.LINE)


@dataclass(frozen=True)
class Particular:
    """An answer as a claim keeps it, and what a letter prints of it: a heading with words below, or a sentence."""

    name: str
    answer: str
    label: str = ""
    heading: str = ""
    leads: str = ""
    text: str = ""
    is_words: bool = False


def as_day(answer: str) -> date | None:
    """Return a kept answer as the day it is; None where it is none."""
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None


def particulars(
    questions: Iterable[Question], answers: Mapping[str, str], *, denies: bool = False
) -> tuple[Particular, ...]:
    """Return the answers given to these questions, in their order, as a letter prints them.

    Those that became needless, or cannot be read, are left out. `denies` is for a claim to neither confirm nor deny.
    """
    given = ((question, answers.get(question.name, "").strip()) for question in questions)
    return tuple(
        _particular(question, answer, denies=denies)
        for question, answer in given
        if answer and question.can_be_read(answer) and not question.is_needless(answers)
    )


def _particular(question: Question, answer: str, *, denies: bool) -> Particular:
    is_words = question.kind is QuestionKind.WORDS
    return Particular(
        name=question.name,
        answer=answer,
        label=question.label,
        heading=question.heading,
        leads=question.leads,
        text=answer if is_words else _sentence(question, answer, denies=denies),
        is_words=is_words,
    )


def _sentence(question: Question, answer: str, *, denies: bool) -> str:
    if question.options:
        said = (
            (option.says_of_denial if denies else "") or option.says for option in question.chosen(answer)
        )
        return "; ".join(said)
    day = as_day(answer) if question.kind is QuestionKind.DAY else None
    return question.says.replace("{answer}", in_words(day) if day else answer.rstrip("."))


_KEYS = frozenset(
    {
        "name", "kind", "label", "hint", "missing", "reference", "level", "heading", "leads", "says", "element",
        "part", "options", "unless",
    }
)  # fmt: skip


def parse_questions(entries: Iterable[Mapping[str, Any]]) -> dict[str, Question]:
    """Turn the questions of the data file into values, by name. Raises ValueError where one is not whole."""
    found: dict[str, Question] = {}
    for entry in entries:
        question = _parse(entry)
        if question.name in found:
            raise ValueError(f"Question “{question.name}” is listed twice.")
        found[question.name] = question
    for question in found.values():
        if unknown := set(question.unless or {}) - set(found):
            raise ValueError(f"Question “{question.name}” depends on unknown question “{min(unknown)}”.")
    return found


def _parse(entry: Mapping[str, Any]) -> Question:
    name = entry.get("name", "?")
    if missing := [key for key in ("name", "kind", "label", "reference", "level") if not entry.get(key)]:
        raise ValueError(f"Question “{name}” lacks “{missing[0]}”.")
    if unknown := set(entry) - _KEYS:
        raise ValueError(f"Question “{name}” has an unknown key “{min(unknown)}”.")
    rest = {
        key: entry[key] for key in ("hint", "missing", "heading", "leads", "says", "element") if key in entry
    }
    question = Question(
        name=name,
        kind=QuestionKind(entry["kind"]),
        label=entry["label"],
        reference=entry["reference"],
        basis=Basis(entry["level"]),
        part=Part(entry.get("part", Part.REASONS)),
        options=tuple(Option(**option) for option in entry.get("options", ())),
        unless={other: tuple(codes) for other, codes in entry.get("unless", {}).items()} or None,
        **rest,
    )
    if (question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES)) != bool(question.options):
        raise ValueError(f"Question “{name}”: options belong to a choice, and a choice has some.")
    if question.kind is QuestionKind.WORDS and not question.heading:
        raise ValueError(f"Question “{name}” is answered in words, so it needs a heading.")
    return question
