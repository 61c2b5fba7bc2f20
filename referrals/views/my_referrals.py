"""What waits for the person who is signed in, of the referrals: a part of the page My work."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can
from foitracker.pages.lists.columns import Table
from referrals.measures import AGEING_LOW, AWAITED, LEAD_LATE, LOGS, TO_TRIAGE, UNTOLD, LogView
from referrals.models import Referral
from referrals.queries.my_referrals import soonest_due
from referrals.queries.waiting import late_consultations, uncirculated_advice
from referrals.views.log_rows import COLUMNS, ON_PAGE, LogRow, log_rows

#: Each list shows this many; its count leads to all of them in the log.
SHOWN = 10

#: Of one's own logs the adviser is not named.
ON_MY_LOGS = (*ON_PAGE[:-1], "status")


def waiting_referrals(request: SignedInRequest) -> dict[str, Any]:
    """Return the context of templates/referrals/my_work.html. Who does not advise is shown the figures alone."""
    view = LogView(timezone.localdate(), request.user)
    work: dict[str, Any] = {"figures": LOGS.figures(view)}
    if can(Permission.WORK_REFERRAL, request.user):
        work |= {"advises": True} | _lists(view)
    return {"referral_work": work}


def _lists(view: LogView) -> dict[str, Any]:
    late = LOGS.rows(LEAD_LATE, view).order_by("reply_by", "id").values("pk")[:SHOWN]
    replies = list(late_consultations(view.today).filter(referral__in=late))
    untold = list(LOGS.rows(UNTOLD, view).order_by("advised_on", "id")[:SHOWN])
    ageing_low = soonest_due(LOGS.rows(AGEING_LOW, view)).order_by("received_on", "id")
    return {
        "mine": _table("My logs", soonest_due(LOGS.rows(AWAITED, view, mine=True)), view, ON_MY_LOGS),
        "to_triage": _table("Logs to triage", soonest_due(LOGS.rows(TO_TRIAGE, view)), view),
        "late": {reply.referral_id for reply in replies},
        "late_replies": replies,
        "untold": uncirculated_advice().filter(referral__in=untold),
        "ageing_low": _table("Ageing logs of low priority", ageing_low, view),
        "all_ageing_low": LOGS.figure(AGEING_LOW, view),
    }


def _table(
    caption: str, found: QuerySet[Referral], view: LogView, shown: Sequence[str] = ON_PAGE
) -> Table[LogRow]:
    return Table(caption, COLUMNS, shown, log_rows(found[:SHOWN], view))
