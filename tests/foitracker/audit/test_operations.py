import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction

from foitracker.accounts.models import User
from foitracker.audit import events, operations, queries
from foitracker.audit.events import Event, UndeclaredEvent
from foitracker.audit.fields import WrongDetail
from foitracker.audit.models import Entry, EventWords, RecordedAccess
from tests.foitracker.accounts.factories import UserFactory
from tests.foitracker.declared import LOOKED, MOVED, TRIED

AT = datetime(2025, 4, 25, 9, 30, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_an_act_is_written_as_it_was_given() -> None:
    officer = UserFactory()
    entry = operations.record_event(event=TRIED, by=officer, at=AT, subject="2253/2025", detail={"number": 5})
    entry.refresh_from_db()
    assert (entry.sequence, entry.event, entry.actor) == (1, "tried", officer)
    assert (entry.at, entry.subject, entry.detail) == (AT, "2253/2025", {"number": 5})
    assert entry.recorded_at > AT


def test_entries_are_numbered_without_a_gap_whatever_is_rolled_back() -> None:
    operations.record_event(event=TRIED, by=None, at=AT)
    with transaction.atomic():
        operations.record_event(event=MOVED, by=None, at=AT)
        transaction.set_rollback(True)
    operations.record_event(event=MOVED, by=None, at=AT)
    assert list(Entry.objects.order_by("sequence").values_list("sequence", "event")) == [
        (1, "tried"),
        (2, "moved"),
    ]


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        operations.record_event(event=TRIED, by=None, at=datetime(2025, 4, 25))  # noqa: DTZ001


@pytest.mark.parametrize(
    "wrong",
    [
        {"event": Event("Not a slug", "A")},
        {"event": Event("", "B")},
        {"subject": "\x00"},
        {"subject": "x" * 101},
    ],
)
def test_the_database_refuses_what_is_no_entry(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]
) -> None:
    event = wrong.get("event", TRIED)
    monkeypatch.setitem(events._DECLARED, event.code, event)
    with pytest.raises((Error, ValueError)), transaction.atomic():
        operations.record_event(**{"event": TRIED, "by": None, "at": AT, **wrong})
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET event = 'forged'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "UPDATE audit_head SET hash = repeat('0', 64)",
        "UPDATE audit_head SET sequence = sequence - 1",
        "UPDATE audit_head SET sequence = sequence + 1",
        "UPDATE audit_head SET sequence = sequence + 2",
        "DELETE FROM audit_head",
        "TRUNCATE audit_head",
        "UPDATE audit_eventwords SET words = 'forged'",
        "UPDATE audit_recordedaccess SET event = 'forged'",
        "DELETE FROM audit_recordedaccess",
        "TRUNCATE audit_recordedaccess",
        "TRUNCATE audit_eventwords",
        "INSERT INTO audit_head (id, sequence, hash) VALUES (2, 0, '')",
    ],
)
def test_the_database_keeps_what_was_written(sql: str) -> None:
    operations.record_event(event=TRIED, by=None, at=AT, words={"reason": "As written"})
    operations.record_access(event=LOOKED, by=None, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks outstanding is never truncated
        with pytest.raises(Error, match=r"Cannot|one_head"), transaction.atomic():
            cursor.execute(sql)
    call_command("verify_audit")


def test_a_lost_head_stops_the_writing() -> None:
    operations.record_event(event=TRIED, by=None, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM audit_head")
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(RuntimeError, match="verify_audit"):
        operations.record_event(event=TRIED, by=None, at=AT)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_cannot_be_recorded_is_not_done() -> None:
    @transaction.atomic
    def add_and_go_on_regardless() -> None:
        UserFactory(email="added@example.org")
        with suppress(ValueError):
            operations.record_event(event="added", by=None, at=AT, detail={"number": 0.5})

    add_and_go_on_regardless()
    assert not User.objects.filter(email="added@example.org").exists()


def run_together(*jobs: object) -> list[BaseException]:
    failures: list[BaseException] = []

    def run(job: object) -> None:
        try:
            job()  # type: ignore[operator]
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return failures


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_one_unbroken_chain() -> None:
    """Two writers with fifty transactions each, the first entry of the trail among them."""
    start = threading.Barrier(2)

    def write() -> None:
        start.wait()
        for number in range(50):
            with transaction.atomic():
                operations.record_event(event=TRIED, by=None, at=AT, detail={"number": number})

    assert run_together(write, write) == []
    assert list(Entry.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 101))
    call_command("verify_audit")


@pytest.mark.django_db(transaction=True)
def test_somebody_can_be_changed_while_they_act() -> None:
    """Whoever changes a person holds their row and waits to record it; the person's own entry, which
    refers to that row, must not wait in turn while holding the trail. The address is part of the key."""
    person = UserFactory()
    changed, recorded = threading.Event(), threading.Event()

    def change() -> None:
        with transaction.atomic():
            User.objects.filter(pk=person.pk).update(email="changed@example.org")
            changed.set()
            recorded.wait(timeout=1)  # the other is now waiting for the row, or done
            operations.record_event(event=MOVED, by=None, at=AT)

    def act() -> None:
        changed.wait(timeout=10)
        operations.record_event(event=TRIED, by=person, at=AT)
        recorded.set()

    assert run_together(change, act) == []
    assert Entry.objects.count() == 2
    call_command("verify_audit")


def test_a_timeline_holds_the_acts_newest_first(django_assert_num_queries: object) -> None:
    officer = UserFactory(name="An Officer")
    for event, reason in ((TRIED, "First"), (MOVED, ""), (TRIED, "Third")):
        words = {"reason": reason} if reason else {}
        operations.record_event(event=event, by=officer, at=AT, subject="1/2025", words=words)
    operations.record_access(event=LOOKED, by=officer, at=AT, subject="1/2025")
    operations.record_event(event=TRIED, by=officer, at=AT, subject="11/2025")
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = [
            (entry.event, str(entry.actor), entry.words.get("reason", ""))
            for entry in queries.timeline("1/2025")
        ]
    assert found == [
        ("tried", "An Officer", "Third"),
        ("moved", "An Officer", ""),
        ("tried", "An Officer", "First"),
    ]
    assert [entry.event for entry in queries.accesses(subject="1/2025")] == ["looked"]
    assert [entry.event for entry in queries.events_since("1/2025", 1)] == ["moved", "tried"]


def test_many_acts_are_one_turn_at_the_trail(django_assert_max_num_queries: object) -> None:
    officer = UserFactory()
    operations.record_event(event=TRIED, by=officer, at=AT)
    acts = [operations.EventOn(f"{number}/2025", {"number": number}) for number in range(2500)]
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        assert operations.record_events(event=MOVED, by=officer, at=AT, events=acts) == 2500
    operations.record_event(event=TRIED, by=officer, at=AT)
    found = (
        Entry.objects.filter(event="moved").order_by("sequence").values_list("sequence", "subject", "detail")
    )
    assert list(found) == [(n + 2, f"{n}/2025", {"number": n}) for n in range(2500)]
    assert queries.head()[0] == 2502
    call_command("verify_audit")


def test_no_acts_leave_the_trail_as_it_is() -> None:
    assert operations.record_events(event=MOVED, by=None, at=AT, events=[]) == 0
    assert not Entry.objects.exists()


def test_many_acts_are_recorded_whole_or_not_at_all() -> None:
    acts = [operations.EventOn("1/2025"), operations.EventOn("2/2025", {"number": 0.5})]
    with pytest.raises(ValueError, match="number"), transaction.atomic():
        operations.record_events(event=MOVED, by=None, at=AT, events=acts)
    assert not Entry.objects.exists()


def test_the_head_moves_only_to_the_entry_it_names() -> None:
    """Entries slipped in past the writer do not become the end of the trail under another hash."""
    operations.record_events(event=MOVED, by=None, at=AT, events=[operations.EventOn("1/2025")] * 3)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry SELECT 4, recorded_at, at, event, subject, detail, previous_hash,"
            " repeat('1', 64), key, keyed_hash, actor_id FROM audit_entry WHERE sequence = 3"
        )
        with pytest.raises(Error, match="Cannot move"), transaction.atomic():
            cursor.execute("UPDATE audit_head SET sequence = 4, hash = repeat('2', 64)")


