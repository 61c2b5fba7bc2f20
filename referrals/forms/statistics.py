"""What to count: forces, periods and criteria; and the address of one figure's logs."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Div, Layout
from django import forms

from foitracker.pages.forms.fields import DayField, OneLineField, WordsField
from foitracker.pages.forms.form import labelled
from foitracker.statistics.periods import (
    Period,
    PeriodNotUnderstood,
    read_calendar_years,
    read_financial_years,
    read_free_periods,
    read_years_ending,
)
from referrals.models import Force
from referrals.queries.choices import forces_by_name
from referrals.queries.forces import ForceNotKnown, find_force
from referrals.queries.statistics import FigureAddress
from referrals.rules.statistics import (
    COUNTING,
    USUAL_COUNTING,
    CountedForce,
    Counting,
    Definition,
    DefinitionNotPossible,
)

#: What a figure counts besides one criterion.
TOGETHER, LEFT_OUT = "together", "left_out"
_PERIODS: dict[str, Callable[[str], list[Period]]] = {
    "years_ending": read_years_ending,
    "financial_years": read_financial_years,
    "calendar_years": read_calendar_years,
    "between": read_free_periods,
}


class ForcesForm(forms.Form):
    """Forces, by any of their names or ticked in a list."""

    names = WordsField(
        label="Forces by name",
        rows=2,
        required=False,
        max_length=1000,
        help_text="Any name of theirs, with commas between: Lancashire Police, Durham.",
    )
    force = forms.MultipleChoiceField(
        label="Forces", required=False, widget=forms.CheckboxSelectMultiple, help_text="As many as you like."
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["force"].choices = forces_by_name()  # type: ignore[attr-defined]
        box = Div(labelled("force", self.fields["force"]), css_class="app-pick")
        others = [labelled(name, self.fields[name]) for name in self.fields if name not in ("names", "force")]
        self.helper = FormHelper()
        self.helper.layout = Layout(labelled("names", self.fields["names"]), box, *others)

    def clean_names(self) -> list[Force]:
        """Return the forces that the names mean; refuse the first that means none."""
        named = [name.strip() for name in re.split(r"[,;\n]", self.cleaned_data["names"])]
        try:
            return [find_force(name) for name in named if name]
        except ForceNotKnown as unknown:
            raise forms.ValidationError(str(unknown)) from unknown

    def counted_forces(self) -> tuple[CountedForce, ...]:
        """Return the forces named, then those ticked."""
        keys = [int(key) for key in self.cleaned_data["force"]]
        found = Force.objects.in_bulk(keys)
        forces = [*self.cleaned_data["names"], *(found[key] for key in keys)]
        return tuple(CountedForce(force.pk, force.name) for force in forces)


class StatisticsForm(ForcesForm):
    """What to count. `default_complete_to` is the day the log is complete to, and whether that is assumed."""

    years_ending = WordsField(
        label="Years ending",
        rows=2,
        required=False,
        max_length=400,
        help_text="The last day of each, such as 31/3/2025, 31/3/2024.",
    )
    financial_years = OneLineField(
        label="Financial years", required=False, max_length=400, help_text="From 1 April: 2024/25, 2023/24."
    )
    calendar_years = OneLineField(
        label="Calendar years", required=False, max_length=400, help_text="From 1 January: 2024, 2023."
    )
    between = WordsField(
        label="Other periods",
        rows=2,
        required=False,
        max_length=400,
        help_text="Such as 1/4/2024 to 30/9/2024.",
    )
    criteria = forms.MultipleChoiceField(
        label="Count where",
        widget=forms.CheckboxSelectMultiple,
        choices=[Choice(code.value, COUNTING[code].label) for code in Counting],
    )
    complete_to = DayField(
        label="Log complete to",
        required=False,
        help_text="The last day for which every referral has been entered. Left empty, it is as the unit has recorded.",
    )

    def __init__(
        self, data: Any = None, *, today: date, default_complete_to: tuple[date, bool], **kwargs: Any
    ) -> None:
        self.default_complete_to = default_complete_to
        usual: dict[str, Any] = {
            "years_ending": _last_years(today),
            "criteria": [code.value for code in USUAL_COUNTING],
        }
        if data and "criteria" not in data:
            data = data.copy()
            data.setlist("criteria", usual["criteria"])
        super().__init__(data or None, initial=usual, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        periods: list[Period] = []
        for name, read in _PERIODS.items():
            try:
                periods += read(cleaned.get(name) or "")
            except PeriodNotUnderstood as problem:
                self.add_error(name, str(problem))
        if not cleaned.get("force") and not cleaned.get("names") and "names" not in self.errors:
            self.add_error("names", "Choose at least one force.")
        if not periods and not self.errors.keys() & _PERIODS.keys():
            self.add_error("years_ending", "Enter at least one period.")
        if not self.errors:
            self._define(cleaned, periods)
        return cleaned

    def _define(self, cleaned: dict[str, Any], periods: list[Period]) -> None:
        day, is_assumed = self.default_complete_to
        try:
            self.definition = Definition(
                forces=self.counted_forces(),
                periods=tuple(periods),
                criteria=tuple(Counting(code) for code in cleaned["criteria"]),
                complete_to=cleaned["complete_to"] or day,
                is_assumed=is_assumed and not cleaned["complete_to"],
            )
        except DefinitionNotPossible as problem:
            self.add_error(None, str(problem))


class SaveStatisticForm(forms.Form):
    """What a statistic is called when it is kept."""

    title = OneLineField(
        label="Title",
        max_length=150,
        help_text="What was asked, such as “Lancashire, three years to March 2025”. Never who asked.",
        error_messages={"required": "Enter a title"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(labelled("title", self.fields["title"]))


class FigureForm(forms.Form):
    """The address of one figure's logs, as links give it."""

    force = forms.ModelMultipleChoiceField(queryset=Force.objects.all())
    first = forms.DateField(input_formats=["%Y-%m-%d"])
    last = forms.DateField(input_formats=["%Y-%m-%d"])
    criteria = forms.MultipleChoiceField(choices=[(code.value, code.value) for code in Counting])
    counted = forms.ChoiceField(
        choices=[(code, code) for code in (TOGETHER, LEFT_OUT, *(c.value for c in Counting))]
    )

    def address(self) -> FigureAddress:
        """Return the figure that the link is of."""
        chosen = self.cleaned_data
        counted = chosen["counted"]
        return FigureAddress(
            forces=tuple(sorted(force.pk for force in chosen["force"])),
            from_on=chosen["first"],
            to_on=chosen["last"],
            criteria=tuple(code for code in Counting if code in chosen["criteria"]),
            criterion=None if counted in (TOGETHER, LEFT_OUT) else Counting(counted),
            left_out=counted == LEFT_OUT,
        )


def _last_years(today: date) -> str:
    """The last days of the three years to 31 March that have ended."""
    last = today.year if today > date(today.year, 3, 31) else today.year - 1
    return ", ".join(f"31/3/{last - back}" for back in range(3))
