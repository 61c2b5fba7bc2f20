"""Settings: the mandatory criteria, with every version there was."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
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
from foitracker.pages.lists.csv_download import csv_download
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
from referrals.rules.vocabulary import FLAG_LABELS, Flag

CSV_HEADER = [
    "code", "version", "title", "when referral is mandatory", "words", "flags", "illustrative", "in force from",
    "ended", "made by",
]  # fmt: skip


@require_safe
def criteria_page(request: SignedInRequest) -> HttpResponse:
    """Show the criteria in force, and those that have ended."""
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    criteria = newest_criteria()
    context = {
        "criteria": [(criterion, _flags(criterion)) for criterion in criteria],
        "illustrative": any(one.is_illustrative and one.ended_at is None for one in criteria),
        "may_change": can(Permission.CHANGE_CRITERIA, request.user),
    }
    return render(request, "referrals/settings/criteria.html", context)


@require_safe
def criteria_csv(request: SignedInRequest) -> StreamingHttpResponse:
    """Return every version of every criterion as a CSV file."""
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    found = Criterion.objects.select_related("made_by").order_by("code", "version")
    rows = (
        [
            one.code,
            one.version,
            one.title,
            one.description,
            "; ".join(one.words),
            "; ".join(_flags(one)),
            "yes" if one.is_illustrative else "no",
            one.made_at.isoformat(),
            one.ended_at.isoformat() if one.ended_at else None,
            one.made_by.name if one.made_by else "shipped with the software",
        ]
        for one in found.iterator(chunk_size=500)
    )
    return csv_download("mandatory-criteria.csv", CSV_HEADER, rows)


@require_safe
def criterion_page(request: SignedInRequest, code: str) -> HttpResponse:
    """Show one criterion with all its versions."""
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    versions = _versions(code)
    context = {
        "criterion": versions[0],
        "versions": [(version, _flags(version)) for version in versions],
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
        seen = form.cleaned_data["seen"] or self.criterion.version
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
    seen = request.POST.get("case_version", "")
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


def _flags(criterion: Criterion) -> list[str]:
    return [FLAG_LABELS[Flag(flag)] for flag in criterion.flags]
