"""Bounces are read from a real mailbox: what a mail server says for certain is recorded, the rest is left to people."""

import logging
from datetime import date
from io import StringIO

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client
from pytest_django import Settings

from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.mail.bounce_mailbox import MailboxAway
from foitracker.mail.models import BounceReading, OutboxMessage
from foitracker.mail.operations import queue_message
from foitracker.mail.queries import bounce_reading
from foitracker.mail.tasks import send_outbox
from foitracker.outbox import bounces
from foitracker.outbox.bounces import Outcome
from foitracker.outbox.tasks import read_bounces
from referrals.operations.advice import circulate
from requests_app.models import Despatch, ReturnReason
from requests_app.operations.delivery import record_letter_returned, send_letter_again
from requests_app.rules.casework.workflow import Status
from tests import factories
from tests.conftest import Mailbox
from tests.dovecot import PASSWORD, USER, Dovecot
from tests.factories import Staff, issue, person
from tests.foitracker.declared import MESSAGE
from tests.foitracker.outbox import returned_mail
from tests.foitracker.outbox.conftest import Inbox
from tests.ports import free_port
from tests.referrals.factories import referral
from tests.referrals.operations.advised import AT as ADVISED_AT
from tests.referrals.operations.advised import TODAY, advise, mailbox
from tests.requests_app.operations.part_refusal import WORKED, WorkedCase, approved_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = factories.at(date(2026, 4, 7))
READ, LOOK, UNTOUCHED = {"\\Seen"}, {"\\Flagged"}, set[str]()


@pytest.fixture
def sent(staff: Staff, smtp_server: Mailbox) -> WorkedCase:
    """A request whose answer was handed to the mail server."""
    worked = approved_part_refusal(staff)
    worked.letter = issue(staff, worked.letter, WORKED)
    send_outbox()
    return worked


@pytest.fixture
def letter(sent: WorkedCase) -> OutboxMessage:
    """The e-mail with that answer."""
    return OutboxMessage.objects.get()


@pytest.fixture
def message(db: None) -> OutboxMessage:
    """An e-mail of some other kind that was handed to the mail server."""
    with transaction.atomic():
        message = queue_message(
            kind=MESSAGE,
            about="0001/2026",
            page="/",
            key="message",
            to="foi@northmark.example.net",
            subject="CRU log 1/26",
            body="OFFICIAL\n",
            attachments=[],
            at=AT,
        )
    OutboxMessage.objects.update(status="sent", sent_at=AT, next_attempt_at=None)
    message.refresh_from_db()
    return message


def run(settings: Settings) -> dict[Outcome, int]:
    return dict(bounces.read_bounces(settings.BOUNCE_MAILBOX_URL, at=AT))


@pytest.mark.parametrize(
    ("written_by", "code", "reason"),
    [
        (returned_mail.postfix, "5.1.1", ReturnReason.NO_ADDRESS),
        (returned_mail.exim, "5.0.0", ReturnReason.NOT_TAKEN),
        (returned_mail.exchange, "5.2.2", ReturnReason.FULL),
    ],
)
def test_a_letter_that_a_mail_server_sends_back_has_not_been_given(
    sent: WorkedCase, letter: OutboxMessage, inbox: Inbox, written_by, code: str, reason: ReturnReason
) -> None:  # type: ignore[no-untyped-def]
    inbox.deliver(written_by(letter))
    read_bounces()
    letter.refresh_from_db()
    assert (letter.status, letter.return_code, letter.returned_by) == ("returned", code, None)
    despatch = sent.letter.despatches.get()
    assert (despatch.failure, despatch.reason, despatch.entered_by) == ("returned", reason, None)
    sent.case.refresh_from_db()
    assert sent.case.status == Status.UNDELIVERED
    assert sent.case.responded_on is None
    entry = timeline(sent.case.reference)[0]
    assert (entry.event, entry.actor, entry.detail["reopened"]) == ("letter_not_delivered", None, True)
    assert (entry.detail["reason"], entry.detail["error"]) == (reason, code)
    assert inbox.flags() == [READ]


def test_advice_that_a_mail_server_sends_back_is_on_the_trail_by_nobody(
    smtp_server: Mailbox, inbox: Inbox, settings: Settings
) -> None:
    adviser = person(Role.CRU_ADVISER)
    log = referral(by=adviser, forces=[mailbox("Northmark")])
    circulate(advice_id=advise(log, adviser).pk, by=adviser, at=ADVISED_AT, today=TODAY)
    send_outbox()
    told = OutboxMessage.objects.get()
    inbox.deliver(returned_mail.postfix(told))
    assert run(settings) == {Outcome.RECORDED: 1}
    entry = timeline(log.reference)[0]
    assert (entry.event, entry.actor) == ("message_returned", None)
    assert (entry.detail["message"], entry.detail["cause"], entry.detail["code"]) == (
        told.pk,
        "no_address",
        "5.1.1",
    )


