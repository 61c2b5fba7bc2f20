"""Referring a request of our own: it is logged like any force's, its answer waits for the advice, which is taken up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.working_days.queries import current_calendar
from referrals.events.intake import REPLY_DATE_MOVED
from referrals.models import AdviceTold, Force, Referral
from referrals.operations.deadlines import refresh_deadlines
from referrals.operations.intake import ForceEntry, ReferralDetails, log_referral
from referrals.operations.logwork import lock_referral
from referrals.operations.uptake import told_by_key, write_uptake
from referrals.queries.own_request import advice_without_uptake, behind_own_clock, open_referral_of
from referrals.queries.unit import unit
from referrals.rules.vocabulary import ForceRole, Scope, Trigger, Uptake
from requests_app.models import FoiRequest
from requests_app.operations.advice import advice_taken_up
from requests_app.operations.casework import lock_case
from requests_app.operations.consultation import place_hold
from requests_app.queries.identity import applicant_of
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock.statutory_clock import response_due


@dataclass(frozen=True)
class OwnReferral:
    """What an officer says when referring a request: what is asked, why, and what applies."""

    subject: str
    wording: str
    trigger: Trigger
    criteria: Collection[int] = ()
    topic_id: int | None = None
    flags: Collection[str] = ()


@transaction.atomic
def refer_own_request(
    *,
    case_id: int,
    by: User,
    at: datetime,
    today: date,
    referral: OwnReferral,
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> Referral:
    """Log a request of our own with the unit and hold its answer until the advice is in.

    The clock of the request goes on. Nothing known about our applicant may be in the wording; a mark of the
    applicant is kept instead. Raises NotPossible for a closed request, one already with the unit, or while it
    is not recorded which force the authority is.
    """
    check_can(Permission.REFER_OWN_REQUEST, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    force = _own_force()
    _check_may_go(case)
    applicant = applicant_of(case)
    logged = log_referral(
        by=by,
        at=at,
        today=today,
        details=ReferralDetails(
            subject=referral.subject,
            wording=referral.wording,
            scope=Scope.SINGLE,
            received_on=today,
            topic_id=referral.topic_id,
            flags=referral.flags,
        ),
        forces=[_entry(case, force, referral.trigger, today)],
        criteria=referral.criteria,
        applicant_email=applicant.email,
        applicant_name=applicant.name,
        own_request=case,
        identity_confirmed=identity_confirmed,
    )
    place_hold(case_id=case.pk, by=by, at=at, awaited=logged.title, page=logged.get_absolute_url())
    return logged


@transaction.atomic
def take_up_advice(
    *,
    told_id: int,
    by: User,
    at: datetime,
    today: date,
    uptake: Uptake,
    reason: str = "",
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> AdviceTold:
    """Record what is done with advice on a request of our own; its answer goes on once that is said of all advice.

    Advice that a later one has replaced need not be taken up any more. `seen_version` is that of the request. Raises
    NotPossible as `record_uptake`, CaseChanged, and NotPossible for advice that went to another force.
    """
    check_can(Permission.WORK_CASE, by)
    log_id = AdviceTold.objects.values_list("told_to__referral", flat=True).get(pk=told_id)
    referral = lock_referral(pk=log_id)
    told = told_by_key(told_id)
    if referral.own_request_id is None or not told.told_to.is_ourselves:
        raise NotPossible("This advice is not on a request of our own.")
    case = lock_case(pk=referral.own_request_id, seen_version=seen_version)
    if case.status in (Status.AWAITING_APPROVAL, Status.READY_TO_ISSUE):
        raise NotPossible("The answer was submitted with what is recorded. Return it for more work first.")
    write_uptake(
        referral, told, by=by, at=at, today=today, uptake=uptake, reason=reason, confirmed=identity_confirmed
    )
    if not advice_without_uptake(told.told_to).exists():
        advice_taken_up(case_id=case.pk, awaited=referral.title, by=by, at=at)
    return told


def follow_own_clocks(*, at: datetime) -> int:
    """Bring the limits that logs hold for our own requests up to date; return how many moved.

    A request's clock goes on while advice is awaited: it can stop for a clarification, or be extended. While
    it is stopped the log keeps the limit it had. Each log is a transaction, so a run after a crash does the
    rest.
    """
    behind = behind_own_clock().order_by("referral_id").values_list("referral_id", flat=True)
    return sum(_follow(referral_id, at) for referral_id in list(behind))


@transaction.atomic
def _follow(referral_id: int, at: datetime) -> bool:
    referral = lock_referral(pk=referral_id)
    involved = (
        behind_own_clock().select_related("force", "referral__own_request").filter(referral=referral).first()
    )
    request = involved.referral.own_request if involved else None
    if involved is None or request is None:
        return False
    before = involved.deadline
    # Where the receipt alone decides, nothing is stated, so that the limit follows the calendar.
    involved.stated_due_on = request.due_on if request.due_on != involved.due_on else None
    involved.save()
    refresh_deadlines(referral)
    moved = {"force": str(involved.force), "before": _iso(before), "after": _iso(request.due_on)}
    save_with_event(referral, event=REPLY_DATE_MOVED, by=None, at=at, detail={"deadlines": [moved]})
    return True


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _own_force() -> Force:
    force = unit().own_force
    if force is None:
        raise NotPossible(
            "Nobody has said yet under which name the authority refers its own requests. An administrator can, under "
            "Settings, Referrals."
        )
    return force


def _check_may_go(case: FoiRequest) -> None:
    if case.is_closed:
        raise NotPossible("The request is closed, so there is no answer to take advice on.")
    if earlier := open_referral_of(case):
        raise NotPossible(f"The request is with the unit already, as {earlier.title}.")


def _entry(case: FoiRequest, force: Force, trigger: Trigger, today: date) -> ForceEntry:
    """The authority as a force on the log. Its limit is stated only where more than the receipt decides it."""
    plain = response_due(case.received_on, (), current_calendar(checked_now=True))
    return ForceEntry(
        force_id=force.pk,
        role=ForceRole.REFERRED_BY,
        trigger=trigger,
        form_received_on=today,
        reference=case.reference,
        request_received_on=case.received_on,
        stated_due_on=case.due_on if case.due_on != plain else None,
    )
