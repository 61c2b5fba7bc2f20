"""Operations between logging and advice: triage against the criteria, assign, close, reopen."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.accounts.roles import Role
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from referrals.events.triage import REFERRAL_ASSIGNED, REFERRAL_CLOSED, REFERRAL_REOPENED, TRIAGED
from referrals.models import Criterion, CriterionDecision, Referral
from referrals.operations.deadlines import refresh_deadlines
from referrals.operations.involved_forces import check_criteria_support
from referrals.operations.logwork import check_open, lock_referral, move
from referrals.operations.referral_details import check_blind
from referrals.queries.applicants import known_applicants
from referrals.queries.criteria_to_weigh import suggested_for
from referrals.rules.vocabulary import Flag, ReferralPriority
from referrals.rules.workflow import Closing, ReferralTransition
from requests_app.models import HoldEnding, Topic
from requests_app.operations.consultation import end_hold, resume_hold

_REASON_CHARACTERS = 300


@transaction.atomic
def triage(
    *,
    referral_id: int,
    by: User,
    at: datetime,
    today: date,
    priority: str,
    reason: str,
    applies: Collection[int],
    set_aside: Mapping[int, str],
    topic_id: int | None,
    flags: Collection[str],
    adviser_id: int | None = None,
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> Referral:
    """Record how urgent a log is and why, and which criteria apply to it or were set aside.

    What was decided about the criteria before is replaced. The adviser named has the log from now on; None
    leaves it as it is. Raises NotPossible for a criterion that is suggested and not decided, set aside
    without a reason or decided both ways, a mandatory referral to which none applies, a priority without a
    reason; TransitionNotAllowed for a closed log.
    """
    check_can(Permission.WORK_REFERRAL, by)
    referral = lock_referral(pk=referral_id, seen_version=seen_version)
    move(referral, ReferralTransition.TRIAGE)
    said = [("reason", reason), *(("set_aside", why) for why in set_aside.values())]
    left = check_blind(said, confirmed=identity_confirmed, known_identity=known_applicants([referral]))
    _set_priority(referral, priority, reason)
    _set_topic_and_flags(referral, topic_id, flags)
    _check_suggested(referral, {*applies, *set_aside})
    _decide_criteria(referral, applies, set_aside, by=by, at=at)
    check_criteria_support(referral, referral.forces.select_related("force"), field="applies")
    if adviser_id:
        referral.adviser = _adviser(adviser_id)
    referral.triaged_on = referral.triaged_on or today
    refresh_deadlines(referral)
    return save_with_event(referral, event=TRIAGED, by=by, at=at, detail=_weighed(referral) | left)


@transaction.atomic
def assign_referral(
    *, referral_id: int, by: User, at: datetime, adviser: User, seen_version: int | None = None
) -> Referral:
    """Assign a log to an adviser. Raises NotPossible when they are none."""
    check_can(Permission.ASSIGN_REFERRAL, by)
    referral = lock_referral(pk=referral_id, seen_version=seen_version)
    check_open(referral)
    referral.adviser = _adviser(adviser.pk)
    return save_with_event(
        referral, event=REFERRAL_ASSIGNED, by=by, at=at, detail={"adviser": referral.adviser}
    )


@transaction.atomic
def close_referral(
    *,
    referral_id: int,
    by: User,
    at: datetime,
    today: date,
    closing: str,
    reason: str = "",
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> Referral:
    """Close a log. A request of ours stops waiting for its advice.

    Raises NotPossible when it is to be closed as advised without advice, or otherwise without a reason;
    TransitionNotAllowed when it is closed already.
    """
    check_can(Permission.WORK_REFERRAL, by)
    referral = lock_referral(pk=referral_id, seen_version=seen_version)
    move(referral, ReferralTransition.CLOSE)
    _check_closing(referral, closing, reason)
    left = check_blind(
        [("reason", reason)], confirmed=identity_confirmed, known_identity=known_applicants([referral])
    )
    referral.closing, referral.closing_reason, referral.closed_on = closing, reason.strip(), today
    refresh_deadlines(referral)
    if referral.own_request_id:
        referral.save()
        end_hold(
            case_id=referral.own_request_id,
            awaited=referral.title,
            by=by,
            at=at,
            ending=HoldEnding.LOG_CLOSED,
        )
    return save_with_event(
        referral,
        event=REFERRAL_CLOSED,
        by=by,
        at=at,
        detail={"closing": closing, **left},
        words={"reason": referral.closing_reason},
    )


@transaction.atomic
def reopen_referral(
    *,
    referral_id: int,
    by: User,
    at: datetime,
    reason: str,
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> Referral:
    """Reopen a closed log; the trail keeps the reason.

    A request of ours waits again for advice that was never given, unless its officer had gone on without it.
    Raises NotPossible without a reason, TransitionNotAllowed for a log that is not closed.
    """
    check_can(Permission.WORK_REFERRAL, by)
    if not reason.strip():
        raise NotPossible("Say why the log is reopened.", field="reason")
    referral = lock_referral(pk=referral_id, seen_version=seen_version)
    left = check_blind(
        [("reason", reason)], confirmed=identity_confirmed, known_identity=known_applicants([referral])
    )
    closed_on, closing = referral.closed_on, referral.closing
    move(referral, ReferralTransition.REOPEN)
    referral.closing, referral.closing_reason, referral.closed_on = "", "", None
    refresh_deadlines(referral)
    if referral.own_request_id and referral.advised_on is None:
        referral.save()
        resume_hold(case_id=referral.own_request_id, awaited=referral.title, by=by, at=at)
    detail = {
        "closing": closing,
        "closed_on": closed_on.isoformat() if closed_on else None,
        **left,
    }
    words = {"reason": reason.strip()}
    return save_with_event(referral, event=REFERRAL_REOPENED, by=by, at=at, detail=detail, words=words)


def _check_closing(referral: Referral, closing: str, reason: str) -> None:
    if closing not in {one.value for one in Closing}:
        raise NotPossible("Choose why the log is closed.", field="closing")
    if closing == Closing.ADVISED and referral.advised_on is None:
        raise NotPossible(
            "No advice has been given on this log. Give it first, or choose another reason.", field="closing"
        )
    if closing != Closing.ADVISED and not reason.strip():
        raise NotPossible("Say why the log is closed without advice.", field="reason")


def _weighed(referral: Referral) -> dict[str, object]:
    """What the trail keeps of a triage."""
    codes = dict(referral.criterion_decisions.values_list("criterion__code", "applies"))
    return {
        "priority": referral.priority,
        "applies": sorted(code for code, applied in codes.items() if applied),
        "set_aside": sorted(code for code, applied in codes.items() if not applied),
        **({"adviser": referral.adviser} if referral.adviser else {}),
    }


def _set_priority(referral: Referral, priority: str, reason: str) -> None:
    if priority not in {one.value for one in ReferralPriority}:
        raise NotPossible("Choose a priority.", field="priority")
    if not reason.strip():
        raise NotPossible("Say why it has this priority.", field="reason")
    referral.priority, referral.priority_reason = priority, reason.strip()


def _set_topic_and_flags(referral: Referral, topic_id: int | None, flags: Collection[str]) -> None:
    if topic_id and not Topic.objects.filter(pk=topic_id).exists():
        raise NotPossible("The topic is no longer there. Choose another.", field="topic")
    if unknown := set(flags) - {flag.value for flag in Flag}:
        raise NotPossible(f"“{min(unknown)}” is not a flag. Choose again.", field="flags")
    referral.topic_id, referral.flags = topic_id, sorted(set(flags))


def _check_suggested(referral: Referral, decided: Collection[int]) -> None:
    """What the words and flags suggest is weighed by a person, one way or the other."""
    open_ones = [pk for pk in suggested_for(referral, referral.flags) if pk not in decided]
    if open_ones:
        titles = Criterion.objects.filter(pk__in=open_ones).values_list("title", flat=True)
        raise NotPossible(
            f"Say whether these apply: {', '.join(titles)}. The words or flags suggest them.", field="applies"
        )


def _decide_criteria(
    referral: Referral, applies: Collection[int], set_aside: Mapping[int, str], *, by: User, at: datetime
) -> None:
    decided = set(applies) | set(set_aside)
    known = Criterion.objects.in_bulk(decided)
    before = set(referral.criterion_decisions.values_list("criterion_id", flat=True))
    if any(pk not in known or (known[pk].ended_at and pk not in before) for pk in decided):
        raise NotPossible("A criterion has been changed since. Look through them again.", field="applies")
    if both := set(applies) & set(set_aside):
        title = known[min(both)].title
        raise NotPossible(f"“{title}” cannot both apply and be set aside. Choose one.", field="applies")
    if without := [known[pk].title for pk, why in set_aside.items() if not why.strip()]:
        raise NotPossible(f"Say why “{without[0]}” is set aside, or tick it.", field="set_aside")
    referral.criterion_decisions.exclude(criterion__in=decided).delete()
    for pk in sorted(decided):
        CriterionDecision.objects.update_or_create(
            referral=referral,
            criterion_id=pk,
            defaults={
                "applies": pk in applies,
                "reason": set_aside.get(pk, "").strip()[:_REASON_CHARACTERS],
                "decided_by": by,
                "decided_at": at,
            },
        )


def _adviser(user_id: int) -> User:
    adviser = User.objects.filter(pk=user_id, is_active=True).first()
    if adviser is None or not adviser.has_role(Role.CRU_ADVISER):
        raise NotPossible("Choose an active CRU adviser.", field="adviser")
    return adviser
