import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit import operations, queries
from foitracker.audit.events import Access, event_of
from foitracker.audit.models import Entry
from foitracker.pages.lists.csv_download import csv_download
from foitracker.trail.events import TRAIL_DOWNLOADED, TRAIL_READ
from foitracker.trail.forms import TrailFilterForm

PAGE_SIZE = 50

CSV_HEADER = [
    *("number", "recorded at", "at", "who", "kind", "what", "about"),
    *("in words", "event", "facts", "hash"),
]


@require_safe
def trail(request: SignedInRequest) -> HttpResponse:
    """Show the trail, newest first, a page at a time; `?before=N` goes on with the entries before N.

    Pages are found by number rather than counted: the trail only grows, and counting it would take
    longer every day.
    """
    check_can(Permission.READ_TRAIL, request.user)
    form = TrailFilterForm(request.GET)
    page: list[Entry] = []
    before = request.GET.get("before", "")
    if form.is_valid():
        found = queries.entries(**_conditions(form))
        if before.isascii() and before.isdigit() and len(before) < 19:
            found = found.filter(sequence__lt=int(before))
        page = list(found[: PAGE_SIZE + 1])
        _record_access(request, form, event=TRAIL_READ)
    context = {
        "form": form,
        "entries": page[:PAGE_SIZE],
        "older_before": page[PAGE_SIZE - 1].sequence if len(page) > PAGE_SIZE else None,
        "is_newest": not before,
        "selected": _selected(form),
        "filters": urlencode(_given(form)),
    }
    return render(request, "trail/trail.html", context, status=200 if form.is_valid() else 400)


@require_safe
def download(request: SignedInRequest) -> HttpResponse | StreamingHttpResponse:
    """Return the trail, narrowed by the same filters, as a CSV file, oldest entry first."""
    check_can(Permission.READ_TRAIL, request.user)
    form = TrailFilterForm(request.GET)
    if not form.is_valid():
        return trail(request)
    _record_access(request, form, event=TRAIL_DOWNLOADED)
    found = queries.entries(**_conditions(form)).order_by("sequence")
    return csv_download("audit-trail.csv", CSV_HEADER, _rows(found.iterator(chunk_size=2000)))


def _rows(entries: Iterator[Entry]) -> Iterator[list[Any]]:
    for entry in entries:
        yield [
            entry.sequence,
            entry.recorded_at.isoformat(),
            entry.at.isoformat(),
            entry.actor.name if entry.actor else "",
            entry.kind,
            entry.title,
            entry.subject,
            "\n".join(f"{label}: {value}" for label, value in entry.facts),
            entry.event,
            json.dumps(entry.detail, ensure_ascii=False),
            entry.hash,
        ]


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


def _record_access(request: SignedInRequest, form: TrailFilterForm, *, event: Access) -> None:
    used = {name: value for name, value in form.cleaned_data.items() if value}
    operations.record_access(event=event, by=request.user, at=timezone.now(), detail=used)


def _given(form: TrailFilterForm) -> dict[str, str]:
    """The filters in use, as the query string holds them."""
    return {name: str(form.data[name]) for name in form.fields if form.data.get(name)}


def _selected(form: TrailFilterForm) -> list[dict[str, str]]:
    """The filters in use, in words, each with the address of the page without it."""
    given = _given(form)
    return [
        {
            "label": str(form.fields[name].label),
            "value": _in_words(form, name),
            "remove_url": "?" + urlencode({other: text for other, text in given.items() if other != name}),
        }
        for name in given
    ]


def _in_words(form: TrailFilterForm, name: str) -> str:
    text = str(form.data[name])
    if name == "actor" and form.is_valid():
        return str(form.cleaned_data["actor"])
    if name == "event":
        return event_of(text).title
    return str(Entry.Kind(text).label) if name == "kind" and text in Entry.Kind else text
