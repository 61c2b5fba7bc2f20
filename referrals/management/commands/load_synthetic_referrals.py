"""manage.py load_synthetic_referrals: a reproducible population of logs for benchmarks."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from foitracker.working_days.calendar import CalendarNotCovered
from referrals.management.synthetic.loading import NoForces, load, synthetic_logs
from referrals.models import Referral
from requests_app.management.synthetic.arguments import count, day

#: Numbers of a year and keys of twenty years fit well below this.
MOST_LOGS = 5_000_000


class Command(BaseCommand):
    help = (
        "Load a reproducible population of made-up logs for benchmarks, from 2005 to today: closed ones and those "
        "still open, with forces, criteria, consultations, advice and what became of it, correspondence, marks of "
        "applicants and a hash-chained audit trail. Needs an empty log; never runs in production."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--logs", type=count, required=True, metavar="N", help="how many logs")
        parser.add_argument(
            "--open", type=count, metavar="M", help="how many of them are open (default: three in a hundred)"
        )
        parser.add_argument("--seed", type=int, default=1, help="another seed, another population")
        parser.add_argument(
            "--on", type=day, metavar="DATE", help="the day it is dated around (YYYY-MM-DD; default: today)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        logs = options["logs"]
        still_open = logs * 3 // 100 if options["open"] is None else options["open"]
        self._check(logs, still_open)
        if self._is_loaded(logs):
            return
        started = time.monotonic()
        try:
            load(
                logs=logs,
                still_open=still_open,
                seed=options["seed"],
                today=options["on"] or timezone.localdate(),
                at=timezone.now(),
                progress=self._progress,
            )
        except (CalendarNotCovered, NoForces) as error:
            raise CommandError(str(error)) from error
        if not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        self.stdout.write(
            f"{logs} synthetic logs loaded, {still_open} of them open, in {time.monotonic() - started:.0f} s."
        )

    def _check(self, logs: int, still_open: int) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError("Synthetic logs are for benchmarks; they are never loaded in production.")
        if not 1 <= logs <= MOST_LOGS:
            raise CommandError(f"--logs must be a number from 1 to {MOST_LOGS}.")
        if still_open > logs:
            raise CommandError(f"--open {still_open} is more than --logs {logs}.")

    def _is_loaded(self, logs: int) -> bool:
        """Whether such a population is there already; refuses a log that holds anything else."""
        held, synthetic = Referral.objects.count(), synthetic_logs().count()
        if held > synthetic:
            raise CommandError(
                f"There are logs that are not synthetic ({held - synthetic}). Use an empty database."
            )
        if held and held != logs:
            raise CommandError(f"There are {held} synthetic logs already. Use an empty database for {logs}.")
        if held:
            self.stdout.write(f"The {held} synthetic logs are already loaded; nothing was changed.")
        return bool(held)

    def _progress(self, done: int) -> None:
        if done % 25_000 == 0:
            self.stdout.write(f"… {done} logs")
            self.stdout.flush()
