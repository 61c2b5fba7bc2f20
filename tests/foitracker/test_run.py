"""`make run` and the embedded services, as processes of the machine."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from foitracker.queues import Queue
from tests.ports import free_port

pytestmark = pytest.mark.services

ROOT = Path(__file__).resolve().parent.parent.parent


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return a new user's environment: no service is set, and the data are in a folder of the test's own."""
    given = {"DATABASE_URL", "REDIS_URL", "REDIS_KEY_PREFIX", "FOITRACKER_MODE"}
    inherited = {name: value for name, value in os.environ.items() if name not in given}
    return {**inherited, "FOITRACKER_DATA_DIR": str(data), **more}


def processes_of(data: Path) -> list[psutil.Process]:
    """Return every process that has to do with the data folder, by its command, folder or environment."""
    found = []
    for process in psutil.process_iter():
        try:
            traces = [*process.cmdline(), process.cwd(), process.environ().get("FOITRACKER_DATA_DIR", "")]
            alive = process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            continue
        if alive and process.pid != os.getpid() and any(str(data) in trace for trace in traces):
            found.append(process)
    return found


def command_of(process: psutil.Process) -> str:
    """Return what a process was started with; nothing for one that has ended since it was found."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def wait_until(condition: Callable[[], object], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


class Tracker:
    """One `make run` on data of its own, with what it printed."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.log = data.parent / "printed"
        self.log.touch()

    def start(self) -> "Tracker":
        """Start it and return once it serves pages; what an earlier run left may answer too, but prints no greeting."""
        greeted = self.greetings()
        with self.log.open("ab") as log:
            self.supervisor = subprocess.Popen(
                [sys.executable, "-m", "foitracker.run"],
                cwd=ROOT,
                env=environment(self.data, PORT=str(self.port)),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        ended = self.supervisor.poll
        wait_until(lambda: (self.greetings() > greeted and self.healthy()) or ended() is not None, 300)
        assert ended() is None, self.printed()
        assert self.greetings() > greeted, self.printed()
        return self

    def printed(self) -> str:
        return self.log.read_text()

    def greetings(self) -> int:
        return self.printed().count("The tracker is on")

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=5) as answer:
                return int(answer.status) == 200
        except OSError:
            return False

    def stop(self, how: signal.Signals) -> int:
        self.supervisor.send_signal(how)
        return self.supervisor.wait(timeout=60)

    def process(self, words: str) -> psutil.Process:
        return next(found for found in processes_of(self.data) if words in command_of(found))


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """One folder for the tests of this file: the demonstration data are loaded once."""
    with tempfile.TemporaryDirectory(prefix="foitracker-test-") as folder:
        yield Path(folder) / "data"


@pytest.fixture
def tracker(data: Path) -> Iterator[Tracker]:
    tracker = Tracker(data, free_port())
    yield tracker
    left = processes_of(tracker.data)
    for process in left:
        process.kill()


@pytest.mark.slow
def test_one_signal_stops_everything_and_the_data_stay(tracker: Tracker) -> None:
    tracker.start()
    commands = " ".join(command_of(process) for process in processes_of(tracker.data))
    assert all(word in commands for word in ("gunicorn", "beat", "postgres", "redis-server"))
    assert all(f"--queues {queue} " in commands for queue in Queue)
    assert f"http://127.0.0.1:{tracker.port}/" in tracker.printed()
    assert "officer@example.org" in tracker.printed()

    other = Tracker(tracker.data, free_port())
    second = subprocess.run(
        [sys.executable, "-m", "foitracker.run"],
        cwd=ROOT,
        env=environment(tracker.data, PORT=str(other.port)),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert second.returncode == 1
    assert second.stderr == (
        f"The tracker is already running on http://127.0.0.1:{tracker.port} with these data.\n"
    )

    assert tracker.stop(signal.SIGINT) == 0
    assert processes_of(tracker.data) == []

    before = (tracker.data / "postgresql" / "PG_VERSION").stat().st_mtime
    tracker.log.write_text("")
    tracker.start()
    assert tracker.stop(signal.SIGTERM) == 0
    assert processes_of(tracker.data) == []
    assert (tracker.data / "postgresql" / "PG_VERSION").stat().st_mtime == before
    assert "Loading demonstration data" not in tracker.printed()


@pytest.mark.slow
def test_when_one_part_dies_all_stop(tracker: Tracker) -> None:
    tracker.start()
    tracker.process("celery").kill()
    assert tracker.supervisor.wait(timeout=180) == 1
    assert "ended by itself" in tracker.printed()
    assert wait_until(lambda: not processes_of(tracker.data), 90), processes_of(tracker.data)


@pytest.mark.slow
def test_a_killed_run_does_not_stand_in_the_way_of_the_next(tracker: Tracker) -> None:
    tracker.start().supervisor.kill()
    tracker.supervisor.wait()
    tracker.start()
    assert tracker.stop(signal.SIGINT) == 0
    assert wait_until(lambda: not processes_of(tracker.data), 10), processes_of(tracker.data)


@pytest.mark.parametrize("port", ["0", "70000", "http", "-1"])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "foitracker.run"],
        cwd=ROOT,
        env=environment(tmp_path / "data", PORT=port),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 1
    assert run.stderr == f"PORT is {port!r}; it must be a number from 1 to 65535.\n"


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        run = subprocess.run(
            [sys.executable, "-m", "foitracker.run"],
            cwd=ROOT,
            env=environment(tmp_path / "data", PORT=str(port)),
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert run.returncode == 1
    assert run.stderr.startswith(f"Port {port} on 127.0.0.1 cannot be used (Address already in use).")
    assert run.stderr.count("\n") == 1
    assert processes_of(tmp_path) == []
