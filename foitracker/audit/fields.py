"""The kinds of field that the detail of a recorded event is made of: how a value is kept, and how it reads.

Free text is none of them. What somebody writes in their own words is kept beside the trail (see `Words`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model

from foitracker.pages.words import in_words

#: The longest name or address of anything that is recorded elsewhere.
LONGEST_REFERENCE = 200


class WrongDetail(ValueError):
    """A detail that the event does not declare, or that is of another kind than it declares."""


@dataclass(frozen=True)
class Field:
    """One fact of a detail. `label` is what it is called on the auditor's page."""

    label: str

    def stored(self, value: Any) -> Any:
        """Return `value` as the trail keeps it. Raise WrongDetail for a value of another kind."""
        raise NotImplementedError

    def in_words(self, stored: Any) -> str:
        """Return what the trail keeps as people read it; empty when it says nothing."""
        raise NotImplementedError


@dataclass(frozen=True)
class Code(Field):
    """One of a closed list of values, kept as its code and read as its label; empty for none."""

    labels: Mapping[Any, str]

    def stored(self, value: Any) -> str:
        if value != "" and value not in self.labels:
            raise WrongDetail(f"“{self.label}” is not one of its codes")
        return str(value)

    def in_words(self, stored: Any) -> str:
        return self.labels.get(stored, str(stored))


