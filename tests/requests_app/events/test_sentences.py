"""What the recorded events of requests say in sentences, under their title."""

from typing import Any

import pytest

from foitracker.audit.events import event_of


@pytest.mark.parametrize(
    ("event", "detail", "text"),
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
        (
            "request_logged",
            {
                "received_on": "2026-03-02",
                "due_on": None,
                "brought_over": True,
                "unprintable_characters_removed": 3,
            },
            "Received on 2 March 2026. Brought over with its number from another register. "
            "3 unprintable characters removed from the text.",
        ),
        (
            "details_changed",
            {"changed": {"channel": {"from": "email", "to": "post"}, "subject": {}}},
            "How it arrived: “E-mail” became “Post”. Subject changed.",
        ),
        (
            "identity_changed",
            {"fields": ["postal_address"], "validity_gaps": []},
            "Changed: postal address. The request is valid.",
        ),
        (
            "identity_changed",
            {"fields": [], "validity_gaps": ["name", "address"]},
            "Still missing: name, address.",
        ),
        ("assigned", {"officer": "Owen Halloway"}, "Given to Owen Halloway."),
        ("contact_promised", {"due_on": "2026-03-09"}, "By 9 March 2026."),
        (
            "contact_made",
            {"said_on": "2026-03-10", "due_on": "2026-03-09"},
            "On 10 March 2026; promised for 9 March 2026.",
        ),
        (
            "supervision_reviewed",
            {"reviewed_on": "2026-03-09", "action_due_on": "2026-03-13", "action_by": "Owen Halloway"},
            "Reviewed on 9 March 2026. Action for Owen Halloway. Action due on 13 March 2026.",
        ),
        ("supervision_reviewed", {"reviewed_on": "2026-03-09"}, "Reviewed on 9 March 2026."),
        (
            "time_recorded",
            {
                "worked_on": "2026-03-09",
                "hours": "1.50",
                "grade": "Band C",
                "is_colleague": True,
                "kind": "locating",
            },
            "Of a colleague outside the team.",
        ),
        (
            "time_corrected",
            {"changed": {"hours": {"from": "1.50", "to": "2.00"}}},
            "Hours changed.",
        ),
        (
            "grade_rate_set",
            {"grade": "Band C", "hourly": "20.60", "from_on": "2026-04-01", "before": "20.40"},
            "Band C: £20.60 an hour from 1 April 2026. Corrected from £20.40.",
        ),
        (
            "officer_grade_set",
            {"person": "Owen Halloway", "grade": "Band C", "from_on": "2026-04-01"},
            "Owen Halloway: Band C from 1 April 2026.",
        ),
        (
            "supervision_action_done",
            {"done_on": "2026-03-12", "action_due_on": "2026-03-13"},
            "Done on 12 March 2026; due on 13 March 2026.",
        ),
        (
            "dip_sample_drawn",
            {"from": "2026-03-01", "to": "2026-03-31", "population": 31, "sampled": 4, "seed": "5eed"},
            "Issued from 1 March 2026 to 31 March 2026. 4 letters of 31 letters. Seed 5eed.",
        ),
        (
            "sampled_letter_assessed",
            {"request": "0007/2026", "letter": 3, "result": "not_sound"},
            "Request 0007/2026: Not sound.",
        ),
        (
            "recovery_plan_made",
            {"made_on": "2026-03-02", "clear_by": "2026-04-30", "requests": 12},
            "12 requests to be answered by 30 April 2026.",
        ),
        ("recovery_text_changed", {}, ""),
        (
            "triage_sheet_kept",
            {"held_on": "2026-03-09", "requests": 1},
            "Meeting on 9 March 2026. 1 request.",
        ),
        (
            "improvement_added",
            {"owner": "Una Price", "due_on": "2026-04-30"},
            "For Una Price, by 30 April 2026.",
        ),
        (
            "improvement_changed",
            {
                "changed": {"text": {}, "due_on": {"from": "2026-04-30", "to": "2026-05-29"}},
                "owner": "Una Price",
            },
            "Point changed. Due on: “30 April 2026” became “29 May 2026”. Now owned by Una Price.",
        ),
        (
            "improvement_closed",
            {"closed_on": "2026-04-29", "due_on": "2026-04-30"},
            "Done on 29 April 2026; due on 30 April 2026.",
        ),
        ("request_shown", {"reader": "Hester Pallister"}, "Shown to Hester Pallister."),
        ("showing_ended", {"reader": "Hester Pallister"}, "Shown to Hester Pallister until now."),
        ("linked", {"kind": "review_of", "other": "2253/2025"}, "Review of 2253/2025."),
        ("clarification_asked", {"asked_on": "2026-03-02"}, "Asked on 2 March 2026. The clock stopped."),
        (
            "items_excluded",
            {
                "answered_on": "2026-03-05",
                "effect": "restarts",
                "excluded": ["B", "C"],
                "due_on": "2026-04-02",
                "reopened": True,
            },
            "Received on 5 March 2026. Restarts the time limit in full (s.1(3), s.10(6)). Excludes items B, C. "
            "The request had lapsed and is open again. Due on 2 April 2026.",
        ),
        (
            "fees_notice",
            {"on": "2026-03-05", "amount": "42.50", "due_before": "2026-03-30"},
            "5 March 2026. £42.50. No day is due while the applicant is awaited instead of 30 March 2026.",
        ),
        (
            "internal_review_outcome",
            {"on": "2026-04-05", "finding": "upheld", "reviewer": "Rhoda Penn"},
            "5 April 2026. The answer stands in full. Reviewed by Rhoda Penn.",
        ),
        (
            "clock_event_corrected",
            {"kind": "fees_notice", "on": "2026-03-05", "due_before": "2026-03-30", "due_on": "2026-04-01"},
            "Fees notice or charge notified, 5 March 2026. Due on 1 April 2026 instead of 30 March 2026.",
        ),
        ("lapse_warned", {"lapses_on": "2026-06-02"}, "The last day is 2 June 2026."),
        (
            "due_date_moved",
            {"due_before": "2026-03-30", "due_after": "2026-03-31", "calendar_version": "2026-1"},
            "Due on 31 March 2026 instead of 30 March 2026. Calendar 2026-1.",
        ),
        (
            "hold_ended",
            {"awaited": "CRU log 12/26", "ending": "taken_up"},
            "Advice awaited: CRU log 12/26. It is recorded what was done with the advice.",
        ),
        (
            "advice_came",
            {"awaited": "CRU log 12/26", "returned": True},
            "Advice of CRU log 12/26. The answer had been submitted or approved without it, and went back.",
        ),
        ("advice_came", {"awaited": "CRU log 12/26", "returned": False}, "Advice of CRU log 12/26."),
        ("items_set", {"labels": ["A", "B"], "removed": ["C"]}, "Items A, B. Removed: item C."),
        ("items_set", {"labels": []}, "No items."),
        ("item_decided", {"item": "B", "disposition": "not_held"}, "Item B: not held."),
        ("item_decided", {"item": "B", "disposition": ""}, "Item B: decision taken back."),
        ("items_decided", {"items": ["A", "B"], "disposition": "withheld"}, "Items A, B: withheld."),
        (
            "search_recorded",
            {"searched_on": "2026-03-02", "holding": "held"},
            "Searched on 2 March 2026. Held.",
        ),
        ("holding_set", {"from": "", "to": "not_held"}, "not recorded became not held."),
        ("figures_set", {"item": "B", "figures": 3}, "Item B."),
        (
            "exemption_claimed",
            {"section": "31", "limbs": ["31(1)(a)", "31(1)(b)"], "items": ["2"]},
            "Section 31(1)(a), 31(1)(b), item 2.",
        ),
        ("answer_drafted", {"kind": "part_refusal"}, "Part refusal."),
        (
            "letter_approved",
            {"kind": "disclosure", "own_approval": True},
            "Disclosure. Approved by somebody who took part in the decision; the settings allow it.",
        ),
        (
            "letter_issued",
            {"kind": "part_refusal", "despatch": "email", "outcome": "partly_disclosed", "supersedes": None},
            "Part refusal. Sent by: E-mail. Outcome: Disclosed in part.",
        ),
        (
            "letter_not_delivered",
            {
                "kind": "part_refusal",
                "despatch": "email",
                "sent_on": "2026-03-16",
                "failure": "refused",
                "reason": "",
                "reopened": True,
                "closed": False,
            },
            "Part refusal. Sent by: E-mail, on 16 March 2026. Refused by the mail server. The answer was not "
            "delivered, so the request is open again and the time limit is running.",
        ),
        (
            "letter_sent_again",
            {"kind": "part_refusal", "despatch": "post", "closed": True},
            "Part refusal. Sent by: Post. This answers the request.",
        ),
        (
            "address_at_fault",
            {"kind": "part_refusal", "sent_on": "2026-03-16"},
            "Part refusal. The applicant gave the wrong address, so it counts as sent on 16 March 2026.",
        ),
        ("message_returned", {"message": 7, "kind": "Chaser"}, "Chaser."),
        (
            "message_returned",
            {"message": 7, "kind": "Chaser", "cause": "full", "code": "5.2.2"},
            "Chaser. The mailbox is full (5.2.2).",
        ),
        ("message_sent_again", {"message": 8, "kind": "Chaser"}, "Chaser."),
        ("closed_unanswered", {"outcome": "withdrawn"}, "Withdrawn by the applicant."),
        (
            "authority_changed",
            {"changed": {"allows_own_approval": {"from": False, "to": True}, "office": {}}},
            "Office changed. Own approval allowed: “no” became “yes”.",
        ),
        (
            "regulator_recorded",
            {"name": "Information Commission", "from_date": "2026-09-01"},
            "Information Commission from 1 September 2026.",
        ),
        ("something_new", {"on": "2026-03-02"}, ""),
    ],
)
def test_the_facts_are_said(event: str, detail: dict[str, Any], text: str) -> None:
    assert event_of(event).sentence(detail, {}) == text
