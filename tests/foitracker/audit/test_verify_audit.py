import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from foitracker.audit import operations, queries
from foitracker.audit.chain import GENESIS
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
        ("DELETE FROM audit_entry WHERE sequence = 3", 3),
        ("DELETE FROM audit_entry WHERE sequence = 5", 5),
        ("DELETE FROM audit_entry WHERE sequence = 1", 1),
        ("DELETE FROM audit_entry", 1),
        ("TRUNCATE audit_entry CASCADE", 1),
        ("DELETE FROM audit_head", 1),
        (
            "INSERT INTO audit_entry SELECT 6, recorded_at, at, event, subject, detail, hash, hash, actor_id"
            " FROM audit_entry WHERE sequence = 5",
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
    assert json.loads(out) == {"ok": True, "entries": 5, "head": f"{sequence}:{digest}", "broken": None}
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
