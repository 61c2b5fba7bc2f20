"""A record that is locked while it is changed, and whose version rises with every event."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from foitracker.accounts.models import User
from foitracker.audit.events import Event
from foitracker.audit.operations import Masked, record_event
from foitracker.casework.refusals import CaseChanged, VersionedCase

#: Told the reference of a case that has changed, within the transaction that changed it.
on_change: list[Callable[[str], None]] = []

AnyRow = TypeVar("AnyRow", bound=Model)
AnyCase = TypeVar("AnyCase", bound=VersionedCase)


def lock(kind: type[AnyRow], *, pk: int, seen_version: int | None = None) -> AnyRow:
    """Lock a case until the transaction ends and return it as it is now.

    `seen_version` is the version the page was made from; None when there was no page. Raises CaseChanged when the
    two differ. The case is always locked first and the audit trail last.
    """
    case: Any = kind._default_manager.select_for_update().get(pk=pk)
    if seen_version is not None and case.version != seen_version:
        raise CaseChanged(case, seen_version)
    return case  # type: ignore[no-any-return]


def save_with_event(
    case: AnyCase,
    *,
    event: Event,
    by: User | None,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
    masked: Masked | None = None,
) -> AnyCase:
    """Save the case with its next version, write the one event of what was done to it, and return the case.

    `by` is None when the system acted by itself. `detail` and `words` are those that the event declares; `masked`
    gives the words as they may be shown.
    """
    case.version += 1
    case.save()
    facts = {**(detail or {}), "version": case.version}
    record_event(event=event, by=by, at=at, subject=case.reference, detail=facts, words=words, masked=masked)
    for tell in on_change:
        tell(case.reference)
    return case
