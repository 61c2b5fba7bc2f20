"""Read the mailbox of bounces now."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foitracker.mail.bounce_mailbox import MailboxAway
from foitracker.outbox.bounces import Outcome, read_bounces


class Command(BaseCommand):
    help = (
        "Reads the mailbox of BOUNCE_MAILBOX_URL and records which e-mails came back, as the worker does every five "
        "minutes. Exit status 1 when the mailbox cannot be read."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BOUNCE_MAILBOX_URL:
            raise CommandError("No mailbox is configured. Set BOUNCE_MAILBOX_URL; see docs/deploying.md.")
        try:
            counts = read_bounces(settings.BOUNCE_MAILBOX_URL, at=timezone.now())
        except MailboxAway as away:
            raise CommandError(f"Bounces were not read. {away} Nothing is lost: run it again.") from away
        report = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome)
        self.stdout.write(f"Delivery notifications: {report}.")
