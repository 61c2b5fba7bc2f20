"""The page of a log: where it stands, what can be done now, and everything recorded about it but who asked."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.audit.queries import timeline
from referrals.views.finding import find_referral


@require_safe
def referral_page(request: SignedInRequest, year: int, number: int) -> HttpResponse:
    """Everything about a log."""
    case = find_referral(request.user, year, number)
    context = {
        "case": case,
        "forces": case.forces.select_related("force"),
        "events": timeline(case.reference)[:50],
    }
    return render(request, "referrals/referral/referral.html", context)
