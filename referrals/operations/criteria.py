"""Operations on the mandatory criteria.

A version that was in force is never changed: logs were judged by it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.utils.text import slugify

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.events import Event
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible, SettingsChanged
from referrals.events.settings import CRITERION_ADDED, CRITERION_CHANGED, CRITERION_ENDED
from referrals.models import Criterion


@dataclass(frozen=True)
class CriterionText:
    """What a version says: when referral is mandatory, and what suggests that it may be."""

    title: str
    description: str = ""
    words: Sequence[str] = field(default_factory=list)
    flags: Sequence[str] = field(default_factory=list)
    is_illustrative: bool = False


def subject_of(code: str) -> str:
    """Return what the audit trail calls a criterion, in all its versions."""
    return f"criterion/{code}"


@transaction.atomic
def add_criterion(*, by: User, at: datetime, text: CriterionText) -> Criterion:
    """Put a new criterion in force. Raises NotPossible for the title of another."""
    check_can(Permission.CHANGE_CRITERIA, by)
    _take_turns()
    code = slugify(text.title)[:40].strip("-")
    if not code:
        raise NotPossible("Write a title with letters or numbers in it.", field="title")
    if Criterion.objects.filter(code=code).exists():
        raise NotPossible(
            "There is a criterion of that title already, or there was. Change that one, or choose another title.",
            field="title",
        )
    criterion = Criterion.objects.create(code=code, made_at=at, made_by=by, **_columns(text))
    _record(CRITERION_ADDED, criterion, by, at)
    return criterion


@transaction.atomic
def change_criterion(
    *, by: User, at: datetime, code: str, text: CriterionText, seen_version: int
) -> Criterion:
    """Put a new version in force, in place of the newest, whether that has ended or not.

    `seen_version` is the newest when the page was opened. No version is made when nothing differs and the
    newest is in force. Raises SettingsChanged when there is a newer one, and NotPossible for the title of
    another criterion.
    """
    check_can(Permission.CHANGE_CRITERIA, by)
    newest = _newest(code, seen_version)
    columns = _columns(text)
    if newest.ended_at is None and all(getattr(newest, name) == value for name, value in columns.items()):
        return newest
    standing = Criterion.objects.filter(ended_at=None).exclude(code=code)
    if standing.filter(title__iexact=text.title).exists():
        raise NotPossible("Another criterion has that title. Choose another.", field="title")
    if newest.ended_at is None:
        newest.ended_at = at
        newest.save(update_fields=["ended_at"])
    made = Criterion.objects.create(code=code, version=newest.version + 1, made_at=at, made_by=by, **columns)
    _record(CRITERION_CHANGED, made, by, at)
    return made


@transaction.atomic
def end_criterion(*, by: User, at: datetime, code: str, seen_version: int) -> Criterion:
    """Take a criterion out of force. Logs keep what was decided by it.

    Raises SettingsChanged when there is a newer version than the one seen, and NotPossible when it has ended.
    """
    check_can(Permission.CHANGE_CRITERIA, by)
    newest = _newest(code, seen_version)
    if newest.ended_at is not None:
        raise NotPossible(f"“{newest.title}” is not in force any more.")
    newest.ended_at = at
    newest.save(update_fields=["ended_at"])
    _record(CRITERION_ENDED, newest, by, at)
    return newest


def _take_turns() -> None:
    """Make changes of criteria take turns: there may be no row yet to lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('referrals criteria'))")


def _newest(code: str, seen_version: int) -> Criterion:
    _take_turns()
    newest = (
        Criterion.objects.filter(code=code)
        .select_for_update(no_key=True, of=("self",))
        .order_by("-version")[0]
    )
    if newest.version != seen_version:
        raise SettingsChanged("Somebody changed this criterion after you opened this page.")
    return newest


def _columns(text: CriterionText) -> dict[str, object]:
    columns = asdict(text)
    return {**columns, "words": list(text.words), "flags": sorted(text.flags)}


def _record(event: Event, criterion: Criterion, by: User, at: datetime) -> None:
    detail = {
        "title": criterion.title,
        "version_of_criterion": criterion.version,
        "suggested_by": list(criterion.words),
        "flags": list(criterion.flags),
        "is_illustrative": criterion.is_illustrative,
    }
    record_event(event=event, by=by, at=at, subject=subject_of(criterion.code), detail=detail)
