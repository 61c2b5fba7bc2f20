"""manage.py letter REFERENCE --out FILE: the PDF of a request's letter, and its SHA-256."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from foitracker.audit.operations import record_access
from foitracker.printing.render import render_pdf
from requests_app.events.response import LETTER_SEEN
from requests_app.letters.facts import collect_facts
from requests_app.letters.frozen import LetterAltered, check_as_issued
from requests_app.letters.kinds import KINDS
from requests_app.letters.render import render_html
from requests_app.models import FoiRequest, Letter, LetterStatus
from requests_app.operations.verification import note_altered
from requests_app.queries.register import by_reference
from requests_app.rules.casework.reference import ReferenceNotUnderstood, RequestReference


class Command(BaseCommand):
    help = "Write the issued letter of a request as PDF (with --preview, the draft) and print its SHA-256."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", help="of the request, for example 2253/2025")
        parser.add_argument("--kind", choices=[kind.code for kind in KINDS], help="default: the answer")
        parser.add_argument("--out", required=True, type=Path, help="the file to write")
        parser.add_argument(
            "--preview", action="store_true", help="the draft as the case stands, not yet issued"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        case = _request(options["reference"])
        letter = _letter(case, options["kind"], preview=options["preview"])
        try:
            check_as_issued(letter)
        except LetterAltered as altered:
            note_altered(case, letter.pk, altered, by=None, at=timezone.now())
            raise CommandError(f"{altered} It was not written. See manage.py verify_audit.") from altered
        detail = {"letter": letter.pk, "kind": letter.kind, "by_command": True}
        record_access(event=LETTER_SEEN, by=None, at=timezone.now(), subject=case.reference, detail=detail)
        if options["preview"]:
            pdf = render_pdf(render_html(collect_facts(letter, letter_date=None, today=timezone.localdate())))
        else:
            pdf = bytes(letter.pdf or b"")
        try:
            options["out"].write_bytes(pdf)
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        self.stdout.write(hashlib.sha256(pdf).hexdigest())


def _request(text: str) -> FoiRequest:
    try:
        return by_reference(RequestReference.parse(text))
    except ReferenceNotUnderstood as error:
        raise CommandError(str(error)) from error
    except FoiRequest.DoesNotExist as error:
        raise CommandError(f"There is no request {text} in the register.") from error


def _letter(case: FoiRequest, kind: str | None, *, preview: bool) -> Letter:
    """The issued letter in force, or the draft in hand."""
    wanted = {"kind": kind} if kind else {"is_answer": True}
    letters = case.letters.filter(**wanted).select_related("approved_by", "corrected_letter")
    in_hand = (LetterStatus.DRAFT, LetterStatus.SUBMITTED, LetterStatus.APPROVED)
    found = letters.filter(status__in=in_hand if preview else (LetterStatus.ISSUED,)).order_by("-pk").first()
    if found is None:
        missing = (
            "draft in hand. Leave --preview out" if preview else "issued letter. Add --preview for its draft"
        )
        raise CommandError(f"Request {case.reference} has no {missing}, or name another --kind.")
    return found
