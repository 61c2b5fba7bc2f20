from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "dashboard.returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the trail know the events, and the outbox the kind of message."""
        from dashboard.returns.events import EVENTS
        from dashboard.returns.operations.schedule import RETURN_SENT_OUT
        from foitracker.audit.events import register
        from foitracker.mail import kinds

        register(EVENTS)
        kinds.register(RETURN_SENT_OUT)
