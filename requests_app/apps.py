from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from requests_app.rules.casework.reference import reference_in_address


class RequestsConfig(AppConfig):
    name = "requests_app"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "FOI requests"

    def ready(self) -> None:
        """Give the ground floor, which knows no request, what is recorded of one, and the dates that it moves."""
        from foitracker.audit import verification
        from foitracker.audit.events import register
        from foitracker.mail import kinds
        from foitracker.reminders import kinds as reminder_kinds
        from foitracker.trail import case_pages
        from foitracker.working_days import followers
        from requests_app import reminders
        from requests_app.events import (
            clock,
            closure,
            consultation,
            contact_tasks,
            decision,
            intake,
            masking,
            response,
            settings,
            showing,
            supervision,
            time_spent,
        )
        from requests_app.operations import delivery
        from requests_app.operations.verification import first_altered_letter
        from requests_app.queries.due_dates import effect_of, moved_by_changes, requests_behind

        stages = (intake, masking, clock, consultation, decision, response, closure, settings)
        for declared in (*stages, contact_tasks, showing, supervision, time_spent):
            register(declared.EVENTS)
        kinds.register(delivery.LETTER)
        reminder_kinds.register(*reminders.KINDS)
        verification.register("letters", first_altered_letter)
        case_pages.register("requests/<int:year>/<int:number>/", reference_in_address)
        followers.register(
            followers.Followers(
                behind=requests_behind,
                effect_of=effect_of,
                moved_by=moved_by_changes,
                recompute_task="requests_app.tasks.recompute_due_dates",
            )
        )
        post_migrate.connect(
            load_reference_data, sender=self, dispatch_uid="requests_app.load_reference_data"
        )


def load_reference_data(apps: Any = None, **_: Any) -> None:
    """Load the shipped regulators: without one no letter can say whom to complain to."""
    from requests_app.operations.reference_data import load_shipped

    if (
        apps is None or "regulator" in apps.all_models["requests_app"]
    ):  # none while migrated back to before it
        load_shipped()
