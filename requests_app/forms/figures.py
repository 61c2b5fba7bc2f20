"""Figures that answer an item, with the definition that makes them mean something."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from crispy_forms_gds.layout import HTML, Layout
from django import forms

from foitracker.pages.forms.fields import DayBox, OneLineField, WordsField
from foitracker.pages.forms.form import labelled
from foitracker.pages.forms.rows import Row, RowsForm, dress
from requests_app.operations.decision import FigureDraft

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class NumberBox(forms.DecimalField):
    """A number as people write it: commas between thousands are removed."""

    def __init__(self) -> None:
        super().__init__(
            label="Figure",
            max_digits=16,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages={
                "required": "Enter the figure; 0 if there were none",
                "invalid": "Enter the figure as a number, such as 1,204",
                "max_decimal_places": "A figure has at most two decimal places",
            },
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", "") if isinstance(value, str) else value)


class FigureRow(Row):
    """One figure. The period includes both its days."""

    content = ("label", "period_from", "period_to", "value")

    label = OneLineField(
        label="Label",
        max_length=60,
        error_messages={
            "required": "Enter the label the question uses, such as A; or else its word for the period"
        },
    )
    period_from = DayBox(label="From", missing="Enter the first day counted")
    period_to = DayBox(label="To", missing="Enter the last day counted")
    value = NumberBox()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("period_from"), data.get("period_to")
        if first and last and last < first:
            self.add_error("period_to", "The period ends before it begins")
        return data


class FiguresForm(RowsForm):
    """A set of figures with its unit of count, criteria and caveat."""

    row_class = FigureRow

    unit_of_count = OneLineField(
        label="Unit of count",
        max_length=120,
        help_text="What one of them is, such as “referrals received”. Use the question's own words where they fit.",
        error_messages={"required": "Enter what is counted"},
    )
    criteria = WordsField(
        label="Criteria",
        rows=4,
        help_text="What was counted and what was not. One criterion a line.",
        error_messages={"required": "Enter at least one criterion"},
    )
    caveat = WordsField(
        label="Caveat",
        rows=3,
        required=False,
        help_text="What a reader could get wrong: what is not in the figures, or cannot be counted.",
    )
    years = forms.CharField(
        label="Years ending 31 March",
        required=False,
        max_length=60,
        help_text="Adds a row for each year, in this order: 2025 is 1 April 2024 to 31 March 2025.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        definition = [labelled(name, self.fields[name]) for name in ("unit_of_count", "criteria", "caveat")]
        dress(self.fields["years"])
        self.helper.layout = Layout(
            "seen_version", *definition, HTML("{% include 'requests_app/decision/figure_rows.html' %}")
        )

    def drafts(self) -> list[FigureDraft]:
        """Return the figures in the order of their rows."""
        return [
            FigureDraft(
                label=row.cleaned_data["label"],
                period_from=row.cleaned_data["period_from"],
                period_to=row.cleaned_data["period_to"],
                value=row.cleaned_data["value"],
            )
            for row in self.rows.counting
        ]

    def criteria_lines(self) -> list[str]:
        """Return the criteria, one for each line that is not blank."""
        return [line.strip() for line in self.cleaned_data["criteria"].splitlines() if line.strip()]


def years_ending_31_march(text: str) -> Iterator[tuple[date, date]]:
    """Return the first and last day of each year named in `text`, such as “2025, 2024”."""
    for year in map(int, _YEAR.findall(text)):
        yield date(year - 1, 4, 1), date(year, 3, 31)
