"""Forms about reminders."""

from collections.abc import Sequence
from typing import Any

from django import forms

from foitracker.accounts.models import User
from foitracker.pages.forms.fields import DayField
from foitracker.pages.forms.form import FilterForm, SettingsForm
from foitracker.reminders.kinds import ReminderKind

UNREAD, ALL = "", "all"


class RemindersFilterForm(FilterForm):
    """Which reminders are shown."""

    show = forms.ChoiceField(
        label="Show", required=False, choices=[(UNREAD, "Not read yet"), (ALL, "All that stand")]
    )
    kind = forms.ChoiceField(label="About", required=False)

    def __init__(self, *args: Any, kinds: Sequence[ReminderKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Anything"), *((kind.code, kind.heading) for kind in kinds)]  # type: ignore[attr-defined]


class PreferencesForm(SettingsForm):
    """Which reminders are e-mailed to a person."""

    wanted = forms.MultipleChoiceField(
        label="E-mail me about",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="What you leave out is on your Reminders page all the same.",
    )

    def __init__(self, *args: Any, kinds: Sequence[ReminderKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = [(kind.code, kind.heading) for kind in kinds]  # type: ignore[attr-defined]


class AbsenceForm(SettingsForm):
    """When somebody is away, and who covers for them."""

    person = forms.ModelChoiceField(
        User.objects.none(), label="Who", empty_label=None, error_messages={"required": "Choose a person."}
    )
    from_on = DayField(label="First day away", required_message="Enter the first day.")
    to_on = DayField(label="Last day away", required_message="Enter the last day.")
    cover = forms.ModelChoiceField(
        User.objects.none(),
        label="Cover",
        required=False,
        empty_label="Nobody",
        help_text="Reminders go to them as well. Without cover, managers are told of open requests.",
    )

    def __init__(self, *args: Any, people: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["cover"].queryset = colleagues  # type: ignore[attr-defined]


class DigestTimeForm(SettingsForm):
    """From which hour on the digest goes out."""

    digest_at = forms.TimeField(
        label="Time of the daily e-mail",
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
        help_text="On working days, in UK time. For example, 07:00",
        error_messages=dict.fromkeys(("required", "invalid"), "Enter a time such as 07:00."),
    )


class OffsetsField(forms.CharField):
    """Working days from a date, separated by commas: 5 is five before it, 0 the day itself, -1 the first after."""

    def clean(self, value: Any) -> list[int]:
        text = super().clean(value).replace("\u2212", "-")
        try:
            return [int(part) for part in text.replace(",", " ").split()]
        except ValueError:
            raise forms.ValidationError(
                "Enter whole numbers separated by commas, such as 10, 5, 3, 1, 0."
            ) from None


class KindSettingsForm(SettingsForm):
    """The days and the readers of one kind of reminder."""

    offsets = OffsetsField(
        label="Working days",
        max_length=80,
        help_text="Before the date it is about: 5 is five working days before, 0 the day itself, -1 the first working "
        "day after. For example, 10, 5, 3, 1, 0",
        error_messages={"required": "Enter at least one working day."},
    )
    every = forms.IntegerField(
        label="Then every so many working days",
        required=False,
        min_value=1,
        max_value=60,
        help_text="Leave empty to say it once.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter a whole number from 1 to 60, or nothing."
        ),
    )
    audiences = forms.MultipleChoiceField(
        label="Goes to",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one reader: a reminder nobody gets is none."},
    )

    def __init__(self, *args: Any, kind: ReminderKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audiences"].choices = [(one.code, one.label) for one in kind.audiences]  # type: ignore[attr-defined]