@dataclass(frozen=True)
class Number(Field):
    """A whole number, or an amount of money; with `unit`, a count of that (“1 log”, “2 logs”)."""

    unit: str = ""

    def stored(self, value: Any) -> int | str:
        if isinstance(value, Decimal):
            return str(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise WrongDetail(f"“{self.label}” is not a number")
        return value

    def in_words(self, stored: Any) -> str:
        if not self.unit:
            return str(stored)
        return f"{stored} {self.unit}{'' if stored == 1 else 's'}"


@dataclass(frozen=True)
class Day(Field):
    """A day, kept as ISO 8601."""

    def stored(self, value: Any) -> str:
        try:
            return (value if type(value) is date else date.fromisoformat(value)).isoformat()
        except (TypeError, ValueError) as error:
            raise WrongDetail(f"“{self.label}” is not a day") from error

    def in_words(self, stored: Any) -> str:
        return in_words(date.fromisoformat(stored)) if stored else ""


@dataclass(frozen=True)
class Flag(Field):
    """Yes or no."""

    def stored(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise WrongDetail(f"“{self.label}” is not yes or no")
        return value

    def in_words(self, stored: Any) -> str:
        return "yes" if stored else "no"


@dataclass(frozen=True)
class Reference(Field):
    """The number, label or name by which something recorded elsewhere is known: a case, an item, a force.

    A row stands for its own name.
    """

    def stored(self, value: Any) -> str:
        text = str(value) if isinstance(value, Model) else value
        if not isinstance(text, str) or len(text) > LONGEST_REFERENCE or not text.isprintable():
            raise WrongDetail(f"“{self.label}” is not a reference of one line")
        return text

    def in_words(self, stored: Any) -> str:
        return str(stored)


@dataclass(frozen=True)
class Person(Field):
    """A user, kept by the name they had when it was recorded."""

    def stored(self, value: Any) -> str:
        if not isinstance(value, get_user_model()):
            raise WrongDetail(f"“{self.label}” is not a user")
        return str(value.name)

    def in_words(self, stored: Any) -> str:
        return str(stored)


@dataclass(frozen=True)
class Many(Field):
    """Several values of one kind.

    With `noun` they read as “item A” or “items A, B”. Only the first `most` are read out.
    """

    of: Field
    noun: str = ""
    separator: str = ", "
    most: int = 0

    def stored(self, value: Any) -> list[Any]:
        if isinstance(value, str | Mapping):
            raise WrongDetail(f"“{self.label}” is not a list")
        return [None if one is None else self.of.stored(one) for one in value]

    def in_words(self, stored: Any) -> str:
        if not stored:
            return ""
        shown = stored[: self.most] if self.most else stored
        words = self.separator.join("none" if one is None else self.of.in_words(one) for one in shown)
        more = f" and {len(stored) - len(shown)} more" if len(stored) > len(shown) else ""
        noun = f"{self.noun}{'' if len(stored) == 1 else 's'} " if self.noun else ""
        return f"{noun}{words}{more}"


@dataclass(frozen=True)
class Counts(Field):
    """How many of each code."""

    labels: Mapping[Any, str]

    def stored(self, value: Any) -> dict[str, int]:
        code, number = Code(self.label, self.labels), Number(self.label)
        return {code.stored(one): int(number.stored(count)) for one, count in value.items()}

    def in_words(self, stored: Any) -> str:
        return ", ".join(f"{count} {self.labels.get(code, code)}" for code, count in stored.items())


@dataclass(frozen=True)
class Group(Field):
    """Facts that belong together, by name."""

    fields: Mapping[str, Field]

    def stored(self, value: Any) -> dict[str, Any]:
        return stored_by(self.fields, value)

    def in_words(self, stored: Any) -> str:
        return ", ".join(words_by(self.fields, stored).values())


@dataclass(frozen=True)
class Words:
    """Free text. The trail holds its name and a hash, the table beside it the text, which can be erased."""

    label: str


@dataclass(frozen=True)
class Change:
    """What became of a column, in words. What it was and became is not always kept, or has been erased."""

    name: str
    label: str
    before: str = ""
    after: str = ""

    @property
    def is_kept(self) -> bool:
        return bool(self.before or self.after)

    def __str__(self) -> str:
        if not self.is_kept:
            return f"{self.label} changed."
        return f"{self.label}: “{self.before}” became “{self.after}”."


@dataclass(frozen=True)
class Changes(Field):
    """The columns that changed, each with what it was and became; an empty one says only that it changed.

    Of a column that is free text the trail itself says no more than that.
    """

    columns: Mapping[str, Field | Words] = field(default_factory=dict)

    def stored(self, value: Any) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for name, change in value.items():
            column = self.columns.get(name)
            if column is None:
                raise WrongDetail(f"“{self.label}” declares no column “{name}”")
            if isinstance(column, Words):
                kept[name] = {}
            else:
                kept[name] = {end: None if one is None else column.stored(one) for end, one in change.items()}
        return kept

    def words_in(self, value: Mapping[str, Any]) -> dict[str, str]:
        """Return the free text of a change, by the name it is kept under."""
        return {
            f"{name}.{end}": text
            for name, change in value.items()
            if isinstance(self.columns.get(name), Words)
            for end, text in change.items()
            if text
        }

    def read(self, stored: Mapping[str, Any], words: Mapping[str, str]) -> list[Change]:
        """Return what changed, in the order of the columns; `words` is the free text that is kept of the event."""
        known = [name for name in self.columns if name in stored]
        return [self._change(name, stored[name], words) for name in dict.fromkeys([*known, *stored])]

    def _change(self, name: str, change: Mapping[str, Any], words: Mapping[str, str]) -> Change:
        column = self.columns.get(name) or Words(name)
        if isinstance(column, Words):
            return Change(name, column.label, words.get(f"{name}.from", ""), words.get(f"{name}.to", ""))
        told = words_by({"from": column, "to": column}, change)
        return Change(name, column.label, told.get("from", ""), told.get("to", ""))

    def in_words(self, stored: Any) -> str:
        return " ".join(str(change) for change in self.read(stored, {}))


def stored_by(fields: Mapping[str, Field], detail: Mapping[str, Any]) -> dict[str, Any]:
    """Return a detail as the trail keeps it. Raise WrongDetail for what `fields` does not declare so."""
    if undeclared := detail.keys() - fields.keys():
        raise WrongDetail(f"not declared: {', '.join(sorted(undeclared))}")
    return {name: None if value is None else fields[name].stored(value) for name, value in detail.items()}


def words_by(fields: Mapping[str, Field], stored: Mapping[str, Any]) -> dict[str, str]:
    """Return what is kept under each name in words, in the order of the declaration, without what says nothing."""
    words = {
        name: one.in_words(stored[name]) for name, one in fields.items() if stored.get(name) not in (None, "")
    }
    return {name: text for name, text in words.items() if text}
