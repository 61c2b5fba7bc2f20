"""Real services for the tests: the servers of DATABASE_URL and REDIS_URL, or else embedded ones."""

import os
import uuid
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

import django
import pytest
import redis
from aiosmtpd.controller import Controller
from hypothesis import HealthCheck, settings

from foitracker import embedded

# Before the settings are read: named among pytest-django's options they would be read before this file.
os.environ["DJANGO_SETTINGS_MODULE"] = "foitracker.settings"
os.environ["FOITRACKER_MODE"] = "test"
# Playwright keeps an event loop in the test's thread; Django would take the test for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["REDIS_KEY_PREFIX"] = f"foitracker-test-{uuid.uuid4().hex[:8]}-"
embedded.use(embedded.default_folder() / "test", durable=False)
django.setup()

from foitracker.working_days.queries import forget_calendar  # noqa: E402 (needs the settings)
from tests import factories  # noqa: E402
from tests.ports import free_port  # noqa: E402

# A property fails for what is wrong, never because the machine was busy while it was tried.
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")

pytest_plugins = ["tests.emptying", "tests.browser"]


def pytest_configure(config: pytest.Config) -> None:
    """Let pytest-xdist's processes, which inherit this environment, read the settings after this file, too:
    read before it, they would share one prefix in Redis and empty each other's queues."""
    if config.getoption("numprocesses", default=None):
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that hold long tests, so that none of them is left to run alone at the end."""
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(autouse=True)
def _nothing_in_redis_between_tests() -> Iterator[None]:
    """Rate limits and queued tasks of one test are nothing to the next. Only this run's keys are removed."""
    yield
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        keys = list(client.scan_iter(match=f"{os.environ['REDIS_KEY_PREFIX']}*", count=1000))
        if keys:
            client.unlink(*keys)


@pytest.fixture(autouse=True)
def _no_calendar_of_another_test() -> Iterator[None]:
    """A process keeps the calendar; the next test's database has one of its own."""
    forget_calendar()
    yield
    forget_calendar()


@pytest.fixture
def staff(db: None) -> factories.Staff:
    """The authority and the people through whose hands an answer goes."""
    return factories.staff()


class Mailbox:
    """Handler of aiosmtpd: takes every message, and refuses recipients named in `refused`."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.recipients: list[list[str]] = []
        self.refused: set[str] = set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def]
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"


@pytest.fixture
def smtp_server(settings) -> Iterator[Mailbox]:  # type: ignore[no-untyped-def]
    """A real SMTP server that Django's mail goes to; yields what it received."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield mailbox
    controller.stop()
