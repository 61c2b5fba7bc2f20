"""Operations on advice: draft it, give it, tell the forces it concerns, and record what they did with it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import EventOn, record_events
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.mail.operations import Message, queue_messages
from referrals.events.advice import ADVICE_CIRCULATED, ADVICE_DRAFTED, ADVICE_GIVEN, NATIONAL_ADVICE_TOLD
from referrals.models import (
    Advice,
    AdviceTold,
    Correspondence,
    CorrespondenceKind,
    Direction,
    Referral,
    ReferralForce,
)
from referrals.operations.advice_words import check_ready_to_give, suggested_exemptions
from referrals.operations.checked_words import check_words
from referrals.operations.deadlines import refresh_deadlines
from referrals.operations.logwork import check_open, lock_referral, move
from referrals.operations.messages import advice_message
from referrals.operations.other_forces import check_for_every_force
from referrals.queries.applicants import known_applicants
from referrals.queries.circulation import concerned_by, draft_of, latest_given, to_be_told
from referrals.queries.unit import unit
from referrals.rules.vocabulary import Marking
from referrals.rules.workflow import ReferralTransition
from requests_app.models import FoiRequest
from requests_app.operations.advice import advice_came


@transaction.atomic
def draft_advice(
    *,
    referral_id: int,
    by: User,
    at: datetime,
    text: str,
    exemptions: Sequence[str] = (),
    marking: Marking = Marking.OFFICIAL,
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> Advice:
    """Save a draft of advice, in place of the log's earlier draft. No one is told of it.

    Raises NotPossible for exemptions that cannot be suggested and for words that may not be kept.
    """
    check_can(Permission.WORK_REFERRAL, by)
    referral = lock_referral(pk=referral_id, seen_version=seen_version)
    check_open(referral)
    words = check_words(referral, text, confirmed=identity_confirmed, field="text")
    advice = _written(referral, by, words.text, exemptions, marking)
    advice.save()
    detail = {
        "number": advice.number,
        "marking": advice.marking,
        "exemptions": advice.exemptions,
        **words.facts,
    }
    save_with_event(referral, event=ADVICE_DRAFTED, by=by, at=at, detail=detail)
    return advice


@transaction.atomic
def give_advice(
    *,
    referral_id: int,
    by: User,
    at: datetime,
    today: date,
    text: str,
    exemptions: Sequence[str] = (),
    marking: Marking = Marking.OFFICIAL,
    identity_confirmed: bool = False,
    names_confirmed: bool = False,
    seen_version: int | None = None,
) -> Advice:
    """Give advice on a log; its words are fixed from then on. Telling the forces is `circulate`.

    The draft, if there is one, becomes the advice. A request of our own is told at once: it is read there, and taken
    up before the answer leaves. Raises NotPossible for words that may not be kept, for what is still to be filled in,
    for law that is no longer law, in the words or among the exemptions, for a reference or mailbox of a force, and for
    names of forces unless `names_confirmed` says that they may stay; TransitionNotAllowed for a closed log.
    """
    check_can(Permission.WORK_REFERRAL, by)
    referral = lock_referral(pk=referral_id, seen_version=seen_version)
    move(referral, ReferralTransition.ADVISE)
    words = check_words(referral, text, confirmed=identity_confirmed, field="text")
    check_ready_to_give(words.text)
    named = check_for_every_force(referral, [("text", words.text)], confirmed=names_confirmed)
    advice = _written(referral, by, words.text, exemptions, marking)
    advice.given_on, advice.given_at = today, at
    advice.save()
    referral.advised_on = referral.advised_on or today
    refresh_deadlines(referral)
    ourselves = [one for one in _forces_of(referral) if one.is_ourselves]
    _reach_own_requests(_record_told(advice, ourselves, {}, by=by, at=at, today=today), by, at)
    detail = {
        "number": advice.number,
        "given_on": today.isoformat(),
        "marking": advice.marking,
        "exemptions": advice.exemptions,
        **words.facts,
        **named,
    }
    save_with_event(referral, event=ADVICE_GIVEN, by=by, at=at, detail=detail)
    return advice


@transaction.atomic
def circulate(
    *,
    advice_id: int,
    by: User,
    at: datetime,
    today: date,
    force_ids: Collection[int] | None = None,
    seen_version: int | None = None,
) -> list[AdviceTold]:
    """Tell the forces that advice concerns and that have not been told; return those told.

    These are the forces on the log and on open logs grouped under it, or only `force_ids` (keys of forces on
    logs). A force with a mailbox gets an e-mail with its own log and reference; others are told on their page
    or by other means. A grouped log is advised on with it. A second call tells only the forces added since.
    Raises NotPossible for a draft, for advice that newer advice has replaced, and for a force it does not
    concern; TransitionNotAllowed for a closed log.
    """
    check_can(Permission.WORK_REFERRAL, by)
    log_id = Advice.objects.values_list("referral_id", flat=True).get(pk=advice_id)
    logs = _locked_group(log_id)
    referral = lock_referral(pk=log_id, seen_version=seen_version)
    check_open(referral)
    advice = referral.advice.get(pk=advice_id)
    _check_circulable(advice)
    owed = [one for one in _owed(advice, force_ids) if one.referral_id in logs]
    if not owed:
        return []
    # Forces, or references, may have come since it was given; their names were seen when they did.
    check_for_every_force(referral, [("", advice.text)], confirmed=True)
    for involved in owed:
        involved.referral = logs[involved.referral_id]
    unit_name, known = unit().name, known_applicants([referral])
    messages = {
        one.pk: advice_message(advice, one, unit_name, known=known)
        for one in owed
        if one.force.email and not one.is_ourselves
    }
    told = _record_told(advice, owed, messages, by=by, at=at, today=today)
    queue_messages(messages=list(messages.values()), at=at)
    _reach_own_requests(told, by, at)
    advised = [logs[pk] for pk in sorted({one.referral_id for one in owed} - {referral.pk})]
    _advise_grouped(advised, advice, owed, by=by, at=at, today=today)
    detail = {
        "number": advice.number,
        "told": [str(one.force) for one in owed],
        "by_email": len(messages),
        "grouped_logs": [one.log_number for one in advised],
    }
    save_with_event(referral, event=ADVICE_CIRCULATED, by=by, at=at, detail=detail)
    return told


def _forces_of(referral: Referral) -> list[ReferralForce]:
    found = list(referral.forces.select_related("force"))
    for involved in found:
        involved.referral = referral
    return found


def _reach_own_requests(told: Sequence[AdviceTold], by: User, at: datetime) -> None:
    """Let the answers to our own requests wait until it is said what is done with the advice that reached them.

    All of them are locked before the first is recorded: whoever holds the trail must wait for nothing else.
    """
    logs = {one.told_to.referral_id: one.told_to.referral for one in told if one.told_to.is_ourselves}
    requests = FoiRequest.objects.filter(pk__in=[log.own_request_id for log in logs.values()]).order_by("pk")
    list(requests.select_for_update().values_list("pk"))
    for log in logs.values():
        if log.own_request_id:
            page = log.get_absolute_url()
            advice_came(case_id=log.own_request_id, awaited=log.title, page=page, by=by, at=at)


def _written(referral: Referral, by: User, words: str, exemptions: Sequence[str], marking: Marking) -> Advice:
    """The log's draft, or new advice with the next number, with these words. Not saved."""
    advice = draft_of(referral)
    if advice is None:
        last = referral.advice.order_by("number").values_list("number", flat=True).last()
        advice = Advice(referral=referral, number=(last or 0) + 1)
    advice.text, advice.marking, advice.adviser = words, Marking(marking), by
    advice.exemptions = suggested_exemptions(exemptions)
    return advice


