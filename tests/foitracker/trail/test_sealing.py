"""The seals over the accesses: nothing recorded before the last of them can be changed without being found."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from foitracker.audit import operations
from foitracker.audit.models import Entry, RecordedAccess
from foitracker.trail import sealing
from foitracker.trail.sealing import seal_accesses, sealing_warnings
from foitracker.trail.tasks import seal_accesses as task
from tests.foitracker.audit.test_operations import run_together
from tests.foitracker.declared import LOOKED, TRIED

AT = datetime(2025, 4, 25, 9, 30, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def look(times: int = 1) -> None:
    for _ in range(times):
        operations.record_access(event=LOOKED, by=None, at=AT, subject="1/2025")


def verify() -> str:
    err = StringIO()
    try:
        call_command("verify_audit", stdout=StringIO(), stderr=err)
    except SystemExit:
        return err.getvalue()
    return ""


@pytest.fixture
def tamper() -> Iterator[Any]:
    def run(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql)
            cursor.execute("SET LOCAL session_replication_role = origin")

    return run


def test_a_seal_covers_what_came_since_the_last() -> None:
    look(3)
    assert seal_accesses(at=AT) == 3
    look(2)
    assert seal_accesses(at=AT) == 2
    assert seal_accesses(at=AT) == 0
    seals = list(Entry.objects.order_by("sequence").values_list("event", "detail__count", "detail__last"))
    ids = list(RecordedAccess.objects.order_by("id").values_list("id", flat=True))
    assert seals == [("accesses_sealed", 3, ids[2]), ("accesses_sealed", 2, ids[4])]
    assert verify() == ""


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE audit_recordedaccess SET at = at - interval '1 day' WHERE id = {1}", 1),
        ("UPDATE audit_recordedaccess SET recorded_at = recorded_at - interval '1 day' WHERE id = {1}", 1),
        ("UPDATE audit_recordedaccess SET subject = '2/2025' WHERE id = {2}", 1),
        ("UPDATE audit_recordedaccess SET event = 'trail_read' WHERE id = {0}", 1),
        ("UPDATE audit_recordedaccess SET address = '192.0.2.9' WHERE id = {0}", 1),
        ('UPDATE audit_recordedaccess SET detail = \'{{"page": "x"}}\' WHERE id = {0}', 1),
        ("UPDATE audit_recordedaccess SET actor_id = 5 WHERE id = {0}", 1),
        ("DELETE FROM audit_recordedaccess WHERE id = {0}", 1),
        ("DELETE FROM audit_recordedaccess WHERE id = {4}", 2),
        ("DELETE FROM audit_recordedaccess", 1),
        (
            "INSERT INTO audit_recordedaccess (id, at, event, subject, detail)"
            " SELECT id - 100, at, event, subject, detail FROM audit_recordedaccess WHERE id = {0}",
            1,
        ),
    ],
)
def test_what_was_tampered_with_is_found(tamper: Any, sql: str, broken: int) -> None:
    look(3)
    seal_accesses(at=AT)
    look(2)
    seal_accesses(at=AT)
    look()
    ids = RecordedAccess.objects.order_by("id").values_list("id", flat=True)
    tamper(sql.format(*ids))
    assert (
        f"broken at entry {broken}: the {4 - broken} accesses it seals are not what was written" in verify()
    )


@pytest.mark.django_db(transaction=True)
def test_an_access_that_was_numbered_earlier_and_committed_later_is_not_passed_over() -> None:
    """One writer has its number and has not committed, another is done: no seal may go past the first."""
    numbered, others = threading.Event(), threading.Event()
    found: list[object] = []

    def slow() -> None:
        with transaction.atomic():
            look()
            numbered.set()
            others.wait(timeout=10)

    def quick() -> None:
        numbered.wait(timeout=10)
        look()
        try:
            found.append(seal_accesses(at=AT))
        except sealing.StillWriting as busy:
            found.append(type(busy))
        others.set()

    assert run_together(slow, quick) == []
    assert found == [sealing.StillWriting]
    assert seal_accesses(at=AT) == 2
    assert verify() == ""


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_seal_nothing_twice() -> None:
    start = threading.Barrier(3)

    def seal() -> None:
        start.wait()
        for _ in range(10):
            task()

    def write() -> None:
        start.wait()
        look(60)

    assert run_together(seal, seal, write) == []
    task()
    assert sum(Entry.objects.values_list("detail__count", flat=True)) == 60
    assert seal_accesses(at=AT) == 0
    assert verify() == ""


def test_health_says_when_nothing_was_sealed_for_long() -> None:
    look()
    now = RecordedAccess.objects.get().recorded_at
    assert sealing_warnings(now + timedelta(minutes=14)) == []
    assert "not been sealed" in sealing_warnings(now + timedelta(minutes=16))[0]
    seal_accesses(at=AT)
    assert sealing_warnings(now + timedelta(minutes=16)) == []
    operations.record_event(event=TRIED, by=None, at=AT)
