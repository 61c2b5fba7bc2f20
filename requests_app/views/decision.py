"""The pages on which items are decided: one at a time, or several at once."""

from typing import Any

from django.urls import reverse

from foitracker.accounts.permission_names import Permission
from foitracker.casework.case_page import Gone
from requests_app.forms.decision import DecideItemForm, DecideItemsForm
from requests_app.models import Authority, RequestItem
from requests_app.operations.decision import decide_item, decide_items
from requests_app.rules.casework.dispositions import DISPOSITION_LABELS, Disposition
from requests_app.views.editing import EditingPage


def has_designated_functions() -> bool:
    """Return whether the Act covers this authority only for designated functions (FOIA s.7(5))."""
    return Authority.objects.filter(has_designated_functions=True).exists()


class DecideItem(EditingPage):
    """Decide one item. “Save and next” leads to the next undecided one."""

    permission = Permission.WORK_CASE
    form_class = DecideItemForm
    template_name = "requests_app/decision/item.html"
    submit_label = "Save"
    anchor = "#items"

    def load(self, **kwargs: Any) -> None:
        self.items = list(self.case.items.select_related("duplicate_of", "decided_by"))
        self.item = next((item for item in self.items if item.pk == kwargs["pk"]), None) or _no_item()
        self.heading = f"Item {self.item.label}"

    def initial(self) -> dict[str, Any]:
        return {
            "disposition": self.item.disposition,
            "explanation": self.item.explanation,
            "location": self.item.location,
            "duplicate_of": self.item.duplicate_of_id,
        }

    def form_arguments(self) -> dict[str, Any]:
        others = [item for item in self.items if item.pk != self.item.pk and not item.duplicate_of_id]
        return {
            "others": others,
            "has_designated_functions": has_designated_functions(),
            "is_decided": bool(self.item.disposition),
        }

    def page(self) -> dict[str, Any]:
        return {
            "item": self.item,
            "claims": self.item.claims.all(),
            "figure_sets": self.item.figure_sets.prefetch_related("figures"),
            "secondary": [
                {"name": "then", "value": "next", "label": "Save and go to the next undecided item"}
            ]
            if self._next()
            else [],
        }

    def perform(self, form: DecideItemForm) -> str:
        data = form.cleaned_data
        decide_item(
            **self.common(form),
            item_id=self.item.pk,
            disposition=form.chosen,
            explanation=data["explanation"],
            location=data["location"],
            duplicate_of_id=data["duplicate_of"],
        )
        outcome = DISPOSITION_LABELS[form.chosen].lower() if form.chosen else "not decided"
        return f"Item {self.item.label}: {outcome}."

    def success_url(self) -> str:
        if self.request.POST.get("then") == "next" and (following := self._next()):
            return reverse("requests_app:item_decide", args=[self.case.year, self.case.number, following.pk])
        return super().success_url()

    def _next(self) -> RequestItem | None:
        """The next undecided item after this one, or the first one before it."""
        here = self.item.position
        undecided = [item for item in self.items if not item.disposition and item.pk != self.item.pk]
        return next((item for item in undecided if item.position > here), next(iter(undecided), None))


class DecideItems(EditingPage):
    """Decide several items with the same disposition.

    `?tick=undecided` starts with the undecided ones ticked.
    """

    permission = Permission.WORK_CASE
    form_class = DecideItemsForm
    template_name = "requests_app/decision/several_items.html"
    heading = "Decide several items"
    submit_label = "Save decision"
    anchor = "#items"

    def load(self, **kwargs: Any) -> None:
        self.items = list(self.case.items.select_related("duplicate_of"))

    def initial(self) -> dict[str, Any]:
        if self.request.GET.get("tick") != "undecided":
            return {}
        return {"items": [item.pk for item in self.items if not item.disposition]}

    def form_arguments(self) -> dict[str, Any]:
        return {"items": self.items, "has_designated_functions": has_designated_functions()}

    def page(self) -> dict[str, Any]:
        return {"items": self.items, "undecided": [item for item in self.items if not item.disposition]}

    def perform(self, form: DecideItemsForm) -> str:
        data = form.cleaned_data
        disposition = Disposition(data["disposition"])
        decide_items(**self.common(form), item_ids=data["items"], disposition=disposition)
        number = len(data["items"])
        return f"{number} item{'' if number == 1 else 's'}: {DISPOSITION_LABELS[disposition].lower()}."


def _no_item() -> RequestItem:
    raise Gone("This item is no longer part of the request.")
