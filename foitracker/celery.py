import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

from celery import Celery
from celery.platforms import SecurityWarning  # type: ignore[attr-defined]  # missing in celery-types
from celery.schedules import crontab
from celery.signals import after_task_publish, beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foitracker.settings")

if os.environ.get("FOITRACKER_MODE") == "local":
    warnings.filterwarnings(
        "ignore", category=SecurityWarning
    )  # trying it out as root is common in containers

app = Celery("foitracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Each of these may run twice or not at all; the next run mends a missed one.
app.conf.beat_schedule = {
    "send what waits in the outbox": {
        "task": "foitracker.mail.tasks.send_outbox",
        "schedule": crontab(),  # every minute
        "options": {"expires": 55},
    },
    "warn of requests about to lapse": {
        "task": "requests_app.tasks.sweep_lapsing_requests",
        "schedule": crontab(hour=5, minute=30),
    },
}

# Touched whenever beat has handed out a task, at least once a minute: the container's health check looks at its age.
BEAT_SIGN_OF_LIFE = Path(tempfile.gettempdir()) / "foitracker-beat"


@beat_init.connect
def show_signs_of_life(**_: Any) -> None:
    after_task_publish.connect(touch_sign_of_life, weak=False)


def touch_sign_of_life(**_: Any) -> None:
    BEAT_SIGN_OF_LIFE.touch()
