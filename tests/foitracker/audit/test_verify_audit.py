import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from foitracker.audit import operations, queries
from foitracker.audit.anchors import note_head, read_anchors
from foitracker.audit.chain import GENESIS
from foitracker.audit.keyed_hash import keyed
from foitracker.audit.models import Entry
from foitracker.trail.queries import anchor_warnings
from foitracker.trail.tasks import note_daily_head
from tests.foitracker.declared import TRIED

AT = datetime(2025, 4, 25, 9, 30, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture(autouse=True)
def _five_entries() -> None:
    texts = ["plain", "é ü 漢 \u202e", '"quoted" \\u0000', "line\nbreak", ""]
    for number, text in enumerate(texts):
        operations.record_event(
            event=TRIED,
            by=None,
            at=AT,
            subject="1/2025",
            detail={
                "number": number,
                "logs": 10**25,
                "day": date(2025, 4, 25),
                "items": [None, "é 漢"],
                "urgent": True,
            },
            words={"reason": text},
        )


def verify(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out, stderr=err)
    except SystemExit as leaving:
        return int(leaving.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def tamper() -> Iterator[Any]:
    """SQL as a superuser who has switched the triggers off."""

    def run(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql)
            cursor.execute("SET LOCAL session_replication_role = origin")

    return run


def test_a_whole_trail_is_said_to_be_whole() -> None:
    code, out, err = verify()
    assert (code, err) == (0, "")
    assert "The audit trail is whole: 5 entries" in out


@pytest.mark.parametrize(
    ("sql", "first"),
    [
        ("UPDATE audit_entry SET at = at - interval '1 day' WHERE sequence = 2", 2),
        ("UPDATE audit_entry SET recorded_at = at WHERE sequence = 5", 5),
        ("UPDATE audit_entry SET subject = '2/2025' WHERE sequence = 1", 1),
        ("""UPDATE audit_entry SET detail = detail || '{"number": 9}' WHERE sequence = 3""", 3),
        ("UPDATE audit_entry SET event = 'moved' WHERE sequence = 4", 4),
        ("UPDATE audit_entry SET hash = repeat('a', 64) WHERE sequence = 2", 2),
        ("UPDATE audit_entry SET keyed_hash = repeat('a', 64) WHERE sequence = 2", 2),
        ("UPDATE audit_entry SET keyed_hash = '' WHERE sequence = 4", 4),
        ("DELETE FROM audit_entry WHERE sequence = 3", 3),
        ("DELETE FROM audit_entry WHERE sequence = 5", 5),
        ("DELETE FROM audit_entry WHERE sequence = 1", 1),
        ("DELETE FROM audit_entry", 1),
        ("TRUNCATE audit_entry CASCADE", 1),
        ("DELETE FROM audit_head", 1),
        (
            "INSERT INTO audit_entry SELECT 6, recorded_at, at, event, subject, detail, hash, hash, key, keyed_hash,"
            " actor_id FROM audit_entry WHERE sequence = 5",
            6,
        ),
        ("UPDATE audit_entry SET sequence = 9 WHERE sequence = 4", 4),
        ("UPDATE audit_eventwords SET words = 'forged' WHERE entry_id = 3", 3),
        ("UPDATE audit_eventwords SET field = 'other' WHERE entry_id = 2", 2),
    ],
)
def test_what_was_tampered_with_is_found(tamper: Any, sql: str, first: int) -> None:
    tamper(sql)
    code, out, err = verify()
    assert code == 1
    assert out == ""
    assert f"broken at entry {first}:" in err
    code, out, _err = verify("--json")
    assert code == 1
    assert json.loads(out)["ok"] is False
    assert json.loads(out)["broken"]["sequence"] == first


def test_json_gives_the_head_to_note_down() -> None:
    code, out, _err = verify("--json")
    sequence, digest = queries.head()
    assert json.loads(out) == {
        "ok": True,
        "entries": 5,
        "head": f"{sequence}:{digest}",
        "broken": None,
        "unchecked": [],
    }
    assert verify("--anchor", json.loads(out)["head"])[0] == code == 0


def test_an_anchor_shows_that_the_end_was_cut_off_with_its_head(tamper: Any) -> None:
    anchor = json.loads(verify("--json")[1])["head"]
    tamper("DELETE FROM audit_entry WHERE sequence > 3")
    tamper("UPDATE audit_head SET sequence = 3, hash = (SELECT hash FROM audit_entry WHERE sequence = 3)")
    assert verify()[0] == 0
    code, _out, err = verify("--anchor", anchor)
    assert code == 1
    assert "broken at entry 4: it is missing" in err


@pytest.mark.parametrize("anchor", ["", "5", "5:abc", f"-1:{GENESIS}", f"x:{GENESIS}"])
def test_a_malformed_anchor_is_explained(anchor: str) -> None:
    with pytest.raises(CommandError, match="give a number, a colon"):
        call_command("verify_audit", f"--anchor={anchor}")


@pytest.mark.django_db(transaction=True)
def test_it_runs_by_itself_outside_a_transaction() -> None:
    assert verify()[0] == 0


def test_an_empty_trail_is_whole(tamper: Any) -> None:
    tamper("TRUNCATE audit_entry CASCADE")
    tamper("TRUNCATE audit_head")
    assert verify()[1].startswith("The audit trail is whole: 0 entries")


NEWER, OLDER, LOST = (f"{name:x<40}" for name in ("newer", "older", "lost"))


def rewrite_the_whole_chain() -> None:
    """What somebody can do who owns the database, but has no key: every entry anew, each plain hash right."""
    previous = GENESIS
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for link, _ in list(queries.links()):
            forged = replace(link, subject="9/2025", previous_hash=previous)
            previous = forged.digest()
            cursor.execute(
                "UPDATE audit_entry SET subject = '9/2025', previous_hash = %s, hash = %s WHERE sequence = %s",
                [forged.previous_hash, previous, link.sequence],
            )
        cursor.execute("UPDATE audit_head SET hash = %s", [previous])
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_wholly_rewritten_chain_is_found_by_its_keyed_hashes() -> None:
    rewrite_the_whole_chain()
    code, _out, err = verify()
    assert code == 1
    assert "broken at entry 1: it was not written by the tracker" in err


def test_without_the_key_the_plain_hashes_are_walked_and_the_rest_is_named(
    settings: Any, tamper: Any
) -> None:
    settings.AUDIT_KEYS = [LOST]
    code, out, err = verify()
    assert code == 2
    assert "The audit trail is whole: 5 entries" in out
    assert "Not checked: 5 keyed hashes: their key" in err
    tamper("UPDATE audit_entry SET subject = '2/2025' WHERE sequence = 3")
    assert "broken at entry 3: its content" in verify()[2]


def test_a_key_is_followed_by_a_newer_one(settings: Any) -> None:
    settings.AUDIT_KEYS = [OLDER, *settings.AUDIT_KEYS]
    operations.record_event(event=TRIED, by=None, at=AT)
    settings.AUDIT_KEYS = [NEWER, *settings.AUDIT_KEYS]
    operations.record_event(event=TRIED, by=None, at=AT)
    assert len(set(Entry.objects.values_list("key", flat=True))) == 3
    assert verify()[0] == 0
    settings.AUDIT_KEYS = [NEWER]
    code, _out, err = verify()
    assert code == 2
    assert err.count("is not in AUDIT_KEYS") == 2


@pytest.fixture
def anchors(tmp_path: Path, settings: Any) -> Path:
    settings.AUDIT_ANCHOR_FILE = tmp_path / "heads"
    note_daily_head()
    return tmp_path / "heads"


def test_the_daily_head_is_noted_once_a_day(anchors: Path, settings: Any) -> None:
    operations.record_event(event=TRIED, by=None, at=AT)
    note_daily_head()
    (line,) = anchors.read_text().splitlines()
    assert line.split()[:2] == [timezone.localdate().isoformat(), "5"]
    assert anchors.stat().st_mode & 0o777 == 0o600
    assert note_head(anchors, day=date(2050, 1, 1), head=queries.head(), keys=settings.AUDIT_KEYS)
    assert [anchor.sequence for anchor in read_anchors(anchors)] == [5, 6]
    assert verify()[0] == 0


@pytest.mark.usefixtures("anchors")
def test_the_anchors_find_an_end_that_was_cut_off(tamper: Any) -> None:
    tamper("DELETE FROM audit_eventwords WHERE entry_id > 3")
    tamper("DELETE FROM audit_entry WHERE sequence > 3")
    tamper("UPDATE audit_head SET sequence = 3, hash = (SELECT hash FROM audit_entry WHERE sequence = 3)")
    code, _out, err = verify()
    assert code == 1
    assert "broken at entry 4: it is missing from the end of the trail" in err


@pytest.mark.usefixtures("anchors")
def test_the_anchors_find_a_chain_rewritten_by_somebody_with_the_key(settings: Any) -> None:
    rewrite_the_whole_chain()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for sequence, digest, _, _ in list(queries.keyed_hashes()):
            right = keyed(settings.AUDIT_KEYS[0], "entry", digest)
            cursor.execute("UPDATE audit_entry SET keyed_hash = %s WHERE sequence = %s", [right, sequence])
        cursor.execute("SET LOCAL session_replication_role = origin")
    code, _out, err = verify()
    assert code == 1
    assert "broken at entry 5: it is not the entry that was noted down" in err


def test_an_anchor_that_was_altered_is_found(anchors: Path) -> None:
    anchors.write_text(anchors.read_text().replace(" 5 ", " 3 "))
    assert "broken at entry 3: the anchor of" in verify()[2]


def test_anchors_that_cannot_be_read_are_named(anchors: Path) -> None:
    anchors.write_text("no anchor\n")
    assert (verify()[0], "Line 1 of" in verify()[2]) == (2, True)
    anchors.unlink()
    assert (verify()[0], "No such file" in verify()[2]) == (2, True)


def test_health_says_when_no_anchor_was_noted(anchors: Path, settings: Any) -> None:
    today = timezone.localdate()
    assert anchor_warnings(today) == []
    assert "not noted down" in anchor_warnings(today + timedelta(days=3))[0]
    anchors.unlink()
    assert "cannot be read" in anchor_warnings(today)[0]
    settings.AUDIT_ANCHOR_FILE = None
    assert anchor_warnings(today) == []
    settings.IN_PRODUCTION = True
    assert "AUDIT_ANCHOR_FILE is not set" in anchor_warnings(today)[0]
