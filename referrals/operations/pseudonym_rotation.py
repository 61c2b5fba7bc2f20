"""Carrying the marks of applicants over to a new key."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from foitracker.audit.operations import record_event
from foitracker.identity.models import PseudonymKey
from foitracker.identity.operations import pseudonym_keys
from foitracker.identity.pseudonym import Mark, wrap
from referrals.events.settings import PSEUDONYM_KEY_ROTATED
from referrals.models import ApplicantMark

#: Marks carried over in one transaction.
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a run did: the newest key's number, marks carried over by it, and whether an entry records it."""

    key: int
    carried_over: int
    recorded: bool


def rotate_pseudonym_key(*, at: datetime, chunk: int = CHUNK) -> Rotation:
    """Carry every mark over to the newest key in the settings.

    Each chunk is a transaction of its own, so a run that was stopped loses nothing and the next one goes on.
    The trail gets one entry, once all are carried over; a run that finds nothing to do writes none. Raises
    PseudonymKeysWrong before anything is changed.
    """
    keys = pseudonym_keys()
    carried_over = 0
    while count := _carry_over(keys, chunk):
        carried_over += count
    return Rotation(len(keys), carried_over, _finish(len(keys), at))


@transaction.atomic
def _carry_over(keys: tuple[str, ...], chunk: int) -> int:
    """Carry the next marks over; return how many there were. Two runs at once take turns."""
    newest = _locked(len(keys))
    marks = list(
        ApplicantMark.objects.filter(key__lt=newest.number).order_by("pk").select_for_update()[:chunk]
    )
    if not marks:
        return 0
    for mark in marks:
        carried = wrap(Mark(mark.digest, mark.key), keys)
        mark.digest, mark.key = carried.digest, carried.key
    ApplicantMark.objects.bulk_update(marks, ["digest", "key"])
    newest.rotated_at = None
    newest.save(update_fields=["rotated_at"])
    return len(marks)


@transaction.atomic
def _finish(key: int, at: datetime) -> bool:
    """Note that the newest key is in every mark, and say whether that was news. The first key needs no note."""
    newest = _locked(key)
    if key == 1 or newest.rotated_at:
        return False
    newest.rotated_at = at
    newest.save(update_fields=["rotated_at"])
    record_event(
        event=PSEUDONYM_KEY_ROTATED,
        by=None,
        at=at,
        subject="Marks of applicants",
        detail={"key": key, "marks": ApplicantMark.objects.filter(key=key).count()},
    )
    return True


def _locked(key: int) -> PseudonymKey:
    return PseudonymKey.objects.select_for_update().get(number=key)
