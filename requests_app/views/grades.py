"""Settings: grades, what an hour of each costs from a day on, and the grades of officers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.settings_page import SettingsPage, history
from foitracker.pages.lists.columns import NOWRAP, Column, Table
from foitracker.pages.words import short_date
from requests_app.forms.grades import ChangeGradeForm, GradeForm, OfficerGradeForm, RateForm
from requests_app.models import Grade, GradeRate, OfficerGrade
from requests_app.operations.grades import (
    SUBJECT,
    add_grade,
    change_grade,
    remove_officer_grade,
    remove_rate,
    set_officer_grade,
    set_rate,
)
from requests_app.queries.grades import grades, officer_grades, rates

_DO: dict[str, Any] = {"hides_label": True}
GRADES: tuple[Column[Grade], ...] = (
    Column("name", "Grade", lambda grade: grade.name, is_row_header=True),
    Column("state", "State"),
    Column("do", "What can be done", **_DO),
)
RATES: tuple[Column[GradeRate], ...] = (
    Column("grade", "Grade", lambda rate: rate.grade.name, is_row_header=True),
    Column("hourly", "An hour", lambda rate: f"£{rate.hourly}", look=NOWRAP),
    Column("from_on", "For work from", lambda rate: rate.from_on, look=NOWRAP),
    Column("do", "What can be done", **_DO),
)
OFFICERS: tuple[Column[OfficerGrade], ...] = (
    Column("person", "Officer", lambda row: row.person.name, is_row_header=True),
    Column("grade", "Grade", lambda row: row.grade.name),
    Column("from_on", "For work from", lambda row: row.from_on, look=NOWRAP),
    Column("do", "What can be done", **_DO),
)


@require_safe
def grades_page(request: SignedInRequest) -> HttpResponse:
    """Show grades, rates and the grades of officers, with the changes to them."""
    check_can(Permission.CHANGE_SETTINGS, request.user)
    context = {
        "grades": Table("Grades", GRADES, rows=list(grades())),
        "rates": Table("Rates by grade and date", RATES, rows=list(rates())),
        "officers": Table("Grades of officers by date", OFFICERS, rows=list(officer_grades())),
        "events": history(SUBJECT),
    }
    return render(request, "requests_app/grades/grades.html", context)


class _GradesPage(SettingsPage):
    permission = Permission.CHANGE_SETTINGS

    def back(self) -> tuple[str, str]:
        return reverse("requests_app:grades"), "Grades and rates"

    def by(self) -> dict[str, Any]:
        """Return who does it, and when."""
        return {"by": self.user, "at": timezone.now()}


class AddGrade(_GradesPage):
    form_class = GradeForm
    heading = "Add a grade"
    submit_label = "Add grade"

    def perform(self, form: GradeForm) -> str:
        grade = add_grade(**self.by(), **form.values)
        return f"{grade.name} is added. Set its rate next."


class ChangeGrade(_GradesPage):
    form_class = ChangeGradeForm
    heading = "Change the grade"

    def load(self, **kwargs: Any) -> None:
        self.grade = get_object_or_404(Grade, pk=kwargs["pk"])

    def initial(self) -> dict[str, Any]:
        return {"name": self.grade.name, "is_in_use": self.grade.is_in_use}

    def perform(self, form: ChangeGradeForm) -> str:
        grade = change_grade(**self.by(), grade_id=self.grade.pk, **form.values)
        return f"{grade.name} is saved."


class SetRate(_GradesPage):
    form_class = RateForm
    heading = "Set an hourly rate"
    submit_label = "Save rate"
    text = (
        "It holds for work done from its first day until the next rate begins; work before that day keeps its rate. A "
        "rate already set for the same day is corrected."
    )

    def initial(self) -> dict[str, Any]:
        return {"from_on": timezone.localdate()}

    def perform(self, form: RateForm) -> str:
        rate = set_rate(**self.by(), **form.values)
        return f"{rate.grade.name} costs £{rate.hourly} an hour from {short_date(rate.from_on)}."


class SetOfficerGrade(_GradesPage):
    form_class = OfficerGradeForm
    heading = "Set an officer’s grade"
    submit_label = "Save grade"
    text = "Hours recorded from now on take it, for work done from its first day. Hours recorded before keep theirs."

    def initial(self) -> dict[str, Any]:
        return {"from_on": timezone.localdate()}

    def perform(self, form: OfficerGradeForm) -> str:
        row = set_officer_grade(**self.by(), **form.values)
        return f"{row.person.name} has the grade {row.grade.name} from {short_date(row.from_on)}."


@require_POST
def remove_rate_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a rate set by mistake."""
    return _remove(request, GradeRate, lambda who: remove_rate(**who, rate_id=pk), pk)


@require_POST
def remove_officer_grade_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a grade of an officer set by mistake."""
    return _remove(request, OfficerGrade, lambda who: remove_officer_grade(**who, row_id=pk), pk)


def _remove(
    request: SignedInRequest,
    kind: type[GradeRate] | type[OfficerGrade],
    remove: Callable[[dict[str, Any]], None],
    pk: int,
) -> HttpResponse:
    check_can(Permission.CHANGE_SETTINGS, request.user)
    get_object_or_404(kind, pk=pk)
    remove({"by": request.user, "at": timezone.now()})
    messages.success(request, "The entry is removed.")
    return redirect("requests_app:grades")
