"""The page of the figures that answer an item."""

from collections.abc import Mapping, Sequence
from typing import Any

from foitracker.accounts.permission_names import Permission
from foitracker.casework.case_page import Gone
from requests_app.forms.figures import FiguresForm, years_ending_31_march
from requests_app.models import Figure
from requests_app.operations.decision import set_figures
from requests_app.views.editing import EditingRowsPage


class EditFigures(EditingRowsPage):
    """Answer an item with figures, or change an earlier answer. Saving with every row removed removes it."""

    permission = Permission.WORK_CASE
    form_class = FiguresForm
    template_name = "requests_app/decision/figures.html"
    submit_label = "Save figures"
    anchor = "#items"

    def load(self, **kwargs: Any) -> None:
        figure_set = kwargs.get("figure_set")
        item = self.case.items.filter(pk=kwargs["pk"]).first()
        if item is None:
            raise Gone("This item is no longer part of the request.")
        self.item = item
        self.figure_set = item.figure_sets.filter(pk=figure_set).first() if figure_set else None
        if figure_set and self.figure_set is None:
            raise Gone("These figures are no longer part of the answer.")
        self.heading = f"Figures for item {item.label}"

    def initial(self) -> dict[str, Any]:
        if self.figure_set is None:
            return {}
        return {
            "unit_of_count": self.figure_set.unit_of_count,
            "criteria": "\n".join(self.figure_set.criteria),
            "caveat": self.figure_set.caveat,
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"rows": [_row(f) for f in self.figure_set.figures.all()] if self.figure_set else []}

    def page(self) -> dict[str, Any]:
        return {"item": self.item, "figure_set": self.figure_set}

    def rearrange(self, action: str, typed: list[dict[str, Any]]) -> Sequence[Mapping[str, Any]]:
        if action != "years":
            return typed
        years = years_ending_31_march(self.request.POST.get("years", ""))
        return [*typed, *({"period_from": first, "period_to": last} for first, last in years)]

    def perform(self, form: FiguresForm) -> str:
        saved = set_figures(
            **self.common(form),
            item_id=self.item.pk,
            figure_set_id=self.figure_set.pk if self.figure_set else None,
            unit_of_count=form.cleaned_data["unit_of_count"],
            criteria=form.criteria_lines(),
            caveat=form.cleaned_data["caveat"],
            figures=form.drafts(),
        )
        return f"The figures for item {self.item.label} have been {'saved' if saved else 'removed'}."


def _row(figure: Figure) -> dict[str, Any]:
    return {
        "label": figure.label,
        "period_from": figure.period_from,
        "period_to": figure.period_to,
        "value": f"{figure.value:f}".removesuffix(".00"),
    }
