import logging
import smtplib
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import get_connection
from django.db import Error, IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from foitracker.mail import operations, queries, smtp_errors
from foitracker.mail.models import OutboxAttachment, OutboxMessage
from foitracker.mail.operations import Attempt
from tests.conftest import Mailbox
from tests.foitracker.declared import MESSAGE
from tests.ports import free_port

from .conftest import SlowMailbox

AT = datetime(2025, 4, 25, 9, 30, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def queue(key: str = "letter/2253/2025/1", **changes: Any) -> OutboxMessage:
    message = {
        "kind": MESSAGE,
        "about": "2253/2025",
        "page": "/requests/2025/2253/",
        "to": "applicant@example.org",
        "subject": "Your request 2253/2025",
        "body": "Please find our answer attached.\n",
        "attachments": [("letter.pdf", b"%PDF-1.7 \x00\xff", "application/pdf")],
        "at": AT,
    }
    return operations.queue_message(key=key, **{**message, **changes})


def send(at: datetime = AT) -> Attempt | None:
    through = get_connection()
    try:
        return operations.send_next_due(at=at, through=through)
    finally:
        through.close()


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """Return what was logged by anyone but the test's own mail server."""
    return "\n".join(record.getMessage() for record in caplog.records if record.name != "mail.log")


def test_a_queued_message_is_sent_as_it_was_written(smtp_server: Mailbox) -> None:
    queue(subject="Your request – café")
    assert send() == Attempt.SENT
    (message,) = smtp_server.messages
    assert smtp_server.recipients == [["applicant@example.org"]]
    assert message["Subject"] == "Your request – café"
    assert message["Message-ID"] == OutboxMessage.objects.get().message_id
    text, letter = message.iter_parts()  # type: ignore[attr-defined]
    assert text.get_content().split() == ["Please", "find", "our", "answer", "attached."]
    assert (letter.get_filename(), letter.get_content_type()) == ("letter.pdf", "application/pdf")
    assert letter.get_content() == b"%PDF-1.7 \x00\xff"
    delivery = queries.delivery_of("letter/2253/2025/1")
    assert delivery is not None
    assert (delivery.status, delivery.sent_at, delivery.attempts) == ("sent", AT, 1)
    assert send() is None


def test_the_same_key_is_queued_once() -> None:
    first = queue()
    second = queue(to="somebody.else@example.org", attachments=[])
    assert second.pk == first.pk
    assert second.to == "applicant@example.org"
    assert OutboxAttachment.objects.count() == 1


def test_many_messages_are_queued_in_one_statement_and_each_once(
    smtp_server: Mailbox, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    queue(key="advice-1-1", attachments=[], to="first@example.org")
    messages = [
        operations.Message(
            kind=MESSAGE,
            about="CRU 636/18",
            page="/",
            key=f"advice-1-{n}",
            to=f"force{n}@example.org",
            subject="CRU log 636/18",
            body="OFFICIAL\n",
        )
        for n in range(1, 46)
    ]
    with django_assert_num_queries(1):
        operations.queue_messages(messages=messages, at=AT)
    operations.queue_messages(messages=[], at=AT)
    assert OutboxMessage.objects.count() == 45
    while send():
        pass
    addresses = {address for (address,) in smtp_server.recipients}
    assert addresses == {"first@example.org"} | {f"force{n}@example.org" for n in range(2, 46)}


def test_many_messages_are_checked_like_one() -> None:
    with pytest.raises(ValueError, match="one line"):
        operations.queue_messages(
            messages=[
                operations.Message(
                    kind=MESSAGE,
                    about="",
                    page="",
                    key="a",
                    to="a@example.org",
                    subject="x\r\nBcc: b@example.org",
                    body="",
                )
            ],
            at=AT,
        )
    assert not OutboxMessage.objects.exists()


def test_the_message_id_follows_from_the_key(settings: Settings) -> None:
    first = queue().message_id
    with transaction.atomic():
        again = queue("another").message_id
    assert first != again
    assert first == operations._message_id("letter/2253/2025/1")
    assert first.endswith("@example.org>")


@pytest.mark.django_db(transaction=True)
def test_queueing_belongs_in_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        queue()
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_sent(smtp_server: Mailbox) -> None:
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert send() is None
    assert smtp_server.messages == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": "not an address"},
        {"to": "a@example.org\nBcc: victim@example.org"},
        {"to": "a@example.org, b@example.org"},
        {"to": ""},
        {"subject": "Hello\nBcc: victim@example.org"},
        {"subject": "Hello\r\n\r\nBody"},
        {"subject": "Hello\u2028there"},
        {"attachments": [("x\ny.pdf", b"", "application/pdf")]},
        {"attachments": [("../x.pdf", b"", "application/pdf")]},
        {"attachments": [("", b"", "application/pdf")]},
        {"attachments": [("x.pdf", b"", "application/pdf\nX: y")]},
        {"attachments": [("x.pdf", b"", "pdf")]},
    ],
)
def test_nothing_gets_into_the_headers(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"address|subject|file name|content type") as refused:
        queue(**wrong)
    assert "victim" not in str(refused.value)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("field", ["to", "subject"])
