"""Forms of the register of forces."""

from datetime import date
from functools import cached_property
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms

from foitracker.pages.forms.fields import DayField, OneLineField
from foitracker.pages.forms.form import SettingsForm, labelled
from referrals.forms.settings import EMAIL_ERRORS
from referrals.models import AccessRegime, ForceKind
from referrals.queries.choices import forces_by_name
from referrals.queries.force_register import ALL, ENDED


class RegisterFilterForm(forms.Form):
    """What the register shows: the forces there are, unless something else is asked for."""

    q = forms.CharField(label="Name, or part of it", max_length=100, required=False)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "Any"), *ForceKind.choices])
    regime = forms.ChoiceField(
        label="Access law", required=False, choices=[("", "Any"), *AccessRegime.choices]
    )
    standing = forms.ChoiceField(
        label="Standing", required=False, choices=[("", "There now"), (ENDED, "Ended"), (ALL, "All")]
    )
    no_mailbox = forms.BooleanField(label="Without a mailbox", required=False)

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.layout = Layout(*(labelled(name, field) for name, field in self.fields.items()))
        return helper


class EntryForm(SettingsForm):
    """What the register says of a force besides its official name."""

    short = OneLineField(
        label="Short name",
        help_text="As lists and packs show it where there is little room. It finds the force, too.",
        max_length=60,
        error_messages={"required": "Enter the short name."},
    )
    email = forms.EmailField(
        label="Mailbox of its FOI team",
        help_text="Advice is told to this address. An official mailbox, not a person's.",
        required=False,
        max_length=254,
        error_messages=EMAIL_ERRORS,
    )
    kind = forms.ChoiceField(label="Kind", choices=ForceKind.choices)
    regime = forms.ChoiceField(
        label="Access law",
        help_text="Only under the Freedom of Information Act is its deadline worked out here. Under other law it "
        "states its own.",
        choices=AccessRegime.choices,
    )
    nation = OneLineField(label="Nation", max_length=20, required=False)
    region = OneLineField(label="Region", max_length=40, required=False)


class NewEntryForm(EntryForm):
    """A force or another body that is not in the register yet."""

    name = OneLineField(
        label="Official name", max_length=100, error_messages={"required": "Enter the official name."}
    )
    from_on = DayField(
        label="First day", required=False, help_text="Leave it empty where it was there before the first log."
    )

    field_order = ["name", "short", "from_on"]


class RenameForm(SettingsForm):
    """A new official name from a day on."""

    name = OneLineField(
        label="New official name", max_length=100, error_messages={"required": "Enter the new name."}
    )
    from_on = DayField(label="First day of the new name", required_message="Enter the first day.")
    keeps_old_name = forms.BooleanField(
        label="Find it by its old name from that day on as well", required=False, initial=True
    )


class EndForm(SettingsForm):
    """A force that no longer exists from a day on."""

    into = forms.ChoiceField(
        label="Merged into",
        help_text="The force that took its place. Add it to the register first if it is new.",
        required=False,
    )
    from_on = DayField(
        label="First day of the successor",
        help_text="Or the first day without it. The day before is its last. For example, 25 4 2025",
        required_message="Enter the day.",
    )

    def __init__(self, *args: Any, force_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [choice for choice in forces_by_name() if choice[0] != str(force_id)]
        self.fields["into"].choices = [("", "None: it ended without a successor"), *others]  # type: ignore[attr-defined]


class NameForm(SettingsForm):
    """Another name that finds a force."""

    name = OneLineField(
        label="Name",
        help_text="Capitals, punctuation and the words police or constabulary make no difference.",
        max_length=100,
        error_messages={"required": "Enter the name."},
    )
    from_on = DayField(
        label="First day", required=False, help_text="Leave it empty where it always meant this force."
    )


class EndNameForm(SettingsForm):
    """The last day of a name, or that it was entered in error."""

    in_error = forms.BooleanField(label="It was entered in error: remove it", required=False)
    to_on = DayField(label="Last day", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("in_error") and not cleaned.get("to_on") and "to_on" not in self.errors:
            self.add_error("to_on", "Enter the last day, or say that it was entered in error.")
        return cleaned

    @property
    def last_day(self) -> date | None:
        """The day entered; None for a name that was an error."""
        return None if self.cleaned_data["in_error"] else self.cleaned_data["to_on"]
