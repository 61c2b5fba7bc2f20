"""Home: what waits for the person who is signed in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.audit.permissions import can_read_trail
from requests_app.permissions import Permission, can, check_can


@require_safe
def my_work(request: SignedInRequest) -> HttpResponse:
    """Casework for those who do any; auditors and administrators land where their own work is."""
    if can(Permission.WRITE_NOTE, request.user):
        return render(request, "requests_app/my_work.html", {})
    if can_read_trail(request.user):
        return redirect("audit:trail")
    if can(Permission.CHANGE_SETTINGS, request.user):
        return redirect("requests_app:settings")
    check_can(Permission.VIEW_CASES, request.user)
    return redirect("requests_app:register")
