"""manage.py sweep_lapses: warn of requests about to lapse; the same as the daily task."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from foitracker.casework.commands import day_given
from requests_app.operations.lapse import sweep_lapses


class Command(BaseCommand):
    help = (
        "Warn officers of requests that will lapse for want of an answer or a payment, and close lapsed ones "
        "where the authority's settings say so. Running it twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="as if it were this day, YYYY-MM-DD; default today")

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep_lapses(at=timezone.now(), today=day_given(options["on"], timezone.localdate()))
        self.stdout.write(f"Warnings given: {swept.warned}. Requests closed as lapsed: {swept.closed}.")
