"""The working of a request's time limit, printed for a regulator."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from requests_app.letters.clock_working import Working, working_pdf
from requests_app.queries.authority import authority
from requests_app.queries.clock import clock_events, clock_of
from requests_app.queries.finding import find_request
from requests_app.views.due import pdf_response


@never_cache
@require_safe
def clock_working_pdf(request: SignedInRequest, year: int, number: int) -> HttpResponse:
    """Return the working as it is today, with the reference and without applicant or subject."""
    check_can(Permission.VIEW_CASES, request.user)
    case = find_request(request.user, year, number)
    settings, now = authority(), timezone.localtime()
    printed = Working(
        authority_name=settings.name if settings else "",
        reference=case.reference,
        reading=clock_of(case, max(now.date(), case.received_on)),
        events=clock_events(case),
        printed_at=now,
    )
    return pdf_response(working_pdf(printed), f"{case.reference.replace('/', '-')}-time-limit.pdf")
