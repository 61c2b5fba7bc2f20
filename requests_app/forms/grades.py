"""Forms of grades, their rates and the grades of officers."""

from decimal import Decimal
from typing import Any

from django import forms

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import those_who_may
from foitracker.pages.forms.fields import TOO_LONG, DayField, OneLineField
from foitracker.pages.forms.form import SettingsForm
from requests_app.models import Grade

_NOT_A_RATE = "Enter pounds an hour from 0.01 to 1000, such as 23.50."


class GradeForm(SettingsForm):
    """What a grade is called."""

    name = OneLineField(
        label="Name",
        max_length=60,
        help_text="Such as Band C, or Inspector.",
        error_messages={"required": "Enter the name of the grade.", "max_length": TOO_LONG},
    )


class ChangeGradeForm(GradeForm):
    """What a grade is called, and whether it can be chosen."""

    is_in_use = forms.BooleanField(
        label="Can be chosen for new hours",
        required=False,
        help_text="Hours recorded with it keep it.",
    )


class _DatedForm(SettingsForm):
    """A grade and the day something about it begins."""

    grade = forms.ModelChoiceField(
        queryset=Grade.objects.none(),
        label="Grade",
        empty_label="Choose",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the grade."),
    )
    from_on = DayField(label="From", required_message="Enter the first day.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].queryset = Grade.objects.filter(is_in_use=True)  # type: ignore[attr-defined]


class RateForm(_DatedForm):
    """What an hour of a grade costs from a day on."""

    hourly = forms.DecimalField(
        label="Pounds an hour",
        min_value=Decimal("0.01"),
        max_value=1000,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
        help_text="With the employer’s costs, such as 23.50.",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_decimal_places"), _NOT_A_RATE
        ),
    )


class OfficerGradeForm(_DatedForm):
    """The grade of an officer from a day on."""

    person = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Officer",
        empty_label="Choose",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the officer."),
    )

    field_order = ("seen_version", "person", "grade", "from_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(those_who_may(Permission.RECORD_TIME)).order_by("name", "pk")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
