"""The trail of a log in words: every recorded event has some, and they read from the facts."""

import ast
from collections.abc import Iterator
from pathlib import Path

from referrals import operations, views
from referrals.templatetags.referral_timeline import ACT_TITLES
from requests_app.templatetags import timeline_tags

#: Recorded by a command.
ELSEWHERE: set[str] = set()
RECORDING = {"record", "record_event", "record_events", "record_access", "_record", "_keep"}


def _texts(node: ast.expr) -> set[str]:
    """The texts an expression can give: a constant, or either branch of a choice."""
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def _calls() -> Iterator[ast.Call]:
    for package in (operations, views):
        for path in Path(package.__path__[0]).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RECORDING:
                    yield node


def recorded_acts() -> set[str]:
    """Return every event named in a call that records one, read from the source."""
    named = [keyword.value for call in _calls() for keyword in call.keywords if keyword.arg == "event"]
    positional = [
        call.args[0] for call in _calls() if getattr(call.func, "id", "") == "_record" and call.args
    ]
    return {text for value in [*named, *positional] for text in _texts(value)}


def test_every_act_has_words() -> None:
    assert {"referral_logged", "advice_given", "criterion_added", "statistic_saved"} <= recorded_acts()
    assert recorded_acts() - set(ACT_TITLES) == set()


def test_no_words_are_left_over() -> None:
    assert set(ACT_TITLES) - recorded_acts() - ELSEWHERE == set()


def test_the_pages_know_them() -> None:
    assert ACT_TITLES.items() <= timeline_tags.ACT_TITLES.items()
