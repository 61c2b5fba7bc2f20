"""The filter of the register."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms
from django.db.models import Q, QuerySet

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can
from foitracker.pages.forms.fields import DayField
from foitracker.pages.forms.form import FilterForm, labelled
from requests_app.forms.counted import BetweenField, CountedField, DaysField, hidden, hidden_flag
from requests_app.measures import ALL_STATUSES, NOBODY, REQUESTS, RequestView
from requests_app.measures.periods.view import NOT_RECORDED
from requests_app.models import Channel, ExemptionClaim, Priority, Regime, Topic
from requests_app.queries.officers import officers
from requests_app.queries.register import RegisterFilter
from requests_app.rules.casework.lateness import LATE_REASON_LABELS, LATE_STEP_LABELS
from requests_app.rules.casework.workflow import OUTCOME_LABELS, STATUS_LABELS, Outcome, Status

#: Choices of `status` that are not statuses.
LIVE, ALL = "", ALL_STATUSES


_IN_ORDER = ("q", "status", "needs", "outcome", "officer", "regime", "topic", "channel", "priority")
#: Columns that a box of the same or another name is compared with.
_COLUMNS = {
    "topic": "topic",
    "channel": "channel",
    "function": "designated_function",
    "late_reason": "late_reason",
    "late_step": "late_step",
}
#: Columns that a range in a box of the same or another name is compared with.
_RANGES = {"answer_days": "answer_days", "due": "due_on", "received": "received_on"}


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
    topic = forms.ModelChoiceField(
        queryset=Topic.objects.all(), label="Topic", required=False, empty_label="Any"
    )
    channel = forms.ChoiceField(
        label="How it arrived", required=False, choices=[("", "Any"), *Channel.choices]
    )
    received_from = DayField(label="Received from", required=False)
    received_to = DayField(label="Received to", required=False)

    counted = CountedField()
    no_topic = hidden_flag("Without a topic")
    function = hidden("Function", max_length=8)
    late_reason = hidden("Late because", {**LATE_REASON_LABELS, NOT_RECORDED: "Not recorded"})
    late_step = hidden("Time lost at", {**LATE_STEP_LABELS, NOT_RECORDED: "Not recorded"})
    exemption = hidden("Exemption", max_length=8)
    answer_days = BetweenField(label="Working days to the answer")
    due = DaysField(label="Due")
    received = DaysField(label="Received")
    stage = hidden("Stage", dict(REQUESTS.choices("stage")))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        boxes = REQUESTS.boxes(user)
        self.fields |= boxes
        self.order_fields(
            ["q", "status", "needs", "outcome", "officer", "regime", "topic", "channel", "priority", *boxes]
        )
        people = [(str(person.pk), person.name) for person in (*officers(), *self._somebody_else())]
        self.fields["officer"].choices = [("", "Anybody"), (NOBODY, "Unassigned"), *people]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(*(labelled(name, field) for name, field in self.fields.items()))

    def _somebody_else(self) -> QuerySet[User]:
        """Whoever a figure names who can be given no request any more, but had some."""
        asked = self.data.get("officer", "")
        known = (
            User.objects.filter(pk=asked) if asked.isdecimal() and len(asked) < 10 else User.objects.none()
        )
        return known.exclude(pk__in=officers().order_by().values("pk"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        officer = cleaned.get("officer")
        if (
            cleaned.get("counted")
            and officer
            and officer != NOBODY
            and not can(Permission.OVERSEE, self.user)
        ):
            self.add_error("officer", "Only managers see a figure by officer. Choose anybody.")
        return cleaned

    def chosen(self, order: str, *, view: RequestView) -> RegisterFilter:
        """Return what was chosen, as the register takes it. A closed outcome looks among closed requests."""
        chosen = self.cleaned_data
        status, outcome, officer = chosen["status"], chosen["outcome"], chosen["officer"]
        return RegisterFilter(
            live=status not in (ALL, Status.CLOSED) and not outcome and not chosen["counted"],
            status="" if status in (LIVE, ALL) else status,
            outcome=outcome,
            officer_id=int(officer) if officer and officer != NOBODY else None,
            unassigned=officer == NOBODY,
            regime=chosen["regime"],
            priority=chosen["priority"],
            received_from=chosen["received_from"],
            received_to=chosen["received_to"],
            measured=REQUESTS.chosen(chosen, view) & self._counted(),
            text=chosen["q"],
            order=order,
        )

    def _counted(self) -> Q:
        """The condition of what a figure filled in, and of the boxes that are columns of the request."""
        chosen, condition = self.cleaned_data, Q()
        if chosen["counted"]:
            condition &= chosen["counted"].condition(self.user)
        for name, column in _COLUMNS.items():
            if chosen[name]:
                condition &= Q(**{column: "" if chosen[name] == NOT_RECORDED else chosen[name]})
        if chosen["no_topic"]:
            condition &= Q(topic__isnull=True)
        for name, column in _RANGES.items():
            if chosen[name]:
                condition &= chosen[name].condition(column)
        if chosen["exemption"]:
            claims = ExemptionClaim.objects.filter(section=chosen["exemption"])
            condition &= Q(pk__in=claims.values("foi_request"))
        return condition
