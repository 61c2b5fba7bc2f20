from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "foitracker.trail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foitracker.audit.events import register
        from foitracker.trail.events import EVENTS

        register(EVENTS)
