"""Which logs are counted for the statistics on advice, and the address of one number's logs."""

from datetime import date
from typing import Any

from django import forms

from foitracker.pages.forms.fields import DayField
from foitracker.statistics.periods import Period, PeriodNotUnderstood, free_period, year_ending
from referrals.forms.statistics import ForcesForm
from referrals.models import Force
from referrals.rules.advice_statistics import AdviceQuestion, CountedBy
from referrals.rules.statistics import CountedForce


class AdviceStatisticsForm(ForcesForm):
    """A period, and forces if only some are meant. Left empty, it is the year that ends with `today`."""

    received_from = DayField(label="Received from", required=False)
    received_to = DayField(label="Received to", required=False)

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        self.last_year = year_ending(today)
        super().__init__(data, **kwargs)
        self.fields["names"].help_text = f"Left empty, all forces. {self.fields['names'].help_text}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first = cleaned.get("received_from") or self.last_year.from_on
        last = cleaned.get("received_to") or self.last_year.to_on
        try:
            self.period: Period = free_period(first, last)
        except PeriodNotUnderstood as problem:
            self.add_error("received_to", str(problem))
        return cleaned

    def question(self) -> AdviceQuestion:
        """Return what was chosen."""
        return AdviceQuestion(self.period, self.counted_forces())


class AdviceNumberForm(forms.Form):
    """The address of the logs behind one number, as links give it."""

    force = forms.ModelMultipleChoiceField(queryset=Force.objects.all(), required=False)
    first = forms.DateField(input_formats=["%Y-%m-%d"])
    last = forms.DateField(input_formats=["%Y-%m-%d"])
    by = forms.ChoiceField(choices=[(by.value, by.value) for by in CountedBy])
    value = forms.CharField(required=False, max_length=40)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.period = free_period(cleaned["first"], cleaned["last"])
            except PeriodNotUnderstood as problem:
                raise forms.ValidationError(str(problem)) from problem
        return cleaned

    def question(self) -> AdviceQuestion:
        """Return the logs that the number counts among."""
        forces = tuple(CountedForce(force.pk, force.name) for force in self.cleaned_data["force"])
        return AdviceQuestion(self.period, forces)
