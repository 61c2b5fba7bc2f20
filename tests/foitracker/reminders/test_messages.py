"""What is e-mailed: one digest a person, what cannot wait at once, references and dates and nothing else."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foitracker.accounts.roles import Role
from foitracker.mail.models import OutboxMessage
from foitracker.mail.operations import send_next_due
from foitracker.reminders.models import Reminder, Sweep
from foitracker.reminders.operations.sweep import sweep
from requests_app.models import FoiRequest
from requests_app.operations.response import approve_letter, return_letter, submit_letter
from tests import factories
from tests.conftest import Mailbox
from tests.factories import RECEIVED, Staff, person
from tests.foitracker.reminders.test_sweep import DUE, case, seven
from tests.requests_app.operations.part_refusal import drafted_part_refusal

__all__ = ["case"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def digests() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind="reminders").order_by("id"))


def test_a_digest_says_what_is_new_with_links_and_of_nobody(case: FoiRequest, staff: Staff) -> None:
    sweep(at=seven(date(2026, 3, 30)))
    (message,) = [one for one in digests() if one.to == staff.officer.email]
    assert message.subject.startswith("FOI reminders, Monday 30 March 2026: ")
    assert "Request 0001/2026: answer due in 1 working day, on Tuesday 31 March 2026" in message.body
    assert "http://127.0.0.1:8000/requests/2026/1/" in message.body
    assert 'href="http://127.0.0.1:8000/requests/2026/1/"' in message.html
    for text in (message.subject, message.body, message.html):
        assert not [word for word in ("Lowmoor", "p.lowmoor", "patrol", "Patrol") if word in text]


def test_a_digest_goes_out_as_text_and_as_html(case: FoiRequest, staff: Staff, smtp_server: Mailbox) -> None:
    from django.core.mail import get_connection

    sweep(at=seven(DUE))
    while send_next_due(at=seven(DUE, 8), through=get_connection()):
        pass
    (received,) = [one for one in smtp_server.messages if one["To"] == staff.officer.email]
    assert [part.get_content_type() for part in received.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_new_things_stand_first_and_what_still_stands_below(case: FoiRequest, staff: Staff) -> None:
    sweep(at=seven(date(2026, 3, 24)))
    sweep(at=seven(date(2026, 3, 26)))
    body = [one for one in digests() if one.to == staff.officer.email][-1].body
    new, standing = body.split("STILL WAITING FOR YOU")
    assert "due in 3 working days" in new
    assert "search recorded" not in new
    assert "Search not back" in standing


def test_nobody_gets_an_empty_digest(case: FoiRequest, staff: Staff) -> None:
    sweep(at=seven(date(2026, 3, 26)))
    before = len(digests())
    sweep(at=seven(date(2026, 3, 27)))  # two working days to go: no step, and nothing else is new
    assert len(digests()) == before
    assert Sweep.objects.filter(digest_of=date(2026, 3, 27)).exists()


def test_a_heading_lists_some_and_counts_the_rest(staff: Staff) -> None:
    manager = person(Role.MANAGER)
    for _ in range(20):
        factories.request(by=staff.intake, received_on=RECEIVED)
    sweep(at=seven(date(2026, 3, 9)))
    (message,) = [one for one in digests() if one.to == manager.email]
    assert message.body.count("no officer; received on") == 10
    assert "and 10 more: http://127.0.0.1:8000/reminders/?kind=no_officer" in message.body


def test_what_falls_during_the_day_goes_at_once_and_not_again_in_the_digest(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    day = date(2026, 3, 18)
    sweep(at=seven(day))
    submit_letter(letter_id=worked.letter.pk, by=staff.officer, at=seven(day, 9), today=day)
    approve_letter(letter_id=worked.letter.pk, by=staff.decision_maker, at=seven(day, 10), today=day)
    return_letter(
        letter_id=worked.letter.pk, by=staff.decision_maker, at=seven(day, 11), reason="Check item 2."
    )
    sweep(at=seven(day, 11, 1), only=[worked.case.reference])
    urgent = OutboxMessage.objects.filter(kind="reminder")
    assert {one.to for one in urgent} == {staff.officer.email, staff.decision_maker.email}
    assert {one.subject for one in urgent} == {
        "Request 0001/2026: back in draft after approval, since Wednesday 18 March 2026"
    }
    sweep(at=seven(date(2026, 3, 19)))
    assert "Approval no longer stands" not in "".join(
        one.body.split("STILL WAITING")[0] for one in digests()[-2:]
    )
    assert not Reminder.objects.filter(kind="approval_fell", channel="digest").exists()


def test_what_came_before_the_first_look_of_the_day_is_in_its_digest(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    day = date(2026, 3, 18)
    submit_letter(letter_id=worked.letter.pk, by=staff.officer, at=seven(day, 5), today=day)
    approve_letter(letter_id=worked.letter.pk, by=staff.decision_maker, at=seven(day, 5), today=day)
    return_letter(
        letter_id=worked.letter.pk, by=staff.decision_maker, at=seven(day, 6), reason="Check item 2."
    )
    sweep(at=seven(day, 6, 1), only=[worked.case.reference])
    assert not OutboxMessage.objects.filter(kind="reminder").exists()
    sweep(at=seven(day))
    assert {row.channel for row in Reminder.objects.filter(kind="approval_fell")} == {"digest"}


def test_a_clock_that_moves_to_today_is_told_at_once(staff: Staff) -> None:
    day = date(2026, 3, 31)
    sweep(at=seven(day))
    case = factories.request(by=staff.intake, received_on=date(2026, 2, 2), at=seven(day, 9))
    factories.take_up(staff, case, day)
    sweep(at=seven(day, 9, 30), only=[case.reference])
    (message,) = OutboxMessage.objects.filter(kind="reminder", to=staff.officer.email)
    assert "answer was due on Monday 2 March 2026" in message.subject
    sweep(at=seven(day, 9, 40), only=[case.reference])
    assert OutboxMessage.objects.filter(kind="reminder", to=staff.officer.email).count() == 1


def test_the_command_says_what_is_due_to_whom_and_dry_changes_nothing(case: FoiRequest, staff: Staff) -> None:
    out = StringIO()
    call_command("send_reminders", "--on", "2026-03-31T07:00", "--dry-run", "--json", stdout=out)
    due = json.loads(out.getvalue())
    assert {
        "person": staff.officer.email,
        "case": "0001/2026",
        "kind": "due_soon",
        "about": "2026-03-31",
        "offset": 0,
        "channel": "digest",
    } in due
    assert not Reminder.objects.exists()
    again = StringIO()
    call_command("send_reminders", "--on", "2026-03-31T07:00", "--json", stdout=again)
    assert json.loads(again.getvalue()) == due
    assert len(digests()) == len({row["person"] for row in due})
    third = StringIO()
    call_command("send_reminders", "--on", "2026-03-31T07:10", "--json", stdout=third)
    assert json.loads(third.getvalue()) == []


def test_the_command_refuses_what_is_no_moment() -> None:
    with pytest.raises(CommandError, match=r"is not a moment\. Write it as 2026-11-30T07:00"):
        call_command("send_reminders", "--on", "tomorrow")
