"""manage.py rotate_pseudonym_key: carry the marks of applicants over to the newest key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foitracker.identity.operations import PseudonymKeysWrong
from referrals.operations.pseudonym_rotation import rotate_pseudonym_key


class Command(BaseCommand):
    help = (
        "Carry every mark of an applicant over to the newest key of REFERRAL_PSEUDONYM_KEYS, without learning who "
        "anybody is. Add the key to the end of the list and restart all services first. A run that was stopped is "
        "taken up by the next; running it twice changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = rotate_pseudonym_key(at=timezone.now())
        except PseudonymKeysWrong as wrong:
            raise CommandError(str(wrong)) from None
        if done.recorded:
            self.stdout.write(f"All marks are under key {done.key}. Carried over: {done.carried_over}.")
        else:
            self.stdout.write(f"Nothing to do: all marks are under key {done.key}.")
