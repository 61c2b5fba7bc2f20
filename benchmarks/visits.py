"""Asking for pages through Django's test client, as signed-in people: every middleware, no network."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from statistics import mean, median

import psutil

from benchmarks.timing import milliseconds, ready, summary

ready()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from foitracker.accounts.models import User  # noqa: E402

WARMING = 5
COUNTED = 10


@dataclass(frozen=True)
class Page:
    """A kind of page: who asks for it, and the address for the nth time."""

    name: str
    person: Callable[[int], str]
    address: Callable[[int], str]


class Visitors:
    """Signed-in people, each with a client of their own."""

    def __init__(self) -> None:
        self.clients: dict[str, Client] = {}

    def client(self, email: str) -> Client:
        if email not in self.clients:
            client = Client(SERVER_NAME="localhost")
            client.force_login(User.objects.get(email=email))
            self.clients[email] = client
        return self.clients[email]


def turn(value: object, n: int) -> object:
    """Return the nth of a list of values in turn; any other value is always the same."""
    return value[n % len(value)] if isinstance(value, list | tuple) else value


def measure(page: Page, visitors: Visitors, samples: int) -> dict[str, float]:
    """Return the times of a page in milliseconds, how many queries it usually takes and rows of tables it has.

    `processor` is the mean time that Python and PostgreSQL worked on it, which other work does not blur: the
    clock ticks a hundred times a second, so a mean of a few requests says little.
    """
    turns = count()

    def ask() -> int:
        turn = next(turns)
        address = page.address(turn)
        response = visitors.client(page.person(turn)).get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
        return response.content.count(b"<tr")

    for _ in range(WARMING):
        visitors.client(page.person(next(turns)))
        ask()
    worked = _processor_seconds()
    times = [milliseconds(ask) for _ in range(samples)]
    worked = _processor_seconds() - worked
    queries, rows = [], []
    for _ in range(COUNTED):
        with CaptureQueriesContext(connection) as captured:
            rows.append(ask())
        queries.append(len(captured))
    return {
        **summary(times),
        "queries": median(queries),
        "rows": mean(rows),
        "processor": worked * 1000 / samples,
    }


def _processor_seconds() -> float:
    """What this process has worked so far, and PostgreSQL for it where it runs on this machine."""
    own = os.times()
    worked = own.user + own.system
    connection.ensure_connection()
    with suppress(psutil.Error):
        server = psutil.Process(connection.connection.info.backend_pid)
        if server.name().startswith("postgres"):
            spent = server.cpu_times()
            worked += spent.user + spent.system
    return worked
