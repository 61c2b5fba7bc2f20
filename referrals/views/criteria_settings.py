"""Settings: the mandatory criteria, with every version there was."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.audit.models import Entry
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible, SettingsChanged
from foitracker.casework.settings_page import SettingsPage, history
from foitracker.pages.lists.columns import NOWRAP, Column
from foitracker.pages.lists.views import EmptyState, ListPage
from referrals.forms.settings import CriterionForm
from referrals.models import Criterion
from referrals.operations.criteria import (
    CriterionText,
    add_criterion,
    change_criterion,
    end_criterion,
    subject_of,
)
from referrals.queries.settings import newest_criteria, versions_of


class Criteria(ListPage[Criterion]):
    """The criteria in force, and those that have ended. The file holds every version of each."""

    template_name = "referrals/settings/criteria.html"
    address, file_address = "referrals:criteria", "referrals:criteria_csv"
    file_name, file_label = "mandatory-criteria.csv", "Download every version (CSV)"
    heading, caption = "Mandatory criteria", "Mandatory criteria, those in force first"
    noun = ("criterion", "criteria")
    nothing = EmptyState("There is no criterion", "Criteria appear here when an administrator adds them.")
    columns: tuple[Column[Criterion], ...] = (
        Column("code", "Code", lambda one: one.code),
        Column("title", "Criterion", lambda one: one.title, header="title", is_row_header=True),
        Column("description", "When referral is mandatory", lambda one: one.description),
        Column("words", "What suggests it", lambda one: one.words, header="words"),
        Column("flags", "Flags", lambda one: one.flag_labels),
        Column("version", "Version", lambda one: one.version, look=NOWRAP),
        Column("state", "State"),
        Column("illustrative", "Illustrative", lambda one: one.is_illustrative),
        Column("made_at", "In force from", lambda one: one.made_at),
        Column("ended_at", "Ended", lambda one: one.ended_at),
        Column(
            "made_by", "Made by", lambda one: one.made_by.name if one.made_by else "shipped with the software"
        ),
    )
    on_page = ("title", "words", "version", "state")
    in_file = ("code", "version", "title", "description", "words", "flags", "illustrative", "made_at", "ended_at",
               "made_by")  # fmt: skip

    def check(self) -> None:
        check_can(Permission.SEE_REFERENCE_DATA, self.request.user)

    def find(self) -> Sequence[Criterion]:
        return newest_criteria()

    def find_for_file(self) -> QuerySet[Criterion]:
        return Criterion.objects.select_related("made_by").order_by("code", "version")

    def page(self) -> dict[str, Any]:
        in_force = Criterion.objects.filter(ended_at=None)
        return {
            "illustrative": in_force.filter(is_illustrative=True).exists(),
            "may_change": can(Permission.CHANGE_CRITERIA, self.request.user),
            "add_label": "Add a criterion",
            "add_url": reverse("referrals:criteria_add"),
        }


@require_safe
def criterion_page(request: SignedInRequest, code: str) -> HttpResponse:
    """Show one criterion with all its versions."""
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    versions = _versions(code)
    context = {
        "criterion": versions[0],
        "versions": versions,
        "events": history(subject_of(code)),
        "may_change": can(Permission.CHANGE_CRITERIA, request.user),
    }
    return render(request, "referrals/settings/criterion.html", context)


class AddCriterion(SettingsPage):
    """A new criterion."""

    permission = Permission.CHANGE_CRITERIA
    form_class = CriterionForm
    heading = "Add a mandatory criterion"
    submit_label = "Put it in force"

    def back(self) -> tuple[str, str]:
        return reverse("referrals:criteria"), "Mandatory criteria"

    def perform(self, form: CriterionForm) -> str:
        made = add_criterion(by=self.user, at=timezone.now(), text=CriterionText(**form.values))
        return f"“{made.title}” is in force."


class ChangeCriterion(SettingsPage):
    """A new version of a criterion, in force from now on."""

    permission = Permission.CHANGE_CRITERIA
    form_class = CriterionForm
    submit_label = "Put this version in force"
    text = (
        "Saving makes a new version, in force from now on. Logs keep the version they were judged by. What is changed "
        "here stays so when the software is updated."
    )
    criterion: Criterion

    def load(self, **kwargs: Any) -> None:
        self.criterion = _versions(kwargs["code"])[0]
        self.subject = subject_of(self.criterion.code)
        ended = self.criterion.ended_at is not None
        self.heading = "Put the criterion in force again" if ended else "Change the criterion"

    def back(self) -> tuple[str, str]:
        return reverse("referrals:criterion", args=[self.criterion.code]), self.criterion.title

    def newest(self) -> int:
        """Return the version the page is made from."""
        return _versions(self.criterion.code)[0].version

    def events_since_opened(self, seen: int) -> Sequence[Entry]:
        return list(timeline(self.subject)[: self.newest() - seen])[::-1]

    def initial(self) -> dict[str, Any]:
        names = ("title", "description", "flags", "is_illustrative")
        return {name: getattr(self.criterion, name) for name in names} | {
            "words": "\n".join(self.criterion.words)
        }

    def perform(self, form: CriterionForm) -> str:
        seen = form.cleaned_data["seen_version"] or self.criterion.version
        made = change_criterion(
            by=self.user,
            at=timezone.now(),
            code=self.criterion.code,
            text=CriterionText(**form.values),
            seen_version=seen,
        )
        return f"Version {made.version} of “{made.title}” is in force."


@require_POST
def end_criterion_page(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a criterion out of force."""
    check_can(Permission.CHANGE_CRITERIA, request.user)
    newest = _versions(code)[0]
    seen = request.POST.get("seen_version", "")
    try:
        end_criterion(
            by=request.user,
            at=timezone.now(),
            code=code,
            seen_version=int(seen) if seen.isdecimal() and len(seen) < 6 else newest.version,
        )
    except (NotPossible, SettingsChanged) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"“{newest.title}” is not in force any more. Logs keep what was decided by it."
        )
    return redirect("referrals:criterion", code=code)


def _versions(code: str) -> list[Criterion]:
    versions = versions_of(code)
    if not versions:
        raise Http404("There is no such criterion.")
    return versions