def test_a_server_that_gave_up_after_days_has_failed_whatever_its_code(
    message: OutboxMessage, inbox: Inbox, settings: Settings
) -> None:
    inbox.deliver(returned_mail.postfix(message, status="4.4.7"))
    assert run(settings) == {Outcome.RECORDED: 1}


@pytest.mark.parametrize(
    ("action", "status"),
    [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "2.0.0"), ("expanded", "2.0.0")],
)
def test_what_is_delayed_or_delivered_changes_nothing(
    message: OutboxMessage, inbox: Inbox, settings: Settings, action: str, status: str
) -> None:
    inbox.deliver(returned_mail.postfix(message, action=action, status=status))
    assert run(settings) == {Outcome.NOTHING_NEW: 1}
    message.refresh_from_db()
    assert message.status == "sent"
    assert inbox.flags() == [READ]


def test_forwarded_by_the_recipient_it_is_known_by_the_address_that_we_wrote_to(
    message: OutboxMessage, inbox: Inbox, settings: Settings
) -> None:
    inbox.deliver(returned_mail.postfix(message, to="elsewhere@example.net", original=message.to))
    assert run(settings) == {Outcome.RECORDED: 1}


def _without(words: bytes, message: bytes, instead: bytes = b"") -> bytes:
    assert words in message
    return message.replace(words, instead)


NOT_UNDERSTOOD = {
    "a Message-ID of our own making": lambda one: returned_mail.postfix(
        one, message_id="<0123456789abcdef0123456789abcdef01234567@example.org>"
    ),
    "another recipient": lambda one: returned_mail.postfix(one, to="someone.else@example.org"),
    "no Message-ID": lambda one: _without(
        f"Message-ID: {one.message_id}\r\n".encode(), returned_mail.exim(one)
    ),
    "nothing quoted": lambda one: _without(
        b"text/rfc822-headers", returned_mail.exim(one), b"application/octet-stream"
    ),
    "no report for machines": lambda one: _without(
        b"message/delivery-status", returned_mail.postfix(one), b"text/plain"
    ),
    "two messages quoted": lambda one: _without(
        b"text/plain; charset=us-ascii", returned_mail.exim(one), b"text/rfc822-headers"
    ),
    "broken off": lambda one: returned_mail.postfix(one)[:1500],
    "another boundary": lambda one: _without(
        b'boundary="4B7C21C0A3', returned_mail.postfix(one), b'boundary="4B7C21'
    ),
    "bytes that are no text": lambda one: _without(
        one.message_id.encode(),
        returned_mail.postfix(one),
        b"<\xff\x00\xfe@example.org>".replace(b"\x00", b""),
    ),
    "100,000 characters": lambda one: (
        returned_mail.exim(one).partition(b"--1741254601")[0] + b"<a@b>: user unknown, " * 5000
    ),
    "100,000 characters in the report": lambda one: _without(
        b"Action: failed", returned_mail.postfix(one), b"Action: " + b"<(a@b> " * 15_000
    ),
    "parts in parts without end": lambda one: (
        returned_mail.exim(one).partition(b"--1741254601")[0]
        + b"--1741254601-eximdsn-1804289383\r\n"
        + b"Content-Type: message/rfc822\r\n\r\n" * 5000
    ),
}


@pytest.mark.parametrize("name", NOT_UNDERSTOOD)
def test_what_is_not_understood_changes_nothing_and_is_flagged_for_somebody(
    message: OutboxMessage, inbox: Inbox, settings: Settings, name: str
) -> None:
    inbox.deliver(NOT_UNDERSTOOD[name](message), returned_mail.postfix(message, action="delayed"))
    assert run(settings) == {Outcome.UNREADABLE: 1, Outcome.NOTHING_NEW: 1}
    message.refresh_from_db()
    assert message.status == "sent"
    assert inbox.flags() == [LOOK, READ]
    assert len(bounce_reading().flagged) == 1


