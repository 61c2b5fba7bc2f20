import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from pytest_django import Settings

from tests.conftest import Mailbox
from tests.ports import free_port


class SlowMailbox(Mailbox):
    """Takes its time: `reached` is set when a message has arrived whole, `go_on` lets it be answered.

    A message counts as received only when its sender was there to hear so.
    """

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.go_on = threading.Event(), threading.Event()
        self.arrivals = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.arrivals += 1
        self.reached.set()
        while not self.go_on.is_set():
            await asyncio.sleep(0.02)
        if server.transport is None or server.transport.is_closing():
            return "451 the sender has gone"
        return str(await super().handle_DATA(server, session, envelope))


class HeldLetters(Mailbox):
    """Takes its time with what goes to applicants, and none with anything else."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.go_on = threading.Event(), threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        while envelope.rcpt_tos[0].startswith("applicant") and not self.go_on.is_set():
            self.reached.set()
            await asyncio.sleep(0.02)
        return str(await super().handle_DATA(server, session, envelope))


@pytest.fixture
def serve(settings: Settings) -> Iterator[Callable[[Any], Controller]]:
    """Start a real SMTP server with the given handler, and send Django's mail to it."""
    running: list[Controller] = []

    def start(handler: Any, **options: Any) -> Controller:
        controller = Controller(handler, hostname="127.0.0.1", port=free_port(), **options)
        controller.start()
        running.append(controller)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
        return controller

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def slow_mailbox(serve: Callable[[Any], Controller]) -> Iterator[SlowMailbox]:
    mailbox = SlowMailbox()
    serve(mailbox)
    yield mailbox
    mailbox.go_on.set()


@pytest.fixture
def child_environment(settings: Settings, transactional_db: None) -> Callable[[], dict[str, str]]:
    """What a process of its own needs to work on this test's database, Redis and mail server."""

    def environment() -> dict[str, str]:
        database = connection.settings_dict["NAME"]
        return {
            **os.environ,
            "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl(),
            "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        }

    return environment
