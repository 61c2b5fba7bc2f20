"""Forms of time spent on a request."""

from typing import Any

from django import forms

from foitracker.pages.forms.fields import DayField, OneLineField
from foitracker.pages.forms.form import CaseForm
from requests_app.models import Grade
from requests_app.operations.time_spent import TimeSpent
from requests_app.rules.casework.time_spent import (
    MOST_HOURS,
    NOT_QUARTERS,
    QUARTER,
    WORK_KIND_LABELS,
    WorkKind,
    is_recordable,
)

MINE, COLLEAGUE = "mine", "colleague"


class HoursField(forms.DecimalField):
    """Hours in quarters."""

    def __init__(self) -> None:
        super().__init__(
            label="Hours",
            min_value=QUARTER,
            max_value=MOST_HOURS,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-3"}),
            help_text="In quarters, such as 1.5 or 0.75.",
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), NOT_QUARTERS),
        )

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not is_recordable(value):
            raise forms.ValidationError(NOT_QUARTERS)


class _TimeForm(CaseForm):
    """Hours of a day, the grade and the kind of work."""

    hours = HoursField()
    worked_on = DayField(label="Date of the work", required_message="Enter the date of the work.")
    kind = forms.ChoiceField(
        label="Kind of work",
        required=False,
        choices=[("", "Not said"), *((kind.value, WORK_KIND_LABELS[kind]) for kind in WorkKind)],
    )
    grade = forms.ModelChoiceField(
        queryset=Grade.objects.none(), label="Grade", required=False, empty_label="Not chosen"
    )
    business_area = OneLineField(
        label="Business area",
        max_length=80,
        required=False,
        help_text="Of a colleague outside the team: a unit, never a name.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].queryset = Grade.objects.filter(is_in_use=True)  # type: ignore[attr-defined]

    @property
    def spent(self) -> TimeSpent:
        """What was entered."""
        data = self.cleaned_data
        return TimeSpent(
            worked_on=data["worked_on"],
            hours=data["hours"],
            grade=data["grade"],
            business_area=data["business_area"],
            kind=WorkKind(data["kind"]) if data["kind"] else None,
        )


class TimeForm(_TimeForm):
    """Time of the person who enters it, or of a colleague outside the team."""

    whose = forms.ChoiceField(
        label="Whose time",
        choices=[(MINE, "Mine"), (COLLEAGUE, "A colleague’s outside the team")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose time it was."},
    )

    field_order = ("seen_version", "whose", "hours", "worked_on", "kind", "grade", "business_area")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].help_text = "Of the colleague. Your own only if none is set for you."


class CorrectTimeForm(_TimeForm):
    """A correction of hours that were recorded. `colleague` says that they were a colleague's outside the team."""

    def __init__(self, *args: Any, colleague: bool, grade: Grade, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["grade"]
        field.queryset = Grade.objects.filter(is_in_use=True) | Grade.objects.filter(pk=grade.pk)  # type: ignore[attr-defined]
        field.required = True
        field.error_messages["required"] = "Choose the grade."
        if not colleague:
            del self.fields["business_area"]

    def clean(self) -> dict[str, Any]:
        return {"business_area": "", **(super().clean() or {})}


class RemoveTimeForm(CaseForm):
    """Nothing is asked: the button removes the hours."""
