"""The drill: dump, drop, restore, verify, sign in; and everything that can go wrong with it."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client

from foitracker.accounts.models import User
from foitracker.audit import operations
from foitracker.backup.operations import counts
from foitracker.trail.sealing import seal_accesses
from requests_app.models import Letter
from tests import factories
from tests.foitracker.audit.test_running_role import ROLE, connected_as, role, url_as
from tests.foitracker.declared import LOOKED
from tests.foitracker.trail.test_sealing import AT
from tests.requests_app.operations.part_refusal import WORKED, approved_part_refusal

__all__ = ["role"]  # a fixture

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

KEY = f"{'a-key-of-the-back-ups-':x<40}"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _key(settings: Any) -> None:
    settings.BACKUP_KEY = KEY


@pytest.fixture
def case() -> str:
    """Something to back up: a case with an issued letter, an access with its seal, and somebody to sign in."""
    worked = approved_part_refusal(factories.staff())
    factories.issue(worked.staff, worked.letter, WORKED)
    operations.record_access(event=LOOKED, by=None, at=AT)
    seal_accesses(at=AT)
    User.objects.create_user("officer@example.org", "three words together", name="Officer", roles=["officer"])
    return worked.case.reference


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    given = connections["default"]
    connections["default"] = type(given)({**given.settings_dict, "NAME": name}, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = given


@pytest.fixture
def elsewhere(transactional_db: None) -> Iterator[str]:
    """The name of an empty database."""
    name = f"{connection.settings_dict['NAME']}_drill"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(command: str, path: Path) -> str:
    out = StringIO()
    call_command(command, str(path), stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_drill(case: str, elsewhere: str, tmp_path: Path, client: Client) -> None:
    path, again = tmp_path / "today", tmp_path / "again"
    said = run("backup", path)
    assert "rows" in said
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]
    there = counts()
    with connected_to(elsewhere):
        assert "is restored and whole" in run("restore", path)
        assert counts() == there
        run("backup", again)
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        assert "is restored and whole" in run("restore", again)
        assert counts() == there
        call_command("verify_audit", stdout=StringIO())
        assert Letter.objects.get().foi_request.reference == case
        sent = {"login": "officer@example.org", "password": "three words together"}
        assert client.post("/account/login/", sent)["Location"] == "/"
        letter = Letter.objects.get()
        address = f"/requests/{letter.foi_request.year}/{letter.foi_request.number}/letters/{letter.pk}/pdf/"
        assert client.get(address).content[:5] == b"%PDF-"


def test_nothing_of_it_can_be_read_without_the_key(case: str, tmp_path: Path) -> None:
    run("backup", tmp_path / "file")
    raw = (tmp_path / "file").read_bytes()
    for words in (b"Lowmoor", b"requests_app_letter", b"PGDMP", case.encode()):
        assert words not in raw


def test_a_restore_gives_the_running_role_its_rights(
    case: str, role: str, elsewhere: str, tmp_path: Path, settings: Any
) -> None:
    settings.MIGRATION_DATABASE_URL = os.environ["DATABASE_URL"]
    settings.DATABASE_URL = url_as(ROLE)
    run("backup", tmp_path / "file")
    with connected_to(elsewhere):
        run("restore", tmp_path / "file")
        with connection.cursor() as cursor:
            for right, granted in (("SELECT", True), ("INSERT", True), ("UPDATE", False), ("TRIGGER", False)):
                cursor.execute("SELECT has_table_privilege(%s, 'audit_entry', %s)", [role, right])
                assert cursor.fetchone() == (granted,), right
            cursor.execute(f"DROP OWNED BY {role}")


def altered(path: Path, how: str) -> None:
    raw = path.read_bytes()
    path.write_bytes(
        {
            "cut": raw[: len(raw) // 2],
            "altered": raw[:-50] + bytes([raw[-50] ^ 1]) + raw[-49:],
            "something else": b"something else",
            "empty": b"",
        }[how]
    )


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("cut", "cut or altered"),
        ("altered", "cut or altered"),
        ("something else", "not a back-up"),
        ("empty", "not a back-up"),
    ],
)
def test_a_file_that_is_not_whole_restores_nothing(
    elsewhere: str, tmp_path: Path, how: str, says: str
) -> None:
    path = tmp_path / "file"
    run("backup", path)
    altered(path, how)
    with connected_to(elsewhere):
        with pytest.raises(CommandError, match=says):
            run("restore", path)
        assert counts() == {}


def test_the_wrong_key_and_no_key_restore_nothing(elsewhere: str, tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "file"
    run("backup", path)
    for key, says in (
        ("another key of more than thirty-two characters", "BACKUP_KEY is not the key"),
        ("", "Set BACKUP_KEY to at least 32"),
        ("short", "Set BACKUP_KEY to at least 32"),
        (settings.AUDIT_KEYS[0], "has another use"),
    ):
        settings.BACKUP_KEY = key
        with connected_to(elsewhere):
            with pytest.raises(CommandError, match=says):
                run("restore", path)
            assert counts() == {}


def test_a_database_that_is_not_empty_is_left_as_it_is(case: str, tmp_path: Path) -> None:
    run("backup", tmp_path / "file")
    before = counts()
    with pytest.raises(CommandError, match="not empty"):
        run("restore", tmp_path / "file")
    assert counts() == before


def test_a_file_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("yesterday's")
    with pytest.raises(CommandError, match="nothing is overwritten"):
        run("backup", path)
    assert path.read_text() == "yesterday's"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written: No such file"):
        run("backup", tmp_path / "none" / "file")
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run("restore", tmp_path / "none")


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    """A process that may write no file beyond a few bytes, as on a full disk."""
    given = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = {
        **os.environ,
        "FOITRACKER_MODE": "local",
        "DATABASE_URL": given.geturl(),
        "BACKUP_KEY": KEY,
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "backup", str(tmp_path / "file")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)),
    )
    assert done.returncode == 1
    assert "cannot be written: File too large. Nothing was left of it." in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_dump_that_fails_leaves_nothing(role: str, tmp_path: Path) -> None:
    """The running role may read every row, but is not the owner."""
    with (
        connected_as(role),
        pytest.raises(CommandError, match=r"(?s)nothing was left of it.*(privilege|permission denied)"),
    ):
        run("backup", tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


def test_a_trail_that_was_broken_when_it_was_backed_up_is_said_to_be(
    case: str, elsewhere: str, tmp_path: Path
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE audit_entry SET subject = '9/2025' WHERE sequence = 2")
        cursor.execute("RESET session_replication_role")
    run("backup", tmp_path / "file")
    with connected_to(elsewhere), pytest.raises(CommandError, match="its trail is broken: its content"):
        run("restore", tmp_path / "file")
