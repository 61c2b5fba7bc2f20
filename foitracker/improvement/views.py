"""The improvement log: its list, and the pages on which a point is added, changed and closed."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.settings_page import SettingsPage, history
from foitracker.identity.masking_page import MaskingPage
from foitracker.improvement.forms import ClosePointForm, PointForm, PointsFilterForm
from foitracker.improvement.models import ImprovementPoint
from foitracker.improvement.operations import add_point, change_point, close_point
from foitracker.improvement.queries import points
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.pages.lists.views import EmptyState, ListPage


class Points(ListPage[ImprovementPoint]):
    """The points of the log: open ones unless something else is asked for."""

    template_name = "improvement/points.html"
    address, file_address, file_name = (
        "improvement:points",
        "improvement:points_csv",
        "improvement-log-{today}.csv",
    )
    heading, caption, noun = "Improvement log", "Improvement points", ("point", "points")
    filter_title = "Filter the log"
    nothing = EmptyState("No point is open", "Improvement points appear here when they are added.")
    nothing_matches = EmptyState("No points", "No points match this filter.", "Clear all filters")
    columns: tuple[Column[ImprovementPoint], ...] = (
        Column("text", "Point", lambda point: point.text, look=SUBJECT),
        Column("source", "Source", lambda point: point.source),
        Column("owner", "Owner", lambda point: point.owner.name),
        Column("due", "Due", lambda point: point.due_on, look=NOWRAP),
        Column("evidence", "Evidence", lambda point: point.evidence),
        Column("closed", "Done on", lambda point: point.closed_on, look=NOWRAP),
        Column("done", "What was done", lambda point: point.done),
        Column("actions", "What can be done", hides_label=True),
    )
    on_page = ("text", "source", "owner", "due", "done", "actions")

    def check(self) -> None:
        check_can(Permission.OVERSEE, self.request.user)

    def filter_form(self) -> PointsFilterForm:
        return PointsFilterForm(self.request.GET)

    def find(self) -> QuerySet[ImprovementPoint]:
        return points(self.form.cleaned_data["show"], today=self.today)

    def page(self) -> dict[str, Any]:
        return {"today": self.today}


class _PointPage(MaskingPage, SettingsPage):  # type: ignore[misc]
    """A page about a point; what is typed on it is searched for what may tell who an applicant is."""

    permission = Permission.OVERSEE
    template_name = "improvement/point.html"

    def back(self) -> tuple[str, str]:
        return reverse("improvement:points"), "Improvement log"


class AddPoint(_PointPage):
    """Add a point."""

    form_class = PointForm  # type: ignore[assignment]
    heading = "Add an improvement point"
    submit_label = "Add point"

    def perform(self, form: PointForm) -> str:
        point = add_point(
            by=self.user,
            at=timezone.now(),
            today=timezone.localdate(),
            identity_confirmed=form.identity_confirmed,
            **form.values,
        )
        return f"The point is added. {point.owner.name} is its owner."


class _OfOnePoint(_PointPage):
    def load(self, **kwargs: Any) -> None:
        open_ones = ImprovementPoint.objects.select_related("owner")
        if self.request.method != "POST":
            open_ones = open_ones.filter(closed_at__isnull=True)
        self.point = get_object_or_404(open_ones, pk=kwargs["pk"])
        self.subject = self.point.audit_subject

    def page(self) -> dict[str, Any]:
        return {"point": self.point, "events": history(self.subject)}


class ChangePoint(_OfOnePoint):
    """Change a point that is open."""

    form_class = PointForm  # type: ignore[assignment]
    heading = "Change an improvement point"
    submit_label = "Save point"

    def form_arguments(self) -> dict[str, Any]:
        return {"point": self.point, **super().form_arguments()}

    def initial(self) -> dict[str, Any]:
        names = ("text", "source", "due_on", "evidence")
        return {"owner": self.point.owner_id, **{name: getattr(self.point, name) for name in names}}

    def perform(self, form: PointForm) -> str:
        change_point(
            point_id=self.point.pk,
            by=self.user,
            at=timezone.now(),
            today=timezone.localdate(),
            identity_confirmed=form.identity_confirmed,
            seen_version=self.seen_version(form),
            **form.values,
        )
        return "The point is saved."


class ClosePoint(_OfOnePoint):
    """Close a point with what was done."""

    form_class = ClosePointForm  # type: ignore[assignment]
    template_name = "improvement/close.html"
    heading = "Close an improvement point"
    submit_label = "Save and close the point"

    def initial(self) -> dict[str, Any]:
        return {"closed_on": timezone.localdate(), "evidence": self.point.evidence}

    def perform(self, form: ClosePointForm) -> str:
        close_point(
            point_id=self.point.pk,
            by=self.user,
            at=timezone.now(),
            today=timezone.localdate(),
            identity_confirmed=form.identity_confirmed,
            seen_version=self.seen_version(form),
            **form.values,
        )
        return "The point is closed."
