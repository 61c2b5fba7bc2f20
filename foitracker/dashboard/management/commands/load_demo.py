"""manage.py load_demo: the demonstration data of both apps; a second call changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from requests_app.management.demonstration.register import load_requests, requests_are_loaded
from requests_app.models import FoiRequest


class Command(BaseCommand):
    help = (
        "Load the demonstration data: two requests modelled on published answers and about 150 more, in every "
        "state, dated around today. Needs an empty register; a second call changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if requests_are_loaded():
            self.stdout.write("The demonstration data are already loaded; nothing was changed.")
            return
        if FoiRequest.objects.exists():
            raise CommandError(
                "The register holds requests, so demonstration data would mix with them. Use an empty database."
            )
        with transaction.atomic():
            requests = load_requests(today=timezone.localdate(), say=self._say)
        self.stdout.write(
            f"{requests} requests loaded, among them 2253/2025 (issued) and 2216/2025 (a draft)."
        )

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
