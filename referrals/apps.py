from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from requests_app.rules.casework.reference import LogNumber, reference_in_address


class ReferralsConfig(AppConfig):
    name = "referrals"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "CRU referrals"

    def ready(self) -> None:
        """Give the pages of requests, which know nothing of referrals, what they offer."""
        from foitracker.audit.events import register
        from foitracker.mail import kinds
        from foitracker.reminders import kinds as reminder_kinds
        from foitracker.trail import case_pages
        from referrals import reminders
        from referrals.events import advice, forces, intake, settings, similar_forces, statistics, triage
        from referrals.operations import messages
        from referrals.queries import case_texts as own_logs
        from referrals.queries.referring import referring
        from referrals.views.own_request import own_advice, referral_offers
        from requests_app.queries import case_texts
        from requests_app.queries import referring as referring_of_requests
        from requests_app.views.consultation import advice_sources, offers

        for part in (intake, triage, advice, forces, statistics, settings, similar_forces):
            register(part.EVENTS)
        for kind in (messages.ADVICE, messages.CHASER, messages.QUESTION):
            kinds.register(kind)
        reminder_kinds.register(*reminders.KINDS)
        case_pages.register(
            "referrals/<int:year>/<int:number>/", lambda year, number: f"CRU {LogNumber(number, year)}"
        )
        case_pages.register("referrals/refer/<int:year>/<int:number>/", reference_in_address)
        offers.append(referral_offers)
        referring_of_requests.sources[:] = [referring]
        advice_sources.append(own_advice)
        case_texts.register(own_logs.TEXTS, own_logs.subjects, own_logs.lock)
        post_migrate.connect(load_reference_data, sender=self, dispatch_uid="referrals.load_reference_data")


def load_reference_data(apps: Any = None, **_: Any) -> None:
    """Load the shipped register: without forces nothing can be logged."""
    from django.utils import timezone

    from referrals.operations.reference_data import load_shipped

    if apps is None or "force" in apps.all_models["referrals"]:  # none while migrated back to before it
        load_shipped(at=timezone.now())  # noqa: TID251 (migrating is an interface)
