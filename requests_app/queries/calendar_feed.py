"""Feeds of due dates, and what is in them: references and dates, nothing about anybody."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from foitracker.accounts.models import User
from requests_app.models import CalendarFeed, FoiRequest
from requests_app.queries.authority import authority, clock_policy
from requests_app.queries.clock import clock_of
from requests_app.rules.clock_course import ClockPolicy
from requests_app.rules.clock_wording import NamedDate, named_dates
from requests_app.rules.statutory_clock import ClockReading
from requests_app.rules.workflow import Status
from requests_app.rules.working_days import CalendarNotCovered

#: What the authority has to do or watch for; what others may do until a day is not in the feed.
_OF_THE_AUTHORITY = {
    "refusal_notice_due", "response_due", "lapse_warning_on", "clarification_lapses_on", "fee_payable_by",
    "review_due", "tribunal_appeal_by", "comply_by",
}  # fmt: skip
_UNTIL_ANSWERED = {"refusal_notice_due", "response_due"}


@dataclass(frozen=True)
class DueDate:
    """One date of one request."""

    case: FoiRequest
    entry: NamedDate


def token_hash(token: str) -> str:
    """This function will give what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def feed_of(user: User) -> CalendarFeed | None:
    """This function will give a person's feed, expired or not; None when there is none or it was ended."""
    return CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).first()


def feed_with_token(token: str, *, at: datetime) -> CalendarFeed | None:
    """This function will give the feed a token opens at a moment, with its person.

    None for an unknown, expired or revoked one and for a person who is no longer active: one query answers
    all of these, so that an answer takes as long for each.
    """
    return (
        CalendarFeed.objects.select_related("user")
        .filter(
            token_hash=token_hash(token), revoked_at__isnull=True, expires_at__gt=at, user__is_active=True
        )
        .first()
    )


def due_dates(user: User, *, today: date) -> list[DueDate]:
    """This function will give the dates of the live requests a person is the officer of, the first one first.

    A request whose dates lie beyond the calendar has none.
    """
    cases = (
        FoiRequest.objects.filter(officer=user)
        .exclude(status=Status.CLOSED)
        .defer("words", "search")
        .prefetch_related("clarifications", "clock_acts")
    )
    policy = clock_policy(authority())
    found = [DueDate(case, entry) for case in cases for entry in _dates(case, today, policy)]
    return sorted(found, key=lambda due: (due.entry.day, due.case.year, due.case.number, due.entry.name))


def _dates(case: FoiRequest, today: date, policy: ClockPolicy) -> list[NamedDate]:
    try:
        clock = clock_of(case, max(today, case.received_on), policy)
    except CalendarNotCovered:
        return []
    return [entry for entry in named_dates(clock) if entry.name in _applicable(clock)]


def _applicable(clock: ClockReading) -> set[str]:
    names = _OF_THE_AUTHORITY
    if clock.responded_on:
        names = names - _UNTIL_ANSWERED
    if clock.refusal_notice_due == clock.response_due:
        names = names - {"refusal_notice_due"}
    return names
