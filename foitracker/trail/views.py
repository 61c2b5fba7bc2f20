import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit import operations, queries
from foitracker.audit.events import Access
from foitracker.audit.models import Entry
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.pages.lists.views import EmptyState, ListPage
from foitracker.trail.events import TRAIL_DOWNLOADED, TRAIL_READ
from foitracker.trail.forms import TrailFilterForm


class Trail(ListPage[Entry]):
    """The trail, newest first, a page at a time; `?before=N` goes on with the entries before N. The file: oldest first.

    Pages are found by number rather than counted: the trail only grows, and counting it would take
    longer every day.
    """

    template_name = "trail/trail.html"
    address, file_address, file_name = "trail:trail", "trail:download", "audit-trail.csv"
    file_label = "Download these entries (CSV)"
    heading, caption, noun = "Audit trail", "Entries of the audit trail, newest first", ("entry", "entries")
    filter_title = "Filter the trail"
    nothing = EmptyState("No entries", "Nothing in the trail matches these filters.")
    columns: tuple[Column[Entry], ...] = (
        Column("number", "No.", lambda entry: entry.sequence, header="number", is_numeric=True),
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
        Column("hash", "Hash", lambda entry: entry.hash),
    )
    on_page = ("number", "at", "who", "what", "about", "words")
    form: TrailFilterForm

    def check(self) -> None:
        check_can(Permission.READ_TRAIL, self.request.user)

    def filter_form(self) -> TrailFilterForm:
        return TrailFilterForm(self.request.GET)

    def find(self) -> QuerySet[Entry]:
        return queries.entries(**_conditions(self.form))

    def find_for_file(self) -> QuerySet[Entry]:
        return self.find().order_by("sequence")

    def one_page(self) -> dict[str, Any]:
        found, before = self.find(), self.request.GET.get("before", "")
        if before.isascii() and before.isdigit() and len(before) < 19:
            found = found.filter(sequence__lt=int(before))
        page = list(found[: self.page_size + 1])
        self._record_access(TRAIL_READ)
        older = page[self.page_size - 1].sequence if len(page) > self.page_size else None
        return {**self.listed(page[: self.page_size]), "older_before": older, "is_newest": not before}

    def download(self) -> HttpResponseBase:
        self._record_access(TRAIL_DOWNLOADED)
        return super().download()

    def _record_access(self, event: Access) -> None:
        used = {name: value for name, value in self.form.cleaned_data.items() if value}
        operations.record_access(event=event, by=self.request.user, at=timezone.now(), detail=used)


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
