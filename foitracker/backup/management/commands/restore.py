from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foitracker.audit.running_role import RoleNotGranted, as_owner
from foitracker.backup.key import backup_key
from foitracker.backup.operations import BackupFailed, restore_backup
from foitracker.backup.programs import NoProgram


class Command(BaseCommand):
    help = (
        "Put the back-up in FILE into an empty database, all of it or nothing, and verify it: the number of rows of "
        "every table, the audit trail, the accesses and every issued letter. Exits with 1 if anything is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file that manage.py backup made")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with as_owner():
                about, verified = restore_backup(options["file"], key=backup_key())
        except (BackupFailed, NoProgram, RoleNotGranted) as failure:
            raise CommandError(str(failure)) from failure
        for reason in verified.unchecked:
            self.stderr.write(f"Not checked: {reason}.")
        if verified.broken:
            raise CommandError(
                f"The back-up was restored, but its trail is broken: {verified.broken.reason} (entry "
                f"{verified.broken.sequence}). It was so when the back-up was made: look at an older one."
            )
        self.stdout.write(
            f"The back-up of {about['made_at']} is restored and whole: {len(about['counts'])} tables, "
            f"{sum(about['counts'].values())} rows, {verified.head[0]} entries of the trail."
        )