def _locked_group(log_id: int) -> dict[int, Referral]:
    """Lock a log and those grouped under it, in the order in which everything that takes several logs locks them.

    One being grouped at that moment is not among them; its forces are told when the advice is circulated
    again.
    """
    group = Referral.objects.filter(Q(pk=log_id) | Q(national_log=log_id)).order_by("pk")
    return {log.pk: log for log in group.select_for_update(of=("self",))}


def _check_circulable(advice: Advice) -> None:
    if not advice.is_given:
        raise NotPossible("This advice is a draft. Give it first; then the forces can be told.")
    latest = latest_given(advice.referral)
    if latest and latest.number > advice.number:
        raise NotPossible(f"Advice {latest.number} has taken the place of this one. Circulate that.")


def _owed(advice: Advice, force_ids: Collection[int] | None) -> list[ReferralForce]:
    """Those to be told now, without those told before. Raises NotPossible for one not concerned."""
    concerned = concerned_by(advice)
    owed = to_be_told(concerned)
    if force_ids is None:
        return owed
    if not set(force_ids) <= {one.involved.pk for one in concerned}:
        raise NotPossible(
            "A force you chose is not concerned by this advice, or its log has been closed. Choose again.",
            field="forces",
        )
    return [one for one in owed if one.pk in force_ids]


def _record_told(
    advice: Advice,
    owed: Sequence[ReferralForce],
    messages: Mapping[int, Message],
    *,
    by: User,
    at: datetime,
    today: date,
) -> list[AdviceTold]:
    """Record who was told and how, also among each force's correspondence: two statements for all of them."""
    told = AdviceTold.objects.bulk_create(
        AdviceTold(
            advice=advice, told_to=one, told_on=today, told_at=at, told_by=by, by_email=one.pk in messages
        )
        for one in owed
    )
    Correspondence.objects.bulk_create(
        Correspondence(
            referral=one.referral,
            with_force=one,
            direction=Direction.OUT,
            kind=CorrespondenceKind.CIRCULATION,
            dated_on=today,
            text=f"Told of advice {advice.number} on {advice.referral.title}"
            + _how_told(one, by_email=one.pk in messages),
            message_key=messages[one.pk].key if one.pk in messages else "",
            recorded_by=by,
            recorded_at=at,
        )
        for one in owed
    )
    return told


def _how_told(involved: ReferralForce, *, by_email: bool) -> str:
    if involved.is_ourselves:
        return " on our own casefile."
    return " by e-mail." if by_email else ": no mailbox is recorded, so no e-mail was sent."


def _advise_grouped(
    logs: Sequence[Referral],
    advice: Advice,
    owed: Sequence[ReferralForce],
    *,
    by: User,
    at: datetime,
    today: date,
) -> None:
    """Mark each grouped log whose forces were told of the national advice as advised."""
    if not logs:
        return
    recorded = []
    for log in logs:
        move(log, ReferralTransition.ADVISE)
        log.advised_on = log.advised_on or today
        log.reply_by = None
        log.version += 1
        facts = {
            "number": advice.number,
            "national_log": advice.referral.log_number,
            "told": [str(one.force) for one in owed if one.referral_id == log.pk],
            "version": log.version,
        }
        recorded.append(EventOn(log.reference, facts))
    Referral.objects.bulk_update(logs, ["status", "advised_on", "reply_by", "version"])
    record_events(event=NATIONAL_ADVICE_TOLD, by=by, at=at, events=recorded)
