"""manage.py load_demo: the demonstration data of both apps; a second call changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from dashboard.demonstration.player.play import (
    play_referrals,
    play_requests,
    referrals_are_loaded,
    requests_are_loaded,
)
from foitracker.audit.running_role import as_owner
from referrals.queries.log import log_is_empty
from requests_app.queries.register import register_is_empty


class Command(BaseCommand):
    help = (
        "Load the demonstration data, dated around today: two requests modelled on published answers, and about 1,500 "
        "that a team of six had in two years, those open in every state; about 2,000 logs of the Central Referral Unit "
        "since 2015, with some forty recent ones in every state. Needs an empty register and an empty log; a second "
        "call changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():  # numbers are set to go on after what is copied in
            self._load()

    def _load(self) -> None:
        has_requests, has_referrals = requests_are_loaded(), referrals_are_loaded()
        if has_requests and has_referrals:
            self.stdout.write("The demonstration data are already loaded; nothing was changed.")
            return
        _check_nothing_else(has_requests, has_referrals)
        now = timezone.now()
        today = timezone.localdate(now)
        with transaction.atomic():
            if not has_requests:
                requests = play_requests(today=today, now=now, say=self._print)
            logs = play_referrals(today=today, now=now, say=self._print)
        if not has_requests:
            self.stdout.write(
                f"{requests} requests loaded, among them 2253/2025 (issued) and 2216/2025 (a draft)."
            )
        self.stdout.write(f"{logs} logs loaded, among them those that 2216/2025 names.")

    def _print(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def _check_nothing_else(has_requests: bool, has_referrals: bool) -> None:
    """Logs came to the demonstration later than requests: where only they are missing, they are added."""
    if not has_requests and not register_is_empty():
        raise CommandError(
            "The register holds requests, so demonstration data would mix with them. Use an empty database."
        )
    if has_referrals or not log_is_empty():
        raise CommandError(
            "The log holds referrals, so demonstration data would mix with them. Use an empty database."
        )
