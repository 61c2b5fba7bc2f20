"""Forms of supervision: a review and its action, dip samples, recovery plans, the triage sheet."""

from typing import Any

from django import forms

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import those_who_may
from foitracker.identity.forms import PublishedForm
from foitracker.pages.forms.fields import DayBox, DayField, WordsField
from foitracker.pages.forms.form import CaseForm, FilterForm, SettingsForm
from requests_app.models import Soundness
from requests_app.rules.casework.dip_sample import USUAL_SHARE


def colleague_field(**arguments: Any) -> "forms.ModelChoiceField[User]":
    """Return a field for somebody who does casework and can sign in, by name."""
    people = User.objects.filter(those_who_may(Permission.WRITE_NOTE)).order_by("name", "pk")
    return forms.ModelChoiceField(queryset=people, **arguments)


class SupervisionForm(CaseForm):
    """A supervision review: the day, the direction, and the action to take if there is one."""

    reviewed_on = DayField(label="Date of the review", required_message="Enter the date of the review.")
    direction = WordsField(
        label="Direction given",
        rows=4,
        max_length=5000,
        help_text="What you looked at and what should happen. Do not name the applicant.",
        error_messages={"required": "Enter the direction given. Looking at a request is not a review."},
    )
    action = WordsField(
        label="Action to take",
        rows=3,
        max_length=2000,
        required=False,
        help_text="Leave this and the next two empty if nothing has to be done.",
    )
    action_by = colleague_field(label="Who is to do it", required=False, empty_label="Nobody")
    action_due_on = DayField(
        label="Action due",
        required=False,
        help_text="A working day. For example, 25 4 2025",
    )


class ActionDoneForm(CaseForm):
    """What was done about an action, and when."""

    done = WordsField(
        label="What was done",
        rows=4,
        max_length=5000,
        help_text="Do not name the applicant.",
        error_messages={"required": "Enter what was done. An action is not closed without it."},
    )
    done_on = DayField(label="Date it was done", required_message="Enter the date it was done.")


class SupervisionFilterForm(FilterForm):
    """Which actions are shown."""

    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "Open"), ("overdue", "Overdue"), ("all", "All, closed too")],
    )


class DrawSampleForm(SettingsForm):
    """The period to sample, and how much of it."""

    period_from = DayField(label="Issued from", required_message="Enter the first day.")
    period_to = DayField(label="Issued to", required_message="Enter the last day.")
    share = forms.IntegerField(
        label="Share of the letters, in per cent",
        initial=USUAL_SHARE,
        required=False,
        min_value=1,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        help_text="Rounded up. At least one letter of every officer is drawn.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter a whole number from 1 to 100, or nothing."
        ),
    )
    number = forms.IntegerField(
        label="Or a number of letters",
        required=False,
        min_value=1,
        max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        help_text="Used instead of the share.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter a whole number from 1 to 500, or nothing."
        ),
    )

    @property
    def values(self) -> dict[str, Any]:
        """What was entered; the share is left out where a number was entered."""
        values = super().values
        return {**values, "share": None if values["number"] else values["share"]}


class AssessForm(CaseForm):
    """What was found of a sampled letter."""

    result = forms.ChoiceField(
        label="Result",
        choices=Soundness.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a result."},
    )
    comment = WordsField(
        label="Comment",
        rows=4,
        max_length=5000,
        required=False,
        help_text="Required unless the letter is simply sound. Do not name the applicant.",
    )


class MakePlanForm(SettingsForm):
    """By when the requests of a recovery plan are to be answered."""

    clear_by = DayField(
        label="Answer all of them by",
        required_message="Enter the date by which they are to be answered.",
        help_text="A working day within a year. For example, 25 4 2025",
    )


class PublicationForm(PublishedForm):
    """The text that is published about a recovery plan."""

    identity_fields = ("text",)
    text = WordsField(
        label="Text for publication",
        rows=8,
        max_length=5000,
        help_text="Name nobody: no officer, no applicant.",
        error_messages={"required": "Enter the text."},
    )


class TriageForm(FilterForm):
    """Since when requests are new."""

    since = DayBox(label="Logged since", required=False)
