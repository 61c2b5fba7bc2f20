"""One return: its page, its files and its packs."""

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from dashboard.returns.documents.charts import charts_of
from dashboard.returns.documents.printed import HEADER, Printed, printed
from dashboard.returns.documents.workbook import CONTENT_TYPE, workbook
from dashboard.returns.models import Copy, Return
from dashboard.returns.operations.approval import allows_own_approval, is_own
from dashboard.returns.operations.making import count_again
from dashboard.returns.operations.packs import order_pack
from dashboard.returns.queries.changes import carried_over, line_changes
from dashboard.returns.queries.reading import (
    as_it_stands,
    edition_of,
    known_returns,
    pack_of,
    return_before,
)
from dashboard.returns.statement import Row
from dashboard.returns.views.lists import cases_url
from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings_page import history
from foitracker.pages.lists.csv_download import csv_download
from requests_app.views.due import pdf_response


def find_return(request: SignedInRequest, pk: int) -> Return:
    """Return a return this person may see. Raises Http404."""
    return get_object_or_404(known_returns(request.user), pk=pk)


@require_safe
def return_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a return: its figures, each with the requests it counts, charts, commentary, files and what may be done."""
    of = find_return(request, pk)
    oversees = can(Permission.OVERSEE, request.user)
    commentary, approval = as_it_stands(of)
    edition = edition_of(commentary, approval)
    shown = printed(of, commentary, approval, for_public=not oversees)
    earlier = known_returns(request.user).filter(pk=of.again_of_id).first() if of.again_of_id else None
    context = {
        "of": of,
        "printed": shown,
        "statement": of.statement,
        "parts": [(part.heading, [(row, _url(of, row)) for row in part.rows]) for part in of.statement.parts],
        "charts": list(charts_of(of.statement, lambda row: _url(of, row))),
        "commentary": commentary,
        "approval": approval,
        "oversees": oversees,
        "own": is_own(of, commentary, request.user) and not allows_own_approval(),
        "changes": line_changes(earlier, of) if earlier else None,
        "carried": carried_over(of, return_before(of, request.user), request.user),
        "again": of.again.select_related("made_by").defer("content").order_by("-id")[:20] if oversees else [],
        "packs": [
            (copy, pack_of(of, copy, edition)) for copy in Copy if oversees or copy == Copy.PUBLICATION
        ],
        "events": history(of.audit_subject) if oversees else [],
    }
    return render(request, "returns/return.html", context)


def _url(of: Return, row: Row) -> str | None:
    return cases_url(of, row.opens) if row.opens else None


def _printed(request: SignedInRequest, pk: int) -> Printed:
    """What the files print: as the page shows it to this person."""
    of = find_return(request, pk)
    for_public = not can(Permission.OVERSEE, request.user)
    return printed(of, *as_it_stands(of), for_public=for_public)


@require_safe
def return_csv(request: SignedInRequest, pk: int) -> StreamingHttpResponse:
    """Return the lines of a return as a CSV file."""
    lines = (line.values() for line in _printed(request, pk).table())
    return csv_download(f"return-{pk}.csv", HEADER, lines)


@require_safe
def return_workbook(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the lines of a return as a spreadsheet."""
    response = HttpResponse(workbook(_printed(request, pk)), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="return-{pk}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Count a return again, by its definition and over its period."""
    check_can(Permission.OVERSEE, request.user)
    find_return(request, pk)
    try:
        kept = count_again(by=request.user, at=timezone.now(), return_id=pk)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("returns:return", pk)
    messages.success(request, "Counted again over the same period. What changed is shown below.")
    return redirect(kept)


@require_POST
def pack_order(request: SignedInRequest, pk: int, copy: str) -> HttpResponse:
    """Have a pack printed; that takes seconds and is a job of its own."""
    check_can(Permission.OVERSEE, request.user)
    of = find_return(request, pk)
    order_pack(of, _copy(copy), by=request.user)
    messages.success(request, "The PDF is being printed. Open this page again in a few seconds.")
    return redirect("returns:return", pk)


@require_safe
def pack(request: SignedInRequest, pk: int, copy: str) -> HttpResponse:
    """Return a pack as it was printed last; the management pack only to those who oversee the team."""
    wanted = _copy(copy)
    if wanted != Copy.PUBLICATION:
        check_can(Permission.OVERSEE, request.user)
    of = find_return(request, pk)
    found = pack_of(of, wanted, edition_of(*as_it_stands(of)))
    if found is None:
        raise Http404("This pack has not been printed.")
    return pdf_response(bytes(found.pdf), f"return-{pk}-{copy}.pdf")


def _copy(copy: str) -> Copy:
    if copy not in Copy.values:
        raise Http404("There is no such copy.")
    return Copy(copy)
