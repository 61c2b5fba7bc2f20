"""The filter of the list of logs."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms

from foitracker.accounts.models import User
from foitracker.pages.forms.fields import DayField
from foitracker.pages.forms.form import FilterForm, labelled
from referrals.measures import LOGS, NOBODY, OVERDUE, LogView
from referrals.queries.advisers import advisers
from referrals.queries.choices import criteria_ever_used, forces_by_name, topics_by_name
from referrals.queries.log import EVERY_STATUS, LogFilter
from referrals.rules.vocabulary import PRIORITY_LABELS, SCOPE_LABELS, TRIGGER_LABELS
from referrals.rules.workflow import (
    AWAITING_ADVICE,
    OPEN_REFERRALS,
    REFERRAL_STATUS_LABELS,
    ReferralStatus,
)

#: Choices of `status` that are more than one status.
AWAITING, OPEN, ALL = "", "open", "all"


class LogFilterForm(FilterForm):
    """What the list shows. Logs that await advice unless something else is asked for."""

    between = ("received_from", "received_to")

    q = forms.CharField(
        label="Log number or words",
        help_text="Such as 636/18, a force's own reference, or words of the request; never a name, as searches "
        "show in the address.",
        required=False,
    )
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            (AWAITING, "Awaiting advice"),
            (OPEN, "Open: all but closed"),
            (ALL, "All"),
            *((status.value, REFERRAL_STATUS_LABELS[status]) for status in ReferralStatus),
        ],
    )
    adviser = forms.ChoiceField(label="Adviser", required=False)
    waits = forms.ChoiceField(
        label="Waits for", required=False, choices=[("", "Anything or nothing"), *LOGS.choices("waits")]
    )
    priority = forms.ChoiceField(
        label="Priority", required=False, choices=[("", "Any"), *PRIORITY_LABELS.items()]
    )
    force = forms.ChoiceField(label="Force", required=False)
    trigger = forms.ChoiceField(
        label="Why it came", required=False, choices=[("", "Any reason"), *TRIGGER_LABELS.items()]
    )
    scope = forms.ChoiceField(label="Scope", required=False, choices=[("", "Any"), *SCOPE_LABELS.items()])
    criterion = forms.ChoiceField(label="Mandatory criterion", required=False)
    topic = forms.ChoiceField(label="Topic", required=False)
    received_from = DayField(label="Received from", required=False)
    received_to = DayField(label="Received to", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = LOGS.boxes(user)
        self.fields |= boxes
        self.order_fields(["q", "status", "adviser", *boxes])
        people = [(str(person.pk), person.name) for person in advisers()]
        self._offer("adviser", ("", "Anybody"), (NOBODY, "Unassigned"), *people)
        self._offer("force", ("", "Any"), *forces_by_name())
        self._offer("criterion", ("", "Any or none"), *criteria_ever_used())
        self._offer("topic", ("", "Any"), *topics_by_name())
        self.helper = FormHelper()
        self.helper.layout = Layout(*(labelled(name, field) for name, field in self.fields.items()))

    def _offer(self, name: str, *choices: tuple[str, str]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def chosen(self, order: str, *, view: LogView) -> LogFilter:
        """Return what was chosen, as the list takes it."""
        chosen = self.cleaned_data
        adviser = chosen["adviser"]
        return LogFilter(
            statuses=_statuses(chosen["status"]),
            text=chosen["q"],
            adviser_id=int(adviser) if adviser and adviser != NOBODY else None,
            unassigned=adviser == NOBODY,
            force_id=_key(chosen["force"]),
            trigger=chosen["trigger"],
            scope=chosen["scope"],
            criterion=chosen["criterion"],
            topic_id=_key(chosen["topic"]),
            priority=chosen["priority"],
            received_from=chosen["received_from"],
            received_to=chosen["received_to"],
            order=order,
            measured=LOGS.chosen(chosen, view),
            overdue=OVERDUE.condition(view),
        )


def _statuses(choice: str) -> frozenset[ReferralStatus]:
    several = {AWAITING: AWAITING_ADVICE, OPEN: OPEN_REFERRALS, ALL: EVERY_STATUS}
    return several[choice] if choice in several else frozenset({ReferralStatus(choice)})


def _key(choice: str) -> int | None:
    return int(choice) if choice else None
