"""Operations at intake: log a referral, change what is recorded about it, add and change its forces."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.identity.operations import PseudonymKeysWrong
from foitracker.pages.words import short_date
from referrals.events.intake import FORCE_ADDED, FORCE_CHANGED, REFERRAL_CHANGED, REFERRAL_LOGGED
from referrals.models import Criterion, CriterionDecision, Referral, ReferralForce
from referrals.operations.deadlines import refresh_deadlines, set_due
from referrals.operations.identity import record_marks
from referrals.operations.involved_forces import (
    ForceEntry,
    check_criteria_support,
    check_together,
    fill,
    involve,
    turned_to_us,
)
from referrals.operations.log_numbers import (
    AlreadyLogged,
    LogNumberTaken,
    SameReferralLogged,
    check_not_logged,
    check_not_the_same,
    save_numbered,
)
from referrals.operations.logwork import check_open, lock_referral
from referrals.operations.other_forces import check_log
from referrals.operations.referral_details import (
    ReferralDetails,
    changed_columns,
    check_blind,
    check_details,
    columns_of,
)
from referrals.queries.applicants import known_applicants
from referrals.rules.vocabulary import ForceRole, Scope
from requests_app.models import FoiRequest
from requests_app.rules.casework.reference import LogNumber

__all__ = [
    "AlreadyLogged",
    "ForceEntry",
    "LogNumberTaken",
    "ReferralDetails",
    "SameReferralLogged",
    "add_force",
    "change_details",
    "change_force",
    "log_referral",
]


@transaction.atomic
def log_referral(
    *,
    by: User,
    at: datetime,
    today: date,
    details: ReferralDetails,
    forces: Sequence[ForceEntry],
    criteria: Collection[int] = (),
    existing: LogNumber | None = None,
    applicant_email: str = "",
    applicant_name: str = "",
    own_request: FoiRequest | None = None,
    intake_key: UUID | None = None,
    identity_confirmed: bool = False,
    names_confirmed: bool = False,
    is_another: bool = False,
) -> Referral:
    """Log a referral under the next number of the year its first form or letter came in.

    `existing` is the number it already has in a log that is brought over. `criteria` are those that apply.
    The applicant's address and name make marks to know the same applicant again by, and are kept nowhere.
    `identity_confirmed` says that an officer checked what may identify the applicant, and none of it does;
    `names_confirmed` that forces may be named to the others on the log.
    `intake_key` names the form the log comes from; `is_another` says that it is not the referral that came in
    the same words days ago, as neither a log with a number of its own is nor a request of our own. Raises
    NotPossible for impossible details, LogNumberTaken for a number in use, SameReferralLogged, AlreadyLogged
    when the form was sent before.
    """
    check_can(_permission(own_request), by)
    check_details(details, today)
    referral = Referral(own_request=own_request, logged_by=by, logged_at=at, intake_key=intake_key, version=0)
    _set(referral, details)
    check_not_logged(referral)
    left = _check_still_blind(referral, _texts_typed(details, forces), confirmed=identity_confirmed)
    rows = involve(forces, scope=details.scope, received_on=details.received_on, today=today)
    save_numbered(referral, existing, today)
    if not (is_another or existing or own_request):
        check_not_the_same(referral, rows)
    for row in rows:
        row.referral = referral
        set_due(row)
        row.save()
    left |= check_log(referral, confirmed=names_confirmed, rows=rows)
    apply_criteria(referral, criteria, by=by, at=at)
    check_criteria_support(referral, rows, field="criteria")
    marks = _mark(referral, email=applicant_email, name=applicant_name)
    refresh_deadlines(referral)
    detail = _logged(referral, rows, brought_over=existing is not None) | left | marks
    return save_with_event(referral, event=REFERRAL_LOGGED, by=by, at=at, detail=detail)


@transaction.atomic
def change_details(
    *,
    referral_id: int,
    by: User,
    at: datetime,
    today: date,
    details: ReferralDetails,
    identity_confirmed: bool = False,
    names_confirmed: bool = False,
    seen_version: int | None = None,
) -> Referral:
    """Change what is recorded about a log and work out its dates again.

    The day of the only force that turned to us follows the day the log came, where the two were the same. The
    trail keeps what changed; of free text only that it changed. Raises NotPossible, TransitionNotAllowed.
    """
    check_can(Permission.LOG_REFERRAL, by)
    referral = lock_referral(pk=referral_id, seen_version=seen_version)
    check_open(referral)
    check_details(details, today)
    if referral.advised_on and details.received_on > referral.advised_on:
        raise NotPossible(
            f"Advice was given on {short_date(referral.advised_on)}; the log cannot have come after that.",
            field="received_on",
        )
    left = _check_still_blind(referral, _texts_typed(details), confirmed=identity_confirmed)
    rows = list(referral.forces.select_related("force__succeeded_by"))
    _follow_receipt(rows, referral.received_on, details.received_on)
    check_together(rows, details.scope)
    changed = changed_columns(referral, columns_of(details))
    _set(referral, details)
    _check_still_fits(referral)
    left |= check_log(referral, confirmed=names_confirmed, rows=())
    refresh_deadlines(referral)
    return save_with_event(
        referral, event=REFERRAL_CHANGED, by=by, at=at, detail={"changed": changed, **left}
    )


@transaction.atomic
def add_force(
    *,
    referral_id: int,
    by: User,
    at: datetime,
    today: date,
    entry: ForceEntry,
    scope: str = "",
    criteria: Collection[int] = (),
    identity_confirmed: bool = False,
    names_confirmed: bool = False,
    seen_version: int | None = None,
) -> ReferralForce:
    """Put a further force on a log.

    `scope` is the scope the log has from now on, where the force makes it another; `criteria` apply besides
    those that do. Raises NotPossible, TransitionNotAllowed.
    """
    check_can(Permission.LOG_REFERRAL, by)
    referral = lock_referral(pk=referral_id, seen_version=seen_version)
    check_open(referral)
    left = _check_still_blind(referral, _texts_of_force(entry), confirmed=identity_confirmed)
    row = ReferralForce(referral=referral, force_id=0)
    _set_force(referral, row, entry, scope=scope, today=today)
    left |= _check_with(referral, row, confirmed=names_confirmed)
    apply_criteria(referral, criteria, by=by, at=at)
    check_criteria_support(referral, [row], field="trigger")
    refresh_deadlines(referral)
    save_with_event(referral, event=FORCE_ADDED, by=by, at=at, detail=_force_facts(row, referral) | left)
    return row


@transaction.atomic
def change_force(
    *,
    referral_id: int,
    involved_id: int,
    by: User,
    at: datetime,
    today: date,
    entry: ForceEntry,
    scope: str = "",
    criteria: Collection[int] = (),
    identity_confirmed: bool = False,
    names_confirmed: bool = False,
    seen_version: int | None = None,
) -> ReferralForce:
    """Change what is recorded about one force on a log.

    The force can be replaced by another as long as it was neither told of advice nor written to. Arguments
    and errors otherwise as for `add_force`.
    """
    check_can(Permission.LOG_REFERRAL, by)
    referral = lock_referral(pk=referral_id, seen_version=seen_version)
    check_open(referral)
    row = referral.forces.select_related("force__succeeded_by").filter(pk=involved_id).first()
    if row is None:
        raise NotPossible("This force is no longer on the log. Go back to the log.")
    left = _check_still_blind(referral, _texts_of_force(entry), confirmed=identity_confirmed)
    _check_same_force(row, entry)
    before = _force_facts(row, referral)
    _set_force(referral, row, entry, scope=scope, today=today)
    left |= _check_with(referral, row, confirmed=names_confirmed)
    apply_criteria(referral, criteria, by=by, at=at)
    check_criteria_support(referral, [row], field="trigger")
    refresh_deadlines(referral)
    detail = _force_facts(row, referral) | _was(before, row) | left
    save_with_event(referral, event=FORCE_CHANGED, by=by, at=at, detail=detail)
    return row


def apply_criteria(referral: Referral, criteria: Collection[int], *, by: User, at: datetime) -> None:
    """Record that these criteria apply to a log, besides those that already do.

    Raises NotPossible for one that is no longer in force.
    """
    wanted = set(criteria)
    if len(Criterion.objects.filter(pk__in=wanted, ended_at__isnull=True)) != len(wanted):
        raise NotPossible(
            "A criterion you ticked has been changed since. Look through them again.", "criteria"
        )
    for criterion in sorted(wanted):
        CriterionDecision.objects.update_or_create(
            referral=referral,
            criterion_id=criterion,
            defaults={"applies": True, "reason": "", "decided_by": by, "decided_at": at},
        )


def _permission(own_request: FoiRequest | None) -> Permission:
    return Permission.REFER_OWN_REQUEST if own_request else Permission.LOG_REFERRAL


def _set(referral: Referral, details: ReferralDetails) -> None:
    for name, value in columns_of(details).items():
        setattr(referral, name, value)


def _texts_typed(details: ReferralDetails, forces: Sequence[ForceEntry] = ()) -> list[tuple[str, str]]:
    """What was typed in words, with the field it was typed in."""
    return [
        ("subject", details.subject),
        ("wording", details.wording),
        *(("forces", text) for entry in forces for text in (entry.wording, entry.reference)),
    ]


def _texts_of_force(entry: ForceEntry) -> list[tuple[str, str]]:
    return [("wording", entry.wording), ("reference", entry.reference)]


def _check_still_blind(
    referral: Referral, said: Sequence[tuple[str, str]], *, confirmed: bool
) -> dict[str, object]:
    return dict(check_blind(said, confirmed=confirmed, known_identity=known_applicants([referral])))


def _mark(referral: Referral, *, email: str, name: str) -> dict[str, object]:
    """Without usable keys no applicant can be recognised, but the referral can still be logged."""
    try:
        marks = record_marks(referral, email=email, name=name)
    except PseudonymKeysWrong as error:
        raise NotPossible(
            f"The applicant cannot be marked: {error} Until then, leave the applicant's boxes empty.",
            field="applicant_email",
        ) from error
    return {"marks": list(marks)} if marks else {}


def _follow_receipt(rows: Sequence[ReferralForce], before: date, after: date) -> None:
    """The only force that turned to us came when the log did: its day follows a correction of the log's."""
    turned = turned_to_us(rows)
    for row in turned:
        if row.first_contact_on != before or len(turned) > 1:
            _check_not_before_log(row, after)
            continue
        row.first_contact_on = after
        if row.form_received_on == before:
            row.form_received_on = after
        if row.request_received_on and row.request_received_on > after:
            raise NotPossible(
                f"{row.force} received its request on {short_date(row.request_received_on)}; its form cannot have come "
                "before that. Correct that day first.",
                field="received_on",
            )
        row.save()


