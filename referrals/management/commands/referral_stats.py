"""manage.py referral_stats: how many referrals forces made in years ending on a day, with the definition."""

import json
from collections.abc import Iterator
from datetime import date
from textwrap import fill
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from foitracker.pages.typed_day import NotADay, read_iso_day
from foitracker.pages.words import short_moment
from foitracker.statistics.periods import PeriodNotUnderstood, year_ending
from referrals.queries.forces import ForceNotKnown, find_force
from referrals.queries.statistics import complete_to, count_with_logs
from referrals.rules.statistic_json import result_json
from referrals.rules.statistics import (
    COUNTING,
    USUAL_COUNTING,
    CountedFigure,
    CountedForce,
    Counting,
    Definition,
    DefinitionNotPossible,
    Result,
)

_WIDTH = 110


class Command(BaseCommand):
    help = (
        "Counts the referrals of forces in years ending on a day, by each criterion and together, and names the logs "
        "counted. A force may be given by any of its names; one given twice is counted once, as is a year. Exit "
        "status: 0, or 2 when a force or date is not understood, with the reason. The JSON has the keys as_at, "
        "complete_to, complete_to_assumed, unit_of_count, criteria (each: code, label, definition), caveat, notes, "
        "figures (each: force, period, together, by_criterion, logs, logs_by_criterion, left_out) and "
        "all_forces_together (the same without force, a log of several forces counted once). A period has the keys "
        "from, to (both counted), label, asked_to (its end before it was shortened to what the log is complete for) "
        "and measured; what is not measured has together null. left_out counts the logs on which a force wrote that "
        "no criterion counts, and names them: shared_not_national, logged_in_error, other, logs."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force",
            action="append",
            required=True,
            metavar="NAME",
            help="a force by any of its names, such as “Lancashire Police”; repeat it for several",
        )
        parser.add_argument(
            "--year-ending",
            action="append",
            required=True,
            metavar="YYYY-MM-DD",
            help="the last day of a year to count, such as 2025-03-31; repeat it for several",
        )
        parser.add_argument(
            "--complete-to",
            metavar="YYYY-MM-DD",
            help="the last day for which every referral has been entered (default: as recorded, else yesterday)",
        )
        parser.add_argument(
            "--criterion",
            action="append",
            choices=[criterion.value for criterion in Counting],
            help=f"a criterion to count by (default: {', '.join(USUAL_COUNTING)}); repeat it for several",
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            definition = _definition(options)
            result = count_with_logs(definition, as_at=timezone.now())
        except (ForceNotKnown, NotADay, PeriodNotUnderstood, DefinitionNotPossible) as error:
            raise CommandError(str(error), returncode=2) from error
        except (OperationalError, ProgrammingError) as error:
            raise CommandError("No database answers, or it has not been migrated yet.") from error
        if options["json"]:
            self.stdout.write(json.dumps(result_json(result), indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(result)))


def _definition(options: dict[str, Any]) -> Definition:
    forces = [find_force(name) for name in options["force"]]
    periods = tuple(year_ending(read_iso_day(day)) for day in options["year_ending"])
    day, is_assumed = _complete_to(options["complete_to"])
    return Definition(
        forces=tuple(CountedForce(force.pk, force.name) for force in forces),
        periods=periods,
        criteria=tuple(Counting(code) for code in options["criterion"] or USUAL_COUNTING),
        complete_to=day,
        is_assumed=is_assumed,
    )


def _complete_to(given: str | None) -> tuple[date, bool]:
    return (read_iso_day(given), False) if given else complete_to(timezone.localdate())


def _lines(result: Result) -> Iterator[str]:
    as_at = timezone.localtime(result.as_at)
    yield f"Number of {result.unit_of_count}"
    yield f"As at {short_moment(as_at)}. {result.definition.completeness}"
    for force in result.definition.forces:
        yield from ("", force.name)
        for figure in result.of_force(force):
            yield from _figure_lines(figure)
    if len(result.definition.forces) > 1:
        yield from ("", "All of these forces together, a log of several of them counted once")
        for figure in result.all_together:
            yield from _figure_lines(figure)
    yield from ("", "A log is counted on the day of the force's first form or letter about it, where")
    yield from (_wrapped(f"- {criterion}") for criterion in result.criteria)
    yield "Together: a log that meets more than one of these is counted once."
    yield from (_wrapped(f"Note: {note}") for note in result.definition.notes)
    yield _wrapped(f"Caveat: {result.caveat}")


def _figure_lines(figure: CountedFigure) -> Iterator[str]:
    shown = figure.dates
    if not figure.is_measured:
        yield f"  {shown}: not measured"
        return
    yield f"  {shown}: {figure.together:,}"
    for criterion, number in figure.by_criterion.items():
        yield f"    {COUNTING[criterion].label + ':':<30}{number:>7,}"
    left = figure.left_out
    if left.all:
        yield (
            f"    {'Not counted:':<30}{left.all:>7,}  (shared, not national: {left.shared}; logged in error: "
            f"{left.in_error}; other: {left.other})"
        )
    if figure.logs:
        yield _wrapped(f"Logs: {', '.join(figure.logs)}", indent="    ")


def _wrapped(text: str, indent: str = "") -> str:
    """A line of several lines; log numbers are not broken."""
    return fill(text, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False)
