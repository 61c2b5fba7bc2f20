"""What the tests of faults share: people with requests due, servers that misbehave, and the count of what arrived."""

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.message import Message
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

from django.core.mail import get_connection
from django.db import connection, transaction
from django.utils.timezone import get_default_timezone

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.mail import operations
from foitracker.mail.models import OutboxMessage
from foitracker.queues import Queue
from foitracker.reminders.models import Reminder
from requests_app.models import FoiRequest
from tests import factories
from tests.conftest import Mailbox
from tests.factories import RECEIVED, Staff, person

ROOT = Path(__file__).resolve().parents[3]

#: The answer to what came on 2 March 2026 is due on Tuesday 31 March.
DUE = date(2026, 3, 31)


def uk(day: date, hour: int = 7, minute: int = 0) -> datetime:
    """A time of a day in the UK, in summer and in winter, as a moment of UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=get_default_timezone()).astimezone(UTC)


SEVEN = uk(DUE)


# --- Who is to be told what -----------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """Somebody who has to be told of a request."""

    address: str
    reference: str


@dataclass
class Team:
    """Officers with requests that are due, and what each has to be told."""

    staff: Staff
    officers: list[User]
    wanted: set[Told]

    def takes_up(self, officer: User, received_on: date = RECEIVED, on: date | None = None) -> FoiRequest:
        """Log a request and give it to an officer, who has to be told of it."""
        case = factories.request(by=self.staff.intake, received_on=received_on)
        factories.take_up(replace(self.staff, officer=officer), case, on or received_on)
        self.wanted.add(Told(officer.email, case.reference))
        return case

    def of(self, officer: User) -> set[Told]:
        return {told for told in self.wanted if told.address == officer.email}


def team(staff: Staff, officers: int = 3, requests: int = 2) -> Team:
    """Return officers with so many requests each; all of them are due on 31 March 2026."""
    made = Team(staff, [person(Role.OFFICER) for _ in range(officers)], set())
    for officer in made.officers:
        for _ in range(requests):
            made.takes_up(officer)
    return made


# --- What came of it ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Count:
    """What came of a fault: e-mails that arrived, those of them that arrived twice, people refused by their server
    and shown so, and what somebody had to be told and was not."""

    sent: int
    doubled: int
    refused: int
    lost: int


def count(fault: str, of: Team, mailbox: Mailbox) -> Count:
    """Count what a mailbox took, by Message-ID and by what it says to whom, and print it as a line of a table."""
    copies = Counter(message["Message-ID"] for message in mailbox.messages)
    failed = set(OutboxMessage.objects.filter(status="failed").values_list("to", flat=True))
    shown = {told for told in of.wanted if told.address in failed and _stands(told)}
    counted = Count(
        sent=len(copies),
        doubled=sum(copies.values()) - len(copies),
        refused=len({told.address for told in shown}),
        lost=len(of.wanted - _told_by(mailbox.messages, of.wanted) - shown),
    )
    print(  # the table of the faults, shown by pytest -s
        f"\n{fault:<74} sent {counted.sent:>2}, doubled {counted.doubled}, "
        f"refused and shown {counted.refused}, lost {counted.lost}"
    )
    return counted


def _told_by(messages: Collection[Message], wanted: Collection[Told]) -> set[Told]:
    said = [(message["To"], message.get_body(("plain",)).get_content()) for message in messages]  # type: ignore[attr-defined]
    return {
        told for told in wanted if any(told.address == to and told.reference in text for to, text in said)
    }


def _stands(told: Told) -> bool:
    """Whether it is on the person's page."""
    found = Reminder.objects.filter(person__email=told.address, case=told.reference, ended_at__isnull=True)
    return found.exists()


def attempts() -> list[int]:
    """How often each message was tried, the least first."""
    return sorted(OutboxMessage.objects.values_list("attempts", flat=True))


# --- Sending and sweeping -------------------------------------------------------------------------


def send_due(at: datetime) -> None:
    """Send what is due at a time, as one run of the task does."""
    through = get_connection()
    try:
        while operations.send_next_due(at=at, through=through, lane=Queue.MAIL) not in (
            None,
            operations.Attempt.SERVER_AWAY,
        ):
            pass
    finally:
        through.close()


def send_until_done(at: datetime, minutes: int = 60) -> None:
    """Send every minute, as beat has it done, for so long."""
    for minute in range(minutes):
        send_due(at + timedelta(minutes=minute))


_SWEEP = """
import sys, django
django.setup()
from datetime import datetime
from foitracker.reminders.operations.sweep import sweep
print(sweep(at=datetime.fromisoformat(sys.argv[1])).sent.emails)
"""


def sweep_in_a_process(environment: dict[str, str], at: datetime) -> "subprocess.Popen[str]":
    """Start a sweep in a process of its own, which prints how many e-mails it queued."""
    return subprocess.Popen(
        [sys.executable, "-c", _SWEEP, at.isoformat()],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def held(statement: str, *params: object) -> Iterator[None]:
    """Hold the lock that a statement takes."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
        yield


class Lock(NamedTuple):
    """A lock that another connection holds or, not granted, waits for; `of` is the table, if it is one of a table."""

    kind: str
    of: str | None
    mode: str
    is_granted: bool


def locks() -> list[Lock]:
    """Return the locks in this database, the test's own apart."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT locktype, relation::regclass::text, mode, granted FROM pg_locks WHERE pid <> pg_backend_pid()"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return [Lock(*row) for row in cursor.fetchall()]


def waiting() -> list[Lock]:
    """Return the locks that others wait for."""
    return [lock for lock in locks() if not lock.is_granted]


# --- Mail servers ---------------------------------------------------------------------------------

Handler = Callable[["FaultyMailbox", Any, Any, Any], Awaitable[str]]


class FaultyMailbox(Mailbox):
    """Does with the first message what it is told, and takes every other."""

    def __init__(self, first: Handler) -> None:
        super().__init__()
        self.first, self.arrivals = first, 0
        self.reached, self.go_on = Event(), Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.arrivals += 1
        if self.arrivals == 1:
            return await self.first(self, server, session, envelope)
        return await self.take(server, session, envelope)

    async def take(self, server: Any, session: Any, envelope: Any) -> str:
        return str(await super().handle_DATA(server, session, envelope))


async def drops_unread(mailbox: FaultyMailbox, server: Any, session: Any, envelope: Any) -> str:
    """Drops the connection when the message has come, and has not kept it."""
    server.transport.abort()
    return "451 gone"


async def keeps_and_drops(mailbox: FaultyMailbox, server: Any, session: Any, envelope: Any) -> str:
    """Keeps the message, and drops the connection before it says so."""
    await mailbox.take(server, session, envelope)
    return await drops_unread(mailbox, server, session, envelope)


async def keeps_and_holds(mailbox: FaultyMailbox, server: Any, session: Any, envelope: Any) -> str:
    """Keeps the message, and says so when it is let go on."""
    answer = await mailbox.take(server, session, envelope)
    mailbox.reached.set()
    while not mailbox.go_on.is_set():
        await asyncio.sleep(0.02)
    return answer


async def takes_its_time(mailbox: FaultyMailbox, server: Any, session: Any, envelope: Any) -> str:
    """Takes the message after a second."""
    await asyncio.sleep(1)
    return await mailbox.take(server, session, envelope)


class AwayMailbox(Mailbox):
    """Refuses everybody for the time being, while it is told to."""

    away = True

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.away:
            return "450 try again later"
        return str(await super().handle_RCPT(server, session, envelope, address, options))
