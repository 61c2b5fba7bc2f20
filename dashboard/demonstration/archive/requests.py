"""Bringing over what the team answered before it had the tracker: dates, items, claims, outcome; no letters."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models

from dashboard.demonstration.archive.copying import copy_rows
from dashboard.demonstration.archive.past import Past
from dashboard.demonstration.archive.request_events import Happened, events_of
from dashboard.demonstration.archive.request_rows import CLAIMED_ITEM, rows_of
from dashboard.demonstration.archive.trail import begin_trail, end_trail
from foitracker.audit.models import Entry
from requests_app.models import (
    Applicant,
    Clarification,
    ExemptionClaim,
    FoiRequest,
    RecordedClockEvent,
    RequestItem,
    SealedWords,
    SearchRecord,
    SupervisionReview,
    Topic,
)

#: The tables in the order they are written in: those that others point at first.
_TABLES: tuple[type[models.Model], ...] = (
    FoiRequest, Applicant, Clarification, SealedWords, RequestItem, SearchRecord, ExemptionClaim, CLAIMED_ITEM,
    RecordedClockEvent, SupervisionReview,
)  # fmt: skip


def bring_requests_over(past: Sequence[Past], *, calendar_version: str, at: datetime) -> None:
    """Write the rows and the trail of requests that are over.

    Needs the caller's transaction. `at` is when they are brought over, all at once.
    """
    rows: dict[type[models.Model], list[Any]] = defaultdict(list)
    happened: list[Happened] = []
    topics = {topic.name: topic for topic in Topic.objects.all()}
    for one in past:
        events = list(events_of(one))
        happened += events
        for row in rows_of(one, topics, calendar_version=calendar_version, version=len(events)):
            rows[type(row)].append(row)
    for table in _TABLES:
        table._base_manager.bulk_create(rows[table])
    _write_trail(happened, at)


def _write_trail(happened: Sequence[Happened], at: datetime) -> None:
    """Chain the events of all requests in the order they happened."""
    trail = begin_trail(at)
    entries = (
        (Entry, trail.entry(one.event, one.actor.pk, one.at, one.subject, one.detail))
        for one in sorted(happened, key=lambda one: one.at)
    )
    copy_rows(entries, [Entry])
    end_trail(trail)
