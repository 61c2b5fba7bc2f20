"""Placing a saved statistic in a letter: which request, then each period's item and label, as it will be printed."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.case_page import CasePage
from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from foitracker.statistics.models import Snapshot
from referrals.forms.placement import PlaceForm, PlacementForm
from referrals.operations.statistics import Placing, place_in_letter, tables_to_print
from referrals.queries.saved_statistics import kept_definition
from referrals.rules.statistic_placement import AskedItem, PlannedRow, suggested_rows
from requests_app.models import FoiRequest
from requests_app.operations.casework import check_editable


class PlaceStatistic(CasePage):
    """The query string names the request and whose figures it gets; without it, the page asks for them."""

    form_class = PlacementForm
    template_name = "referrals/statistics/place.html"
    heading = "Place a statistic in the letter"
    submit_label = "Place these figures"
    back_to = "requests_app:casefile"
    anchor = "#items"
    key = "case_id"
    case: FoiRequest

    def check_allowed(self, request: HttpRequest) -> None:
        check_can(Permission.PLACE_STATISTIC, request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.check_allowed(request)
        self.statistic = get_object_or_404(Snapshot, pk=kwargs.pop("pk"))
        self.definition = kept_definition(self.statistic)
        self.where = PlaceForm(request.GET or None, definition=self.definition, user=cast(User, request.user))
        if not self.where.is_valid() or (request.method != "POST" and not self._is_open()):
            return self._ask(request)
        case = self.where.cleaned_data["reference"]
        return super().dispatch(request, *args, year=case.year, number=case.number, **kwargs)

    def find(self, year: int, number: int) -> FoiRequest:
        found: FoiRequest = self.where.cleaned_data["reference"]
        return found

    def load(self, **kwargs: Any) -> None:
        self.items = [AskedItem(item.pk, item.label, item.text) for item in self.case.items.all()]
        words = self.case.words
        self.suggested = suggested_rows(self.definition.periods, self.items, words)
        self.has_figures = self.case.items.filter(figure_sets__isnull=False).exists()

    def form_arguments(self) -> dict[str, Any]:
        return {
            "definition": self.definition,
            "items": self.items,
            "suggested": self.suggested,
            "has_figures": self.has_figures,
        }

    def page(self) -> dict[str, Any]:
        return {
            "statistic": self.statistic,
            "cancel_url": reverse("referrals:saved_statistic", args=[self.statistic.pk]),
            "whose": self.where.force_chosen,
            "secondary": [{"name": "preview", "value": "1", "label": "Show as printed"}],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "preview" in request.POST:
            form = self.form_class(request.POST, **self.form_arguments())
            return self.show(form, status=200 if form.is_valid() else 422)
        return super().post(request, *args, **kwargs)

    def show(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        is_valid = form.is_bound and form.is_valid()
        rows = form.rows() if is_valid else self.suggested
        try:
            extra["tables"] = tables_to_print(self.statistic, self._placing(rows))
        except NotPossible as nothing:
            extra["nothing"] = str(nothing)
        return super().show(form, status, **extra)

    def perform(self, form: PlacementForm) -> str:
        placing = self._placing(form.rows(), replacing=bool(form.cleaned_data.get("replacing")))
        place_in_letter(statistic_id=self.statistic.pk, placing=placing, **self.common(form))
        return "The figures have been placed. The letter prints them with their definition."

    def _placing(self, rows: tuple[PlannedRow | None, ...], *, replacing: bool = False) -> Placing:
        return Placing(tuple(rows), self.where.force_chosen, self.where.is_apart, replacing)

    def _is_open(self) -> bool:
        try:
            check_editable(self.where.cleaned_data["reference"])
        except TransitionNotAllowed as refusal:
            self.where.add_error("reference", str(refusal))
            return False
        return True

    def _ask(self, request: HttpRequest) -> HttpResponse:
        context = {
            "statistic": self.statistic,
            "form": self.where,
            "back_url": reverse("referrals:saved_statistic", args=[self.statistic.pk]),
        }
        status = 400 if self.where.is_bound else 200
        return render(request, "referrals/statistics/place_where.html", context, status=status)
