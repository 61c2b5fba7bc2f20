from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "foitracker.reminders"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the trail know the events, the outbox the messages, and every change of a case be looked at."""
        from foitracker.audit.events import register
        from foitracker.casework.record import on_change
        from foitracker.mail import kinds
        from foitracker.reminders import running
        from foitracker.reminders.events import EVENTS
        from foitracker.reminders.kinds import register as register_reminders
        from foitracker.reminders.operations.messages import AT_ONCE, DIGEST
        from foitracker.reminders.tasks import look_at_soon
        from foitracker.status import readings

        register(EVENTS)
        kinds.register(DIGEST)
        kinds.register(AT_ONCE)
        on_change.append(look_at_soon)
        register_reminders(*running.KINDS)
        readings.register(running.last_sweep_reading, heading="Reminders")
