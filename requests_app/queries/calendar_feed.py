"""Feeds of due dates, and what is in them: references and dates, nothing about anyone."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foitracker.accounts.models import User
from foitracker.working_days.calendar import CalendarNotCovered
from requests_app.models import CalendarFeed, FoiRequest, RecordedClockEvent
from requests_app.queries.authority import authority, clock_policy
from requests_app.queries.clock import clock_of, events_in_force
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock.course import ClockOrderError, ClockPolicy
from requests_app.rules.clock.kinds.review import REVIEW_OUTCOME
from requests_app.rules.clock.kinds.table import RECORDED
from requests_app.rules.clock.statutory_clock import ClockReading
from requests_app.rules.clock.wording import NamedDate, named_dates

#: What the authority has to do or watch for; what others may do until a day is not in the feed.
_OF_THE_AUTHORITY = {
    "refusal_notice_due", "response_due", "lapse_warning_on", "clarification_lapses_on", "fee_payable_by",
    "review_due", "tribunal_appeal_by", "comply_by",
}  # fmt: skip
_UNTIL_ANSWERED = {"refusal_notice_due", "response_due"}
#: What starts a time limit on a request that is closed, and for how long it is looked for.
_AFTER_THE_ANSWER = [kind.code for kind in RECORDED.values() if kind.starts_limit]
_LOOKED_BACK = timedelta(days=366)


@dataclass(frozen=True)
class DueDate:
    """One date of one request."""

    case: FoiRequest
    entry: NamedDate


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def feed_of(user: User) -> CalendarFeed | None:
    """Return a person's feed, expired or not; None when there is none or it was ended."""
    return CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).first()


def feed_with_token(token: str, *, at: datetime) -> CalendarFeed | None:
    """Return the feed a token opens at a moment, with its person.

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
    """Return the dates of the requests a person is the officer of, in order of date.

    Those of live requests, and for closed ones what a review or a notice of the regulator requires. A
    request whose dates lie beyond the calendar has none.
    """
    of_user = (
        FoiRequest.objects.filter(officer=user)
        .defer("words", "search")
        .prefetch_related("clarifications", "recorded_clock_events")
    )
    later = RecordedClockEvent.objects.filter(kind__in=_AFTER_THE_ANSWER, on__gte=today - _LOOKED_BACK)
    cases = [
        *of_user.exclude(status=Status.CLOSED),
        *of_user.filter(status=Status.CLOSED, pk__in=later.values("foi_request")),
    ]
    policy = clock_policy(authority())
    found = [DueDate(case, entry) for case in cases for entry in _dates(case, today, policy)]
    return sorted(found, key=lambda due: (due.entry.day, due.case.year, due.case.number, due.entry.name))


def _dates(case: FoiRequest, today: date, policy: ClockPolicy) -> list[NamedDate]:
    try:
        clock = clock_of(case, max(today, case.received_on), policy)
    except (CalendarNotCovered, ClockOrderError):
        return []
    names = _applicable(case, clock)
    return [
        entry
        for entry in named_dates(clock)
        if entry.name in names and (not case.is_closed or entry.name == "review_due" or entry.day >= today)
    ]


def _applicable(case: FoiRequest, clock: ClockReading) -> set[str]:
    names = _OF_THE_AUTHORITY
    if case.is_closed:
        names = {"review_due", "tribunal_appeal_by", "comply_by"}
    if _is_reviewed(case):
        names = names - {"review_due"}
    if clock.responded_on:
        names = names - _UNTIL_ANSWERED
    if clock.refusal_notice_due == clock.response_due:
        names = names - {"refusal_notice_due"}
    return names


def _is_reviewed(case: FoiRequest) -> bool:
    """Whether the review asked for last has its outcome."""
    standing = events_in_force(case.recorded_clock_events.all())
    ended = [event.on for event in standing if event.declared is REVIEW_OUTCOME]
    asked = [event.on for event in standing if event.declared in REVIEW_OUTCOME.needs.after]
    return bool(ended and asked and max(ended) >= max(asked))
