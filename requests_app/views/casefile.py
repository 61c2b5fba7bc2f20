"""The page of a request: where it stands, what can be done now, and everything recorded about it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can, why_not
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.events.showing import SHOWN_REQUEST_READ
from requests_app.models import FoiRequest
from requests_app.operations.casework import check_editable
from requests_app.queries.authority import authority, clock_policy
from requests_app.queries.casefile import Casefile, casefile
from requests_app.queries.contact_tasks import open_promises
from requests_app.queries.exemption_catalogue import designated_functions
from requests_app.queries.finding import find_request
from requests_app.queries.identity import validity_of
from requests_app.queries.shown_requests import showings_of
from requests_app.queries.supervision import reviews_of
from requests_app.queries.time_spent import sum_of, time_of
from requests_app.views.consultation import advice_on, offers
from requests_app.views.letter import check_can_read
from requests_app.views.masking import found_in_words
from requests_app.views.next_steps import next_steps


@require_safe
def casefile_page(request: SignedInRequest, year: int, number: int) -> HttpResponse:
    """Show everything about a request but the applicant. `?before=` and `?notes_before=` go back in time."""
    check_can(Permission.VIEW_CASES, request.user)
    settings = authority()
    case = find_request(request.user, year, number)
    found = casefile(
        case,
        today=timezone.localdate(),
        events_before=_whole_number(request.GET.get("before")),
        notes_before=_whole_number(request.GET.get("notes_before")),
        policy=clock_policy(settings),
    )
    locked = _why_locked(case)
    time = list(time_of(case))
    context = {
        "today": timezone.localdate(),
        "found": found,
        "case": case,
        "authority_name": settings.short_name if settings else "",
        "steps": next_steps(found, request.user),
        "parts": _parts(found),
        "gaps": () if case.is_valid or case.is_closed else validity_of(case),
        "function": _function(case.designated_function),
        "found_in": found_in_words(case),
        "locked": locked,
        "consultation_offers": [step for offer in offers for step in offer(found, request.user)],
        "advice": advice_on(case, request.user),
        "promises": open_promises(case),
        "reviews": reviews_of(case),
        "time": time,
        "spent": sum_of(time),
        "showings": showings_of(case, read_as=SHOWN_REQUEST_READ),
        "may": {permission.name: can(permission, request.user) for permission in Permission},
        "may_read_letters": not why_not(check_can_read, request.user),
        "may_change": not locked and can(Permission.WORK_CASE, request.user),
        "may_record": not locked and can(Permission.LOG_REQUEST, request.user),
    }
    return render(request, "requests_app/casefile/casefile.html", context)


def _parts(found: Casefile) -> list[dict[str, object]]:
    """The sections of the page that are looked for most, with what is in each."""
    return [
        {"label": "Request", "url": "#request"},
        {"label": "Items", "url": "#items", "count": len(found.items)},
        {"label": "Exemptions", "url": "#claims", "count": len(found.claims)},
        {"label": "Letters", "url": "#letters", "count": len(found.letters)},
        {"label": "Notes", "url": "#notes"},
        {"label": "Timeline", "url": "#timeline"},
    ]


def _whole_number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _why_locked(case: FoiRequest) -> str:
    """Why the content of the case cannot be changed now; empty when it can."""
    try:
        check_editable(case)
    except TransitionNotAllowed as refusal:
        return str(refusal)
    return ""


def _function(ref: str) -> str:
    title = next((f.title for f in designated_functions() if f.ref == ref), "")
    return f"{ref} {title}".strip()
