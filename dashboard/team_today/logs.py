"""The same of referrals: how many logs await advice, what they wait for, and who has them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, OuterRef, Subquery

from dashboard.team_today.caseload import Caseload, Sheet, caseload
from dashboard.team_today.numbers import Number, since_words
from dashboard.team_today.waiting import Waiting, due_or_overdue
from foitracker.accounts.models import User
from foitracker.casework.measures import Figure
from referrals.measures import (
    ADVISER_GONE,
    AGEING,
    AWAITED,
    DUE_SOON,
    LEAD_AWAITED,
    LOGS,
    NOBODY,
    OVERDUE,
    SILENT,
    TO_TRIAGE,
    UNASSIGNED,
    UNTOLD,
    LogView,
)
from referrals.models import Referral
from referrals.queries.waiting import awaited_consultations
from referrals.rules.workflow import OPEN_REFERRALS
from requests_app.measures import RequestView

LOG_SHEET = Sheet(
    kind=LOGS,
    columns=(
        ("Awaiting advice", AWAITED),
        ("Overdue", OVERDUE),
        ("Due in 5 working days", DUE_SOON),
        ("Ageing", AGEING),
    ),
    gone=ADVISER_GONE,
    nobody=NOBODY,
    names=("Adviser", "No adviser", "Unit"),
)
_FIGURES = (AWAITED, OVERDUE, DUE_SOON, UNASSIGNED)


@dataclass(frozen=True)
class Logs:
    """The part of the page about referrals."""

    figures: dict[str, Figure]
    waiting: list[Waiting]
    caseload: Caseload


def logs(view: RequestView, people: Iterable[User], away: Mapping[int, date]) -> Logs:
    """Return the part of the page about referrals: `people` are the advisers, `away` until when they are."""
    log_view = LogView(view.today, view.user)
    found = _count_open(log_view)
    held = caseload(LOG_SHEET, people, away, view=view, counted_from=log_view)
    return Logs(_figures(found), _waiting(view, found), held)


def _figures(found: Mapping[str, Any]) -> dict[str, Figure]:
    return {
        one.code: Figure(
            one.name,
            found[one.code],
            LOGS.list_url(one),
            one.tone if found[one.code] else "neutral",
            one.shape,
        )
        for one in _FIGURES
    }


def _count_open(view: LogView) -> dict[str, Any]:
    measures = (*_FIGURES, TO_TRIAGE, LEAD_AWAITED, UNTOLD, SILENT)
    known = Referral.objects.visible_to(view.user) if view.user else Referral.objects.all()
    asked = awaited_consultations().filter(referral=OuterRef("pk"))
    first = {
        name: Subquery(asked.order_by(column).values(column)[:1])
        for name, column in (("asked", "asked_on"), ("reply_asked_by", "reply_by"))
    }
    return (
        known.filter(status__in=OPEN_REFERRALS)
        .annotate(**first)
        .aggregate(
            **{one.code: Count("pk", filter=one.condition(view)) for one in measures},
            triage_since=Min("received_on", filter=TO_TRIAGE.condition(view)),
            triage_next=Min("reply_by", filter=TO_TRIAGE.condition(view)),
            untold_since=Min("advised_on", filter=UNTOLD.condition(view)),
            silent_since=Min("advised_on", filter=SILENT.condition(view)),
            asked_since=Min("asked"),
            reply_due=Min("reply_asked_by"),
        )
    )


def _waiting(view: RequestView, found: Mapping[str, Any]) -> list[Waiting]:
    rows = (
        ("Triage", TO_TRIAGE, found["triage_since"], "advice due", found["triage_next"]),
        (
            "A portfolio lead’s reply",
            LEAD_AWAITED,
            found["asked_since"],
            "reply asked for by",
            found["reply_due"],
        ),
        ("Telling every force of the advice", UNTOLD, found["untold_since"], "", None),
        ("A force, to say what it did", SILENT, found["silent_since"], "", None),
    )
    return [
        Waiting(
            label,
            Number(found[measure.code], LOGS.list_url(measure), label),
            since_words(view, since),
            *due_or_overdue(view, words, due),
        )
        for label, measure, since, words, due in rows
    ]
