from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RequestsConfig(AppConfig):
    name = "requests_app"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "FOI requests"

    def ready(self) -> None:
        post_migrate.connect(load_calendar, sender=self, dispatch_uid="requests_app.load_calendar")


def load_calendar(apps: Any = None, **_: Any) -> None:
    """Load the shipped bank holidays: without a calendar no date can be computed."""
    from django.utils import timezone

    from requests_app.operations.calendar import load_shipped

    if (
        apps is None or "bankholiday" in apps.all_models["requests_app"]
    ):  # none while migrated back to before it
        load_shipped(at=timezone.now())  # noqa: TID251 (migrating is an interface)
