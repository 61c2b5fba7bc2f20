"""Texts that make a badly written pattern slow, derived from the pattern itself.

A pattern takes more than linear time where a run can be entered at many places, divided in many ways, or looked
through again from each of many beginnings. From the parsed pattern come, for each of its parts: a run of every
kind of character that a repeat takes, after what has to stand before it and with nothing of what has to follow;
and beginnings without an end, one after the other.
"""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from re import _constants as parts  # type: ignore[attr-defined]  # not public, and there is no other parser
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

#: What stands for a class of characters: one of each kind that is in it, and so many of them in a run.
_OF_EACH_KIND = (" ", "\n", "a", "A", "1", "-", ".", "'", ",", "(", "_", "*", "/")
_KINDS = 3
_CATEGORY = {
    parts.CATEGORY_DIGIT: str.isdigit,
    parts.CATEGORY_SPACE: str.isspace,
    parts.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    parts.CATEGORY_NOT_DIGIT: lambda c: not c.isdigit(),
    parts.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    parts.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}
_REPEATS = {parts.MAX_REPEAT, parts.MIN_REPEAT, parts.POSSESSIVE_REPEAT}
#: A bounded repeat of fewer turns than this is no run.
_RUN = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """A text of any length: a beginning, a unit said over and over, and an end that nothing expects."""

    unit: str
    before: str = ""
    after: str = "\x01"

    def text(self, length: int) -> str:
        return self.before + self.unit * (length // len(self.unit)) + self.after

    def __str__(self) -> str:
        return f"{self.before!r} + {self.unit!r} × n"


#: Whatever the pattern.
USUAL_SHAPES: tuple[Shape, ...] = (
    *(
        Shape(unit)
        for unit in (
            " ", "\n", "\t", "\r", " \n", "a", "A", "A ", "a ", "1", "1 ", "(", ")", "[", "<", "1.", "1)", "\n1. ", "@",
            ".", ",", ", ", "-", "'", "*", "/", "Name: ", "\nName: ", "Dear ", "Kind regards,\n", "a@", "a.", "a\n",
            "Mr A ", "s ", "\n- a:\n", "1/", "\u0301", "\u0315\u0327", "a\u0301", "\u200b", "\u00a0", "漢", "ا", "é ",
            "\U0001f600",
        )
    ),
    Shape("\u0327", before="a" + "\u0315" * 2000),
    Shape("\n(a) b", before="1. " + "a" * 1000 + ":"),
)  # fmt: skip


def shapes_from(patterns: Sequence[re.Pattern[str]]) -> tuple[Shape, ...]:
    """Return the shapes that patterns suggest, each once."""
    return tuple(
        dict.fromkeys(
            shape for pattern in patterns for shape in _shapes(parser.parse(pattern.pattern, pattern.flags))
        )
    )


def patterns_in(module: ModuleType) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a module: compiled ones, alone or within its values, and those given as text."""
    found = [pattern for value in vars(module).values() for pattern in _compiled(value, depth=3)]
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        match node:
            case ast.Call(ast.Attribute(ast.Name("re"), name), [ast.Constant(str(text)), *_]) if (
                name != "compile"
            ):
                found.append(re.compile(text))
    return tuple(dict.fromkeys(found))


def _compiled(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, tuple | list):
        for one in value:
            yield from _compiled(one, depth - 1)
    elif depth and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from _compiled(getattr(value, name), depth - 1)


def _shapes(sequence: Any, before: str = "") -> Iterator[Shape]:
    """The shapes of a sequence of parts that stands after the text `before`."""
    for operation, argument in sequence:
        if operation is not parts.LITERAL:
            yield from _shapes_of_part(operation, argument, before)
            if before and operation in _REPEATS:
                yield Shape(f"{before} ")
        before += _sample(operation, argument)
    if before and any(operation is not parts.LITERAL for operation, _ in sequence):
        yield Shape(before)
        yield Shape(f"\n{before} a")


def _shapes_of_part(operation: Any, argument: Any, before: str) -> Iterator[Shape]:
    if operation in _REPEATS:
        _, most, body = argument
        if most > _RUN:
            for unit in _units(body):
                yield Shape(unit, before)
                yield Shape(before + unit * 4)
        yield from _shapes(body, before)
    elif operation is parts.SUBPATTERN:
        yield from _shapes(argument[-1], before)
    elif operation is parts.ATOMIC_GROUP:
        yield from _shapes(argument, before)
    elif operation is parts.BRANCH:
        for branch in argument[1]:
            yield from _shapes(branch, before)
    elif operation in (parts.ASSERT, parts.ASSERT_NOT):
        direction, body = argument
        if direction == 1:
            yield from _shapes(body, before)


def _units(body: Any) -> Iterator[str]:
    """What a repeat can be made of: each kind of character, where its body is a class of them."""
    if len(body) == 1 and body[0][0] in (parts.IN, parts.ANY, parts.NOT_LITERAL, parts.LITERAL):
        yield from _members(*body[0])[:_KINDS]
        return
    if len(body) == 1 and body[0][0] is parts.SUBPATTERN:
        yield from _units(body[0][1][-1])
        return
    if len(body) == 1 and body[0][0] is parts.BRANCH:
        for branch in body[0][1][1]:
            yield from _units(branch)
        return
    if sample := "".join(_sample(*part) for part in body):
        yield sample
        yield f"{sample} "


def _members(operation: Any, argument: Any) -> list[str]:
    if operation is parts.LITERAL:
        return [chr(argument)]
    if operation is parts.ANY:
        return [c for c in _OF_EACH_KIND if c != "\n"]
    if operation is parts.NOT_LITERAL:
        return [c for c in _OF_EACH_KIND if c != chr(argument)]
    negated = argument[0][0] is parts.NEGATE
    is_in = _class_test(argument[1:] if negated else argument)
    found = [c for c in _OF_EACH_KIND if is_in(c) != negated]
    found += [chr(one) for kind, one in argument if kind is parts.LITERAL and not negated]
    return list(dict.fromkeys(found)) or [chr(argument[0][1][0]) if argument[0][0] is parts.RANGE else "é"]


def _class_test(members: Any) -> Callable[[str], bool]:
    def is_in(character: str) -> bool:
        code = ord(character)
        return any(
            (kind is parts.LITERAL and code == one)
            or (kind is parts.RANGE and one[0] <= code <= one[1])
            or (kind is parts.CATEGORY and _CATEGORY[one](character))
            for kind, one in members
        )

    return is_in


def _sample(operation: Any, argument: Any) -> str:
    """The shortest text that a part matches, more or less."""
    if operation in (parts.LITERAL, parts.IN, parts.ANY, parts.NOT_LITERAL):
        return _members(operation, argument)[0]
    if operation in _REPEATS:
        least, _, body = argument
        return "".join(_sample(*part) for part in body) * least
    if operation is parts.SUBPATTERN:
        return "".join(_sample(*part) for part in argument[-1])
    if operation is parts.ATOMIC_GROUP:
        return "".join(_sample(*part) for part in argument)
    if operation is parts.BRANCH:
        return "".join(_sample(*part) for part in argument[1][0])
    return ""