def _check_not_before_log(row: ReferralForce, received_on: date) -> None:
    if row.first_contact_on and row.first_contact_on < received_on:
        raise NotPossible(
            f"The form or letter of {row.force} came on {short_date(row.first_contact_on)}; the log cannot have come "
            "after that. Correct the day of the force first.",
            field="received_on",
        )


def _check_still_fits(referral: Referral) -> None:
    """A national log can have others grouped under it only as long as it is national."""
    if referral.scope != Scope.NATIONAL and (referral.national_log_id or referral.grouped.exists()):
        raise NotPossible(
            "The log is grouped with others, so it is national. Take it out of the group first.",
            field="scope",
        )


def _set_force(referral: Referral, row: ReferralForce, entry: ForceEntry, *, scope: str, today: date) -> None:
    fill(row, entry, received_on=referral.received_on, today=today)
    others = list(referral.forces.exclude(pk=row.pk).select_related("force"))
    referral.scope = scope or referral.scope
    check_together([*others, row], referral.scope)
    _check_still_fits(referral)
    set_due(row)
    row.save()


def _check_with(referral: Referral, row: ReferralForce, *, confirmed: bool) -> dict[str, object]:
    """Check the words of the log with a force that has joined it, or has another reference, now."""
    rows, fields = list(referral.forces.select_related("force")), ("", "", "wording")
    return check_log(referral, confirmed=confirmed, rows=rows, fields=fields, joined=row)


