import os
import warnings

from celery import Celery
from celery.platforms import SecurityWarning
from celery.schedules import crontab

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
}
