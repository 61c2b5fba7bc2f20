from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "foitracker.trail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foitracker import health
        from foitracker.audit import verification
        from foitracker.audit.events import register
        from foitracker.trail.events import EVENTS
        from foitracker.trail.queries import health_warnings
        from foitracker.trail.sealing import broken_seal

        register(EVENTS)
        verification.register("accesses", broken_seal)
        health.warn_about(health_warnings)
