"""What is asked about one force on a log, in a row of its own or on a page."""

from datetime import date
from typing import Any

from django import forms

from foitracker.pages.forms.fields import DayBox, OneLineField, WordsField
from foitracker.pages.typed_text import MAX_REQUEST_CHARACTERS
from referrals.models import Force
from referrals.operations.intake import ForceEntry
from referrals.queries.forces import ForceNotKnown, find_force
from referrals.rules.vocabulary import TRIGGER_LABELS, ForceRole, Trigger

#: What each role a force can have on a log means, for whoever enters it.
ROLE_CHOICES: list[tuple[str, str]] = [
    (ForceRole.REFERRED_BY, "Referred it: it sent a form"),
    (ForceRole.LOGGED_WITH, "Logged with it: it wrote or rang, without a form"),
    (ForceRole.CONSULTED, "Was only consulted by us"),
]


class ForceFields(forms.Form):
    """One force on a log, with its own reference, days and wording."""

    force = OneLineField(
        label="Force",
        help_text="Any of its names, such as Lancashire Police.",
        max_length=100,
        widget=forms.TextInput(attrs={"list": "force-names", "autocomplete": "off"}),
        error_messages={"required": "Enter the name of the force."},
    )
    role = forms.ChoiceField(label="Its part", choices=ROLE_CHOICES, initial=ForceRole.REFERRED_BY)
    trigger = forms.ChoiceField(
        label="Why it turned to us",
        choices=[("", "Choose"), *((trigger.value, TRIGGER_LABELS[trigger]) for trigger in Trigger)],
        required=False,
    )
    form_received_on = DayBox(
        required=False,
        label="Its form came on",
        help_text="Such as 25/4/2025. Empty: the day the first form or letter came.",
    )
    wrote_on = DayBox(
        required=False,
        label="It first wrote on, without a form",
        help_text="Only where it wrote or rang before, or sent no form.",
    )
    reference = OneLineField(
        label="Its own reference", help_text="As on its form.", required=False, max_length=60
    )
    request_received_on = DayBox(
        required=False,
        label="It received the request on",
        help_text="Such as 25/4/2025. Its time limit runs from this day.",
    )
    stated_due_on = DayBox(
        required=False,
        label="Deadline it states",
        help_text="Only where its limit is not the usual 20 working days.",
    )
    wording = WordsField(
        label="What it was asked, if different",
        help_text="Empty: the same as the log says.",
        rows=3,
        required=False,
        max_length=MAX_REQUEST_CHARACTERS,
    )

    def clean_force(self) -> Force:
        try:
            return find_force(self.cleaned_data["force"])
        except ForceNotKnown as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        super().clean()
        part = self.cleaned_data.get("role")
        if part and part != ForceRole.CONSULTED and not self.cleaned_data.get("trigger"):
            self.add_error("trigger", "Choose why the force turned to the unit.")
        if part == ForceRole.CONSULTED and self.cleaned_data.get("trigger"):
            self.add_error(
                "trigger",
                "A force that was only consulted has no reason to refer. Choose none, or another part.",
            )
        return self.cleaned_data

    def days_turned_to_us(self) -> list[date]:
        """Return the days on which the force sent its form or wrote, where they were given."""
        entered = self.cleaned_data
        if entered["role"] == ForceRole.CONSULTED:
            return []
        return [day for day in (entered["form_received_on"], entered["wrote_on"]) if day]

    def entry(self, first_day: date) -> ForceEntry:
        """Return the force as the operations take it; `first_day` is when the log came."""
        entered = self.cleaned_data
        role, form_on, wrote_on = entered["role"], entered["form_received_on"], entered["wrote_on"]
        if role == ForceRole.REFERRED_BY:
            form_on = form_on or first_day
        if role == ForceRole.LOGGED_WITH and not form_on:
            wrote_on = wrote_on or first_day
        return ForceEntry(
            force_id=entered["force"].pk,
            role=role,
            trigger=entered["trigger"],
            form_received_on=form_on,
            wrote_on=wrote_on,
            reference=entered["reference"],
            request_received_on=entered["request_received_on"],
            stated_due_on=entered["stated_due_on"],
            wording=entered["wording"],
        )
