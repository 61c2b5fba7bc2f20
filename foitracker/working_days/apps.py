from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkingDaysConfig(AppConfig):
    name = "foitracker.working_days"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foitracker import health
        from foitracker.audit.events import register
        from foitracker.working_days.events import EVENTS
        from foitracker.working_days.queries import health_warnings

        register(EVENTS)
        health.warn_about(health_warnings)
        post_migrate.connect(load_calendar, sender=self, dispatch_uid="working_days.load_calendar")


def load_calendar(apps: Any = None, **_: Any) -> None:
    """Load the shipped bank holidays: without a calendar no date can be computed."""
    from django.utils import timezone

    from foitracker.working_days.operations.calendar import load_shipped

    if (
        apps is None or "bankholiday" in apps.all_models["working_days"]
    ):  # none while migrated back to before it
        load_shipped(at=timezone.now())  # noqa: TID251 (migrating is an interface)
