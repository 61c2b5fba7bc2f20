"""`manage.py send_reminders`: what is due to whom, and sends it unless dry."""

import argparse
import json
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from foitracker.casework.local_day import local
from foitracker.pages.words import short_moment
from foitracker.reminders.models import Reminder
from foitracker.reminders.operations.sweep import sweep
from foitracker.working_days.calendar import CalendarDataError, CalendarNotCovered


class Command(BaseCommand):
    help = "Look at what people are to be reminded of, and send it as the sweep of every ten minutes does."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--on",
            metavar="DATETIME",
            help="As if it were this moment, such as 2026-11-30T07:00; UK time unless it names an offset.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would be sent; change nothing.")
        parser.add_argument(
            "--json", action="store_true", help="Print person, case, kind, about, offset, channel."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = _moment(options["on"])
        try:
            with transaction.atomic():
                sent, queued = _sent_by_a_sweep(at)
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except (CalendarDataError, CalendarNotCovered) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(sent, indent=2, ensure_ascii=False))
            return
        for row in sent:
            self.stdout.write("  ".join(str(row[name]) for name in row))
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{short_moment(local(at))}: {len(sent)} reminders, {queued} e-mails {would}queued."
        )


def _moment(text: str | None) -> datetime:
    if text is None:
        return timezone.now()
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"“{text}” is not a moment. Write it as 2026-11-30T07:00, or with an offset: 2026-11-30T07:00+00:00."
        ) from error
    return at if at.tzinfo else timezone.make_aware(at)


def _sent_by_a_sweep(at: datetime) -> tuple[list[dict[str, Any]], int]:
    """Sweep; return what that sent, or left on the pages alone, and the number of e-mails queued."""
    swept = sweep(at=at)
    sent = Reminder.objects.filter(pk__in=swept.sent.reminders).select_related("person")
    rows = [
        {
            "person": row.person.email,
            "case": row.case,
            "kind": row.kind,
            "about": row.about.isoformat(),
            "offset": row.offset,
            "channel": row.channel,
        }
        for row in sent.order_by("person__email", "kind", "about", "pk")
    ]
    return rows, swept.sent.emails
