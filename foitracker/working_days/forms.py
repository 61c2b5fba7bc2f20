"""Forms of the working-day calendar."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms
from django.utils import formats

from foitracker.pages.forms.fields import DayField, OneLineField
from foitracker.pages.forms.form import labelled
from foitracker.working_days.models import DIVISIONS, CalendarProposal
from foitracker.working_days.published_holidays import LONGEST_TITLE
from foitracker.working_days.queries import open_proposals

if TYPE_CHECKING:
    _Choice = forms.ModelMultipleChoiceField[CalendarProposal]
else:
    _Choice = forms.ModelMultipleChoiceField


class ProposalsField(_Choice):
    """Proposals to choose from, each said in a sentence."""

    def label_from_instance(self, obj: CalendarProposal) -> str:
        learned = formats.date_format(obj.proposed_at, "d/m/Y")
        return f"{proposal_in_words(obj)} ({obj.source}, {learned})"


def proposal_in_words(proposal: CalendarProposal) -> str:
    """Return what a proposal would change."""
    day = formats.date_format(proposal.day, "l j F Y")
    return f"{proposal.get_kind_display()} {day} in {proposal.get_division_display()}: {proposal.title}"


class ProposalsForm(forms.Form):
    """Which of the proposals to look at; all of them unless some are deselected."""

    proposal = ProposalsField(
        label="Changes that wait",
        queryset=CalendarProposal.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one change.",
            "invalid_choice": "A change you chose has been decided meanwhile. Look at what is left.",
            "invalid_pk_value": "A change you chose has been decided meanwhile. Look at what is left.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(ProposalsField, self.fields["proposal"])
        field.queryset = open_proposals()
        if not self.is_bound:
            self.initial["proposal"] = [proposal.pk for proposal in field.queryset]

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.layout = Layout(labelled("proposal", self.fields["proposal"]))
        return helper


class DecisionForm(ProposalsForm):
    """What is decided on them, and on what state of the calendar the decision was made."""

    decision = forms.ChoiceField(choices=[("confirm", "Confirm"), ("reject", "Reject")])
    seen_version = forms.IntegerField()


class ProposeForm(forms.Form):
    """A day to add to the calendar, or to remove from it, by hand."""

    kind = forms.ChoiceField(
        label="What to change",
        choices=[("addition", "Add a bank holiday"), ("removal", "Take a bank holiday away")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether to add the day or to take it away."},
    )
    day = DayField(label="Day", required_message="Enter the day.")
    divisions = forms.MultipleChoiceField(
        label="Where",
        help_text="A day that is a bank holiday in any part of the UK counts nowhere (section 10(6)).",
        choices=DIVISIONS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one part of the UK."},
    )
    title = OneLineField(
        label="Name of the day",
        help_text="Not needed when it is taken away.",
        required=False,
        max_length=LONGEST_TITLE,
    )
    reason = OneLineField(
        label="Why, and where it is announced",
        help_text="Such as the proclamation and its date. Everybody who may see the calendar reads this.",
        max_length=300,
        error_messages={"required": "Say why, and where it is announced."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == "addition" and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", "Enter the name of the day.")
        return cleaned

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.layout = Layout(*(labelled(name, field) for name, field in self.fields.items()))
        return helper
