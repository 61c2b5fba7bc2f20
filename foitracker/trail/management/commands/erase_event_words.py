from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from foitracker.audit.operations import erase_words, record_event
from foitracker.audit.queries import timeline
from foitracker.trail.events import WORDS_ERASED


class Command(BaseCommand):
    help = (
        "Erases what was written in the events on a case, with the salts: the trail stays whole, and its hashes say "
        "nothing from then on. The erasure is itself an event, with the reason and the number of texts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("subject", help="as the trail calls it, such as 2253/2025 or “CRU 12/26”")
        parser.add_argument("--reason", required=True, help="why; it must not name the applicant")

    def handle(self, *args: Any, **options: Any) -> None:
        subject, reason = options["subject"].strip(), options["reason"].strip()
        if not reason:
            raise CommandError("Give the reason with --reason.")
        if not subject or not timeline(subject).exists():
            raise CommandError(
                f"The trail has nothing on {subject}. Type it as the trail calls it, like 2253/2025."
            )
        with transaction.atomic():
            texts = erase_words(subject)
            record_event(
                event=WORDS_ERASED,
                by=None,
                at=timezone.now(),
                subject=subject,
                detail={"texts": texts},
                words={"reason": reason},
            )
        self.stdout.write(f"Erased: {texts} texts of events on {subject}.")
