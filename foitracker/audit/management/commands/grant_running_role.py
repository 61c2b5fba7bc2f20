from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foitracker.audit.running_role import RoleNotGranted, as_owner, grant_running_role, running_role


class Command(BaseCommand):
    help = (
        "Give the role the tracker runs under its rights, and no others: it reads and writes, but changes nothing "
        "that is append-only. Run as the owner of the tables (MIGRATION_DATABASE_URL). Every migration does it, too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", nargs="?", help="default: the role of DATABASE_URL")

    def handle(self, *args: Any, **options: Any) -> None:
        role = options["role"] or running_role()
        if not role:
            raise CommandError("DATABASE_URL names no role. Name the one to grant to.")
        try:
            with as_owner():
                grant_running_role(role)
        except RoleNotGranted as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"“{role}” can run the tracker, and cannot change what is append-only.")
