"""The vocabulary of the whole tracker: declared once, complete, and the only one that anything is recorded in."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import dashboard
import foitracker
import referrals
import requests_app
from foitracker.audit.events import Event, vocabularies
from foitracker.audit.fields import Changes, Counts, Field, Group, Many, Words

EVENTS = [event for vocabulary in vocabularies() for event in vocabulary.events]
#: Recorded only of what is loaded from elsewhere.
NOT_BY_NAME = {"answered_in_an_earlier_register"}
RECORDING = {"record_event", "record_events", "record_access", "save_with_event"}


def _sources() -> Iterator[tuple[Path, ast.Module]]:
    for package in (foitracker, requests_app, referrals, dashboard):
        for path in Path(package.__path__[0]).rglob("*.py"):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


SOURCES = list(_sources())


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.code)
def test_an_event_has_a_code_a_title_and_declared_fields(event: Event) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", event.code)
    assert len(event.code) <= 60
    assert re.match(r"[A-Z]", event.title)
    assert not event.title.endswith(".")
    _check_kinds(event.fields)
    assert all(event.words.values())
    assert not event.fields.keys() & event.words.keys()


def _check_kinds(fields: Mapping[str, object]) -> None:
    for field in fields.values():
        assert isinstance(field, Field)
        assert type(field) is not Field
        assert field.label
        if isinstance(field, Many):
            _check_kinds({"of": field.of})
        if isinstance(field, Group):
            _check_kinds(field.fields)
        if isinstance(field, Changes):
            _check_kinds({n: column for n, column in field.columns.items() if not isinstance(column, Words)})
        if isinstance(field, Counts):
            assert field.labels


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.code)
def test_its_sentences_name_only_what_is_declared(event: Event) -> None:
    assert isinstance(event.sentence({}, {}), str)


def test_no_two_events_share_a_code_or_a_title() -> None:
    assert len({event.code for event in EVENTS}) == len(EVENTS) > 100
    assert len({event.title for event in EVENTS}) == len(EVENTS)


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    for path, tree in SOURCES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in RECORDING:
                    yield path, node


def test_nothing_is_recorded_by_a_literal() -> None:
    literal = []
    for path, call in _calls():
        (event,) = (keyword.value for keyword in call.keywords if keyword.arg == "event")
        literal += [path for part in ast.walk(event) if isinstance(part, ast.Constant)]
    assert literal == []
    assert len(list(_calls())) > 80


def _declarations() -> dict[str, set[str]]:
    """The codes that each module of events declares, by the name of the constant they are recorded by."""
    declared: dict[str, set[str]] = {}
    for path, tree in SOURCES:
        if path.parent.name != "events" and path.name != "events.py":
            continue
        for node in tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            value = getattr(node, "value", None)
            if isinstance(target, ast.Name) and value is not None:
                codes = {
                    str(call.args[0].value)
                    for call in ast.walk(value)
                    if isinstance(call, ast.Call)
                    and getattr(call.func, "attr", "") in {"event", "access"}
                    and isinstance(call.args[0], ast.Constant)
                }
                if codes:
                    declared[target.id] = codes
    return declared


def test_every_declared_event_is_recorded_somewhere() -> None:
    used = {
        getattr(node, "id", getattr(node, "attr", ""))
        for path, tree in SOURCES
        if path.parent.name != "events" and path.name != "events.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute)
    }
    declared = _declarations()
    assert len(declared) > 90
    unused = {code for name, codes in declared.items() if name not in used for code in codes}
    assert unused - NOT_BY_NAME == set()
