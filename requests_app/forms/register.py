"""The filter of the register."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms

from foitracker.accounts.models import User
from foitracker.pages.forms.fields import DayField
from foitracker.pages.forms.form import FilterForm, labelled
from requests_app.measures import ALL_STATUSES, NOBODY, REQUESTS, RequestView
from requests_app.models import Priority, Regime
from requests_app.queries.officers import officers
from requests_app.queries.register import RegisterFilter
from requests_app.rules.casework.workflow import OUTCOME_LABELS, STATUS_LABELS, Outcome, Status

#: Choices of `status` that are not statuses.
LIVE, ALL = "", ALL_STATUSES


class RegisterFilterForm(FilterForm):
    """What the register shows. Live requests unless something else is asked for."""

    between = ("received_from", "received_to")

    q = forms.CharField(
        label="Reference or words",
        help_text="Such as 2253/2025, or words of the request; never a name, as searches show in the address.",
        required=False,
    )
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            (LIVE, "Live: all but closed"),
            (ALL, "All"),
            *((status.value, STATUS_LABELS[status]) for status in Status),
        ],
    )
    outcome = forms.ChoiceField(
        label="Outcome",
        required=False,
        choices=[("", "Any"), *((outcome.value, OUTCOME_LABELS[outcome]) for outcome in Outcome)],
    )
    officer = forms.ChoiceField(label="Officer", required=False)
    regime = forms.ChoiceField(
        label="Regime", required=False, choices=[("", "Any"), *((r.value, r.value) for r in Regime)]
    )
    priority = forms.ChoiceField(label="Priority", required=False, choices=[("", "Any"), *Priority.choices])
    needs = forms.ChoiceField(
        label="What it needs",
        required=False,
        choices=[("", "Anything"), *REQUESTS.choices("needs")],
    )
    received_from = DayField(label="Received from", required=False)
    received_to = DayField(label="Received to", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = REQUESTS.boxes(user)
        self.fields |= boxes
        self.order_fields(["q", "status", "needs", "outcome", "officer", "regime", "priority", *boxes])
        people = [(str(person.pk), person.name) for person in officers()]
        self.fields["officer"].choices = [("", "Anybody"), (NOBODY, "Nobody yet"), *people]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(*(labelled(name, field) for name, field in self.fields.items()))

    def chosen(self, order: str, *, view: RequestView) -> RegisterFilter:
        """Return what was chosen, as the register takes it. A closed outcome looks among closed requests."""
        chosen = self.cleaned_data
        status, outcome, officer = chosen["status"], chosen["outcome"], chosen["officer"]
        return RegisterFilter(
            live=status not in (ALL, Status.CLOSED) and not outcome,
            status="" if status in (LIVE, ALL) else status,
            outcome=outcome,
            officer_id=int(officer) if officer and officer != NOBODY else None,
            unassigned=officer == NOBODY,
            regime=chosen["regime"],
            priority=chosen["priority"],
            received_from=chosen["received_from"],
            received_to=chosen["received_to"],
            measured=REQUESTS.chosen(chosen, view),
            text=chosen["q"],
            order=order,
        )
