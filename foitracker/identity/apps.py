from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "foitracker.identity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foitracker.audit.events import register
        from foitracker.identity.events import EVENTS

        register(EVENTS)
