"""`make run`: the whole tracker on one machine, from the database to the page, until Ctrl-C.

Nothing is left running: not after Ctrl-C, not when a part fails, and what `kill -9` left behind is ended by
the next run.
"""

import fcntl
import multiprocessing
import os
import shlex
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import psutil
import psycopg
from honcho.manager import Manager
from honcho.printer import Printer

from foitracker import embedded
from foitracker.queues import Queue

# Children carry this variable with the data folder as its value, by which the next run finds them.
MARK = "FOITRACKER_RUN"


def main() -> int:
    """Run until stopped. Returns 0 after Ctrl-C or SIGTERM, 1 when a part could not start or ended by itself."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foitracker.settings")
    os.environ.setdefault("FOITRACKER_MODE", "local")
    for wish_to_stop in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(wish_to_stop, signal.default_int_handler)
    try:
        return serve()
    except (embedded.EmbeddedServiceError, CannotRun) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


class CannotRun(Exception):
    """The tracker cannot be started; the text says what to do."""


def serve() -> int:
    host, port = address()
    data = embedded.default_folder().absolute()
    if not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        embedded.prepare(data)
    data.mkdir(parents=True, exist_ok=True)
    with (data / "run.lock").open("a+") as lock:
        claim(lock, f"http://{host}:{port}")
        end_processes_left_behind(data)
        check_free(host, port)
        embedded.use(two_roles=True)
        prepare_database()
        return supervise(data, welcome(host, port))


# --- Address and what an earlier run left ---------------------------------------------------------


def address() -> tuple[str, int]:
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise CannotRun(f"PORT is {port!r}; it must be a number from 1 to 65535.")
    return host, int(port)


def check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            advice = f"Choose another, for instance: PORT={port % 65535 + 1} make run"
            raise CannotRun(f"Port {port} on {host} cannot be used ({error.strerror}). {advice}") from None


def claim(lock: IO[str], url: str) -> None:
    """Take the data folder for this run, by a record lock: forks do not inherit it, and it ends with us."""
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        raise CannotRun(f"The tracker is already running on {lock.read().strip()} with these data.") from None
    lock.truncate(0)
    lock.write(url)
    lock.flush()


def end_processes_left_behind(data: Path) -> None:
    """End what carries this folder's mark. The lock is ours, so it is without a supervisor.

    Looks again until nothing is found: a process may fork while it is being looked for.
    """
    signal_number = signal.SIGTERM
    while left := [process for process in psutil.process_iter() if mark_of(process) == str(data)]:
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal_number)
        if psutil.wait_procs(left, timeout=5)[1]:
            signal_number = signal.SIGKILL


def mark_of(process: psutil.Process) -> str | None:
    try:
        return None if process.status() == psutil.STATUS_ZOMBIE else process.environ().get(MARK)
    except (psutil.Error, OSError):  # another user's, or gone
        return None


# --- Database -------------------------------------------------------------------------------------


def prepare_database() -> None:
    """Bring the tables up to date, and load the demonstration data when no one has an account yet."""
    import django
    import redis
    from django.core.management import CommandError, call_command, get_commands
    from django.db import connections

    try:
        psycopg.connect(os.environ["DATABASE_URL"]).close()
    except psycopg.OperationalError as error:
        raise CannotRun(f"The database of DATABASE_URL cannot be reached: {error}") from None
    try:
        redis.Redis.from_url(os.environ["REDIS_URL"]).ping()
    except redis.RedisError as error:
        raise CannotRun(f"The Redis of REDIS_URL cannot be reached: {error}") from None
    django.setup()
    from foitracker.accounts.models import User

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except CommandError as refusal:  # the data of another version
        raise CannotRun(str(refusal)) from None
    if not User.objects.exists() and "load_demo" in get_commands():
        print("Loading demonstration data", flush=True)
        call_command("load_demo")
    for connection in connections.all():
        connection.close()  # what is forked from here needs connections of its own


def welcome(host: str, port: int) -> str:
    from foitracker.accounts.demonstration import DEMONSTRATION_ACCOUNTS, DEMONSTRATION_PASSWORD

    width = max(len(account.email) for account in DEMONSTRATION_ACCOUNTS)
    accounts = [f"    {account.email:{width}}  {account.role.label}" for account in DEMONSTRATION_ACCOUNTS]
    return "\n".join(
        [
            "",
            f"  The tracker is on http://{host}:{port}/",
            f"  Sign in with the password “{DEMONSTRATION_PASSWORD}” as",
            *accounts,
            "  Ctrl-C stops it; the data stay for the next run.",
            "",
        ]
    )


# --- Processes ------------------------------------------------------------------------------------


def commands() -> dict[str, Sequence[str]]:
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--quiet", "--app", "foitracker"]
    return {
        "web": [*python, "gunicorn", "--config", "python:foitracker.serving", "foitracker.wsgi"],
        **{worker_of(queue): [*celery, *worker_options(queue), "--loglevel", "WARNING"] for queue in Queue},
        "beat": [*celery, "beat", "--loglevel", "WARNING"],
    }


def worker_of(queue: Queue) -> str:
    return f"worker-{queue}"


def worker_options(queue: Queue) -> Sequence[str]:
    """Return what Celery is asked for: a worker of one queue, one task at a time, that waits for no other worker."""
    one_at_a_time = ["--concurrency", "1"]
    alone = ["--without-mingle", "--without-gossip"]
    return ["worker", "--queues", queue.value, "--hostname", f"{queue}@%h", *one_at_a_time, *alone]


#: A task may take longer than a page, and ends by itself before Celery ends it.
TASK_STATEMENT_SECONDS = 200


def supervise(data: Path, greeting: str) -> int:
    """Run web, workers and beat, and stop all when one ends. Returns the exit code of `main`."""
    manager = Manager(GreetingPrinter(greeting))
    environment = {**os.environ, MARK: str(data), "PYTHONUNBUFFERED": "1"}
    environment.pop("MIGRATION_DATABASE_URL", None)  # what serves pages changes no table
    root = Path(__file__).resolve().parent.parent
    limit = {"DATABASE_STATEMENT_SECONDS": str(TASK_STATEMENT_SECONDS)}
    limits = {worker_of(queue): limit for queue in Queue}
    for name, command in commands().items():
        own = {**environment, **limits.get(name, {})}
        manager.add_process(name, f"exec {shlex.join(command)}", env=own, cwd=str(root))
    # A closed terminal is a wish to stop, too; the manager itself sees to SIGINT and SIGTERM.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    manager.loop()
    for child in multiprocessing.active_children():
        child.join()
    end_processes_left_behind(data)  # children of a part that was killed
    if manager.returncode in {128 + signal.SIGINT, 128 + signal.SIGTERM}:
        return 0
    print("One of the processes ended by itself, so all were stopped; see above.", file=sys.stderr)
    return 1


class GreetingPrinter(Printer):  # type: ignore[misc]
    """Prints what the processes say, and the greeting as soon as the web server listens."""

    def __init__(self, greeting: str) -> None:
        super().__init__(sys.stdout)
        self.greeting = greeting

    def write(self, message: Any) -> None:
        super().write(message)
        if self.greeting and message.name == "web" and b"Listening at" in bytes(message.data):
            print(self.greeting, flush=True)
            self.greeting = ""


if __name__ == "__main__":
    sys.exit(main())
