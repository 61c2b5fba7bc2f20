import json
import re
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from foitracker.audit import chain, queries, verification


class Command(BaseCommand):
    help = (
        "Walk the audit trail from its first entry and check every hash, and what its entries vouch for. "
        "Exits with 1 and names the first broken entry if anything was altered."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument(
            "--anchor",
            type=_anchor,
            metavar="SEQUENCE:HASH",
            help="an entry's number and hash noted down earlier, as this command printed them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        own_transaction = not connection.in_atomic_block
        with transaction.atomic(), connection.cursor() as cursor:
            if own_transaction:
                # Entries and head are read as of one moment, though others go on writing.
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            sequence, digest = head = queries.head()
            broken = chain.first_break(queries.links(), head=head, anchor=options["anchor"])
            if broken is None and (altered := queries.altered_words()):
                broken = chain.Break(altered, "the words beside it are not what was written")
            if broken is None:
                broken = next((found for _, found in verification.checked() if found), None)
        result = {
            "ok": broken is None,
            "entries": sequence,
            "head": f"{sequence}:{digest}",
            "broken": {"sequence": broken.sequence, "reason": broken.reason} if broken else None,
        }
        if options["json"]:
            self.stdout.write(json.dumps(result))
        elif broken is None:
            self.stdout.write(f"The audit trail is whole: {sequence} entries, head {sequence}:{digest}")
        else:
            self.stderr.write(f"The audit trail is broken at entry {broken.sequence}: {broken.reason}.")
        if broken is not None:
            raise SystemExit(1)


def _anchor(text: str) -> tuple[int, str]:
    match = re.fullmatch(r"(\d+):([0-9a-f]{64})", text)
    if match is None:
        raise ArgumentTypeError("give a number, a colon and 64 hexadecimal digits")
    return int(match[1]), match[2]
