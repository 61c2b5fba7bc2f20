"""Operations on correspondence: record what is written about a log, and remind those who owe an answer.

Facts are kept whatever the log's status: what arrives after a log was closed has still arrived.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.mail.operations import Message, queue_messages
from foitracker.pages.words import short_date
from referrals.events.advice import CHASED, CORRESPONDENCE_RECORDED
from referrals.models import (
    Consultation,
    Correspondence,
    CorrespondenceKind,
    Direction,
    Referral,
    ReferralForce,
)
from referrals.operations.checked_words import check_nothing_open, check_words
from referrals.operations.deadlines import refresh_deadlines
from referrals.operations.logwork import check_open, lock_referral
from referrals.operations.messages import CHASER, message_to_force, message_to_lead
from referrals.operations.other_forces import check_for_forces, check_for_lead
from referrals.rules.vocabulary import ForceRole, Scope, Trigger

_Party = ReferralForce | Consultation

#: A letter older than this at receipt of the log is a slip of the year.
_LONGEST_BEFORE = timedelta(days=366)


@transaction.atomic
def record_correspondence(
    *,
    referral_id: int,
    by: User,
    at: datetime,
    today: date,
    direction: Direction,
    dated_on: date,
    text: str,
    with_force_id: int | None = None,
    consultation_id: int | None = None,
    asks_advice: bool = False,
    identity_confirmed: bool = False,
    names_confirmed: bool = False,
    seen_version: int | None = None,
) -> Correspondence:
    """Record something written about a log: with a force on it, a portfolio lead, or others.

    What a force wrote that turned to the unit is contact: its first day is what statistics count it on, so a
    letter that is older than what was known moves that day back, and with it the day the log came in where
    that is later. A force that was only consulted answers us, unless it `asks_advice` on a national case
    itself. Raises NotPossible for a day in the future or a mistyped year, and for a force or lead that has
    nothing to do with the log.
    """
    check_can(Permission.WORK_REFERRAL, by)
    referral = lock_referral(pk=referral_id, seen_version=seen_version)
    words = check_words(referral, text, confirmed=identity_confirmed, field="text")
    involved = next(iter(_forces_on(referral, [with_force_id] if with_force_id else [])), None)
    consultation = next(iter(_consultations_on(referral, [consultation_id] if consultation_id else [])), None)
    if involved and consultation:
        raise NotPossible("It is with a force or with a portfolio lead, not with both.", field="whom")
    _check_day(referral, dated_on, today)
    said = [("text", words.text)]
    named = check_for_forces(referral, [involved] if involved else [], said, confirmed=names_confirmed)
    if consultation:
        check_for_lead(referral, said)
    letter = Correspondence.objects.create(
        referral=referral,
        with_force=involved,
        consultation=consultation,
        direction=direction,
        dated_on=dated_on,
        text=words.text,
        recorded_by=by,
        recorded_at=at,
    )
    detail: dict[str, object] = {
        "direction": direction,
        "dated_on": dated_on.isoformat(),
        "with": str(involved.force if involved else consultation.lead if consultation else ""),
        **words.facts,
        **named,
    }
    if involved and direction == Direction.IN and _turned_to_us(referral, involved, asks_advice):
        detail |= _count_as_contact(referral, involved, dated_on)
    save_with_event(referral, event=CORRESPONDENCE_RECORDED, by=by, at=at, detail=detail)
    return letter


@transaction.atomic
def chase(
    *,
    referral_id: int,
    by: User,
    at: datetime,
    today: date,
    text: str,
    force_ids: Collection[int] = (),
    consultation_ids: Collection[int] = (),
    identity_confirmed: bool = False,
    names_confirmed: bool = False,
    seen_version: int | None = None,
) -> list[Correspondence]:
    """Remind forces on a log, or portfolio leads who have not replied, and record the reminders.

    Whoever has a mailbox gets an e-mail; for others it is kept as done by other means. `force_ids` are keys
    of forces on this log. Raises NotPossible when no one is named, for a lead who has replied, and for anyone
    reminded today already.
    """
    check_can(Permission.WORK_REFERRAL, by)
    referral = lock_referral(pk=referral_id, seen_version=seen_version)
    words = check_words(referral, text, confirmed=identity_confirmed, field="text")
    check_nothing_open(words.text, field="text")
    parties: list[_Party] = [*_forces_on(referral, force_ids), *_awaited(referral, consultation_ids)]
    if not parties:
        raise NotPossible("Choose whom to chase.", field="whom")
    _check_not_chased(parties, today)
    said, forces = [("text", words.text)], [one for one in parties if isinstance(one, ReferralForce)]
    named = check_for_forces(referral, forces, said, confirmed=names_confirmed)
    if len(forces) < len(parties):
        check_for_lead(referral, said)
    messages = {party: _chaser(party, words.text, today) for party in parties if _mailbox(party)}
    kept = Correspondence.objects.bulk_create(
        Correspondence(
            referral=referral,
            with_force=party if isinstance(party, ReferralForce) else None,
            consultation=party if isinstance(party, Consultation) else None,
            direction=Direction.OUT,
            kind=CorrespondenceKind.CHASER,
            dated_on=today,
            text=words.text,
            message_key=messages[party].key if party in messages else "",
            recorded_by=by,
            recorded_at=at,
        )
        for party in parties
    )
    queue_messages(messages=list(messages.values()), at=at)
    detail = {
        "chased": [_name(party) for party in parties],
        "by_email": len(messages),
        **words.facts,
        **named,
    }
    save_with_event(referral, event=CHASED, by=by, at=at, detail=detail)
    return kept


def _awaited(referral: Referral, consultation_ids: Collection[int]) -> list[Consultation]:
    """These consultations of the log. Raises NotPossible for one that has been replied to."""
    if not consultation_ids:
        return []
    check_open(referral)
    found = _consultations_on(referral, consultation_ids)
    for one in found:
        if one.replied_on:
            raise NotPossible(f"{one.lead} replied on {short_date(one.replied_on)}.", field="whom")
    return found


def _name(party: _Party) -> str:
    return str(party.force if isinstance(party, ReferralForce) else party.lead)


def _mailbox(party: _Party) -> str:
    return str(party.force.email if isinstance(party, ReferralForce) else party.lead.email)


def _chaser(party: _Party, words: str, today: date) -> Message:
    """The e-mail that reminds one party. Its key holds the day: it leaves once a day at most."""
    day = today.isoformat()
    if isinstance(party, ReferralForce):
        return message_to_force(party, kind=CHASER, key=f"chaser-force-{party.pk}-{day}", paragraphs=[words])
    asked = (
        f"We asked you about this log on {short_date(party.asked_on)} and hoped for your reply by "
        f"{short_date(party.reply_by)}."
    )
    return message_to_lead(party, kind=CHASER, key=f"chaser-lead-{party.pk}-{day}", paragraphs=[asked, words])


def _check_not_chased(parties: Collection[_Party], today: date) -> None:
    forces = [one.pk for one in parties if isinstance(one, ReferralForce)]
    leads = [one.pk for one in parties if isinstance(one, Consultation)]
    chased = Correspondence.objects.filter(
        Q(with_force__in=forces) | Q(consultation__in=leads),
        kind=CorrespondenceKind.CHASER,
        dated_on=today,
    ).select_related("with_force__force", "consultation__lead")
    again = [_name(party) for one in chased if (party := one.with_force or one.consultation)]
    if again:
        raise NotPossible(f"{', '.join(again)}: chased today already. Chase again another day.", field="whom")


def _forces_on(referral: Referral, force_ids: Collection[int]) -> list[ReferralForce]:
    """The forces of this log with these keys. Raises NotPossible for one that is not on it."""
    wanted = set(force_ids)
    found = list(referral.forces.filter(pk__in=wanted).select_related("force").order_by("pk"))
    if len(found) != len(wanted):
        raise NotPossible("A force you chose is not on this log. Choose again.", field="whom")
    for involved in found:
        involved.referral = referral
    return found


def _consultations_on(referral: Referral, consultation_ids: Collection[int]) -> list[Consultation]:
    """The consultations of this log with these keys. Raises NotPossible for one that is not about it."""
    wanted = set(consultation_ids)
    found = list(referral.consultations.filter(pk__in=wanted).select_related("lead").order_by("pk"))
    if len(found) != len(wanted):
        raise NotPossible("That consultation is not about this log. Choose again.", field="whom")
    for one in found:
        one.referral = referral
    return found


def _check_day(referral: Referral, dated_on: date, today: date) -> None:
    if dated_on > today:
        raise NotPossible("The day lies in the future. Enter the day it was written or arrived.", "dated_on")
    if dated_on < referral.received_on - _LONGEST_BEFORE:
        raise NotPossible(
            f"This is more than a year before the log came in on {short_date(referral.received_on)}. Check the year.",
            field="dated_on",
        )


def _turned_to_us(referral: Referral, involved: ReferralForce, asks_advice: bool) -> bool:
    """Whether the force turned to the unit; one consulted on a national case that asks for advice now has.

    Raises NotPossible for one consulted on the request of another: its part on the log has to be changed first.
    """
    if involved.role != ForceRole.CONSULTED:
        return True
    if asks_advice and referral.scope != Scope.NATIONAL:
        raise NotPossible(
            f"{involved.force} was only consulted, and the log is not national. Change its part on the log first; "
            "the log is then one of several forces.",
            field="asks_advice",
        )
    if asks_advice:
        involved.role, involved.trigger = ForceRole.LOGGED_WITH, Trigger.CORRESPONDENCE
    return asks_advice


def _check_first_contact(involved: ReferralForce, on: date) -> None:
    """What is refused of a form is refused of a letter: it would be counted on a day on which it cannot have come."""
    asked, began = involved.request_received_on, involved.force.from_on
    if asked and on < asked:
        raise NotPossible(
            f"{involved.force} received its request on {short_date(asked)}, so it cannot have written about it on "
            f"{short_date(on)}. Correct one of the two days.",
            field="dated_on",
        )
    if began and on < began:
        raise NotPossible(f"{involved.force} began on {short_date(began)}. Check the day.", field="dated_on")


def _count_as_contact(referral: Referral, involved: ReferralForce, dated_on: date) -> dict[str, object]:
    """Bring a force's first contact and the log's own day into line with a letter; return what changed."""
    changed: dict[str, object] = {}
    before = involved.first_contact_on
    if before is None or dated_on < before:
        _check_first_contact(involved, dated_on)
        involved.first_contact_on = dated_on
        involved.save()
        changed["first_contact_on"] = dated_on.isoformat()
        changed["first_contact_before"] = before.isoformat() if before else None
    if dated_on < referral.received_on:
        changed["received_before"] = referral.received_on.isoformat()
        changed["received_on"] = dated_on.isoformat()
        referral.received_on = dated_on
        refresh_deadlines(referral)
    return changed