def test_mail_that_is_no_notification_is_left_as_it_is(
    message: OutboxMessage, inbox: Inbox, settings: Settings
) -> None:
    inbox.deliver(
        returned_mail.from_a_person(message), returned_mail.in_words_alone(message), b"x" * 100_000, b"\r\n"
    )
    assert run(settings) == {Outcome.OTHER_MAIL: 4}
    message.refresh_from_db()
    assert message.status == "sent"
    assert inbox.flags() == [UNTOUCHED] * 4


def test_what_a_person_has_read_already_is_recorded_and_what_they_deleted_is_not_expunged(
    message: OutboxMessage, inbox: Inbox, settings: Settings
) -> None:
    inbox.deliver(
        returned_mail.postfix(message),
        returned_mail.from_a_person(message),
        returned_mail.postfix(message)[:1500],
    )
    inbox.mark(1, "+", "\\Seen")
    inbox.mark(2, "+", "\\Deleted")
    assert run(settings) == {Outcome.RECORDED: 1, Outcome.OTHER_MAIL: 1, Outcome.UNREADABLE: 1}
    assert inbox.flags() == [READ, {"\\Deleted"}, LOOK]


def test_a_second_run_does_nothing(message: OutboxMessage, inbox: Inbox, settings: Settings) -> None:
    inbox.deliver(returned_mail.postfix(message), returned_mail.postfix(message)[:1500])
    run(settings)
    events = len(timeline(message.about))
    assert run(settings) == {}
    inbox.deliver(returned_mail.exchange(message))  # another server on the way says so, too
    assert run(settings) == {Outcome.NOTHING_NEW: 1}
    assert len(timeline(message.about)) == events
    message.refresh_from_db()
    assert message.return_code == "5.1.1"


