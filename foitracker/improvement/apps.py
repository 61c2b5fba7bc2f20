from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "foitracker.improvement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the trail know the events."""
        from foitracker.audit.events import register
        from foitracker.improvement.events import EVENTS

        register(EVENTS)
