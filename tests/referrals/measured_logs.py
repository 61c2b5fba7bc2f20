"""Logs in every state that a measure of them could tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.mail.models import OutboxMessage
from foitracker.mail.operations import queue_message, send_again
from referrals.models import AdviceTold, Consultation, Referral
from referrals.operations.advice import circulate
from referrals.operations.grouping import group
from referrals.operations.messages import CHASER
from referrals.operations.uptake import record_outcome, record_uptake
from referrals.rules.vocabulary import ForceOutcome, ReferralPriority, Uptake
from referrals.rules.workflow import ReferralStatus
from tests.factories import person
from tests.referrals import logs
from tests.referrals.factories import referral
from tests.referrals.operations.advised import AT, advise, lead
from tests.referrals.operations.advised import TODAY as ADVISED_ON

#: A Sunday.
TODAY = date(2026, 11, 29)
_DUE = (None, -2, -1, 0, 1)
#: Days around the fifth working day from then: the Monday is a bank holiday in Scotland.
_TO_COME = (7, 8, 9)
#: Fifteen working days before and after which a log is ageing, and long before.
_CAME = (5, 19, 20, 21, 22, 23, 60)


@dataclass(frozen=True)
class Advisers:
    """Two who have logs."""

    one: User
    other: User

    @property
    def everybody(self) -> Sequence[User]:
        return (self.one, self.other)


def measured_logs() -> Advisers:
    """Make logs of every status, reply date and adviser, of every age and priority, and with replies awaited."""
    advisers = Advisers(logs.adviser(), logs.adviser())
    for status, days, adviser in product(ReferralStatus, _DUE, (None, advisers.one, advisers.other)):
        _log(advisers.one, status=status, adviser=adviser, reply_by=None if days is None else _day(days))
    for status, days in product(ReferralStatus, _TO_COME):
        _log(advisers.one, status=status, adviser=advisers.one, reply_by=_day(days))
    for came, priority in product(_CAME, ("", *ReferralPriority)):
        reason = {"priority_reason": "So."} if priority else {}
        _log(advisers.one, received_on=_day(-came), priority=priority, **reason)
    _log(advisers.one, adviser=person(Role.CRU_ADVISER, is_active=False))
    _consultations(advisers.one)
    _advice(advisers.one)
    _not_delivered(advisers.one)
    return advisers


def _day(days: int) -> date:
    return TODAY + timedelta(days=days)


def _log(by: User, **fields: object) -> Referral:
    ended = {"closed_on": TODAY, "closing": "withdrawn"} if fields.get("status") == "closed" else {}
    return logs.log(by=by, **{"received_on": _day(-5), **ended, **fields})


def _consultations(by: User) -> None:
    asked_of = lead()
    for status, days, replied in product(ReferralStatus, (-2, -1, 0, 1), (None, _day(0))):
        Consultation.objects.create(
            referral=_log(by, status=status),
            lead=asked_of,
            question="Is it published?",
            asked_on=_day(-5),
            asked_by=by,
            reply_by=_day(days),
            replied_on=replied,
            reply="It is." if replied else "",
        )


def _advice(by: User) -> None:
    """Advice that every force was told of, or not; and on a national log, where one below it was not.

    Of two forces that were told, one said what it did with it and one has answered the request.
    """
    told, untold, replaced, national, member, taken_up, answered = (referral(by=by) for _ in range(7))
    for log in (told, replaced, national, taken_up, answered):
        circulate(advice_id=advise(log, by).pk, by=by, at=AT, today=ADVISED_ON)
    advise(untold, by)
    advise(replaced, by)
    group(referral_id=national.pk, member_ids=[member.pk], by=by, at=AT)
    said = {"by": by, "at": AT, "today": ADVISED_ON}
    record_uptake(told_id=_told(taken_up).pk, uptake=Uptake.ADOPTED, **said)
    record_outcome(
        referral_force_id=_told(answered).told_to_id, outcome=ForceOutcome.DISCLOSED, on=ADVISED_ON, **said
    )


def _told(log: Referral) -> AdviceTold:
    return AdviceTold.objects.get(advice__referral=log)


def _not_delivered(by: User) -> None:
    """A chaser that was refused, and one that was sent again since."""
    for is_sent_again in (False, True):
        log = _log(by, adviser=by)
        message = queue_message(
            kind=CHASER,
            about=log.reference,
            page=log.get_absolute_url(),
            key=f"chaser-{log.pk}",
            to="foi@example.org",
            subject=log.title,
            body="",
            attachments=[],
            at=AT,
        )
        OutboxMessage.objects.filter(pk=message.pk).update(
            status="failed", failed_at=AT, next_attempt_at=None
        )
        if is_sent_again:
            send_again(message_id=message.pk, at=AT)
