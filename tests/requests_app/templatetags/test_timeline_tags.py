"""The trail in words: every event an operation records has some, and they say what the facts say."""

import ast
from pathlib import Path
from typing import Any

import pytest
from referrals.templatetags.referral_timeline import ACT_TITLES as OF_REFERRALS
from requests_app.templatetags.timeline_tags import _SAYINGS, ACT_TITLES

from foitracker.audit.models import Entry
from foitracker.casework.timeline import timeline_events
from requests_app import operations, views
from requests_app.models import ClockActKind
from tests.factories import AT


def _strings(node: ast.expr) -> set[str]:
    """The texts an expression can give: a constant, or either branch of a choice."""
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def recorded_acts() -> set[str]:
    """Return every event named in a call that records one, read from the source; the clock's by their kind."""
    acts: set[str] = set(ClockActKind.values)
    for package in (operations, views):
        for path in Path(package.__path__[0]).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                    "record",
                    "record_event",
                    "record_events",
                    "record_access",
                    "_conclude",
                }:
                    named = [
                        keyword.value for keyword in node.keywords if keyword.arg in {"event", "act_name"}
                    ]
                    acts |= {text for value in named for text in _strings(value)}
    return acts


def test_the_source_is_read() -> None:
    assert {"request_logged", "linked", "link_changed", "letter_issued", "identity_seen"} <= recorded_acts()


def test_every_act_has_words() -> None:
    assert recorded_acts() - set(ACT_TITLES) == set()


def test_no_words_are_left_over() -> None:
    assert set(ACT_TITLES) - set(OF_REFERRALS) - recorded_acts() == set()
    assert set(_SAYINGS) - set(ACT_TITLES) == set()


@pytest.mark.parametrize(
    ("act", "detail", "text"),
    [
        (
            "request_logged",
            {
                "received_on": "2026-03-02",
                "due_on": "2026-03-30",
                "validity_gaps": ["name"],
                "officer": "Owen Halloway",
                "unprintable_characters_removed": 1,
            },
            "Received on 2 March 2026, due on 30 March 2026. Given to Owen Halloway. "
            "Not valid yet: no sufficient name. 1 unprintable character removed from the text.",
        ),
        ("details_changed", {"changed": {"subject": {"from": "A", "to": "B"}}}, "Subject: “A” became “B”."),
        (
            "identity_changed",
            {"fields": ["postal_address"], "validity_gaps": []},
            "Changed: postal address. The request is valid.",
        ),
        ("linked", {"kind": "review_of", "other": "2253/2025"}, "Review of 2253/2025."),
        ("items_set", {"labels": ["A", "B"], "removed": ["C"]}, "Items A, B. Removed: item C."),
        ("items_set", {"labels": []}, "No items."),
        ("item_decided", {"item": "B", "disposition": "not_held"}, "Item B: not held."),
        ("item_decided", {"item": "B", "disposition": ""}, "Item B: decision taken back."),
        ("items_decided", {"items": ["A", "B"], "disposition": "withheld"}, "Items A, B: withheld."),
        ("holding_set", {"from": "", "to": "not_held"}, "not recorded became not held."),
        (
            "letter_issued",
            {"kind": "part_refusal", "despatch": "email", "outcome": "partly_disclosed", "supersedes": None},
            "Part refusal. Sent by: E-mail. Outcome: Disclosed in part.",
        ),
        (
            "closed_unanswered",
            {"outcome": "withdrawn", "reason": "By telephone"},
            "Withdrawn by the applicant.",
        ),
        ("something_new", {}, ""),
    ],
)
def test_the_facts_are_said(act: str, detail: dict[str, Any], text: str) -> None:
    (event,) = timeline_events([Entry(event=act, at=AT, detail=detail)])
    assert event["text"] == text


def test_an_act_of_nobody_and_an_unknown_one_are_shown() -> None:
    (event,) = timeline_events([Entry(event="something_new", at=AT, detail={"reason": "Because"})])
    assert (event["title"], event["by"], event["user_text"]) == ("Something new", "", "Because")
