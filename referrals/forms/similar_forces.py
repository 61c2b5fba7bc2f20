"""Forms of similar forces: what is compared, a group, and what a force reports."""

from datetime import date
from functools import cached_property
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Div, Layout
from django import forms

from foitracker.pages.forms.fields import DayField, OneLineField
from foitracker.pages.forms.form import FilterForm, SettingsForm, labelled
from foitracker.pages.words import in_words
from foitracker.statistics.periods import Period, PeriodNotUnderstood, free_period
from referrals.models import Force, ForceGroup

_CHOOSE_FORCE = dict.fromkeys(("required", "invalid_choice"), "Choose the force.")


class CompareForm(FilterForm):
    """A group, the force that is looked at, and a period. Left empty: the first group, and the last financial year.

    `complete_to` is the day the log is complete to: later periods are not compared, because forces report whole ones.
    """

    group = forms.ModelChoiceField(
        queryset=ForceGroup.objects.all(), label="Group", required=False, empty_label="The first"
    )
    force = forms.ModelChoiceField(
        queryset=Force.objects.order_by("name"),
        label="Force",
        required=False,
        empty_label="None in particular",
    )
    first = DayField(label="From", required=False)
    last = DayField(label="To", required=False, help_text="The last day, such as 31 3 2026")

    def __init__(self, data: Any = None, *, complete_to: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.complete_to = complete_to
        in_groups = Force.objects.filter(groups__isnull=False).distinct().order_by("name")
        self.fields["force"].queryset = in_groups  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(*(labelled(name, field) for name, field in self.fields.items()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        known = self.complete_to
        year = known.year if known >= date(known.year, 3, 31) else known.year - 1
        first = cleaned.get("first") or date(year - 1, 4, 1)
        last = cleaned.get("last") or date(year, 3, 31)
        try:
            self.period: Period = free_period(first, last)
        except PeriodNotUnderstood as problem:
            self.add_error("last", str(problem))
        else:
            if last > known:
                self.add_error(
                    "last", f"The log is complete up to {in_words(known)} only. Choose an earlier day."
                )
        if not self.errors and not self._has_both(cleaned):
            self.add_error("force", "This force is not in the group.")
        return cleaned

    @property
    def chosen(self) -> ForceGroup | None:
        """The group that was chosen, that of the force, or the first; None where there is none."""
        group: ForceGroup | None = self.cleaned_data.get("group")
        force: Force | None = self.cleaned_data.get("force")
        known = force.groups if force else ForceGroup.objects
        return group or known.prefetch_related("forces").first()

    def _has_both(self, cleaned: dict[str, Any]) -> bool:
        group, force = cleaned.get("group"), cleaned.get("force")
        return not (group and force) or force.groups.filter(pk=group.pk).exists()


class GroupForm(SettingsForm):
    """A group of forces that are alike."""

    name = OneLineField(label="Name", max_length=80, error_messages={"required": "Enter the name."})
    basis = OneLineField(
        label="Why they are alike",
        max_length=200,
        help_text="And who says so, such as: HMICFRS most similar groups, 2024.",
        error_messages={"required": "Enter why these forces are alike, and who says so."},
    )
    forces = forms.ModelMultipleChoiceField(
        queryset=Force.objects.order_by("name"),
        label="Forces",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least two forces."},
    )

    @cached_property
    def helper(self) -> FormHelper:
        """How the form is laid out: the forces in a box of their own, which scrolls."""
        helper = FormHelper()
        helper.form_tag = False
        boxes = {name: labelled(name, field) for name, field in self.fields.items()}
        boxes["forces"] = Div(boxes["forces"], css_class="app-pick")
        helper.layout = Layout(*boxes.values())
        return helper


class ReportedForm(SettingsForm):
    """How many requests a force reported for a year or quarter."""

    force = forms.ModelChoiceField(
        queryset=Force.objects.order_by("name"),
        label="Force",
        empty_label="Choose",
        error_messages=_CHOOSE_FORCE,
    )
    from_on = DayField(label="First day", required_message="Enter the first day.")
    to_on = DayField(
        label="Last day",
        required_message="Enter the last day.",
        help_text="Of a year or a quarter, such as 31 3 2026. Quarters that follow each other make up a year.",
    )
    received = forms.IntegerField(
        label="FOI requests received",
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Enter a whole number from 0 to 1,000,000."
        ),
    )
    source = OneLineField(
        label="Source",
        max_length=200,
        help_text="Such as: monthly monitoring return to the NPCC, or the force’s publication scheme.",
        error_messages={"required": "Enter where the number comes from."},
    )
    published_on = DayField(label="Date of the source", required_message="Enter the date of the source.")