def test_only_declared_events_are_recorded() -> None:
    for event in ("tried", Event("tried", "Something tried"), Event("untold", "Untold"), None):
        with pytest.raises(UndeclaredEvent), transaction.atomic():
            operations.record_event(event=event, by=None, at=AT)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="an access"), transaction.atomic():
        operations.record_event(event=LOOKED, by=None, at=AT)
    with pytest.raises(ValueError, match="no access"), transaction.atomic():
        operations.record_access(event=TRIED, by=None, at=AT)  # type: ignore[arg-type]
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"detail": {"undeclared": 1}},
        {"detail": {"number": "five"}},
        {"detail": {"reason": "Free text is no fact"}},
        {"words": {"note": "Not declared either"}},
        {"detail": {"changed": {"words": {"from": "", "to": "A"}}}},
    ],
)
def test_only_declared_facts_and_words_are_recorded(wrong: dict[str, Any]) -> None:
    with pytest.raises(WrongDetail, match="tried: "), transaction.atomic():
        operations.record_event(event=TRIED, by=None, at=AT, **wrong)
    assert not Entry.objects.exists()


def test_free_text_stands_beside_the_trail_and_can_be_erased() -> None:
    entry = operations.record_event(
        event=TRIED,
        by=None,
        at=AT,
        detail={"changed": {"subject": {"from": "Badgers", "to": "Otters"}}},
        words={"reason": "Asked by telephone"},
    )
    assert not {"Badgers", "Otters", "Asked"} & set(str(entry.detail).split("'"))
    assert entry.detail["changed"] == {"subject": {}}
    assert {name: len(digest) for name, digest in entry.detail["words"].items()} == {
        "reason": 64,
        "subject.from": 64,
        "subject.to": 64,
    }
    assert entry.words == {
        "reason": "Asked by telephone",
        "subject.from": "Badgers",
        "subject.to": "Otters",
    }
    EventWords.objects.filter(entry=entry).delete()
    call_command("verify_audit")
    again = Entry.objects.get(pk=entry.pk)
    assert again.facts == [("Changed", "Subject changed."), ("Reason", "(erased)")]


