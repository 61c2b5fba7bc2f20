"""Which days the figures are about, and as at which day."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from dashboard.performance.periods import Asked, asked
from foitracker.pages.forms.fields import DayBox
from foitracker.pages.forms.form import PageForm
from foitracker.pages.words import in_words
from foitracker.statistics.periods import PeriodNotUnderstood

#: The right to ask is in force since then (FOIA s.87; SI 2004/3122).
_FIRST_DAY = date(2005, 1, 1)


class PeriodForm(PageForm):
    """The days of a period and the as-at day; all empty for the latest quarter and the year to date as at today."""

    from_on = DayBox(label="From", required=False, help_text="For example, 1/4/2026")
    to_on = DayBox(label="To", required=False)
    as_at = DayBox(
        label="As at the end of",
        required=False,
        help_text="Leave out for today. Answers and closings after this day are not counted.",
    )

    def __init__(self, *args: Any, today: date, begins_in: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.begins_in = today, begins_in

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        first, last, as_at = (cleaned.get(name) for name in ("from_on", "to_on", "as_at"))
        if bool(first) != bool(last):
            missing = "to_on" if first else "from_on"
            self.add_error(missing, f"Enter the {'last' if first else 'first'} day of the period as well.")
        if last and first and last < first:
            self.add_error(
                "to_on", f"The period ends on {in_words(last)}, before it begins on {in_words(first)}."
            )
        if as_at and as_at > self.today:
            self.add_error("as_at", f"{in_words(as_at)} has not come yet. Enter today or an earlier day.")
        for name, day in (("from_on", first), ("as_at", as_at)):
            if day and day < _FIRST_DAY:
                self.add_error(name, f"There are no requests before {in_words(_FIRST_DAY)}. Check the year.")
        if not self.errors:
            self._ask(first and last and (first, last))
        return cleaned

    def _ask(self, chosen: tuple[date, date] | None) -> None:
        try:
            self.asked: Asked = asked(
                self.cleaned_data["as_at"] or self.today,
                self.today,
                begins_in=self.begins_in,
                chosen=chosen or None,
            )
        except PeriodNotUnderstood as error:
            raise ValidationError({"from_on": str(error)}) from error
