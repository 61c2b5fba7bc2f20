"""The pages of a search for the information, and of what is held."""

from typing import Any

from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from requests_app.forms.search import HoldingForm, SearchForm
from requests_app.operations.decision import record_search, set_holding
from requests_app.rules.casework.holding import Holding
from requests_app.views.editing import EditingPage


class AddSearch(EditingPage):
    """Record a search."""

    permission = Permission.WORK_CASE
    form_class = SearchForm
    heading = "Record a search"
    submit_label = "Save search"
    anchor = "#searches"

    def initial(self) -> dict[str, Any]:
        return {"searched_on": timezone.localdate(), "holding": self.case.holding}

    def perform(self, form: SearchForm) -> str:
        data = form.cleaned_data
        record_search(
            **self.common(form),
            searched=data["searched"],
            searched_by=data["searched_by"],
            searched_on=data["searched_on"],
            criteria=data["criteria"],
            result=data["result"],
            holding=Holding(data["holding"]),
            today=timezone.localdate(),
        )
        return "The search is on the file."


class ChangeHolding(EditingPage):
    """Change what the authority says about holding the information."""

    permission = Permission.WORK_CASE
    form_class = HoldingForm
    heading = "What is held"
    anchor = "#searches"

    def initial(self) -> dict[str, Any]:
        return {"holding": self.case.holding}

    def perform(self, form: HoldingForm) -> str:
        set_holding(**self.common(form), holding=Holding(form.cleaned_data["holding"]))
        return "What is held has been changed."
