"""What recording each access costs a page: eight people at once, with and without, in turns on the same database.

    python -m benchmarks.access_cost --samples 400

Two web servers as `make run` starts them (gunicorn, two workers of four threads) serve one database of 2,000 synthetic
requests, which waits for the disk. In each round eight threads, each somebody else, open casefiles and the register of
the one server, then of the other. Times are those of whole requests over the loopback.
"""

import argparse
import http.client
import os
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
    samples = parser.parse_args().samples
    databases.use_servers()
    with databases.population(2000, 1000, keep=True) as url:
        sessions, addresses = _prepared(url)
        with (
            _server(url, "foitracker.settings") as recording,
            _server(url, "benchmarks.settings_without_accesses") as silent,
        ):
            times: dict[int, Times] = {recording: [], silent: []}
            for _ in range(2):  # warm both
                for port in (recording, silent):
                    _together(port, sessions, addresses, 10)
            for turn in range(ROUNDS):
                for port in (recording, silent) if turn % 2 else (silent, recording):
                    times[port] += _together(port, sessions, addresses, samples // ROUNDS)
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
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _PREPARE],
        env=databases.environment(url),
        capture_output=True,
        text=True,
        check=True,
    )
    said = [line.split() for line in done.stdout.splitlines()]
    return [v for k, v in said if k == "session"], [v for k, v in said if k == "page"]


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


def _together(port: int, sessions: list[str], addresses: list[str], samples: int) -> Times:
    """The times of the pages that eight people open at once, each after the other."""
    times: Times = []
    threads = [
        threading.Thread(target=_visit, args=(port, session, addresses[turn:], samples, times))
        for turn, session in enumerate(sessions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _visit(port: int, session: str, addresses: list[str], samples: int, times: Times) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port)

    def ask(address: str) -> None:
        line.request("GET", address, headers={"Cookie": f"sessionid={session}"})
        response = line.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"{address} answered {response.status}")

    for turn in range(samples):
        times.append(milliseconds(lambda: ask(addresses[turn % len(addresses)])))  # noqa: B023


if __name__ == "__main__":
    main()
