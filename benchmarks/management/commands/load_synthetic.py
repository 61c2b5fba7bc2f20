"""manage.py load_synthetic: a reproducible population for benchmarks."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from benchmarks.populations.kinds import KINDS, Kind, NothingToReferTo
from benchmarks.populations.loading import load
from benchmarks.populations.wanted import Wanted
from foitracker.audit.running_role import as_owner
from foitracker.working_days.calendar import CalendarNotCovered


class Command(BaseCommand):
    help = (
        "Load a reproducible population of made-up cases for benchmarks, with a hash-chained audit trail. Requests: "
        "ten years of closed ones and those still open, with items, applicants, clarifications, exemption claims and "
        "letters awaiting approval or issue; the archive holds no issued letters. Referrals: logs from 2005 to today, "
        "with forces, criteria, consultations, advice and what became of it, correspondence and marks of applicants. "
        "Needs a database without cases of the kind. There is no such command in production."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        sizes = parser.add_mutually_exclusive_group(required=True)
        for kind in KINDS:
            sizes.add_argument(f"--{kind.plural}", type=_count, metavar="N", help=f"how many {kind.plural}")
        parser.add_argument(
            "--open",
            type=_count,
            metavar="M",
            help="how many of them are open (default: one in fifty requests, three in a hundred referrals)",
        )
        parser.add_argument("--seed", type=int, default=1, help="another seed, another population")
        parser.add_argument(
            "--on", type=_day, metavar="DATE", help="the day it is dated around (YYYY-MM-DD; default: today)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():  # indexes are dropped and built again
            self._load(options)

    def _load(self, options: dict[str, Any]) -> None:
        kind = next(one for one in KINDS if options[one.plural] is not None)
        cases, still_open = options[kind.plural], options["open"]
        if still_open is None:
            still_open = cases * kind.usually_open_in_a_thousand // 1000
        _check(kind, cases, still_open)
        if self._is_loaded(kind, cases):
            return
        started = time.monotonic()
        wanted = Wanted(cases, still_open, options["seed"], options["on"] or timezone.localdate())
        try:
            load(kind, wanted, at=timezone.now(), progress=lambda done: self._progress(kind, done))
        except (CalendarNotCovered, NothingToReferTo) as error:
            raise CommandError(str(error)) from error
        if not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
        self.stdout.write(
            f"{cases} synthetic {kind.plural} loaded, {still_open} of them open, "
            f"in {time.monotonic() - started:.0f} s."
        )

    def _is_loaded(self, kind: Kind, cases: int) -> bool:
        """Whether such a population is there already; refuses a database that holds anything else."""
        held, synthetic = kind.model.objects.count(), kind.synthetic().count()
        if held > synthetic:
            raise CommandError(
                f"There are {kind.plural} that are not synthetic ({held - synthetic}). Use an empty database."
            )
        if held and held != cases:
            raise CommandError(
                f"There are {held} synthetic {kind.plural} already. Use an empty database for {cases}."
            )
        if held:
            self.stdout.write(f"The {held} synthetic {kind.plural} are already loaded; nothing was changed.")
        return bool(held)

    def _progress(self, kind: Kind, done: int) -> None:
        if done % 50_000 == 0:
            self.stdout.write(f"… {done} {kind.plural}")
            self.stdout.flush()


def _check(kind: Kind, cases: int, still_open: int) -> None:
    if not 1 <= cases <= kind.most:
        raise CommandError(f"--{kind.plural} must be a number from 1 to {kind.most}.")
    if still_open > cases:
        raise CommandError(f"--open {still_open} is more than --{kind.plural} {cases}.")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a day; write it as YYYY-MM-DD") from None
