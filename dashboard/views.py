"""Pages above the requests and the referrals: home, and the index of the settings."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.reminders.views import new_reminders
from referrals.views.my_referrals import waiting_referrals
from requests_app.queries.authority import authority
from requests_app.views.my_work import waiting_requests


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Show a manager who works no case of their own the team, and the others their own work."""
    user = request.user
    has_cases = can(Permission.WORK_CASE, user) or can(Permission.WORK_REFERRAL, user)
    if can(Permission.OVERSEE, user) and not has_cases:
        return redirect("dashboard:team_today")
    return my_work(request)


@require_safe
def my_work(request: SignedInRequest) -> HttpResponse:
    """Show casework and referrals to those who do any; redirect the others to where their own work is."""
    user = request.user
    if can(Permission.WRITE_NOTE, user):
        advises = can(Permission.LOG_REFERRAL, user)
        context = waiting_requests(request) | (waiting_referrals(request) if advises else {})
        context |= {"advises": advises, **new_reminders(user)}
        return render(request, "dashboard/my_work.html", context)
    if can(Permission.SEE_OWN_FORCE, user):
        return redirect("referrals:log")
    if can(Permission.READ_SHOWN, user):
        return redirect("requests_app:shown")
    if can(Permission.READ_TRAIL, user):
        return redirect("trail:trail")
    if can(Permission.CHANGE_SETTINGS, user):
        return redirect("dashboard:settings")
    check_can(Permission.VIEW_CASES, user)
    return redirect("requests_app:register")


@require_safe
def settings_index(request: SignedInRequest) -> HttpResponse:
    """Show everything an administrator sets."""
    check_can(Permission.CHANGE_SETTINGS, request.user)
    return render(request, "dashboard/settings.html", {"authority": authority()})