def test_the_same_words_twice_have_different_hashes() -> None:
    first, second = (
        operations.record_event(event=TRIED, by=None, at=AT, words={"reason": "The same"}) for _ in range(2)
    )
    assert first.detail["words"] != second.detail["words"]


def test_nothing_is_kept_of_no_words() -> None:
    entry = operations.record_event(event=TRIED, by=None, at=AT, words={"reason": "  "})
    assert (entry.detail, EventWords.objects.count()) == ({}, 0)


def test_an_access_is_a_row_of_its_own_and_no_entry(django_assert_num_queries: object) -> None:
    officer = UserFactory()
    with django_assert_num_queries(1):  # type: ignore[operator]
        operations.record_access(event=LOOKED, by=officer, at=AT, subject="1/2025")
    look = RecordedAccess.objects.get()
    assert (look.event, look.actor, look.at, look.subject) == ("looked", officer, AT, "1/2025")
    assert look.recorded_at > AT
    assert not Entry.objects.exists()


def test_accesses_noted_together_are_written_when_they_are_given_out() -> None:
    with operations.noting_accesses() as noted:
        operations.record_access(event=LOOKED, by=None, at=AT, subject="1/2025")
        operations.record_access(event=LOOKED, by=None, at=AT, subject="2/2025")
        assert not RecordedAccess.objects.exists()
    operations.write_accesses(noted)
    assert [look.subject for look in queries.accesses()] == ["2/2025", "1/2025"]


@pytest.mark.django_db(transaction=True)
def test_an_access_does_not_wait_for_the_trail() -> None:
    """Somebody who holds the lock of the trail, or changes the person, keeps nobody from opening a page."""
    person = UserFactory()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            User.objects.filter(pk=person.pk).update(email="changed@example.org")
            operations.record_event(event=TRIED, by=None, at=AT)
            held.set()
            assert done.wait(timeout=10)

    def look() -> None:
        held.wait(timeout=10)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        operations.record_access(event=LOOKED, by=person, at=AT)
        done.set()

    assert run_together(hold, look) == []
    assert RecordedAccess.objects.count() == 1
