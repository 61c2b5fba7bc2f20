from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "foitracker.audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foitracker import health
        from foitracker.audit.running_role import check_role_in_production, role_warnings

        health.warn_about(role_warnings)
        checks.register(check_role_in_production, checks.Tags.security, checks.Tags.database)
        post_migrate.connect(grant_after_migrating, sender=self, dispatch_uid="audit.grant_after_migrating")


def grant_after_migrating(using: str = "default", **_: Any) -> None:
    """Give the running role its rights on what the migration made, where there are two roles."""
    from django.conf import settings

    from foitracker.audit.running_role import grant_running_role, running_role

    if settings.MIGRATION_DATABASE_URL and using == "default":
        grant_running_role(running_role())
