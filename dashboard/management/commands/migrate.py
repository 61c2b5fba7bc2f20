from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate

from foitracker.earlier_data import EarlierData, check_database


class Command(Migrate):
    """Django's own, which first refuses the database of another version: half a migration helps no one."""

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            check_database(options["database"])
        except EarlierData as refusal:
            raise CommandError(str(refusal)) from None
        super().handle(*args, **options)