def test_the_database_keeps_line_breaks_out_of_headers(field: str) -> None:
    queue()
    with pytest.raises(IntegrityError, match="headers_one_line"):
        OutboxMessage.objects.update(**{field: "a@example.org\nBcc: b@example.org"})


@pytest.mark.parametrize(
    "nonsense",
    [
        {"status": "sent"},
        {"next_attempt_at": None},
        {"status": "failed"},
        {"sent_at": AT},
        {"status": "lost"},
    ],
)
def test_the_database_refuses_states_that_cannot_be(nonsense: dict[str, Any]) -> None:
    queue()
    with pytest.raises(Error):
        OutboxMessage.objects.update(**nonsense)


def test_a_mailbox_that_does_not_exist_fails_at_once_and_the_next_message_goes_out(
    smtp_server: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    smtp_server.refused.add("applicant@example.org")
    queue()
    queue("other", to="other@example.org", at=AT + timedelta(seconds=1))
    with caplog.at_level(logging.DEBUG):
        assert send(AT + timedelta(minutes=1)) == Attempt.FAILED
        assert send(AT + timedelta(minutes=1)) == Attempt.SENT
    failed = queries.delivery_of("letter/2253/2025/1")
    assert failed is not None
    assert (failed.status, failed.last_error) == ("failed", "SMTPRecipientsRefused 550")
    assert smtp_server.recipients == [["other@example.org"]]
    assert "applicant" not in logged(caplog)
    assert f"outbox message {failed.pk} failed" in logged(caplog)


class Answering:
    """A server that answers with what it is told, quoting the recipient as real ones do."""

    def __init__(self, command: str, answer: str) -> None:
        setattr(self, f"handle_{command}", self._answer)
        self.answer = answer

    async def _answer(self, server: Any, session: Any, envelope: Any, *rest: Any) -> str:
        return f"{self.answer} <applicant@example.org>"


@pytest.mark.parametrize(
    ("command", "answer", "outcome", "error"),
    [
        ("RCPT", "451 greylisted", Attempt.PUT_OFF, "SMTPRecipientsRefused 451"),
        ("RCPT", "550 unknown", Attempt.FAILED, "SMTPRecipientsRefused 550"),
        ("DATA", "452 no space", Attempt.PUT_OFF, "SMTPDataError 452"),
        ("DATA", "554 rejected", Attempt.FAILED, "SMTPDataError 554"),
        ("MAIL", "552 too large", Attempt.FAILED, "SMTPSenderRefused 552"),
        ("MAIL", "530 sign in first", Attempt.SERVER_AWAY, "SMTPSenderRefused 530"),
        ("MAIL", "421 closing", Attempt.SERVER_AWAY, "SMTPSenderRefused 421"),
    ],
)
def test_what_the_servers_answer_means(
    serve: Callable[..., Controller],
    caplog: pytest.LogCaptureFixture,
    command: str,
    answer: str,
    outcome: Attempt,
    error: str,
) -> None:
    serve(Answering(command, answer))
    queue()
    with caplog.at_level(logging.DEBUG):
        assert send() == outcome
    message = OutboxMessage.objects.get()
    assert message.last_error == error
    assert message.status == ("failed" if outcome == Attempt.FAILED else "queued")
    assert "applicant" not in logged(caplog)


def test_a_server_that_is_away_is_tried_later_and_later_until_it_is_given_up(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    message = queue()
    at = AT
    pauses: list[timedelta] = []
    for _ in range(operations.MAX_ATTEMPTS):
        assert send(at - timedelta(seconds=1)) is None
        assert send(at) == Attempt.SERVER_AWAY
        message.refresh_from_db()
        if message.next_attempt_at is not None:
            pauses.append(message.next_attempt_at - at)
            at = message.next_attempt_at
    assert (message.status, message.attempts) == ("failed", operations.MAX_ATTEMPTS)
    assert message.last_error == "ConnectionRefusedError"
    assert timedelta(seconds=45) <= pauses[0] <= timedelta(seconds=75)
    assert all(pause <= operations.LONGEST_PAUSE * 1.25 for pause in pauses)
    assert timedelta(days=1) < at - AT < timedelta(days=3)
    assert send(at + timedelta(days=30)) is None


def test_attempts_that_never_have_an_answer_do_not_end() -> None:
    assert operations.pause_after(1000) <= operations.LONGEST_PAUSE * 1.25


@pytest.mark.django_db(transaction=True)
def test_an_attempt_is_counted_before_it_is_made(smtp_server: Mailbox) -> None:
    with transaction.atomic():
        queue()
        with pytest.raises(RuntimeError, match="durable"):
            send()


def test_who_stood_still_for_longer_than_the_pause_leaves_the_message_to_the_next(
    smtp_server: Mailbox,
) -> None:
    queue()
    first = operations._begin_attempt(AT, None)
    second = operations._begin_attempt(AT + timedelta(minutes=2), None)
    assert first
    assert second
    through = get_connection()
    assert operations._hand_over(first, AT, through) == Attempt.PUT_OFF
    assert operations._hand_over(second, AT, through) == Attempt.SENT
    through.close()
    assert len(smtp_server.messages) == 1


def test_messages_held_up_together_do_not_come_back_together() -> None:
    assert len({operations.pause_after(3) for _ in range(20)}) > 15


@pytest.mark.parametrize(
    ("error", "described"),
    [
        (smtplib.SMTPServerDisconnected("applicant@example.org"), "SMTPServerDisconnected"),
        (smtplib.SMTPAuthenticationError(535, b"applicant@example.org"), "SMTPAuthenticationError 535"),
        (TimeoutError("applicant@example.org"), "TimeoutError"),
    ],
)
def test_errors_are_kept_without_what_the_server_wrote(error: Exception, described: str) -> None:
    assert smtp_errors.describe(error) == described
    assert smtp_errors.is_server_away(error)


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_once(slow_mailbox: SlowMailbox) -> None:
    with transaction.atomic():
        queue()
    results: list[Attempt | None] = []

    def run() -> None:
        try:
            results.append(send())
        finally:
            connection.close()

    first = threading.Thread(target=run)
    first.start()
    assert slow_mailbox.reached.wait(timeout=10)  # the first is in the middle of it
    second = threading.Thread(target=run)
    second.start()
    second.join(timeout=10)
    assert results == [None]  # and the second did not wait for it
    slow_mailbox.go_on.set()
    first.join(timeout=10)
    assert results == [None, Attempt.SENT]
    assert (slow_mailbox.arrivals, len(slow_mailbox.messages)) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_who_queue_the_same_key_at_once_queue_it_once() -> None:
    together = threading.Barrier(2)
    found: list[int] = []

    def run(to: str) -> None:
        try:
            together.wait()
            with transaction.atomic():
                found.append(queue(to=to).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[f"{name}@example.org"]) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(found) == 2
    assert len(set(found)) == 1
    assert (OutboxMessage.objects.count(), OutboxAttachment.objects.count()) == (1, 1)
