"""Operations on several logs that are one national request: group them under one of them, or remove one again."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import EventOn, record_events
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.pages.words import short_date
from referrals.events.triage import (
    REFERRAL_GROUPED,
    REFERRAL_UNGROUPED,
    REFERRALS_GROUPED,
    REFERRALS_UNGROUPED,
)
from referrals.models import Referral
from referrals.operations.deadlines import refresh_deadlines
from referrals.operations.involved_forces import check_together
from referrals.operations.logwork import check_open, lock_referral
from referrals.queries.similar import percent_alike
from referrals.rules.similar_wording import ALIKE_FROM
from referrals.rules.vocabulary import Scope, Trigger


class GroupDoubted(NotPossible):
    """A log named by its number may not belong here; whoever has read it can say that it does."""


@transaction.atomic
def group(
    *,
    referral_id: int,
    member_ids: Collection[int],
    by: User,
    at: datetime,
    by_number: Collection[int] = (),
    all_the_same: bool = False,
    seen_version: int | None = None,
) -> Referral:
    """Group logs under another as one national request; one advice then goes to all their forces.

    `referral_id` is the national log. Each log keeps its number, its forces and its dates; all of them are
    national from now on. Raises NotPossible, saying which log and what to do, for one that is closed, belongs
    to another group or leads one; TransitionNotAllowed where the national log itself is closed; and, unless
    they are to be grouped `all_the_same`, GroupDoubted for those of `by_number` that ask something else or
    were advised on.
    """
    check_can(Permission.WORK_REFERRAL, by)
    if not set(member_ids) - {referral_id}:
        raise NotPossible("Choose at least one log to group with this one.", field="members")
    logs = _locked({referral_id, *member_ids}, referral_id, seen_version)
    national = logs.pop(referral_id)
    check_open(national)
    if national.national_log is not None:
        raise NotPossible(
            f"This log is grouped under log {national.national_log} itself. Open that one and group the others there."
        )
    members = sorted(logs.values(), key=lambda log: (log.year, log.number))
    for member in members:
        _check_can_join(member, national)
    if not all_the_same:
        _check_belong([member for member in members if member.pk in by_number], national)
    joined = [_join(member, national) for member in members]
    scope_before, national.scope = national.scope, Scope.NATIONAL
    refresh_deadlines(national)
    detail = {"members": [member.log_number for member in members], "scope_before": scope_before}
    save_with_event(national, event=REFERRALS_GROUPED, by=by, at=at, detail=detail)
    record_events(event=REFERRAL_GROUPED, by=by, at=at, events=joined)
    return national


@transaction.atomic
def ungroup(
    *, referral_id: int, by: User, at: datetime, scope: str, seen_version: int | None = None
) -> Referral:
    """Remove a log from its group. The advice of the group that its forces were told of stays recorded.

    `scope` is what the log is by itself. Raises NotPossible for a log in no group, or one that cannot have
    that scope; TransitionNotAllowed for a closed one.
    """
    check_can(Permission.WORK_REFERRAL, by)
    grouped_under = Referral.objects.values_list("national_log", flat=True).get(pk=referral_id)
    logs = _locked({pk for pk in (referral_id, grouped_under) if pk}, referral_id, seen_version)
    member = logs.pop(referral_id)
    check_open(member)
    if member.national_log_id is None or member.national_log_id not in logs:
        raise NotPossible("This log stands in no group any more. Go back to it to see how it stands.")
    national = logs[member.national_log_id]
    _check_scope(member, scope)
    member.national_log, member.scope = None, scope
    member.save(update_fields=["national_log", "scope"])
    refresh_deadlines(national)
    _save(national)
    detail = {"national_log": national.log_number, "scope": scope}
    save_with_event(member, event=REFERRAL_UNGROUPED, by=by, at=at, detail=detail)
    left = EventOn(national.reference, {"members": [member.log_number], "version": national.version})
    record_events(event=REFERRALS_UNGROUPED, by=by, at=at, events=[left])
    return member


def _locked(keys: Iterable[int], main: int, seen_version: int | None) -> dict[int, Referral]:
    """The logs, locked in the order of their keys, so that two who group at once wait for and not on each other."""
    return {
        pk: lock_referral(pk=pk, seen_version=seen_version if pk == main else None) for pk in sorted(keys)
    }


def _join(member: Referral, national: Referral) -> EventOn:
    """Save a log as one of the group, and return what is to be recorded of it."""
    scope_before = member.scope
    member.national_log, member.scope = national, Scope.NATIONAL
    _save(member)
    detail = {"national_log": national.log_number, "scope_before": scope_before, "version": member.version}
    return EventOn(member.reference, detail)


def _save(referral: Referral) -> None:
    """Write all rows before the trail, which comes last."""
    referral.version += 1
    referral.save(update_fields=["national_log", "scope", "reply_by", "calendar_version", "version"])


def _check_can_join(member: Referral, national: Referral) -> None:
    number = member.log_number
    if member.is_closed:
        raise NotPossible(f"Log {number} is closed. Reopen it first, or leave it out.", field="members")
    if member.national_log_id == national.pk:
        raise NotPossible(f"Log {number} is in this group already. Leave it out.", field="members")
    if member.national_log is not None:
        raise NotPossible(
            f"Log {number} is grouped under log {member.national_log}. Take it out of that group first, or group this "
            "log under that one.",
            field="members",
        )
    if member.grouped.exists():
        raise NotPossible(
            f"Log {number} leads a group itself. Open it and group this log under it, or take its logs out first.",
            field="members",
        )


def _check_belong(named: Sequence[Referral], national: Referral) -> None:
    """A number mistyped takes a log that has nothing to do with this one, so whoever types it is asked."""
    alike = percent_alike(national, [member.pk for member in named])
    doubts = []
    for member in named:
        if alike[member.pk] < round(ALIKE_FROM * 100):
            doubts.append(f"Log {member.log_number} is only {alike[member.pk]}% alike.")
        if member.advised_on:
            doubts.append(
                f"Log {member.log_number} was advised on already, on {short_date(member.advised_on)}."
            )
    if doubts:
        ask = "Check the number and read the log; then leave it out, or tick “Group it all the same”."
        raise GroupDoubted(" ".join([*doubts, ask]), field="numbers")


def _check_scope(member: Referral, scope: str) -> None:
    if scope not in {one.value for one in Scope}:
        raise NotPossible("Choose what the log is by itself.", field="scope")
    forces = list(member.forces.select_related("force"))
    further = next((one for one in forces if one.trigger == Trigger.CORRESPONDENCE), None)
    if further and scope != Scope.NATIONAL:
        raise NotPossible(
            f"{further.force} wrote further on a national case, so the log stays national. Choose “National”, or "
            "change why the force turned to us first.",
            field="scope",
        )
    check_together(forces, scope)
