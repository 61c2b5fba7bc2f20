"""manage.py load_synthetic: a reproducible population for benchmarks."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from foitracker.working_days.calendar import CalendarNotCovered
from requests_app.management.synthetic.arguments import count, day
from requests_app.management.synthetic.loading import load, synthetic_requests
from requests_app.models import FoiRequest

#: References take up to seven digits a year, and keys of ten years fit well below this.
MOST_REQUESTS = 20_000_000


class Command(BaseCommand):
    help = (
        "Load a reproducible population of made-up requests for benchmarks: ten years of closed ones and those "
        "still open, with items, applicants, clarifications, exemption claims, letters awaiting approval or "
        "issue, and a hash-chained audit trail. The archive holds no issued letters. Needs an empty register; "
        "never runs in production."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--requests", type=count, required=True, metavar="N", help="how many requests")
        parser.add_argument(
            "--open", type=count, metavar="M", help="how many of them are open (default: one in fifty)"
        )
        parser.add_argument("--seed", type=int, default=1, help="another seed, another population")
        parser.add_argument(
            "--on", type=day, metavar="DATE", help="the day it is dated around (YYYY-MM-DD; default: today)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        requests = options["requests"]
        still_open = requests // 50 if options["open"] is None else options["open"]
        self._check(requests, still_open)
        if self._is_loaded(requests):
            return
        started = time.monotonic()
        try:
            load(
                requests=requests,
                still_open=still_open,
                seed=options["seed"],
                today=options["on"] or timezone.localdate(),
                at=timezone.now(),
                progress=self._progress,
            )
        except CalendarNotCovered as error:
            raise CommandError(str(error)) from error
        if not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        self.stdout.write(
            f"{requests} synthetic requests loaded, {still_open} of them open, "
            f"in {time.monotonic() - started:.0f} s."
        )

    def _check(self, requests: int, still_open: int) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError("Synthetic requests are for benchmarks; they are never loaded in production.")
        if not 1 <= requests <= MOST_REQUESTS:
            raise CommandError(f"--requests must be a number from 1 to {MOST_REQUESTS}.")
        if still_open > requests:
            raise CommandError(f"--open {still_open} is more than --requests {requests}.")

    def _is_loaded(self, requests: int) -> bool:
        """Whether such a population is there already; refuses a register that holds anything else."""
        held, synthetic = FoiRequest.objects.count(), synthetic_requests().count()
        if held > synthetic:
            raise CommandError(
                f"The register holds requests that are not synthetic ({held - synthetic}). Use an empty database."
            )
        if held and held != requests:
            raise CommandError(
                f"The register already holds {held} synthetic requests. Use an empty database for {requests}."
            )
        if held:
            self.stdout.write(f"The {held} synthetic requests are already loaded; nothing was changed.")
        return bool(held)

    def _progress(self, done: int) -> None:
        if done % 50_000 == 0:
            self.stdout.write(f"… {done} requests")
            self.stdout.flush()
