"""Making a back-up of the whole database, and putting one into an empty place."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from foitracker.audit.queries import head
from foitracker.audit.running_role import grant_running_role, running_role
from foitracker.audit.verification import Verified, verify
from foitracker.backup.programs import environment, program
from foitracker.backup.sealed_file import PIECE, NotReadable, Sealer, opened

#: Whose rows stay behind: nobody is signed in after a restore.
_LEFT_OUT = Session._meta.db_table


class BackupFailed(Exception):
    """A back-up was not made, or not restored; the message says why and what was left."""


def make_backup(path: Path, *, key: str, at: datetime) -> dict[str, Any]:
    """Write the whole database, as of one moment, to an encrypted file with mode 600; return what it says of itself.

    It is written beside and gets its name when it is whole. Call it as the owner, outside a transaction. Raises
    BackupFailed, also when there is such a file.
    """
    if path.exists():
        raise BackupFailed(f"{path} exists. Choose another name; nothing is overwritten.")
    with _beside(path) as file, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        about = {"made_at": at.isoformat(), "head": head(), "counts": counts()}
        sealer = Sealer(file, key)
        sealer.write_piece(json.dumps(about).encode())
        _dump(snapshot, sealer)
        sealer.finish()
    return about


def restore_backup(path: Path, *, key: str) -> tuple[dict[str, Any], Verified]:
    """Put a back-up into an empty database, all of it or nothing, and verify what is there then.

    The whole file is checked before anything is restored. Returns what the file says of itself and what the
    verification found. Call it as the owner, outside a transaction. Raises BackupFailed.
    """
    about = _checked(path, key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        if cursor.fetchone() != (0,):
            raise BackupFailed("The database is not empty. Restore into a new one; nothing was changed.")
    with path.open("rb") as file:
        _restore(opened(file, key))
    if settings.MIGRATION_DATABASE_URL:
        grant_running_role(running_role())
    found, expected = counts(), about["counts"]
    if wrong := sorted(table for table in {*found, *expected} if found.get(table) != expected.get(table)):
        raise BackupFailed(
            f"What was restored has not the rows of the back-up in: {', '.join(wrong)}. Do not use it."
        )
    return about, verify(keys=settings.AUDIT_KEYS)


def counts() -> dict[str, int]:
    """Return how many rows each table has, but for the one that stays behind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " AND relname <> %s ORDER BY relname",
            [_LEFT_OUT],
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            (found[table],) = cursor.fetchone()
    return found


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    """A file beside `path`, for its owner alone, which takes its name when all went well and is removed otherwise."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 600
    except OSError as error:
        raise BackupFailed(f"{path} cannot be written: {error.strerror}.") from error
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            raise BackupFailed(f"{path} exists by now. Choose another name; nothing is overwritten.")
        unfinished.rename(path)
    except OSError as error:
        raise BackupFailed(f"{path} cannot be written: {error.strerror}. Nothing was left of it.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _dump(snapshot: str, sealer: Sealer) -> None:
    command = [program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--no-password"]
    command += [f"--snapshot={snapshot}", f"--exclude-table-data={_LEFT_OUT}"]
    with _running(command, stdout=subprocess.PIPE) as (process, complaints):
        assert process.stdout is not None  # noqa: S101 (for the type checker)
        while data := process.stdout.read(PIECE):
            sealer.write(data)
        if process.wait():
            raise BackupFailed(f"pg_dump failed, and nothing was left of it:\n{_said(complaints)}")


def _restore(pieces: Iterator[bytes]) -> None:
    command = [program("pg_restore"), "--single-transaction", "--exit-on-error", "--no-owner"]
    command += ["--no-privileges", "--no-password", f"--dbname={connection.settings_dict['NAME']}"]
    next(pieces)  # what the file says of itself
    with _running(command, stdin=subprocess.PIPE) as (process, complaints):
        assert process.stdin is not None  # noqa: S101 (for the type checker)
        with suppress(BrokenPipeError):  # it says why it ended
            for piece in pieces:
                process.stdin.write(piece)
            process.stdin.close()
        if process.wait():
            raise BackupFailed(f"pg_restore failed, and nothing was restored:\n{_said(complaints)}")


@contextmanager
def _running(command: list[Any], **pipes: int) -> Iterator[tuple["subprocess.Popen[bytes]", IO[bytes]]]:
    """A program at work, which is ended when we do not go on with it."""
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(command, env=environment(), stderr=complaints, **pipes)  # type: ignore[call-overload]
        try:
            yield process, complaints
        finally:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(BrokenPipeError):
                    if pipe:
                        pipe.close()


def _said(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaints.read().decode(errors="replace").strip()[-2000:]


def _checked(path: Path, key: str) -> dict[str, Any]:
    """Read the file to its end; return what it says of itself."""
    try:
        with path.open("rb") as file:
            pieces = opened(file, key)
            about: dict[str, Any] = json.loads(next(pieces))
            for _ in pieces:
                pass
    except OSError as error:
        raise BackupFailed(f"{path} cannot be read: {error.strerror}.") from error
    except NotReadable as refusal:
        raise BackupFailed(f"{path} was not restored. {refusal}") from refusal
    return about