def _check_same_force(row: ReferralForce, entry: ForceEntry) -> None:
    if row.is_ourselves and (row.force_id, row.reference) != (entry.force_id, entry.reference.strip()):
        raise NotPossible(
            "This is our own request. Our name and its reference stay: by them the advice finds its way back.",
            field="force" if row.force_id != entry.force_id else "reference",
        )
    if row.force_id == entry.force_id:
        return
    if row.told.exists() or row.correspondence.exists() or row.outcome:
        raise NotPossible(
            f"{row.force} has been written to or told of advice, so it stays on the log. Add the other force "
            "beside it.",
            field="force",
        )


def _logged(referral: Referral, rows: Sequence[ReferralForce], *, brought_over: bool) -> dict[str, object]:
    """What the trail keeps of a new log, without what does not apply."""
    told_if_so = {
        "forces": [str(row.force) for row in rows],
        "own_request": referral.own_request.reference if referral.own_request else None,
        "brought_over": brought_over,
        "reply_by": referral.reply_by.isoformat() if referral.reply_by else None,
    }
    return {
        "scope": referral.scope,
        "received_on": referral.received_on.isoformat(),
        **{name: value for name, value in told_if_so.items() if value},
    }


def _was(before: Mapping[str, object], row: ReferralForce) -> dict[str, object]:
    """What the trail keeps of the replaced entry: which force it was, in what role, and why."""
    now = {"force": str(row.force), "role": ForceRole(row.role).value, "trigger": row.trigger}
    changed = {name: before[name] for name, value in now.items() if before[name] != value}
    return {"before": changed} if changed else {}


def _force_facts(row: ReferralForce, referral: Referral) -> dict[str, object]:
    days = {"due_on": row.deadline, "reply_by": referral.reply_by, "first_contact_on": row.first_contact_on}
    return {
        "force": str(row.force),
        "role": ForceRole(row.role).value,
        "trigger": row.trigger,
        "scope": referral.scope,
        **{name: day.isoformat() for name, day in days.items() if day},
    }
