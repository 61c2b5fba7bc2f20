import json
import re
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from foitracker.audit.chain import Break
from foitracker.audit.verification import Verified, verify


class Command(BaseCommand):
    help = (
        "Walk the audit trail from its first entry and check every hash, the heads noted down outside, and what the "
        "entries vouch for: accesses and issued letters. Exits with 1 and names the first broken entry if anything "
        "was altered, and with 2 if nothing was found but something could not be checked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument(
            "--anchor",
            type=_anchor,
            metavar="SEQUENCE:HASH",
            help="an entry's number and hash noted down earlier, as this command printed them",
        )
        parser.add_argument(
            "--anchors", type=Path, metavar="FILE", help="the daily heads (default: AUDIT_ANCHOR_FILE)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        own_transaction = not connection.in_atomic_block
        with transaction.atomic(), connection.cursor() as cursor:
            if own_transaction:
                # Everything is read as of one moment, though others go on writing.
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            verified = verify(
                keys=settings.AUDIT_KEYS,
                anchors_file=options["anchors"] or settings.AUDIT_ANCHOR_FILE,
                noted=dict([options["anchor"]]) if options["anchor"] else None,
            )
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(verified)))
        else:
            self._say(verified)
        if verified.broken or verified.unchecked:
            raise SystemExit(1 if verified.broken else 2)

    def _say(self, verified: Verified) -> None:
        if verified.broken:
            self.stderr.write(
                f"The audit trail is broken{_place(verified.broken)}: {verified.broken.reason}."
            )
        else:
            sequence, digest = verified.head
            self.stdout.write(f"The audit trail is whole: {sequence} entries, head {sequence}:{digest}")
        for reason in verified.unchecked:
            self.stderr.write(f"Not checked: {reason}.")


def _place(broken: Break) -> str:
    return f" at entry {broken.sequence}" if broken.sequence else ""


def _as_json(verified: Verified) -> dict[str, Any]:
    sequence, digest = verified.head
    broken = verified.broken
    return {
        "ok": broken is None,
        "entries": sequence,
        "head": f"{sequence}:{digest}",
        "broken": {"sequence": broken.sequence, "reason": broken.reason} if broken else None,
        "unchecked": list(verified.unchecked),
    }


def _anchor(text: str) -> tuple[int, str]:
    match = re.fullmatch(r"(\d+):([0-9a-f]{64})", text)
    if match is None:
        raise ArgumentTypeError("give a number, a colon and 64 hexadecimal digits")
    return int(match[1]), match[2]
