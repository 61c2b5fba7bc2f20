"""What goes wrong between the sweep and the person: real processes, real SMTP, time passed in.

Of each fault it is counted what was sent, doubled and lost, by what arrived. `pytest -s` shows the table. Lost is
nothing, ever. Doubled is what a server took without our hearing so: the same Message-ID twice, and both attempts
counted.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from celery import current_app
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from foitracker.accounts.roles import Role
from foitracker.mail.models import OutboxMessage
from foitracker.mail.operations import SEND_TASK, Message, _email, queue_messages, record_returned
from foitracker.queues import Queue
from foitracker.reminders.models import Reminder, Sweep
from foitracker.reminders.operations.sweep import sweep
from tests.conftest import Mailbox
from tests.factories import Staff
from tests.foitracker.declared import BATCHED
from tests.foitracker.mail.conftest import HeldLetters
from tests.foitracker.mail.test_tasks import Environment, statuses, wait_until, worker

from . import faults
from .faults import (
    DUE,
    SEVEN,
    AwayMailbox,
    Count,
    FaultyMailbox,
    Lock,
    attempts,
    count,
    held,
    locks,
    send_due,
    send_until_done,
    sweep_in_a_process,
    team,
    uk,
    waiting,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]

Serve = Callable[..., Controller]
ONE_EACH = Count(sent=3, doubled=0, refused=0, lost=0)


# --- Sweeps ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["mail_outboxmessage", "reminders_sweep"])
def test_a_sweep_that_is_killed_leaves_nothing_behind_and_the_next_sends_all(
    staff: Staff, smtp_server: Mailbox, child_environment: Environment, before: str
) -> None:
    of = team(staff)
    with held(f"LOCK TABLE {before} IN SHARE MODE"):
        sweeper = sweep_in_a_process(child_environment(), SEVEN)
        wait_until(waiting)
        assert (
            Lock("relation", "reminders_reminder", "RowExclusiveLock", True) in locks()
        )  # it has made reminders
        sweeper.kill()
        sweeper.wait()
    wait_until(lambda: not locks())
    assert not any(model.objects.exists() for model in (Reminder, OutboxMessage, Sweep))
    sweep(at=uk(DUE, 7, 10))
    send_due(uk(DUE, 7, 11))
    assert count(f"sweep killed before it wrote to {before}", of, smtp_server) == ONE_EACH
    assert attempts() == [1, 1, 1]


def test_two_sweeps_at_once_and_tasks_that_come_again_and_again_send_one_digest_each(
    staff: Staff, smtp_server: Mailbox, child_environment: Environment
) -> None:
    of = team(staff)
    with held("SELECT pg_advisory_xact_lock(hashtext('foitracker reminders'))"):
        sweepers = [sweep_in_a_process(child_environment(), SEVEN) for _ in range(2)]
        wait_until(lambda: [lock.kind for lock in waiting()] == ["advisory"] * 2)
    assert sorted(sweeper.communicate()[0].strip() for sweeper in sweepers) == ["0", "3"]
    assert Sweep.objects.count() == 2
    for _ in range(4):
        current_app.send_task(SEND_TASK, args=["mail"], queue="mail")
    with worker(child_environment()) as one, worker(child_environment()) as other:
        wait_until(lambda: statuses() == ["sent"] * 3, by=one)
        assert other.process.poll() is None
    assert count("two sweeps at 07:00, two workers, six tasks", of, smtp_server) == ONE_EACH
    assert attempts() == [1, 1, 1]


@pytest.mark.slow
def test_letters_that_wait_at_a_slow_server_delay_no_digest(
    staff: Staff, serve: Serve, child_environment: Environment
) -> None:
    of = team(staff)
    mailbox = HeldLetters()
    serve(mailbox)
    letters = [
        Message(BATCHED, "", "", f"letter/{number}", "applicant@example.org", "Your request", "")
        for number in range(300)
    ]
    with transaction.atomic():
        queue_messages(messages=letters, at=uk(DUE, 6))
    with worker(child_environment(), Queue.LETTERS) as of_letters, worker(child_environment()) as of_mail:
        wait_until(mailbox.reached.is_set, by=of_letters)
        sweep(at=SEVEN)
        wait_until(lambda: len(mailbox.messages) == 3, by=of_mail)
        assert count("300 letters wait at a slow server", of, mailbox) == ONE_EACH
        mailbox.go_on.set()


# --- The mail server ------------------------------------------------------------------------------


def test_a_worker_killed_while_it_sends_sends_that_one_again_and_both_attempts_are_counted(
    staff: Staff, serve: Serve, child_environment: Environment
) -> None:
    of = team(staff)
    mailbox = FaultyMailbox(faults.keeps_and_holds)
    serve(mailbox)
    with worker(child_environment()) as killed:
        sweep(at=SEVEN)
        wait_until(mailbox.reached.is_set, by=killed)
        killed.process.kill()
        killed.process.wait()
    mailbox.go_on.set()
    sending = OutboxMessage.objects.get(attempts=1)
    assert (sending.status, sending.error_in_words) == ("queued", "No answer yet")
    with worker(child_environment()) as next_worker:
        current_app.send_task(SEND_TASK, args=["mail"], queue="mail")  # as beat does every minute
        wait_until(lambda: statuses().count("sent") == 2, by=next_worker)  # it holds up nobody else's
    send_due(timezone.now() + timedelta(minutes=2))
    counted = count("worker killed after the server took the message", of, mailbox)
    assert counted == Count(sent=3, doubled=1, refused=0, lost=0)
    assert attempts() == [1, 1, 2]


@pytest.mark.parametrize(
    ("fault", "first", "doubled"),
    [
        ("connection dropped after DATA, message not taken", faults.drops_unread, 0),
        ("connection dropped after DATA, message taken", faults.keeps_and_drops, 1),
        ("server slower than our patience, message taken", faults.keeps_and_holds, 1),
    ],
)
def test_what_the_server_gave_no_answer_to_is_sent_again(
    staff: Staff, serve: Serve, settings: Settings, fault: str, first: Any, doubled: int
) -> None:
    of = team(staff)
    settings.EMAIL_TIMEOUT = 1
    mailbox = FaultyMailbox(first)
    serve(mailbox)
    sweep(at=SEVEN)
    send_due(SEVEN)
    mailbox.go_on.set()
    assert statuses() == ["queued"] * 3  # one has found out for all
    send_until_done(SEVEN + timedelta(minutes=1))
    assert count(fault, of, mailbox) == Count(sent=3, doubled=doubled, refused=0, lost=0)
    assert attempts() == [1, 1, 2]


def test_a_slow_server_that_answers_in_time_gets_each_once(staff: Staff, serve: Serve) -> None:
    of = team(staff)
    mailbox = FaultyMailbox(faults.takes_its_time)
    serve(mailbox)
    sweep(at=SEVEN)
    send_due(SEVEN)
    assert count("server slow, within our patience", of, mailbox) == ONE_EACH
    assert attempts() == [1, 1, 1]


def test_a_server_that_takes_nothing_for_now_gets_each_once_when_it_does(staff: Staff, serve: Serve) -> None:
    of = team(staff)
    mailbox = AwayMailbox()
    serve(mailbox)
    sweep(at=SEVEN)
    send_until_done(SEVEN, minutes=10)
    assert mailbox.messages == []
    mailbox.away = False
    send_until_done(uk(DUE, 7, 10))
    assert count("every recipient refused with 450 for ten minutes", of, mailbox) == ONE_EACH
    assert min(attempts()) > 2


def test_a_recipient_refused_for_good_costs_nobody_else_theirs_and_is_shown(
    staff: Staff, smtp_server: Mailbox
) -> None:
    of = team(staff)
    smtp_server.refused.add(of.officers[0].email)
    sweep(at=SEVEN)
    send_due(SEVEN)
    counted = count("one recipient refused with 550", of, smtp_server)
    assert counted == Count(sent=2, doubled=0, refused=1, lost=0)


def test_a_digest_that_is_too_large_costs_nobody_else_theirs_and_is_shown(staff: Staff, serve: Serve) -> None:
    of = team(staff)
    for _ in range(6):
        of.takes_up(of.officers[0])
    sweep(at=SEVEN)
    sizes = sorted(len(_email(message).message().as_bytes()) for message in OutboxMessage.objects.all())
    mailbox = Mailbox()
    serve(mailbox, data_size_limit=(sizes[1] + sizes[2]) // 2)
    send_due(SEVEN)
    assert count("one digest larger than the server takes", of, mailbox) == Count(2, 0, 1, 0)


# --- People ---------------------------------------------------------------------------------------


def test_who_leaves_loses_a_role_or_does_not_get_mail_costs_nobody_else_theirs(
    staff: Staff, smtp_server: Mailbox
) -> None:
    of = team(staff, officers=4, requests=1)
    left, moved, bounces, stays = of.officers
    sweep(at=SEVEN)
    left.is_active = False
    left.save()
    moved.roles = [Role.AUDITOR]
    moved.save()
    send_due(SEVEN)
    returned = OutboxMessage.objects.get(to=bounces.email)
    record_returned(message_id=returned.pk, by=staff.intake, at=uk(DUE, 8))
    of.takes_up(stays, on=DUE)
    of.takes_up(bounces, on=DUE)
    sweep(at=uk(DUE, 8, 10))
    send_due(uk(DUE, 8, 10))
    counted = count("one left, one lost the role, one bounces, between sweep and send", of, smtp_server)
    assert counted == Count(sent=6, doubled=0, refused=0, lost=0)
    assert not Reminder.objects.filter(person=left, ended_at__isnull=True).exists()
