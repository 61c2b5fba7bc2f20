"""Read the published bank holidays now, from their address or from a file."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from foitracker.working_days.models import CalendarRefresh
from foitracker.working_days.operations.published_calendar import refresh_from_file, refresh_from_url
from foitracker.working_days.queries import open_proposals


class Command(BaseCommand):
    help = (
        "Reads the bank holidays the government publishes and proposes what differs from the calendar. Nothing "
        "counts before a manager confirms it on the calendar page. Exit status 1 when the data cannot be used."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        source = parser.add_mutually_exclusive_group()
        source.add_argument("--file", type=Path, help="a file of the published form (bank-holidays.json)")
        source.add_argument("--url", help="another address than the one of BANK_HOLIDAYS_URL")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        refresh = self._refresh(options["file"], options["url"] or settings.BANK_HOLIDAYS_URL)
        waiting = open_proposals().count()
        if options["json"]:
            result = {
                "source": refresh.source,
                "problem": refresh.problem or None,
                "years": refresh.years or None,
                "proposed": refresh.proposed,
                "waiting": waiting,
            }
            self.stdout.write(json.dumps(result))
        if refresh.problem:
            raise CommandError(f"{refresh.source}: {refresh.problem} The calendar stays as it is.")
        if not options["json"]:
            self.stdout.write(
                f"{refresh.source}: {refresh.years} read, {refresh.proposed} change(s) proposed, "
                f"{waiting} in all wait for a manager."
            )

    def _refresh(self, file: Path | None, url: str) -> CalendarRefresh:
        at, today = timezone.now(), timezone.localdate()
        if file is not None:
            try:
                return refresh_from_file(file, at=at, today=today)
            except OSError as error:
                raise CommandError(
                    f"{file} cannot be read: {error.strerror or error}. Give a file."
                ) from error
        if not url:
            raise CommandError("No address is set. Give --file or --url, or set BANK_HOLIDAYS_URL.")
        return refresh_from_url(url, at=at, today=today)
