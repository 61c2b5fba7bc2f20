"""What the recorded events of returns say in sentences, under their title."""

from typing import Any

import pytest

from foitracker.audit.events import event_of

OF = {
    "kind": "s45",
    "from_on": "2026-07-01",
    "to_on": "2026-09-30",
    "received": 8,
    "closed": 5,
    "balances": True,
}


@pytest.mark.parametrize(
    ("event", "detail", "text"),
    [
        (
            "return_made",
            OF,
            "s.45 Code quarterly figures, 1 July 2026 to 30 September 2026: 8 received, 5 closed.",
        ),
        (
            "return_counted_again",
            {**OF, "again_of": 3, "changed": 1},
            "s.45 Code quarterly figures, 1 July 2026 to 30 September 2026: 8 received, 5 closed. "
            "1 line changed since return 3.",
        ),
        ("return_commented", {}, ""),
        ("return_approved", {"own": False}, ""),
        (
            "return_approved",
            {"own": True},
            "Approved by the person who made it or commented on it, which the settings allow.",
        ),
        ("return_printed", {"copy": "publication", "sha256": "ab"}, "Publication copy."),
        (
            "return_schedule_set",
            {"kind": "monthly", "addresses": ["a@example.org"], "when": "approved"},
            "Monthly monitoring, to a@example.org. Sent once it is approved.",
        ),
        (
            "return_schedule_changed",
            {
                "kind": "monthly",
                "addresses": ["b@example.org"],
                "before": ["a@example.org"],
                "when": "at_once",
            },
            "Monthly monitoring, to b@example.org; before, to a@example.org. Sent at once, marked as not approved.",
        ),
        ("return_schedule_stopped", {"kind": "monthly"}, "Monthly monitoring."),
        (
            "return_sent",
            {"kind": "monthly", "addresses": ["a@example.org", "b@example.org"], "schedule": 1},
            "To a@example.org, b@example.org.",
        ),
    ],
)
def test_what_an_event_says(event: str, detail: dict[str, Any], text: str) -> None:
    assert event_of(event).sentence(detail, {}) == text
