"""Requests that lapse for want of an answer or a payment (FOIA ss.1(3), 9(2)): warned of, and then closed or told.

A sweep may run twice or not at all: a warning is unique to a request and a day, and what is closed is closed.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from foitracker.audit.operations import EventOn, record_events
from foitracker.casework.record import save_with_event
from foitracker.working_days.calendar import CalendarNotCovered
from requests_app.events.clock import LAPSE_WARNED
from requests_app.events.closure import CLOSED_UNANSWERED
from requests_app.models import Authority, FoiRequest, LapseWarning
from requests_app.operations.casework import lock_case, move
from requests_app.operations.clock import lapse_day
from requests_app.queries.authority import authority, clock_policy
from requests_app.queries.clock import clock_of
from requests_app.rules.casework.workflow import LAPSED_OUTCOMES, WAITING_STATUSES, Status, Transition
from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.statutory_clock import ClockStatus

logger = logging.getLogger(__name__)

#: Read from the database at a time.
BATCH = 500


@dataclass(frozen=True)
class Swept:
    """What a sweep did: how many officers' warnings are new, how many requests it closed."""

    warned: int
    closed: int


def sweep_lapses(*, at: datetime, today: date) -> Swept:
    """Warn of requests about to lapse and, if the authority wants it, close lapsed ones.

    A warning is given from the authority's number of days before the last day on, also after it while the
    request is open. Nothing is closed before the day after the last day.
    """
    settings = authority()
    due = list(_to_warn_of(settings, today))
    warned = _warn(due, at)
    closed = 0
    if settings is not None and settings.closes_lapsed_requests:
        closed = sum(_close(case.pk, at, today) for case, last_day in due if today > last_day)
    return Swept(warned, closed)


def _to_warn_of(settings: Authority | None, today: date) -> Iterator[tuple[FoiRequest, date]]:
    policy = clock_policy(settings)
    lead = timedelta(days=policy.lapse_warning_days)
    waiting = (
        FoiRequest.objects.filter(status__in=WAITING_STATUSES)
        .defer("words", "search")
        .prefetch_related("clarifications", "recorded_clock_events")
        .order_by("pk")
    )
    for case in waiting.iterator(chunk_size=BATCH):
        try:
            last_day = lapse_day(clock_of(case, today, policy))
        except (CalendarNotCovered, ClockOrderError) as error:
            # One request whose facts a changed calendar contradicts does not keep the others unwarned.
            logger.warning("the clock of request %s cannot be read: %s", case.reference, type(error).__name__)
            continue
        if last_day and today >= last_day - lead:
            yield case, last_day


@transaction.atomic
def _warn(due: list[tuple[FoiRequest, date]], at: datetime) -> int:
    known = set(
        LapseWarning.objects.filter(foi_request__in=[case.pk for case, _ in due]).values_list(
            "foi_request_id", "lapses_on"
        )
    )
    new = [(case, last_day) for case, last_day in due if (case.pk, last_day) not in known]
    rows = [LapseWarning(foi_request=case, lapses_on=last_day, warned_at=at) for case, last_day in new]
    made = LapseWarning.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    recorded = [EventOn(case.reference, {"lapses_on": last_day.isoformat()}) for case, last_day in new]
    record_events(event=LAPSE_WARNED, by=None, at=at, events=recorded)
    return len(made)


@transaction.atomic
def _close(case_id: int, at: datetime, today: date) -> bool:
    """Close one request as lapsed; False when someone was quicker or the facts have changed."""
    case = lock_case(pk=case_id)
    if case.status not in WAITING_STATUSES or clock_of(case, today).status is not ClockStatus.LAPSED:
        return False
    outcome = LAPSED_OUTCOMES[Status(case.status)]
    move(case, Transition.CLOSE_UNANSWERED)
    case.outcome, case.closed_on = outcome, today
    save_with_event(
        case, event=CLOSED_UNANSWERED, by=None, at=at, detail={"outcome": outcome, "by_setting": True}
    )
    return True
