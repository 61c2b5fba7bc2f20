"""The number of a new log, and what keeps two logs from having the same one, or one form from making two."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from foitracker.casework.refusals import NotPossible
from referrals.models import LogCounter, Referral, ReferralForce
from referrals.rules.vocabulary import ForceRole
from referrals.rules.workflow import Closing
from requests_app.rules.casework.reference import LogNumber

#: How long after a log was made the same words from the same force are taken for the same referral.
SAME_AGAIN_WITHIN = timedelta(days=7)


class LogNumberTaken(NotPossible):
    """The number asked for belongs to another log; `existing` is that log."""

    def __init__(self, existing: Referral) -> None:
        super().__init__(
            f"Log {existing.log_number} is already there. Open it, or leave the number empty to get the next one.",
            field="existing_number",
        )
        self.existing = existing


class SameReferralLogged(NotPossible):
    """A log with these words and one of these forces was made a few days ago; `existing` is that log."""

    def __init__(self, existing: Referral) -> None:
        super().__init__(
            f"Log {existing.log_number} already has these words and one of these forces. Open it; or, for another "
            "request, tick “It is another request: log it all the same”.",
            field="is_another",
        )
        self.existing = existing


class AlreadyLogged(Exception):
    """The same form was sent before; `referral` is the log that was made from it."""

    def __init__(self, referral: Referral) -> None:
        super().__init__(f"Log {referral.log_number} has already been made from this form.")
        self.referral = referral


def check_not_logged(referral: Referral) -> None:
    """Raise AlreadyLogged when a log was made from the same form before."""
    key = referral.intake_key
    if key and (first := Referral.objects.filter(intake_key=key).first()):
        raise AlreadyLogged(first)


def check_not_the_same(referral: Referral, rows: Iterable[ReferralForce]) -> None:
    """Raise SameReferralLogged when the same words came from one of these forces days ago.

    White space and case make no difference, and a force that was only consulted brought nothing. A national
    log on which no force turned to us is compared with others of that kind. What was logged in error does not
    count. To be called after `save_numbered`: until then, someone else may be about to log the same.
    """
    turned = [row.force_id for row in rows if row.role != ForceRole.CONSULTED]
    involving = ReferralForce.objects.exclude(role=ForceRole.CONSULTED)
    made_lately = Referral.objects.filter(logged_at__gte=referral.logged_at - SAME_AGAIN_WITHIN)
    others = made_lately.exclude(pk=referral.pk).exclude(closing=Closing.LOGGED_IN_ERROR)
    if turned:
        others = others.filter(pk__in=involving.filter(force__in=turned).values("referral"))
    else:
        others = others.exclude(pk__in=involving.values("referral"))
    said = _plain(referral.wording)
    for pk, wording in others.order_by("-pk").values_list("pk", "wording"):
        if _plain(wording) == said:
            raise SameReferralLogged(Referral.objects.get(pk=pk))


def _plain(wording: str) -> str:
    """Words without what a second paste of them may change."""
    return " ".join(wording.split()).casefold()


def save_numbered(referral: Referral, existing: LogNumber | None, today: date) -> None:
    """Save a new log under the next number of the year it came in, or the one it already has.

    Raises NotPossible for a number of a year to come or of another year than the form, LogNumberTaken, AlreadyLogged.
    """
    number = _number(existing, referral.received_on.year, today)
    referral.number, referral.year, referral.log_number = number.number, number.year, str(number)
    try:
        with transaction.atomic():
            referral.save(force_insert=True)
    except IntegrityError:
        check_not_logged(referral)
        taken = Referral.objects.filter(year=referral.year, number=referral.number).first()
        if taken is None:
            raise
        raise LogNumberTaken(taken) from None


def _number(existing: LogNumber | None, year: int, today: date) -> LogNumber:
    """The next number, or the one a log brought over already has, which is then never given out."""
    if existing is None:
        return LogNumber(LogCounter.allocate(year), year)
    if existing.year > today.year:
        raise NotPossible(
            f"Log {existing} would be of {existing.year}, which is still to come. Check the year.",
            field="existing_number",
        )
    LogCounter.raise_to(existing.year, existing.number)
    if taken := Referral.objects.filter(year=existing.year, number=existing.number).first():
        raise LogNumberTaken(taken)
    if not existing.year - 1 <= year <= existing.year:
        raise NotPossible(
            f"Log {existing} was logged in {existing.year}, so its first form or letter did not come in {year}. Enter "
            "the day it came: figures count it on that day.",
            field="received_on",
        )
    return existing
