from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "foitracker.outbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foitracker.audit.events import register
        from foitracker.outbox.events import EVENTS

        register(EVENTS)