def test_a_run_that_ends_between_recording_and_marking_is_made_up_for(
    message: OutboxMessage, inbox: Inbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_off(*_: object) -> None:
        raise ConnectionResetError

    inbox.deliver(returned_mail.postfix(message))
    with monkeypatch.context() as patched:
        patched.setattr("foitracker.mail.bounce_mailbox.BounceMailbox.mark_read", breaks_off)
        with pytest.raises(MailboxAway):
            run(settings)
    message.refresh_from_db()
    assert message.status == "returned"
    assert bounce_reading().problem == "The mail server cannot be reached (ConnectionResetError)."
    events = len(timeline(message.about))
    assert run(settings) == {Outcome.NOTHING_NEW: 1}
    assert inbox.flags() == [READ]
    assert len(timeline(message.about)) == events
    assert bounce_reading().problem == ""


def test_a_database_that_is_busy_costs_no_bounce(
    message: OutboxMessage, inbox: Inbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_busy(**_: object) -> None:
        raise OperationalError

    inbox.deliver(returned_mail.postfix(message))
    with monkeypatch.context() as patched:
        patched.setattr("foitracker.outbox.bounces.record_message_bounced", is_busy)
        with pytest.raises(OperationalError):
            run(settings)
    assert inbox.flags() == [UNTOUCHED]
    assert run(settings) == {Outcome.RECORDED: 1}


def test_a_fault_of_ours_in_one_keeps_no_other_from_being_read(
    message: OutboxMessage, inbox: Inbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_at_fault(**_: object) -> None:
        raise KeyError("foi@northmark.example.net")

    inbox.deliver(returned_mail.postfix(message), returned_mail.postfix(message, action="delayed"))
    monkeypatch.setattr("foitracker.outbox.bounces.record_message_bounced", is_at_fault)
    assert run(settings) == {Outcome.UNREADABLE: 1, Outcome.NOTHING_NEW: 1}
    assert inbox.flags() == [LOOK, READ]


def test_one_that_takes_all_the_time_there_is_is_passed_over(
    message: OutboxMessage, inbox: Inbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def takes_long(*_: object) -> None:
        raise SoftTimeLimitExceeded

    inbox.deliver(returned_mail.postfix(message))
    with monkeypatch.context() as patched:
        patched.setattr("foitracker.mail.bounce_mailbox.BounceMailbox.message", takes_long)
        assert run(settings) == {Outcome.UNREADABLE: 1}
    assert inbox.flags() == [LOOK]
    assert run(settings) == {}


def test_more_than_one_run_can_take_is_read_by_the_next(
    message: OutboxMessage, inbox: Inbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounces, "MOST_AT_ONCE", 2)
    inbox.deliver(*[returned_mail.from_a_person(message)] * 2, returned_mail.postfix(message))
    assert run(settings) == {Outcome.OTHER_MAIL: 2}
    assert run(settings) == {Outcome.RECORDED: 1}


def test_one_that_is_too_large_to_be_ours_is_left_to_people(
    message: OutboxMessage, inbox: Inbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounces, "MOST_BYTES", 1000)
    inbox.deliver(returned_mail.postfix(message))
    assert run(settings) == {Outcome.UNREADABLE: 1}


def test_a_folder_made_anew_is_read_from_its_beginning(
    message: OutboxMessage, inbox: Inbox, settings: Settings, imap_server: Dovecot
) -> None:
    settings.BOUNCE_MAILBOX_URL = imap_server.url(folder="Bounces")
    for name in (
        "Bounces",
        "Other",
    ):  # an IMAP server gives a new folder another validity, and its UIDs from 1
        inbox.client.create(name)
    inbox.client.append("Bounces", None, None, returned_mail.postfix(message, action="delayed"))  # type: ignore[arg-type]
    inbox.client.append("Other", None, None, returned_mail.postfix(message))  # type: ignore[arg-type]
    assert run(settings) == {Outcome.NOTHING_NEW: 1}
    inbox.client.delete("Bounces")
    inbox.client.rename("Other", "Bounces")
    assert run(settings) == {Outcome.RECORDED: 1}
    inbox.client.delete("Bounces")


def test_who_takes_the_flag_off_has_dealt_with_it(
    message: OutboxMessage, inbox: Inbox, settings: Settings
) -> None:
    inbox.deliver(*[returned_mail.postfix(message)[:1500]] * 2, returned_mail.from_a_person(message))
    inbox.mark(3, "+", "\\Flagged")  # a person's own flag, on mail that is none of ours
    run(settings)
    assert len(bounce_reading().flagged) == 2
    inbox.mark(1, "-", "\\Flagged")
    assert run(settings) == {}
    assert len(bounce_reading().flagged) == 1


def test_a_bounce_that_a_person_entered_first_is_no_news(
    sent: WorkedCase, letter: OutboxMessage, inbox: Inbox, settings: Settings
) -> None:
    officer = sent.staff.officer
    record_letter_returned(letter_id=sent.letter.pk, by=officer, at=AT, reason=ReturnReason.OTHER)
    inbox.deliver(returned_mail.postfix(letter))
    assert run(settings) == {Outcome.NOTHING_NEW: 1}
    letter.refresh_from_db()
    assert (letter.returned_by, letter.return_code) == (officer, "")
    assert sent.letter.despatches.get().reason == ReturnReason.OTHER


def test_a_late_bounce_of_the_first_e_mail_leaves_the_second_alone(
    sent: WorkedCase, letter: OutboxMessage, inbox: Inbox, settings: Settings
) -> None:
    inbox.deliver(returned_mail.postfix(letter))
    run(settings)
    send_letter_again(
        letter_id=sent.letter.pk, by=sent.staff.officer, at=AT, today=AT.date(), despatch=Despatch.EMAIL
    )
    send_outbox()
    inbox.deliver(returned_mail.exchange(letter))
    assert run(settings) == {Outcome.NOTHING_NEW: 1}
    second = OutboxMessage.objects.get(again_of=letter)
    assert second.status == "sent"
    inbox.deliver(returned_mail.exchange(second))
    assert run(settings) == {Outcome.RECORDED: 1}
    assert [one.reason for one in sent.letter.despatches.all()] == ["no_address", "full"]


def test_the_report_of_a_message_that_waits_to_be_sent_is_left_to_people(
    message: OutboxMessage, inbox: Inbox, settings: Settings
) -> None:
    OutboxMessage.objects.update(status="queued", sent_at=None, next_attempt_at=AT)
    inbox.deliver(returned_mail.postfix(message))
    assert run(settings) == {Outcome.UNREADABLE: 1}


# --- The mailbox cannot be read ------------------------------------------------------------------------


def _addresses(server: Dovecot) -> dict[str, str]:
    return {
        "The mail server rejected the user name or password.": server.url(password="mistyped"),
        "The folder does not exist on the mail server.": server.url(folder="Nowhere"),
        "The mail server cannot be reached (ConnectionRefusedError).": server.url().replace(
            f":{server.port}/", f":{free_port()}/"
        ),
        "The mail server's certificate is not valid, or it does not speak TLS on this port.": server.url(
            "imap+ssl"
        ),
    }


@pytest.mark.parametrize("problem", [*_addresses(Dovecot(1, 2, None))])  # type: ignore[arg-type]
def test_a_mailbox_that_cannot_be_read_is_noted_and_logged_without_a_secret_and_tried_again(
    message: OutboxMessage,
    inbox: Inbox,
    settings: Settings,
    imap_server: Dovecot,
    caplog: pytest.LogCaptureFixture,
    problem: str,
) -> None:
    run(settings)
    inbox.deliver(returned_mail.postfix(message))
    settings.BOUNCE_MAILBOX_URL = _addresses(imap_server)[problem]
    with caplog.at_level(logging.DEBUG):
        read_bounces()
        with pytest.raises(CommandError, match="Bounces were not read") as refusal:
            call_command("read_bounces")
    noted = bounce_reading()
    assert noted.problem == problem
    assert noted.read_at == AT
    assert noted.tried_at is not None
    assert noted.tried_at > AT
    assert problem in caplog.text
    for said in (caplog.text, str(refusal.value), problem):
        for secret in (USER, USER.replace("@", "%40"), PASSWORD, "mistyped", message.to):
            assert secret not in said
    settings.BOUNCE_MAILBOX_URL = imap_server.url()
    assert run(settings) == {Outcome.RECORDED: 1}
    assert bounce_reading().problem == ""


@pytest.mark.parametrize("scheme", ["imap+ssl", "imap+tls"])
def test_it_is_read_over_tls_from_a_server_whose_certificate_is_vouched_for(
    message: OutboxMessage,
    inbox: Inbox,
    settings: Settings,
    imap_server: Dovecot,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
) -> None:
    inbox.deliver(returned_mail.postfix(message))
    settings.BOUNCE_MAILBOX_URL = imap_server.url(scheme)
    with pytest.raises(MailboxAway, match="certificate"):
        run(settings)
    monkeypatch.setenv("SSL_CERT_FILE", str(imap_server.certificate))
    assert run(settings) == {Outcome.RECORDED: 1}


def test_the_command_says_what_it_found(message: OutboxMessage, inbox: Inbox) -> None:
    inbox.deliver(
        returned_mail.postfix(message),
        returned_mail.postfix(message)[:1500],
        returned_mail.from_a_person(message),
    )
    said = StringIO()
    call_command("read_bounces", stdout=said)
    assert said.getvalue() == (
        "Delivery notifications: 1 recorded as returned, 0 with nothing new, 1 not understood (flagged in the "
        "mailbox), 1 other messages left alone.\n"
    )


def test_without_a_mailbox_nothing_is_read_and_the_command_says_so(db: None, settings: Settings) -> None:
    settings.BOUNCE_MAILBOX_URL = ""
    read_bounces()
    assert not BounceReading.objects.exists()
    with pytest.raises(CommandError, match="Set BOUNCE_MAILBOX_URL"):
        call_command("read_bounces")


# --- What is kept, and what is shown --------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "returned", "failed_at": AT},
        {"status": "returned", "failed_at": AT, "return_code": "550 no"},
        {"return_code": "5.1.1"},
    ],
)
def test_the_database_takes_a_return_only_from_a_person_or_with_a_servers_code(
    message: OutboxMessage, changes: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.update(**changes)
    OutboxMessage.objects.update(status="returned", failed_at=AT, return_code="5.1.1")


def test_the_pages_say_who_said_so(
    sent: WorkedCase, letter: OutboxMessage, inbox: Inbox, settings: Settings, client: Client
) -> None:
    inbox.deliver(returned_mail.postfix(letter))
    run(settings)
    client.force_login(sent.staff.officer)
    page = client.get(letter.page).content.decode()
    assert "there is no such address (reported by a mail server, code 5.1.1)" in page
    client.force_login(person(Role.MANAGER))
    outbox = client.get("/outbox/").content.decode()
    assert "there is no such address (5.1.1)" in outbox
    assert "lowmoor" not in outbox


def test_the_outbox_says_how_the_reading_goes(
    message: OutboxMessage, inbox: Inbox, settings: Settings, imap_server: Dovecot, client: Client
) -> None:
    client.force_login(person(Role.MANAGER))
    inbox.deliver(returned_mail.postfix(message)[:1500])
    run(settings)
    page = client.get("/outbox/").content.decode()
    assert "last read 7 April 2026" in page
    assert "1 flagged in the mailbox" in page
    assert "Bounces not read" not in page
    settings.BOUNCE_MAILBOX_URL = imap_server.url(password="mistyped")
    read_bounces()
    assert "rejected the user name or password" in client.get("/outbox/").content.decode()
    settings.BOUNCE_MAILBOX_URL = ""
    page = client.get("/outbox/").content.decode()
    assert "record anything that bounces here" in page
    assert "rejected" not in page
