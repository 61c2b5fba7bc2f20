"""Making a return, and counting one again."""

from datetime import datetime

from django.db import transaction

from dashboard.returns.events import RETURN_COUNTED_AGAIN, RETURN_MADE
from dashboard.returns.kinds import BY_CODE, ReturnKind
from dashboard.returns.models import CountedCases, Return
from dashboard.returns.queries.changes import line_changes
from dashboard.returns.queries.counting import count_return
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.events import Event
from foitracker.audit.operations import record_event
from foitracker.casework.local_day import local
from foitracker.casework.refusals import NotPossible
from foitracker.pages.words import in_words
from foitracker.statistics.periods import Period


@transaction.atomic
def make_return(*, by: User, at: datetime, kind: ReturnKind, period: Period) -> Return:
    """Count a kind of return over a period and keep it.

    Raises NotPermitted, and NotPossible for a period that is not over.
    """
    check_can(Permission.OVERSEE, by)
    kept = keep_return(by=by, at=at, kind=kind, period=period)
    record_made(kept, RETURN_MADE)
    return kept


@transaction.atomic
def count_again(*, by: User, at: datetime, return_id: int) -> Return:
    """Count a return again, by the declaration of its kind and over the same period, and keep it beside the first.

    Raises NotPermitted; NotPossible for a kind that is declared no more.
    """
    check_can(Permission.OVERSEE, by)
    earlier = Return.objects.get(pk=return_id)
    if earlier.kind not in BY_CODE:
        raise NotPossible("Returns of this kind are no longer made.")
    period = Period(earlier.from_on, earlier.to_on, earlier.label)
    kept = keep_return(by=by, at=at, kind=BY_CODE[earlier.kind], period=period, again_of=earlier)
    changed = len(line_changes(earlier, kept))
    record_made(kept, RETURN_COUNTED_AGAIN, again_of=earlier.pk, changed=changed)
    return kept


def keep_return(
    *, by: User | None, at: datetime, kind: ReturnKind, period: Period, again_of: Return | None = None
) -> Return:
    """Count a return and write its rows, in the caller's transaction, which records last; `by` is None for a schedule.

    Raises NotPossible for a period that is not over.
    """
    if period.to_on >= local(at).date():
        raise NotPossible(
            f"The period ends on {in_words(period.to_on)}. Make the return once it is over.", field="period"
        )
    counted = count_return(kind, period, as_at=at)
    kept = Return.objects.create(
        kind=kind.code,
        name=kind.name,
        from_on=period.from_on,
        to_on=period.to_on,
        label=period.label,
        content=counted.statement.as_json(),
        as_at=at,
        made_by=by,
        again_of=again_of,
    )
    CountedCases.objects.bulk_create(
        CountedCases(counted_in=kept, line=line, cases=cases) for line, cases in counted.cases.items()
    )
    return kept


def record_made(kept: Return, event: Event, **more: int) -> None:
    """Record that a return was made, or counted again."""
    balance = kept.statement.balance
    detail = {
        "kind": kept.kind,
        "from_on": kept.from_on,
        "to_on": kept.to_on,
        "received": balance.received,
        "closed": balance.closed,
        "balances": balance.holds,
        **more,
    }
    record_event(event=event, by=kept.made_by, at=kept.as_at, subject=kept.audit_subject, detail=detail)
