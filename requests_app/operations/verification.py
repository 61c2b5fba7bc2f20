"""Every issued letter against its hashes and against the entry of the trail that issued it."""

import logging
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from foitracker.accounts.models import User
from foitracker.audit.chain import Break
from foitracker.audit.models import Entry
from foitracker.audit.operations import record_access
from requests_app.events.response import ALTERED_LETTER_REFUSED, LETTER_ISSUED
from requests_app.letters.frozen import LetterAltered, altered_parts
from requests_app.models import FoiRequest, Letter, LetterStatus

logger = logging.getLogger(__name__)

#: Letters held in memory at a time; a PDF can be large.
_BATCH = 50
_OF_A_LETTER = ("status", "html", "facts", "pdf", "sha256", "html_sha256", "facts_sha256")


def first_altered_letter() -> Break | None:
    """Return the first entry whose letter is not what it issued; None when all are, and none was issued without one."""
    issued: set[int] = set()
    for batch in _batches():
        letters = Letter.objects.only(*_OF_A_LETTER).in_bulk([detail["letter"] for _, detail in batch])
        for sequence, detail in batch:
            issued.add(detail["letter"])
            letter = letters.get(detail["letter"])
            if letter is None or not letter.is_issued:
                return Break(sequence, f"letter {detail['letter']}, which it issued, is there no more")
            if altered := altered_parts(letter, detail):
                return Break(
                    sequence, f"letter {letter.pk} is not what it issued: its {', its '.join(altered)}"
                )
    there = Letter.objects.filter(status__in=[LetterStatus.ISSUED, LetterStatus.SUPERSEDED])
    unknown = next((pk for pk in there.order_by("pk").values_list("pk", flat=True) if pk not in issued), None)
    return Break(0, f"no entry issued letter {unknown}") if unknown else None


def note_altered(
    case: FoiRequest, letter_id: int, altered: LetterAltered, *, by: User | None, at: datetime
) -> None:
    """Record that an altered letter was asked for and refused, and log it as an error for the administrator."""
    logger.error("letter %s of %s was refused: %s", letter_id, case.reference, altered)
    detail = {"letter": letter_id, "by_command": by is None}
    record_access(event=ALTERED_LETTER_REFUSED, by=by, at=at, subject=case.reference, detail=detail)


def _batches() -> Iterator[list[tuple[int, dict[str, Any]]]]:
    entries = Entry.objects.filter(event=LETTER_ISSUED.code).order_by("sequence")
    each = entries.values_list("sequence", "detail").iterator(chunk_size=2000)
    while batch := list(islice(each, _BATCH)):
        yield batch
