import heapq
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit import operations, queries
from foitracker.audit.events import Access
from foitracker.audit.models import Entry, RecordedAccess
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.pages.lists.views import CHUNK, EmptyState, ListPage
from foitracker.trail.events import TRAIL_DOWNLOADED, TRAIL_READ
from foitracker.trail.forms import TrailFilterForm

Row = Entry | RecordedAccess


class Trail(ListPage[Row]):
    """Events and accesses, newest first, a page at a time. The file: oldest first.

    `?before=N.M` goes on with the events before N and the accesses before M. Pages are found by number rather than
    counted: the trail only grows, and counting it would take longer every day.
    """

    template_name = "trail/trail.html"
    address, file_address, file_name = "trail:trail", "trail:download", "audit-trail.csv"
    file_label = "Download these entries (CSV)"
    heading, caption, noun = "Audit trail", "Entries of the audit trail, newest first", ("entry", "entries")
    filter_title = "Filter the trail"
    nothing = EmptyState("No entries", "Nothing in the trail matches these filters.")
    columns: tuple[Column[Row], ...] = (
        Column("number", "No.", lambda entry: entry.number, header="number", is_numeric=True),
        Column("recorded_at", "Recorded at", lambda entry: entry.recorded_at),
        Column("at", "When", lambda entry: entry.at, header="at", look=NOWRAP),
        Column("who", "Who", lambda entry: entry.actor and entry.actor.name),
        Column("kind", "Kind", lambda entry: entry.kind),
        Column("what", "What", lambda entry: entry.title),
        Column("about", "About", lambda entry: entry.subject, look=NOWRAP),
        Column(
            "words",
            "Facts",
            lambda entry: "\n".join(f"{label}: {value}" for label, value in entry.facts),
            header="in words",
            look=lambda entry: SUBJECT if entry.detail else "",
        ),
        Column("event", "Event", lambda entry: entry.event),
        Column(
            "detail", "Detail", lambda entry: json.dumps(entry.detail, ensure_ascii=False), header="facts"
        ),
        Column("from", "Where from", lambda entry: getattr(entry, "address", ""), header="where from"),
        Column("hash", "Hash", lambda entry: entry.hash),
    )
    on_page = ("number", "at", "who", "what", "about", "words")
    form: TrailFilterForm

    def check(self) -> None:
        check_can(Permission.READ_TRAIL, self.request.user)

    def filter_form(self) -> TrailFilterForm:
        return TrailFilterForm(self.request.GET)

    def find(self) -> tuple[QuerySet[Entry], QuerySet[RecordedAccess]]:
        conditions = _conditions(self.form)
        kind = conditions.pop("kind")
        entries, accesses = queries.entries(**conditions), queries.accesses(**conditions)
        if kind == Entry.kind:
            accesses = accesses.none()
        elif kind == RecordedAccess.kind:
            entries = entries.none()
        return entries, accesses

    def find_for_file(self) -> Iterator[Row]:
        entries, accesses = self.find()
        oldest_first: tuple[Iterable[Row], Iterable[Row]] = (
            entries.order_by("sequence").iterator(chunk_size=CHUNK),
            accesses.order_by("id").iterator(chunk_size=CHUNK),
        )
        return heapq.merge(*oldest_first, key=lambda row: row.recorded_at)

    def one_page(self) -> dict[str, Any]:
        entries, accesses = self.find()
        before = _place(self.request.GET.get("before", ""))
        if before:
            entries, accesses = entries.filter(sequence__lt=before[0]), accesses.filter(id__lt=before[1])
        newest: tuple[Iterable[Row], Iterable[Row]] = (
            entries[: self.page_size + 1],
            accesses[: self.page_size + 1],
        )
        found = list(heapq.merge(*newest, key=lambda row: row.recorded_at, reverse=True))
        page = found[: self.page_size]
        self._record_access(TRAIL_READ)
        older = _after(page, before) if len(found) > self.page_size else None
        return {**self.listed(page), "older_before": older, "is_newest": not before}

    def download(self) -> HttpResponseBase:
        self._record_access(TRAIL_DOWNLOADED)
        return super().download()

    def _record_access(self, event: Access) -> None:
        used = {name: value for name, value in self.form.cleaned_data.items() if value}
        operations.record_access(event=event, by=self.request.user, at=timezone.now(), detail=used)


#: A number of eighteen digits or fewer fits the database's.
_PLACE = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})")
_BEYOND_ALL = 10**18 - 1


def _place(text: str) -> tuple[int, int] | None:
    """Before which event and which access a page begins; None for the newest."""
    match = _PLACE.fullmatch(text)
    return (int(match[1]), int(match[2])) if match else None


def _after(page: list[Row], before: tuple[int, int] | None) -> str:
    """The place where the page after this one begins."""
    event, access = before or (_BEYOND_ALL, _BEYOND_ALL)
    event = min([event, *(row.number for row in page if isinstance(row, Entry))])
    access = min([access, *(row.number for row in page if isinstance(row, RecordedAccess))])
    return f"{event}.{access}"


def _conditions(form: TrailFilterForm) -> dict[str, Any]:
    conditions = dict(form.cleaned_data)
    first, last = conditions.pop("recorded_from"), conditions.pop("recorded_to")
    if first:
        conditions["recorded_from"] = _start_of(first)
    if last:
        conditions["recorded_before"] = _start_of(last + timedelta(days=1))
    return conditions


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
