"""manage.py due_date: the time limits of a request from its dated facts, with the working day by day."""

import json
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from datetime import date
from textwrap import fill
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from foitracker.pages.typed_day import NotADay, read_iso_day
from foitracker.pages.words import overdue_since, weekday_in_words
from foitracker.working_days.calendar import CalendarDataError, CalendarNotCovered, WorkingDayCalendar
from foitracker.working_days.queries import calendar_of, current_calendar, shipped_holidays
from requests_app.queries.exemption_catalogue import exemption_catalogue
from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.event_json import EventDataError, parse_events
from requests_app.rules.clock.events import REMARK, ClockEvent, EventKind
from requests_app.rules.clock.kinds.table import KINDS
from requests_app.rules.clock.particulars import check_provision
from requests_app.rules.clock.statutory_clock import ClockReading, ClockStatus, read_clock
from requests_app.rules.clock.wording import named_dates


class _ListsKeepTheirLines(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    """The help formatter of Django's commands, for a text that ends in a list."""


class Command(BaseCommand):
    help = (
        "Works out the time limits of a request under FOIA or the EIR and shows every day counted. Dates are "
        "written YYYY-MM-DD. Exit status: 0, or 2 when a date or event cannot be, with the reason. Without a "
        "database it counts with the bank holidays the software is shipped with, and says so."
    )
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs |= {"formatter_class": _ListsKeepTheirLines, "epilog": "\n".join(_events_in_words())}
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.description = fill(self.help, 79)
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("received", metavar="RECEIVED", help="the day the authority received the request")
        parser.add_argument(
            "--events",
            metavar="JSON",
            default="[]",
            help='what happened, as a JSON list: [{"type": "fees_notice", "date": "2025-09-10"}, …]',
        )
        parser.add_argument(
            "--on", metavar="DATE", help="read the clock at the end of this day (default: today)"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        calendar, remark = _calendar()
        try:
            received_on, events, on = _facts(options["received"], options["events"], options["on"])
            reading = read_clock(received_on, events, calendar, on=on)
        except (EventDataError, NotADay, ClockOrderError, CalendarNotCovered) as error:
            raise CommandError(str(error), returncode=2) from error
        if remark:
            self.stderr.write(remark)
        if options["json"]:
            self.stdout.write(json.dumps(reading.as_json(), indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(reading)))


def _events_in_words() -> Iterator[str]:
    yield "types of event, with their fields (in brackets what may be left out; “text” is possible with all):"
    for kind in KINDS.values():
        yield f"  {kind.code}: {', '.join(_fields_in_words(kind))}"
        yield f"      {kind.label}{f' ({kind.law.cited_under_either()})' if kind.has_law else ''}"


def _fields_in_words(kind: EventKind) -> Iterator[str]:
    for name, field in kind.json_fields.items():
        if field is not REMARK:
            words = f"{name} ({' or '.join(field.choices)})" if field.choices else name
            yield words if field.required else f"[{words}]"


def _calendar() -> tuple[WorkingDayCalendar, str]:
    """The calendar in force, or that of this version where no server answers or nothing is migrated yet."""
    try:
        return current_calendar(), ""
    except (OperationalError, ProgrammingError):
        remark = "No database answers: counted with the bank holidays of this version."
        return calendar_of(shipped_holidays()), remark
    except CalendarDataError as error:
        raise CommandError(str(error), returncode=2) from error


def _facts(received: str, events: str, on: str | None) -> tuple[date, tuple[ClockEvent, ...], date]:
    """The day of receipt, the events, and the day to read: today, or the day of receipt if it is to come."""
    received_on = read_iso_day(received)
    read_on = read_iso_day(on) if on else max(timezone.localdate(), received_on)
    if read_on < received_on:
        raise ClockOrderError(
            f"The clock cannot be read on {on}, before the request was received on {received}."
        )
    try:
        found = parse_events(json.loads(events))
    except json.JSONDecodeError as error:
        raise EventDataError(
            f"The events are not JSON: {error.msg}, line {error.lineno}, character {error.colno}."
        ) from error
    for event in found:
        if event.provision:
            check_provision(event.provision, exemption_catalogue())
    return received_on, found, read_on


def _lines(reading: ClockReading) -> Iterator[str]:
    yield f"On {weekday_in_words(reading.read_on)}: {reading.status.replace('_', ' ')}{_days(reading)}"
    yield f"{'Received:':<39}{weekday_in_words(reading.received_on)}"
    for entry in named_dates(reading):
        yield f"{entry.label + ':':<39}{weekday_in_words(entry.day)}"
    yield f"{'Calendar:':<39}{reading.calendar_version}"
    yield ""
    for step in reading.steps:
        yield f"{'x' if step.counts else '-'} {step.sentence}"
    yield ""
    yield "x: counts towards the time limit; -: does not."


def _days(reading: ClockReading) -> str:
    if reading.limit is None:
        return ""
    words = f", working day {reading.working_day} of {reading.limit}, {reading.working_days_left} left"
    if reading.is_overdue and reading.response_due and reading.status is ClockStatus.RUNNING:
        words += f". {overdue_since(reading.response_due, reading.read_on)}"
    return words
