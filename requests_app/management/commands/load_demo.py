"""manage.py load_demo: the demonstration data; a second call changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from requests_app.management.demonstration.authority import Staff, set_up_authority
from requests_app.management.demonstration.model_cases import earlier_requests, request_2216, request_2253
from requests_app.management.demonstration.population import make, plans
from requests_app.models import FoiRequest, ReferenceCounter

#: Numbers with which the demonstration's years begin, so that the two model requests fit in.
_FIRST_NUMBERS = {2024: 1874, 2025: 2060, 2026: 2411}


class Command(BaseCommand):
    help = (
        "Load the demonstration data: two requests modelled on published answers and about 150 more, in every "
        "state, dated around today. Needs an empty register; a second call changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if FoiRequest.objects.filter(year=2025, number=2253).exists():
            self.stdout.write("The demonstration data are already loaded; nothing was changed.")
            return
        if FoiRequest.objects.exists():
            raise CommandError(
                "The register holds requests, so demonstration data would mix with them. Use an empty database."
            )
        with transaction.atomic():
            staff = set_up_authority()
            for year, number in _FIRST_NUMBERS.items():
                ReferenceCounter.raise_to(year, number)
            self._load(staff)
        count = FoiRequest.objects.count()
        self.stdout.write(f"{count} requests loaded, among them 2253/2025 (issued) and 2216/2025 (a draft).")

    def _load(self, staff: Staff) -> None:
        today = timezone.localdate()
        original, review = earlier_requests(staff)
        request_2216(staff)
        request_2253(staff, original, review)
        for done, plan in enumerate(plans(today), start=1):
            make(staff, plan, today)
            if done % 25 == 0:
                self.stdout.write(f"… {done} requests")
                self.stdout.flush()
