"""manage.py performance: the figures of a period, each with what it counts."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from foitracker.casework.commands import day_given
from foitracker.pages.words import in_words
from foitracker.working_days.calendar import CalendarNotCovered
from requests_app.measures.periods import DECLARED, PeriodView
from requests_app.measures.periods.figures import PeriodFigures, count_period

_DAYS = {
    "median_days": (50, "The median of the working days of the clock that the answers of the period took."),
    "p90_days": (
        90,
        "The working days of the clock within which nine in ten answers of the period went out.",
    ),
}


class Command(BaseCommand):
    help = (
        "Counts the requests of a period: received, answered, in time (of those answered, and of those that fell due), "
        "open at its end, reviewed. Each figure equals the length of the list that its page opens."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="first", metavar="DATE", required=True, help="first day, YYYY-MM-DD"
        )
        parser.add_argument("--to", dest="last", metavar="DATE", required=True, help="last day, YYYY-MM-DD")
        parser.add_argument("--on", metavar="DATE", help="as at the end of this day; default today")
        parser.add_argument(
            "--json", action="store_true", help="print JSON, with the definition of each figure"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        first, last = day_given(options["first"], today), day_given(options["last"], today)
        on = day_given(options["on"], today)
        if last < first:
            raise CommandError(
                f"The period ends on {in_words(last)}, before it begins on {in_words(first)}. Give --from before --to."
            )
        if first > on:
            raise CommandError(
                f"The period begins on {in_words(first)}, after the day it is counted as at, {in_words(on)}. "
                "Give a later --on or an earlier --from."
            )
        try:
            figures = count_period(PeriodView(on, from_on=first, to_on=last))
        except CalendarNotCovered as error:
            raise CommandError(str(error)) from error
        values = _values(figures)
        if options["json"]:
            self._print_json(first, last, on, values)
        else:
            for code, value in values.items():
                self.stdout.write(
                    f"{code:<24} {'n/a' if value is None else value:>9}  {_definitions()[code]}"
                )

    def _print_json(self, first: date, last: date, on: date, values: dict[str, int | None]) -> None:
        days = {"from": first.isoformat(), "to": last.isoformat(), "on": on.isoformat()}
        self.stdout.write(json.dumps({**days, **values, "definitions": _definitions()}, indent=2))


def _values(figures: PeriodFigures) -> dict[str, int | None]:
    days = {name: figures.days.percentile(percent) for name, (percent, _) in _DAYS.items()}
    return {**figures.numbers, **days}


def _definitions() -> dict[str, str]:
    measures = {measure.code: measure.definition for measure in DECLARED}
    return measures | {name: definition for name, (_, definition) in _DAYS.items()}
