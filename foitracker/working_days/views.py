"""Settings: the working-day calendar, what is proposed to change in it, and what that would move."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.refusals import NotPossible
from foitracker.pages.lists.columns import NOWRAP, Column, Table
from foitracker.working_days.followers import followers
from foitracker.working_days.forms import DecisionForm, ProposalsForm, ProposeForm, proposal_in_words
from foitracker.working_days.models import CalendarProposal, CalendarVersion
from foitracker.working_days.operations.calendar import (
    calendar_with,
    confirm_proposals,
    propose_by_hand,
    reject_proposals,
)
from foitracker.working_days.queries import (
    CalendarDay,
    changes,
    coverage_warnings,
    days_of_year,
    latest_change,
    refreshes,
    years_in_force,
)

#: The page shows this many changes and readings.
SHOWN = 10
DAYS: tuple[Column[CalendarDay], ...] = (
    Column("day", "Day", look=NOWRAP),
    Column("name", "Name"),
    Column("where", "Where", lambda day: day.where),
    Column("source", "Source"),
    Column("learned", "Learned", lambda day: day.learned_at, look=NOWRAP),
)
CHANGES: tuple[Column[CalendarVersion], ...] = (
    Column("when", "When", look=NOWRAP),
    Column("version", "Calendar", lambda change: change.version),
    Column("who", "Who"),
    Column("what", "What", lambda change: change.reason),
    Column("added", "Days added", is_numeric=True),
    Column("removed", "Days removed", is_numeric=True),
)
#: What a confirmation would move is shown with this many requests.
EXAMPLES = 20


@require_safe
def calendar_page(request: SignedInRequest) -> HttpResponse:
    """Show the bank holidays of a year, what awaits a manager, and the history of the calendar."""
    check_can(Permission.SEE_CALENDAR, request.user)
    return _show(request, ProposalsForm())


def _show(request: HttpRequest, form: ProposalsForm, status: int = 200) -> HttpResponse:
    today, change = timezone.localdate(), latest_change()
    first_year, last_year = years_in_force() or (today.year, today.year)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    year = min(max(year, first_year), last_year)
    behind = followers().behind(change.version if change else "")
    context = {
        "form": form,
        "may_change": can(Permission.CHANGE_CALENDAR, request.user),
        "warnings": coverage_warnings(today),
        "waiting": len(form["proposal"].subwidgets),
        "change": change,
        "behind": behind.count(),
        "first_behind": behind[:5],
        "year": year,
        "years": (first_year, last_year),
        "earlier": year - 1 if year > first_year else None,
        "later": year + 1 if year < last_year else None,
        "days": Table(f"Bank holidays of {year} by date", DAYS, rows=days_of_year(year)),
        "changes": _latest_changes(),
        "refreshes": refreshes()[:SHOWN],
    }
    return render(request, "working_days/calendar.html", context, status=status)


def _latest_changes() -> Table[CalendarVersion]:
    """The latest changes of the calendar, each with how many due dates it moved."""
    latest = list(changes()[:SHOWN])
    moved = followers().moved_by([change.pk for change in latest])
    counted: Column[CalendarVersion] = Column(
        "moved", "Due dates moved", lambda change: moved.get(change.pk, 0), is_numeric=True
    )
    return Table("Changes of the calendar, the latest first", (*CHANGES, counted), rows=latest)


class ManagersView(View):
    """A page of those who change the calendar."""

    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_can(Permission.CHANGE_CALENDAR, request.user)
        self.user = cast(User, request.user)
        return super().dispatch(request, *args, **kwargs)


class Decide(ManagersView):
    """What the chosen changes would move; confirm or reject them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = ProposalsForm(request.GET)
        if not form.is_valid():
            return _show(request, form, status=422)
        return self.show(list(form.cleaned_data["proposal"]))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return _show(request, form, status=422)
        proposals = list(form.cleaned_data["proposal"])
        ids = [proposal.pk for proposal in proposals]
        try:
            if form.cleaned_data["decision"] == "reject":
                count = reject_proposals(by=self.user, at=timezone.now(), ids=ids)
                messages.success(request, f"{_changes(count)} rejected. The calendar stays as it is.")
            else:
                seen = form.cleaned_data["seen_version"]
                confirm_proposals(by=self.user, at=timezone.now(), ids=ids, seen_version=seen)
                messages.success(
                    request,
                    f"{_changes(len(ids))} confirmed. The due dates of open requests are being recomputed, and "
                    "their officers told.",
                )
        except NotPossible as refusal:
            return self.show(proposals, refusal=str(refusal), status=409)
        return redirect("working_days:calendar")

    def show(self, proposals: list[CalendarProposal], refusal: str = "", status: int = 200) -> HttpResponse:
        change = latest_change()
        context: dict[str, Any] = {
            "proposals": [(proposal, proposal_in_words(proposal)) for proposal in proposals],
            "seen_version": change.pk if change else 0,
            "refusal": refusal,
        }
        try:
            after, _ = calendar_with(proposals)
            context["effect"] = followers().effect_of(after, [p.day for p in proposals], examples=EXAMPLES)
        except NotPossible as impossible:
            context["impossible"] = str(impossible)
        return render(self.request, "working_days/decide.html", context, status=status)


class Propose(ManagersView):
    """Propose a day by hand; what it moves is seen before it is confirmed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(ProposeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ProposeForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            made = propose_by_hand(by=self.user, at=timezone.now(), **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.show(form, status=422)
        response = redirect("working_days:calendar_decide")
        response["Location"] += "?" + "&".join(f"proposal={proposal.pk}" for proposal in made)
        return response

    def show(self, form: ProposeForm, status: int = 200) -> HttpResponse:
        return render(self.request, "working_days/propose.html", {"form": form}, status=status)


def _changes(count: int) -> str:
    return f"{count} change{' is' if count == 1 else 's are'}"
