"""The pages of a force contact: the logs their force is on, and their force's part of one of them.

Everything shown comes from `queries.force_view`, which knows of one force only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, can
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.pages.lists.views import EmptyState, ListPage
from referrals.forms.force_view import OwnLogsFilterForm
from referrals.models import Force, Referral, ReferralForce
from referrals.permissions import acts_for_force
from referrals.queries.force_view import DEFAULT_ORDER, ORDERS, own_logs, own_part, standing
from referrals.views.finding import find_referral


@dataclass(frozen=True)
class OwnRow:
    """A log as one force's own part of it."""

    own: ReferralForce

    @property
    def standing(self) -> str:
        return standing(self.own, is_told=bool(getattr(self.own, "is_told", False)))


class ForceLog(ListPage[OwnRow]):
    """The logs of the force that a force contact acts for: nothing here comes from another force."""

    template_name = "referrals/force_view/log.html"
    address, file_address, file_name = "referrals:log", "referrals:log_csv", "referrals-{today}.csv"
    heading, caption = "Your force’s referrals", "Logs of the Central Referral Unit that your force is on"
    noun = ("log", "logs")
    filter_title = "Filter the list"
    nothing = EmptyState(
        "Your force is on no log yet",
        "What your force refers to the Central Referral Unit appears here once the unit has logged it.",
    )
    nothing_matches = EmptyState(
        "No log matches",
        "Only logs that your force is on are looked through. Remove a filter, or look for the log number.",
        "Clear all filters",
    )
    columns: tuple[Column[OwnRow], ...] = (
        Column(
            "log", "Log", lambda row: row.own.referral.log_number, "log number", "descending", look=NOWRAP
        ),
        Column("subject", "Subject", lambda row: row.own.referral.subject, look=SUBJECT),
        Column("reference", "Your reference", lambda row: row.own.reference),
        Column(
            "received",
            "You received it",
            lambda row: row.own.request_received_on,
            "request received",
            "descending",
            look=NOWRAP,
        ),
        Column("due", "Your deadline", lambda row: row.own.deadline, look=NOWRAP),
        Column("form", "Form received", lambda row: row.own.form_received_on),
        Column("standing", "Standing", lambda row: row.standing, look=NOWRAP),
        Column("closed", "Closed", lambda row: row.own.outcome_on),
    )
    on_page = ("log", "subject", "reference", "received", "due", "standing")
    orders, default_order = ORDERS, DEFAULT_ORDER
    form: OwnLogsFilterForm

    def check(self) -> None:
        force_id = acts_for_force(self.request.user)
        if force_id is None:
            raise NotPermitted("This list is for those who act for a police force.")
        self.force_id = force_id

    def filter_form(self) -> OwnLogsFilterForm:
        return OwnLogsFilterForm(self.request.GET)

    def find(self) -> QuerySet[ReferralForce]:
        given = self.form.cleaned_data
        return own_logs(self.force_id, state=given["state"], text=given["q"], order=self.order())

    def rows(self, found: Sequence[ReferralForce]) -> list[OwnRow]:
        return [OwnRow(own) for own in found]

    def page(self) -> dict[str, Any]:
        return {"force": Force.objects.get(pk=self.force_id)}


def force_referral_page(request: SignedInRequest, referral: Referral, force_id: int) -> HttpResponse:
    """Show a force's part of a log. The log is one that `find_referral` gave this person."""
    part = own_part(referral.pk, force_id)
    context = {
        "part": part,
        "own": part.involvement,
        "standing": standing(part.involvement, is_told=bool(part.told)),
        "may_report": can(Permission.REPORT_UPTAKE, request.user),
    }
    return render(request, "referrals/force_view/referral.html", context)


def hidden_from_other_forces(pattern: URLPattern) -> URLPattern:
    """Return a route below the number of a log with a guard before its page.

    A force contact who asks for a log their force is not on is told that there is no such log, by GET and POST
    alike and whatever the page itself would have refused, and the attempt goes to the trail.
    """
    view: Callable[..., HttpResponseBase] = pattern.callback

    @wraps(view)
    def guarded(request: HttpRequest, year: int, number: int, **named: Any) -> HttpResponseBase:
        if isinstance(request.user, User) and can(Permission.SEE_OWN_FORCE, request.user):
            find_referral(request.user, year, number)
        return view(request, year=year, number=number, **named)

    pattern.callback = guarded
    return pattern
