"""What a force did with advice, and how it answered the request in the end. A force contact may record both.

They are usually known only after the log was closed, so a closed log accepts them.
"""

from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.pages.typed_text import gives_reason
from foitracker.pages.words import short_date
from referrals.events.advice import OUTCOME_RECORDED, UPTAKE_RECORDED
from referrals.models import AdviceTold, Referral, ReferralForce
from referrals.operations.checked_words import CheckedWords, check_words
from referrals.operations.deadlines import refresh_deadlines
from referrals.operations.logwork import lock_referral
from referrals.permissions import acts_for_force
from referrals.rules.vocabulary import ForceOutcome, Uptake


@transaction.atomic
def record_uptake(
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
    """Record what a force did with advice it was told of, in place of what was recorded before.

    Raises NotPossible without a reason where the advice was not adopted as it was, and NotPermitted for a
    force contact of another force, and for advice on a request of our own: its officer says it on the casefile
    (`take_up_advice`). The version is that of the force's own log.
    """
    check_can(Permission.REPORT_UPTAKE, by)
    log_id, force_id = AdviceTold.objects.values_list("told_to__referral", "told_to__force").get(pk=told_id)
    _check_own_force(by, force_id)
    referral = lock_referral(pk=log_id, seen_version=seen_version)
    told = told_by_key(told_id)
    if told.told_to.is_ourselves:
        raise NotPermitted(
            "What is done with advice on a request of our own, its officer says on its casefile."
        )
    return write_uptake(
        referral, told, by=by, at=at, today=today, uptake=uptake, reason=reason, confirmed=identity_confirmed
    )


def told_by_key(told_id: int) -> AdviceTold:
    """Return one advice that a force was told of, with the force, its log and the advice."""
    found = AdviceTold.objects.select_related("told_to__force", "told_to__referral__own_request", "advice")
    return found.get(pk=told_id)


def write_uptake(
    referral: Referral,
    told: AdviceTold,
    *,
    by: User,
    at: datetime,
    today: date,
    uptake: Uptake,
    reason: str,
    confirmed: bool,
) -> AdviceTold:
    """Write what was done with advice and record it on the force's log, which is locked.

    `confirmed` says that what was found in the reason does not identify the applicant. Raises NotPossible without a
    reason where the advice was not adopted as it was, and for words that may not be kept.
    """
    if uptake != Uptake.ADOPTED and not gives_reason(reason):
        raise NotPossible("Say why the advice was not adopted as it was.", field="reason")
    words = CheckedWords("", {})
    if reason.strip():
        words = check_words(referral, reason, confirmed=confirmed, field="reason")
    before = told.uptake
    told.uptake, told.uptake_reason = Uptake(uptake), words.text
    told.uptake_on, told.uptake_by = today, by
    told.save()
    detail = {
        "force": str(told.told_to.force),
        "number": told.advice.number,
        "uptake": told.uptake,
        "uptake_before": before,
        **words.facts,
    }
    save_with_event(referral, event=UPTAKE_RECORDED, by=by, at=at, detail=detail)
    return told


@transaction.atomic
def record_outcome(
    *,
    referral_force_id: int,
    by: User,
    at: datetime,
    today: date,
    outcome: ForceOutcome | None,
    on: date | None,
    seen_version: int | None = None,
) -> ReferralForce:
    """Record how and when a force answered the request; None removes the record.

    A force that has answered no longer sets the day advice is due by. Raises NotPossible without a day, or
    for one in the future or before the force had the request, and NotPermitted for a force contact of another
    force.
    """
    check_can(Permission.REPORT_UPTAKE, by)
    log_id, force_id = ReferralForce.objects.values_list("referral", "force").get(pk=referral_force_id)
    _check_own_force(by, force_id)
    referral = lock_referral(pk=log_id, seen_version=seen_version)
    involved = ReferralForce.objects.select_related("force").get(pk=referral_force_id)
    if outcome is not None:
        _check_outcome_day(involved, on, today)
    before = involved.outcome
    involved.outcome, involved.outcome_on = (ForceOutcome(outcome), on) if outcome else ("", None)
    involved.save()
    if referral.awaits_advice:
        refresh_deadlines(referral)
    detail = {
        "force": str(involved.force),
        "outcome": involved.outcome,
        "outcome_before": before,
        "on": on.isoformat() if outcome and on else None,
    }
    save_with_event(referral, event=OUTCOME_RECORDED, by=by, at=at, detail=detail)
    return involved


def _check_own_force(by: User, force_id: int) -> None:
    own = acts_for_force(by)
    if own is not None and own != force_id:
        raise NotPermitted("Your account acts for another force.")


def _check_outcome_day(involved: ReferralForce, on: date | None, today: date) -> None:
    if on is None:
        raise NotPossible("Enter the day the force answered or closed the request.", field="on")
    if on > today:
        raise NotPossible("The day lies in the future. Enter the day the force answered.", field="on")
    if involved.request_received_on and on < involved.request_received_on:
        raise NotPossible(
            f"The force had the request on {short_date(involved.request_received_on)}; it cannot have answered before.",
            field="on",
        )
