"""No rule that reads text takes longer than in proportion to it, whatever the text.

Nothing can stop Python inside a thread: a pattern that takes the square of its text lets one crafted text hold a
worker for minutes. So every rule is in the table, is run on texts derived from its own patterns
(`tests/adversarial_texts.py`), and is measured at two lengths.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.adversarial_texts import USUAL_SHAPES, Shape, patterns_in, shapes_from
from tests.growth import growth
from tests.text_rules import READS_NO_TYPED_TEXT, RULES, TextRule

#: What grows with the square grows sixteenfold from one length to the next; what is linear, fourfold.
MOST_GROWTH = 8
ROOT = Path(__file__).parent.parent
PACKAGES = ("foitracker", "requests_app", "referrals", "dashboard")


def shapes(rule: TextRule) -> Iterator[Shape]:
    patterns = [*rule.patterns]
    for name in rule.modules:
        patterns += patterns_in(importlib.import_module(name))
    yield from dict.fromkeys([*USUAL_SHAPES, *shapes_from(patterns)])


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_four_times_the_text_takes_about_four_times_as_long(rule: TextRule) -> None:
    slow = (
        (str(shape), found) for shape in shapes(rule) if (found := growth(rule.read, shape)) > MOST_GROWTH
    )
    assert list(islice(slow, 3)) == []  # three say enough, and each takes its time


def test_every_module_with_a_pattern_is_in_the_table() -> None:
    with_patterns = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts and _imports_re(path)
    }
    in_table = {name for rule in RULES for name in rule.modules}
    assert with_patterns - in_table - READS_NO_TYPED_TEXT.keys() == set()
    assert READS_NO_TYPED_TEXT.keys() <= with_patterns


def _imports_re(path: Path) -> bool:
    return any(
        isinstance(node, ast.Import) and any(name.name == "re" for name in node.names)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def test_growth_finds_what_goes_through_a_run_again_and_again() -> None:
    entered_anywhere = re.compile(r"\s+to")
    looked_through_from_each = re.compile(r"item[^.]*7")
    assert growth(entered_anywhere.search, Shape(" ")) > MOST_GROWTH
    assert growth(looked_through_from_each.search, Shape("item ")) > MOST_GROWTH
    assert growth(re.compile(r"(?<!\s)\s++to").search, Shape(" ")) < MOST_GROWTH


def test_the_shapes_of_a_pattern_hold_its_runs_and_its_beginnings() -> None:
    derived = {str(shape) for shape in shapes_from([re.compile(r"class(?:ification)?:\s*[=\s]*(?:UK)+x")])}
    assert {"'class:' + ' ' × n", "'class:' + 'UK' × n", "'' + 'class:    ' × n"} <= derived
