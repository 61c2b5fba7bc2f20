"""What the recorded events of referrals say in sentences, under their title."""

from typing import Any

import pytest

from foitracker.audit.events import event_of


@pytest.mark.parametrize(
    ("event", "detail", "text"),
    [
        (
            "force_group_changed",
            {"name": "Counties", "added": ["Kent Police"], "removed": []},
            "Counties. Added: Kent Police.",
        ),
        (
            "force_requests_entered",
            {
                "force": "Kent Police",
                "from_on": "2025-04-01",
                "to_on": "2026-03-31",
                "received": 1204,
                "published_on": "2026-05-01",
            },
            "Kent Police: 1204 from 1 April 2025 to 31 March 2026. Published on 1 May 2026.",
        ),
        (
            "referral_logged",
            {
                "scope": "several",
                "received_on": "2026-03-02",
                "forces": ["Kent Police", "Essex Police"],
                "own_request": "2253/2025",
                "reply_by": "2026-03-16",
                "unmasked": {"email": 1, "name": 2},
            },
            "Several forces, received on 2 March 2026. Kent Police, Essex Police. Our own request 2253/2025. "
            "Advice is due by 16 March 2026. Left in, as not the applicant's: 1 e-mail address, 2 name.",
        ),
        (
            "force_changed",
            {
                "force": "Kent Police",
                "role": "logged_with",
                "trigger": "advice",
                "before": {"force": "Essex Police", "role": "referred_by"},
                "due_on": "2026-03-30",
            },
            "Logged with Kent Police. Advice wanted. Before: Essex Police, Referred by. "
            "Its answer is due on 30 March 2026.",
        ),
        (
            "triaged",
            {"priority": "high", "applies": ["undercover-officers"], "set_aside": [], "adviser": "Ada Quill"},
            "High priority. Applies: undercover officers. Given to Ada Quill.",
        ),
        (
            "reply_date_moved",
            {
                "reply_by_before": "2026-03-16",
                "reply_by_after": None,
                "deadlines": [{"force": "Kent Police", "before": None, "after": "2026-03-30"}],
                "calendar_version": "2026-1",
            },
            "Advice is due by no day instead of 16 March 2026. "
            "Kent Police: due on 30 March 2026 instead of no day. Calendar 2026-1.",
        ),
        (
            "lead_consulted",
            {"lead": "Roads", "reply_by": "2026-03-16", "by_email": True},
            "Roads. Asked to reply by 16 March 2026, by e-mail.",
        ),
        (
            "correspondence_recorded",
            {
                "direction": "in",
                "dated_on": "2026-03-02",
                "with": "Kent Police",
                "first_contact_on": "2026-03-02",
                "first_contact_before": "2026-03-06",
                "received_on": "2026-03-02",
                "received_before": "2026-03-04",
            },
            "Received 2 March 2026 (Kent Police). "
            "Statistics count the force on this log from 2 March 2026 instead of 6 March 2026. "
            "The log came in on 2 March 2026, not on 4 March 2026.",
        ),
        (
            "advice_circulated",
            {"number": 2, "told": ["Kent Police"], "by_email": 1, "grouped_logs": ["12/26"]},
            "Advice 2: Kent Police. 1 by e-mail. On the logs 12/26, too.",
        ),
        (
            "advice_circulated",
            {"number": 2, "told": ["Kent Police"], "by_email": 0, "grouped_logs": []},
            "Advice 2: Kent Police.",
        ),
        (
            "uptake_recorded",
            {"force": "Kent Police", "number": 1, "uptake": ""},
            "Kent Police, advice 1: taken back.",
        ),
        (
            "outcome_recorded",
            {"force": "Kent Police", "outcome": "refused", "on": "2026-03-30"},
            "Kent Police: Refused in full on 30 March 2026.",
        ),
        ("outcome_recorded", {"force": "Kent Police", "outcome": ""}, "Kent Police: open again."),
        ("referral_closed", {"closing": "withdrawn"}, "Withdrawn by the force."),
        (
            "force_renamed",
            {"from": "Old Police", "to": "New Police", "from_on": "2026-03-02"},
            "Old Police is called New Police from 2 March 2026.",
        ),
        (
            "force_ended",
            {"name": "Old Police", "last_day": "2026-03-01", "into": "New Police"},
            "Old Police to 1 March 2026, then part of New Police.",
        ),
        ("criterion_added", {"title": "Drones", "version_of_criterion": 1}, "“Drones”, version 1."),
        (
            "completeness_set",
            {"from": None, "to": "2026-03-02"},
            "Complete to 2 March 2026 instead of none.",
        ),
    ],
)
def test_the_facts_are_said(event: str, detail: dict[str, Any], text: str) -> None:
    assert event_of(event).sentence(detail, {}) == text
