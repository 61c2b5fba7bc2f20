"""The services the tracker relies on: health, jobs, logs, headers, pages."""

import logging
import os
import time

import pytest
from celery import shared_task
from celery.contrib.testing.worker import start_worker
from django.core.mail import send_mail
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.audit import running_role
from foitracker.celery import app
from foitracker.logs import WithoutValues
from foitracker.working_days.models import BankHoliday

#: The tests run under one role of the database for all.
ONE_ROLE = [running_role._WARNING]

pytestmark = pytest.mark.services


@pytest.mark.django_db
def test_health_when_all_is_well(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (
        200,
        {"database": True, "redis": True, "warnings": ONE_ROLE},
    )
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_health_when_redis_is_away(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (
        503,
        {"database": True, "redis": False, "warnings": ONE_ROLE},
    )


@pytest.mark.django_db
def test_health_warns_of_a_calendar_that_ends_too_soon(client: Client) -> None:
    days = BankHoliday.objects.filter(day__year__gt=timezone.localdate().year)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # rows are kept by triggers
        days.delete()
        cursor.execute("SET LOCAL session_replication_role = origin")
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert "less than a year ahead" in answer.json()["warnings"][0]


def test_health_is_only_read(client: Client) -> None:
    assert client.post("/health/").status_code == 405


@pytest.mark.django_db
def test_every_answer_carries_the_security_headers(client: Client) -> None:
    answer = client.get("/account/login/")
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_page_asks_a_stranger_to_sign_in(client: Client) -> None:
    answer = client.get("/settings/users/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@shared_task
def tell(address: str) -> None:
    send_mail("Told", "by the worker", None, [address])


@pytest.mark.django_db(transaction=True)
def test_a_queued_task_is_done_by_the_worker(smtp_server) -> None:  # type: ignore[no-untyped-def]
    with start_worker(app, perform_ping_check=False, pool="solo", shutdown_timeout=20):
        tell.delay("officer@example.org")
        deadline = time.monotonic() + 20
        while not smtp_server.messages and time.monotonic() < deadline:
            time.sleep(0.05)
    assert [message["Subject"] for message in smtp_server.messages] == ["Told"]
    assert smtp_server.recipients == [["officer@example.org"]]


@pytest.mark.django_db
def test_no_value_of_a_row_reaches_the_log() -> None:
    address = "a.person@example.org"
    User.objects.create_user(address, name="A Person")
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Internal error", None, None)
    with pytest.raises(IntegrityError) as caught:
        User.objects.create_user(address, name="A Person")
    record.exc_info = (caught.type, caught.value, caught.tb)
    text = WithoutValues().format(record)
    assert "accounts_user_email_key" in text
    assert address not in text
    record.exc_text = None
    assert address in logging.Formatter().format(record), "the plain formatter would have told"


def test_the_tests_run_on_the_services_they_were_given() -> None:
    assert connection.settings_dict["NAME"].startswith("test_")
    assert "REDIS_URL" in os.environ
