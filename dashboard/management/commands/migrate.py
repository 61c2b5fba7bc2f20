from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate

from foitracker.audit.running_role import RoleNotGranted, as_owner
from foitracker.earlier_data import EarlierData, check_database


class Command(Migrate):
    """Django's own, as the owner of the tables, which first refuses the database of another version.

    Half a migration helps no one.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            try:
                check_database(options["database"])
                super().handle(*args, **options)
            except (EarlierData, RoleNotGranted) as refusal:
                raise CommandError(str(refusal)) from None
