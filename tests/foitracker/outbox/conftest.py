import imaplib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytest_django import Settings

from tests.dovecot import Dovecot, dovecot


@pytest.fixture(scope="session")
def imap_server() -> Iterator[Dovecot]:
    with dovecot() as server:
        yield server


@dataclass
class Inbox:
    """The mailbox as a person sees it in a mail program of their own."""

    client: imaplib.IMAP4

    def deliver(self, *messages: bytes) -> None:
        for message in messages:
            assert self.client.append("INBOX", None, None, message)[0] == "OK"  # type: ignore[arg-type]
        self.client.noop()

    def flags(self) -> list[set[str]]:
        """Return how each message is marked, in the order in which they came."""
        self.client.noop()
        self.client.response("FETCH")  # what the server told by itself since
        _, answers = self.client.fetch("1:*", "(FLAGS)")
        lines = [answer.decode() for answer in answers if isinstance(answer, bytes)]
        return [set(line.partition("FLAGS (")[2].partition(")")[0].split()) - {"\\Recent"} for line in lines]

    def mark(self, number: int, change: str, flag: str) -> None:
        assert self.client.store(str(number), f"{change}FLAGS", flag)[0] == "OK"


@pytest.fixture
def inbox(imap_server: Dovecot, settings: Settings) -> Iterator[Inbox]:
    """An empty mailbox that bounces are read from, and a view of what lies in it."""
    settings.BOUNCE_MAILBOX_URL = imap_server.url()
    with imap_server.client() as client:
        _, (count,) = client.select("INBOX")
        if count != b"0":
            client.store("1:*", "+FLAGS", "\\Deleted")
            client.expunge()
        yield Inbox(client)
