"""How long a feed of due dates may be read."""

from django import forms

from foitracker.pages.forms.form import CaseForm

DEFAULT_DAYS = 180


class CalendarFeedForm(CaseForm):
    """The lifetime of a new feed."""

    days = forms.TypedChoiceField(
        label="It can be read for",
        coerce=int,
        choices=[(30, "30 days"), (90, "90 days"), (DEFAULT_DAYS, "180 days"), (365, "a year")],
        initial=DEFAULT_DAYS,
        widget=forms.RadioSelect,
        help_text="After that, make a new one here.",
        error_messages={"required": "Choose how long", "invalid_choice": "Choose how long"},
    )
