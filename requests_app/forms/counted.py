"""Boxes of the register's filter that a figure fills in when it opens the list of what it counts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from foitracker.accounts.models import User
from foitracker.pages.words import short_date
from requests_app.measures.periods import BY_CODE
from requests_app.measures.periods.view import PeriodMeasure, PeriodView

_NO_FIGURE = (
    "This address does not name a figure and its days. Open the list from the page that shows the figure."
)
_DAYS = re.compile(r"(\d{1,4})(?:-(\d{1,4})?)?")


@dataclass(frozen=True)
class CountedAs:
    """What a list shows: the requests that one measure counts in a period."""

    measure: PeriodMeasure
    from_on: date
    to_on: date
    as_at: date

    def __str__(self) -> str:
        return f"{self.measure.name}, {self._view().words}"

    def condition(self, user: User) -> Q:
        """Return the condition by which the figure was counted."""
        return self.measure.condition(self._view(user))

    def _view(self, user: User | None = None) -> PeriodView:
        return PeriodView(self.as_at, user, from_on=self.from_on, to_on=self.to_on)


class CountedField(forms.CharField):
    """A measure of a period with its days, as `PeriodMeasure.list_url` writes it."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Counted", required=False, max_length=80, **kwargs)

    def clean(self, value: Any) -> CountedAs | None:
        text = super().clean(value)
        if not text:
            return None
        code, *days = text.split(".")
        try:
            from_on, to_on, as_at = (date.fromisoformat(day) for day in days)
            measure = BY_CODE[code]
        except (KeyError, ValueError) as error:
            raise forms.ValidationError(_NO_FIGURE) from error
        if (
            to_on < from_on
            or not 2000 <= from_on.year <= to_on.year <= 2100
            or not 2000 <= as_at.year <= 2100
        ):
            raise forms.ValidationError(_NO_FIGURE)
        return CountedAs(measure, from_on, to_on, as_at)


@dataclass(frozen=True)
class Between:
    """A range of whole numbers, `last` without end when None."""

    first: int
    last: int | None

    def __str__(self) -> str:
        if self.last is None:
            return f"{self.first} or more"
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"

    def condition(self, column: str) -> Q:
        """Return the condition that a column lies in it."""
        upper = {} if self.last is None else {f"{column}__lte": self.last}
        return Q(**{f"{column}__gte": self.first}, **upper)


class BetweenField(forms.CharField):
    """A number, or a range of them written 21-30 or 61-."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=12, **kwargs)

    def clean(self, value: Any) -> Between | None:
        text = super().clean(value)
        if not text:
            return None
        match = _DAYS.fullmatch(text)
        if not match:
            raise forms.ValidationError(_NO_FIGURE)
        first = int(match[1])
        last = first if "-" not in text else int(match[2]) if match[2] else None
        if last is not None and last < first:
            raise forms.ValidationError(_NO_FIGURE)
        return Between(first, last)


@dataclass(frozen=True)
class Days:
    """The days from one to another, both counted; without a first, or without a last, when None."""

    first: date | None
    last: date | None

    def __str__(self) -> str:
        if self.first is None:
            return f"up to {short_date(self.last)}"
        if self.last is None:
            return f"from {short_date(self.first)}"
        if self.first == self.last:
            return short_date(self.first)
        return f"{short_date(self.first)} to {short_date(self.last)}"

    @property
    def given(self) -> str:
        """What `DaysField` reads."""
        return ".".join(day.isoformat() if day else "" for day in (self.first, self.last))

    def condition(self, column: str) -> Q:
        """Return the condition that the day in a column is one of them."""
        ends = {f"{column}__gte": self.first, f"{column}__lte": self.last}
        return Q(**{name: day for name, day in ends.items() if day})


class DaysField(forms.CharField):
    """A day, or the first and the last of several with a point between them, as `Days.given` writes them."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=24, **kwargs)

    def clean(self, value: Any) -> Days | None:
        text = super().clean(value)
        if not text:
            return None
        first, point, last = text.partition(".")
        try:
            days = [date.fromisoformat(day) if day else None for day in (first, last if point else first)]
        except ValueError as error:
            raise forms.ValidationError(_NO_FIGURE) from error
        if days == [None, None] or (days[0] and days[1] and days[1] < days[0]):
            raise forms.ValidationError(_NO_FIGURE)
        return Days(*days)


def hidden(label: str, choices: Mapping[Any, str] | None = None, **arguments: Any) -> forms.Field:
    """Return a box that only a figure fills in: one of `choices`, or a short text."""
    if choices is None:
        return forms.CharField(label=label, required=False, widget=forms.HiddenInput, **arguments)
    values = [("", ""), *((str(value), words) for value, words in choices.items())]
    return forms.ChoiceField(label=label, required=False, widget=forms.HiddenInput, choices=values)


def hidden_flag(label: str) -> forms.Field:
    """Return a box for yes or nothing that only a figure fills in."""
    return forms.BooleanField(label=label, required=False, widget=forms.HiddenInput)
