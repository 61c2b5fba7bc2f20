"""The triage sheet: new requests on screen and printed, keeping the sheet of a meeting, and those that were kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.local_day import local
from foitracker.casework.refusals import NotPossible
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.pages.lists.views import EmptyState
from foitracker.pages.words import short_date
from foitracker.working_days.queries import current_calendar
from requests_app.forms.supervision import TriageForm
from requests_app.letters.triage_sheet import PrintedSheet, sheet_html, sheet_pdf
from requests_app.models import FoiRequest, TriageSheet
from requests_app.operations.triage import keep_sheet
from requests_app.queries.authority import authority
from requests_app.queries.triage import (
    TriageRow,
    beginning_of,
    last_sheet,
    new_requests,
    new_since,
    sheets,
    triage_rows,
)
from requests_app.views.due import pdf_response
from requests_app.views.supervision.pages import SupervisionList


@dataclass(frozen=True)
class Span:
    """The moments between which requests were logged that are on a sheet. `kept` is the sheet, when it was kept."""

    since: datetime
    until: datetime
    kept: TriageSheet | None = None


def _span(request: HttpRequest) -> Span | None:
    """What the address asks for: a sheet that was kept, all since a day, or all since the last sheet.

    None where it asks for something that cannot be; an unknown sheet is not found.
    """
    if asked := request.GET.get("sheet", ""):
        sheet = get_object_or_404(sheets(), pk=_key(asked))
        return Span(sheet.since, sheet.until, sheet)
    now = timezone.now()
    form = TriageForm(request.GET)
    if not form.is_valid():
        return None
    chosen = form.cleaned_data["since"]
    since = beginning_of(chosen) if chosen else new_since(last_sheet(), timezone.localdate())
    return Span(min(since, now), now)


def _key(sent: str) -> int:
    """A key as an address or a form gives it; 0, which nothing has, for anything else."""
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


class Triage(SupervisionList[TriageRow]):
    """The new requests, in the order they were logged."""

    template_name = "requests_app/supervision/triage.html"
    address = "requests_app:triage"
    heading, caption, noun = "Triage sheet", "New requests", ("new request", "new requests")
    filter_title = "Choose another date"
    nothing = EmptyState("No new requests", "No request has been logged since the last meeting.")
    nothing_matches = EmptyState(
        "No new requests", "No request has been logged since that date.", "Clear the date"
    )
    page_size = 100
    columns: tuple[Column[TriageRow], ...] = (
        Column("reference", "Reference", look=NOWRAP, is_row_header=True),
        Column("request", "Request", look=SUBJECT),
        Column("received", "Received", lambda row: row.case.received_on, look=NOWRAP),
        Column("due", "Due", look=NOWRAP),
        Column("risk", "Risk", lambda row: row.case.get_risk_display()),
        Column("complexity", "Complexity", lambda row: row.case.get_complexity_display()),
        Column("holder", "Holder"),
        Column("refer", "Refer?", lambda row: row.refer),
    )

    def filter_form(self) -> TriageForm:
        return TriageForm(self.request.GET)

    def load(self, **kwargs: Any) -> None:
        found = _span(self.request)
        now = timezone.now()
        self.span = found or Span(now, now)

    def find(self) -> QuerySet[FoiRequest]:
        return new_requests(self.request.user, self.span.since, self.span.until)

    def rows(self, found: Sequence[FoiRequest]) -> list[TriageRow]:
        return triage_rows(found, self.today, current_calendar())

    def page(self) -> dict[str, Any]:
        last = last_sheet()
        query = f"?{self.request.GET.urlencode()}" if self.request.GET else ""
        return {
            **super().page(),
            "span": self.span,
            "last": last,
            "leaves_out": self.span.since > new_since(last, self.today),
            "since_sent": self.span.since.isoformat(),
            "until_sent": self.span.until.isoformat(),
            "print_url": reverse("requests_app:triage_print") + query,
            "pdf_url": reverse("requests_app:triage_pdf") + query,
        }


class TriageSheets(SupervisionList[TriageSheet]):
    """The sheets that were kept, the latest first."""

    template_name = "requests_app/supervision/triage_sheets.html"
    address = "requests_app:triage_sheets"
    heading, noun = "Earlier triage sheets", ("sheet", "sheets")
    nothing = EmptyState("No sheet has been kept", "A sheet appears here when it is kept after a meeting.")
    columns: tuple[Column[TriageSheet], ...] = (
        Column("held", "Meeting on", lambda sheet: short_date(sheet.held_on), is_row_header=True),
        Column("since", "Logged after"),
        Column("until", "Up to"),
        Column("by", "Kept by", lambda sheet: sheet.kept_by.name),
    )

    def back(self) -> tuple[str, str]:
        return reverse("requests_app:triage"), "Triage sheet"

    def find(self) -> QuerySet[TriageSheet]:
        return sheets()


@require_POST
def keep_triage_sheet(request: SignedInRequest) -> HttpResponse:
    """Keep the sheet as it was shown, so that the next one begins where it ended."""
    check_can(Permission.OVERSEE, request.user)
    sent, follows = request.POST, request.POST.get("follows", "")
    try:
        keep_sheet(
            by=request.user,
            at=timezone.now(),
            today=timezone.localdate(),
            since=_moment(sent.get("since", "")),
            until=_moment(sent.get("until", "")),
            follows=_key(follows) or None,
        )
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("requests_app:triage")
    messages.success(request, "The sheet is kept. The next one begins where it ended.")
    return redirect("requests_app:triage")


def _moment(sent: str) -> datetime:
    """A moment as the page sent it. Raises NotPossible for anything else."""
    try:
        found = parse_datetime(sent)
    except ValueError:
        found = None
    if found is None or timezone.is_naive(found):
        raise NotPossible("These are not the times of a sheet. Open the triage sheet again.")
    return found


def _printed(request: SignedInRequest, span: Span) -> PrintedSheet:
    settings, today = authority(), timezone.localdate()
    cases = list(new_requests(request.user, span.since, span.until))
    return PrintedSheet(
        authority_name=settings.name if settings else "",
        since=local(span.since),
        until=local(span.until),
        printed_at=timezone.localtime(),
        rows=triage_rows(cases, today, current_calendar()),
    )


@never_cache
@require_safe
def triage_print(request: SignedInRequest) -> HttpResponse:
    """Show the sheet as a document that a browser prints. A date that is none leads back to the page, which says so."""
    check_can(Permission.OVERSEE, request.user)
    span = _span(request)
    if span is None:
        return redirect(f"{reverse('requests_app:triage')}?{request.GET.urlencode()}")
    return HttpResponse(sheet_html(_printed(request, span)))


@never_cache
@require_safe
def triage_pdf(request: SignedInRequest) -> HttpResponse:
    """Return the sheet as PDF/UA-1. A date that is none leads back to the page, which says so."""
    check_can(Permission.OVERSEE, request.user)
    span = _span(request)
    if span is None:
        return redirect(f"{reverse('requests_app:triage')}?{request.GET.urlencode()}")
    return pdf_response(
        sheet_pdf(_printed(request, span)), f"triage-{local(span.until).date().isoformat()}.pdf"
    )
