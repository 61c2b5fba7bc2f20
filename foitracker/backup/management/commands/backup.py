from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foitracker.audit.running_role import as_owner
from foitracker.backup.key import backup_key
from foitracker.backup.operations import BackupFailed, make_backup
from foitracker.backup.programs import NoProgram


class Command(BaseCommand):
    help = (
        "Write the whole database, as of one moment, to FILE: encrypted with BACKUP_KEY, readable by its owner alone. "
        "FILE appears when it is whole; one that exists is never overwritten. Sessions are left out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with as_owner():
                about = make_backup(path, key=backup_key(), at=timezone.now())
        except (BackupFailed, NoProgram) as failure:
            raise CommandError(str(failure)) from failure
        rows = sum(about["counts"].values())
        self.stdout.write(
            f"{path}: {len(about['counts'])} tables, {rows} rows, {path.stat().st_size} bytes. "
            "Without BACKUP_KEY nobody can read it, you included."
        )
