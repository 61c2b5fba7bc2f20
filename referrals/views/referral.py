"""The page of a log: where it stands, what can be done now, and everything recorded about it but the applicant."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can
from foitracker.casework.overdue import is_overdue
from foitracker.pages.words import overdue_since
from referrals.measures import LogView, reply_is_late
from referrals.models import Advice, AdviceTold, Referral, ReferralForce
from referrals.permissions import acts_for_force
from referrals.queries.referral_file import LETTERS_SHOWN, ReferralFile, referral_file
from referrals.queries.same_applicant import same_applicant
from referrals.queries.similar import similar_logs
from referrals.rules.vocabulary import FLAG_LABELS, Flag, Trigger
from referrals.views.finding import find_referral
from referrals.views.force_view import force_referral_page
from referrals.views.next_steps import next_steps
from referrals.views.reply_panel import reply_panel
from requests_app.queries.clock import working_days_left
from requests_app.templatetags.clock_panel import days_left_words


@dataclass(frozen=True)
class ForceEntry:
    """A force on the log: what is left to its own deadline, in words, while it has not answered, and what it was told.

    `due_url` works its deadline out day by day; empty where nothing is to be counted.
    """

    involved: ReferralForce
    is_overdue: bool
    left_words: str
    told: list[dict[str, object]]
    due_url: str


@require_safe
def referral_page(request: SignedInRequest, year: int, number: int) -> HttpResponse:
    """Show everything about a log.

    `?before=` and `?letters=` go back in time. A force contact sees its force's part.
    """
    case = find_referral(request.user, year, number)
    if (force_id := acts_for_force(request.user)) is not None:
        return force_referral_page(request, case, force_id)
    today, letters_from = timezone.localdate(), _whole_number(request.GET.get("letters")) or 0
    found = referral_file(
        case, events_before=_whole_number(request.GET.get("before")), letters_from=letters_from
    )
    similar = similar_logs(case)
    may = {permission.name: can(permission, request.user) for permission in Permission}
    context = {
        "found": found,
        "case": case,
        "late": {asked.pk for asked in found.consultations if reply_is_late(asked, today)},
        "panel": reply_panel(found, LogView(today, request.user)),
        "steps": next_steps(found, request.user, today, similar=len(similar)),
        "parts": _parts(found),
        "similar": similar,
        "same_applicant": same_applicant(case) if may["WORK_REFERRAL"] else None,
        "forces": _forces(found, today),
        "flags": [FLAG_LABELS[Flag(flag)] for flag in case.flags],
        "is_mandatory": any(involved.trigger == Trigger.MANDATORY for involved in found.forces),
        "may": may,
        "may_change": may["WORK_REFERRAL"] and not case.is_closed,
        "may_log": may["LOG_REFERRAL"] and not case.is_closed,
        "next_letters": letters_from + LETTERS_SHOWN,
    }
    return render(request, "referrals/referral/referral.html", context)


def _parts(found: ReferralFile) -> list[dict[str, object]]:
    """The sections of the page that are looked for most, with what is in each."""
    return [
        {"label": "Request", "url": "#request"},
        {"label": "Forces", "url": "#forces", "count": len(found.forces)},
        {"label": "Criteria", "url": "#criteria", "count": len(found.applied)},
        {"label": "Other logs", "url": "#group"},
        {"label": "Consultations", "url": "#consultations", "count": len(found.consultations)},
        {"label": "Advice", "url": "#advice", "count": len(found.given)},
        {"label": "Correspondence", "url": "#correspondence"},
        {"label": "Timeline", "url": "#timeline"},
    ]


def _forces(found: ReferralFile, today: date) -> list[ForceEntry]:
    numbers = {entry.advice.pk: _number(entry.advice, found.case) for entry in found.advice}
    return [
        ForceEntry(
            involved,
            involved.is_open and is_overdue(involved.deadline, today),
            _left_words(involved, today),
            [_advice_told_row(told, numbers) for told in found.told.get(involved.pk, [])],
            _due_url(involved),
        )
        for involved in found.forces
    ]


def _left_words(involved: ReferralForce, today: date) -> str:
    """What is left to the force's deadline; empty where none is known or it has answered."""
    if involved.deadline is None or not involved.is_open:
        return ""
    if is_overdue(involved.deadline, today):
        return overdue_since(involved.deadline, today)
    return days_left_words(working_days_left(involved.deadline, today) or 0)


def _number(advice: Advice, case: Referral) -> str:
    own = advice.referral_id == case.pk
    return str(advice.number) if own else f"{advice.number} on log {advice.referral.log_number}"


def _advice_told_row(told: AdviceTold, numbers: dict[int, str]) -> dict[str, object]:
    return {
        "told_on": told.told_on,
        "advice_number": numbers.get(told.advice_id, ""),
        "uptake": told.get_uptake_display(),
        "delivery": getattr(told, "delivery", None),
    }


def _due_url(involved: ReferralForce) -> str:
    received = involved.request_received_on
    if received is None or not involved.force.has_foia_deadline:
        return ""
    return f"{reverse('requests_app:due')}?{urlencode({'received': received.isoformat()})}"


def _whole_number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
