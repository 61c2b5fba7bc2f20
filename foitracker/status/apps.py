from django.apps import AppConfig


class StatusConfig(AppConfig):
    name = "foitracker.status"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foitracker.status import looks
        from foitracker.status.readings import SERVICES, register

        register(looks.look_at_queues, heading=SERVICES)
        register(looks.look_at_workers, heading="Workers")
        register(looks.look_at_outbox, heading="Outbox")
        register(looks.look_at_scheduled_jobs, heading="Scheduled jobs")
