"""A change of a case is looked at once it is committed: one look for however many changes."""

import os
from datetime import UTC, datetime

import pytest
import redis
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from foitracker.reminders import tasks
from foitracker.reminders.models import Reminder, Sweep
from foitracker.reminders.operations.sweep import sweep
from tests import factories
from tests.factories import Staff
from tests.foitracker.mail.test_tasks import no_broker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


def looks_waiting() -> int:
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        keys = client.keys(f"{os.environ['REDIS_KEY_PREFIX']}*sweeps")
        return sum(
            task.count(tasks.LOOK_TASK.encode()) > 0
            for key in keys
            if client.type(key) == b"list"
            for task in client.lrange(key, 0, -1)
        )


def test_many_changes_have_one_look(staff: Staff) -> None:
    for _ in range(3):
        factories.request(by=staff.intake)
    assert looks_waiting() == 1
    tasks.look_at_changes()
    factories.request(by=staff.intake)
    assert looks_waiting() == 2  # nobody took the first from the queue; that it has run lets another wait


def test_a_change_that_is_taken_back_has_no_look(staff: Staff) -> None:
    with transaction.atomic():
        factories.request(by=staff.intake)
        transaction.set_rollback(True)
    assert looks_waiting() == 0
    assert cache.get("reminders-look-waits") is None


def test_a_change_is_kept_while_there_is_no_broker(staff: Staff) -> None:
    with no_broker():
        case = factories.request(by=staff.intake)
    assert case.pk


def test_a_look_finds_what_changed_and_sends_what_does_not_wait(staff: Staff) -> None:
    now = timezone.now()
    received = now.date().replace(day=1)
    case = factories.request(by=staff.intake, received_on=received.replace(year=received.year - 1))
    factories.take_up(staff, case, received)
    tasks.look_at_changes()
    assert not Sweep.objects.exists()  # not a look at everything
    sweep(at=datetime(2026, 12, 1, 7, tzinfo=UTC))
    assert Reminder.objects.filter(kind="overdue", person=staff.officer).exists()
