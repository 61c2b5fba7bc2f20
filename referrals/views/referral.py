"""The page of a log: where it stands, what can be done now, and everything recorded about it but who asked."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.audit.queries import timeline
from referrals.permissions import acts_for_force
from referrals.views.finding import find_referral
from referrals.views.force_view import force_referral_page


@require_safe
def referral_page(request: SignedInRequest, year: int, number: int) -> HttpResponse:
    """Everything about a log."""
    case = find_referral(request.user, year, number)
    force_id = acts_for_force(request.user)
    if force_id is not None:
        return force_referral_page(request, case, force_id)
    context = {
        "case": case,
        "forces": case.forces.select_related("force"),
        "events": timeline(case.reference)[:50],
    }
    return render(request, "referrals/referral/referral.html", context)
