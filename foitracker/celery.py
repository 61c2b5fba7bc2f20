import os
import warnings
from typing import Any

from celery import Celery
from celery.platforms import SecurityWarning  # type: ignore[attr-defined]  # missing in celery-types
from celery.schedules import crontab
from celery.signals import after_task_publish, beat_init
from django.conf import settings

from foitracker.queues import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foitracker.settings")

if os.environ.get("FOITRACKER_MODE") == "local":
    warnings.filterwarnings(
        "ignore", category=SecurityWarning
    )  # trying it out as root is common in containers

app = Celery("foitracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SHOW_LIFE = "foitracker.status.tasks.show_life"

# Each of these may run twice or not at all; the next run makes up for a missed one. Hours are those of UTC.
app.conf.beat_schedule = {
    "send letters": {
        "task": "foitracker.mail.tasks.send_outbox",
        "args": [Queue.LETTERS.value],
        "schedule": crontab(),  # every minute
        "options": {"queue": Queue.LETTERS.value, "expires": 55},
    },
    "send other e-mails": {
        "task": "foitracker.mail.tasks.send_outbox",
        "args": [Queue.MAIL.value],
        "schedule": crontab(),
        "options": {"queue": Queue.MAIL.value, "expires": 55},
    },
    **{
        f"show that “{queue.label}” is worked off": {
            "task": SHOW_LIFE,
            "schedule": crontab(),
            "options": {"queue": queue.value, "expires": 55},
        }
        for queue in Queue
    },
    "check reminders": {  # also at 07:00 UK time, when the digest goes out
        "task": "foitracker.reminders.tasks.sweep_reminders",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 590},
    },
    "read what came back": {  # where a mailbox for it is configured
        "task": "foitracker.outbox.tasks.read_bounces",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 290},
    },
    "seal what was accessed": {
        "task": "foitracker.trail.tasks.seal_accesses",
        "schedule": crontab(),  # every minute
        "options": {"expires": 55},
    },
    "note down the head of the trail": {  # once a day: the first run of a day does it
        "task": "foitracker.trail.tasks.note_daily_head",
        "schedule": crontab(minute="5"),
    },
    "warn of requests about to lapse": {
        "task": "requests_app.tasks.sweep_lapsing_requests",
        "schedule": crontab(hour=5, minute=30),
    },
    "send the returns that are due": {  # on the first working day of a month; the first run that finds it so
        "task": "dashboard.returns.tasks.send_scheduled_returns",
        "schedule": crontab(minute="20", hour="6-18"),
    },
    "read the published bank holidays": {
        "task": "foitracker.working_days.tasks.refresh_bank_holidays",
        "schedule": crontab(hour="6", minute="10"),
    },
    "bring due dates up to the calendar": {
        "task": "requests_app.tasks.recompute_due_dates",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 590},
    },
    "bring the days advice is due by up to the calendar": {
        "task": "referrals.tasks.recompute_reply_dates",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 590},
    },
}


@beat_init.connect
def show_signs_of_life(**_: Any) -> None:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    after_task_publish.connect(show_sign_of_life, weak=False)


def show_sign_of_life(sender: str | None = None, **_: Any) -> None:
    """Touch the file whose age the container's health check reads, and note it for the status page: beat sends a
    task at least once a minute."""
    (settings.DATA_DIR / "beat").touch()
    if sender == SHOW_LIFE:
        from django.db import connection
        from django.utils import timezone

        from foitracker.status.operations import note_beat

        note_beat(at=timezone.now())  # noqa: TID251 (beat is an interface)
        connection.close()
