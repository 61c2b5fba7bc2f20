"""What recording each access costs a page: eight people at once, with and without, in turns on the same database.

    python -m benchmarks.access_cost --samples 400

First the insert alone, by eight threads at once; then whole pages.

Two web servers as `make run` starts them (gunicorn, two workers of four threads) serve one database of 2,000 synthetic
requests, which waits for the disk. In each round eight threads, each somebody else, open casefiles and the register of
the one server, then of the other, and read each for a while. Times are those of whole requests over the loopback.
"""

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import databases
from benchmarks.timing import Times, milliseconds, summary

PEOPLE = 8
ROUNDS = 10


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--samples", type=int, default=400, help="pages a person opens of each server")
    parser.add_argument("--pause", type=float, default=0.5, help="seconds a page is read, on average")
    chosen = parser.parse_args()
    samples = chosen.samples
    databases.use_servers()
    with databases.population(2000, 1000, keep=True) as url:
        sessions, addresses = _prepared(url)
        sys.stdout.write(_run(_INSERT, url))
        with (
            _server(url, "foitracker.settings") as recording,
            _server(url, "benchmarks.settings_without_accesses") as silent,
        ):
            times: dict[int, Times] = {recording: [], silent: []}
            for _ in range(2):  # warm both
                for port in (recording, silent):
                    _together(port, sessions, addresses, 10, chosen.pause)
            for turn in range(ROUNDS):
                for port in (recording, silent) if turn % 2 else (silent, recording):
                    times[port] += _together(port, sessions, addresses, samples // ROUNDS, chosen.pause)
    before, after = summary(times[silent]), summary(times[recording])
    sys.stdout.write(f"load of the machine: {' '.join(f'{one:.1f}' for one in os.getloadavg())}\n")
    for name, one in (("without", before), ("with", after)):
        sys.stdout.write(
            f"{name:8} p50 {one['p50']:7.1f} ms  p95 {one['p95']:7.1f} ms  ({PEOPLE * samples} pages)\n"
        )
    sys.stdout.write(
        f"cost     p50 {after['p50'] - before['p50']:7.1f} ms  p95 {after['p95'] - before['p95']:7.1f} ms\n"
    )


_PREPARE = """
import django; django.setup()
from importlib import import_module
from django.conf import settings
from django.test import Client
from foitracker.accounts.models import User
from requests_app.models import FoiRequest
for person in User.objects.filter(roles__contains=["officer"]).order_by("pk")[:8]:
    client = Client(); client.force_login(person)
    print("session", client.cookies[settings.SESSION_COOKIE_NAME].value)
for case in FoiRequest.objects.filter(status="in_progress").order_by("pk")[:100]:
    print("page", f"/requests/{case.year}/{case.number}/")
print("page", "/requests/")
"""


def _prepared(url: str) -> tuple[list[str], list[str]]:
    """The sessions of eight people, and the addresses they open."""
    said = [line.split() for line in _run(_PREPARE, url).splitlines()]
    return [v for k, v in said if k == "session"], [v for k, v in said if k == "page"]


#: What is added to a page: the row and its insert, by eight threads, each a hundred times with a pause.
_INSERT = """
import django; django.setup()
import threading, time
from django.db import connection
from django.utils import timezone
from benchmarks.timing import milliseconds, summary
from foitracker.audit.operations import noting_accesses, record_access, write_accesses
from foitracker.trail.events import PAGE_OPENED
def access(waits):
    with noting_accesses() as noted:
        record_access(event=PAGE_OPENED, by=None, at=timezone.now(), detail={"page": "requests_app:casefile"})
    write_accesses(noted, waits_for_disk=waits)
def visit(times, waits):
    access(waits)
    for _ in range(100):
        time.sleep(0.05)
        times.append(milliseconds(lambda: access(waits)))
    connection.close()
for name, waits in (("plain", False), ("guarded", True)):
    times = []
    threads = [threading.Thread(target=visit, args=(times, waits)) for _ in range(8)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    one = summary(times)
    print(f"the insert alone, {name:8} p50 {one['p50']:7.1f} ms  p95 {one['p95']:7.1f} ms  ({len(times)} times)")
"""


def _run(script: str, url: str) -> str:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", script],
        env=databases.environment(url),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


@contextmanager
def _server(url: str, settings: str) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = databases.environment(url)
    environment |= {"PORT": str(port), "DJANGO_SETTINGS_MODULE": settings, "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "gunicorn", "--config", "python:foitracker.serving", "foitracker.wsgi"]
    server = subprocess.Popen(  # noqa: S603
        [*command, "--access-logfile", "/dev/null"], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _together(port: int, sessions: list[str], addresses: list[str], samples: int, pause: float) -> Times:
    """The times of the pages that eight people open at once, each after the other."""
    times: Times = []
    threads = [
        threading.Thread(target=_visit, args=(port, session, addresses[turn:], samples, pause, times))
        for turn, session in enumerate(sessions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _visit(port: int, session: str, addresses: list[str], samples: int, pause: float, times: Times) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port)

    def ask(address: str) -> None:
        line.request("GET", address, headers={"Cookie": f"sessionid={session}"})
        response = line.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"{address} answered {response.status}")

    for turn in range(samples):
        time.sleep(random.uniform(0, 2 * pause))
        times.append(milliseconds(lambda: ask(addresses[turn % len(addresses)])))  # noqa: B023


if __name__ == "__main__":
    main()
