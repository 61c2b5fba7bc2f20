"""The embedded servers: shared, stopped by the last to leave, and none the worse for a crash."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.foitracker.test_run import ROOT, environment, processes_of, wait_until

pytestmark = pytest.mark.services

USE = """
import os, sys, psycopg, redis
from foitracker import embedded
embedded.use()
with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
    connection.execute("SELECT pg_advisory_lock(1)")  # to make a table that may exist is no safe race
    connection.execute("CREATE TABLE IF NOT EXISTS kept (line text)")
    connection.execute("INSERT INTO kept VALUES (%s)", [sys.argv[1]])
    print(connection.execute("SELECT string_agg(line, ' ' ORDER BY line) FROM kept").fetchone()[0], flush=True)
assert redis.Redis.from_url(os.environ["REDIS_URL"]).ping()
sys.stdin.read()
"""


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder that does not exist yet. Not pytest's own: other test runs close that to other accounts."""
    with tempfile.TemporaryDirectory(prefix="foitracker-test-") as folder:
        yield Path(folder) / "data"


def use(data: Path, word: str) -> "subprocess.Popen[str]":
    """Start a process that uses the servers until its input is closed."""
    return subprocess.Popen(
        [sys.executable, "-c", USE, word],
        cwd=ROOT,
        env=environment(data),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def printed_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def end(process: "subprocess.Popen[str]") -> None:
    process.communicate()
    assert process.returncode == 0


def test_processes_share_the_servers_and_the_last_one_stops_them(data: Path) -> None:
    together = [use(data, word) for word in ("a", "b", "c")]
    assert "a b c" in {printed_line(process) for process in together}
    assert len([found for found in processes_of(data) if "-D" in found.cmdline()]) == 1
    for process in together[:2]:
        end(process)
    assert any("redis-server" in found.name() for found in processes_of(data))
    end(together[2])
    assert processes_of(data) == []


def test_what_was_killed_is_found_again(data: Path) -> None:
    first = use(data, "a")
    assert printed_line(first) == "a"
    first.kill()
    first.wait()
    for server in processes_of(data):
        server.kill()
    assert wait_until(lambda: not processes_of(data), 10)
    # The number in the pid file is another process's by now: this one's.
    (data / "postgresql" / "postmaster.pid").write_text(f"{os.getpid()}\n{data / 'postgresql'}\n1\n5432\n")
    second = use(data, "b")
    assert printed_line(second) == "a b"
    end(second)
    assert processes_of(data) == []


def test_servers_without_a_user_are_stopped_by_the_next_one(data: Path) -> None:
    first = use(data, "a")
    printed_line(first)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert processes_of(data) != []
    second = use(data, "b")
    assert printed_line(second) == "a b"
    end(second)
    assert processes_of(data) == []


def test_a_folder_with_a_long_and_unusual_name(data: Path) -> None:
    data = data / ("a name, \"quoted\" and 100 % 'long' " + "on and on " * 10)
    process = use(data, "a")
    assert printed_line(process) == "a"
    end(process)
    assert processes_of(data) == []


@pytest.mark.skipif(os.getuid() != 0, reason="only root has another account to run PostgreSQL under")
def test_root_runs_postgresql_under_another_account(data: Path) -> None:
    process = use(data, "a")
    printed_line(process)
    (postmaster,) = [found for found in processes_of(data) if "-D" in found.cmdline()]
    assert psutil.Process(postmaster.pid).uids().real != 0
    end(process)
    assert (data / "sockets").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_one_clear_line(data: Path) -> None:
    data.mkdir()
    (data / "file").write_text("")
    run = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env=environment(data / "file" / "data"),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 1
    folder = data / "file" / "data"
    assert run.stderr == f"{folder} cannot be made (Not a directory). Set FOITRACKER_DATA_DIR.\n"


@pytest.mark.parametrize(
    "arguments", [["--help"], ["help", "migrate"], ["check"], ["makemigrations", "--check", "--dry-run"]]
)
def test_commands_that_read_no_data_start_nothing(data: Path, arguments: list[str]) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(data), check=True)
    assert not data.exists()


CANARY = """
import os, psycopg
from contextlib import suppress
from foitracker import embedded
embedded.use()
with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
    connection.execute("CREATE TABLE kept (line text UNIQUE, number int CHECK (number > 0))")
    connection.execute("INSERT INTO kept VALUES ('Perpetua Canary', 1)")
    for statement, values in (
        ("INSERT INTO kept VALUES ('Perpetua Canary', 1)", None),
        ("INSERT INTO kept VALUES (%s, 1)", ["Perpetua Canary"]),
        ("INSERT INTO kept VALUES ('Perpetua Canary', -1)", None),
        ("SELECT 'Perpetua Canary'::int", None),
        ("SELECT %s::text::int", ["Perpetua Canary"]),
        ("SELECT perpetua_canary FROM kept", None),
        ("Perpetua Canary", None),
        ("DO $$ BEGIN RAISE WARNING 'Perpetua Canary'; RAISE EXCEPTION 'Perpetua Canary'; END $$", None),
    ):
        with suppress(psycopg.Error):
            connection.execute(statement, values)
            raise SystemExit(f"done: {statement}")
    connection.execute("SELECT pg_reload_conf()")
"""


def test_the_log_of_postgresql_holds_no_values(data: Path) -> None:
    subprocess.run([sys.executable, "-c", CANARY], cwd=ROOT, env=environment(data), check=True, timeout=120)
    log = (data / "postgres.log").read_text()
    assert "database system is ready" in log  # the server does log
    assert "canary" not in log.lower()
