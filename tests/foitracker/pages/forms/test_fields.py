"""A day in three boxes is read as people write it."""

from datetime import date

import pytest
from django import forms

from foitracker.pages.forms.fields import DayField


@pytest.mark.parametrize("month", ["11", " 11 ", "November", "november", "Nov", "NOV"])
def test_a_month_may_be_typed_as_a_word(month: str) -> None:
    assert DayField().clean(["15", month, "2026"]) == date(2026, 11, 15)


@pytest.mark.parametrize("month", ["", "no", "Novembre", "13", "0", "\u00bd"])
def test_what_is_no_month_is_no_day(month: str) -> None:
    with pytest.raises(forms.ValidationError):
        DayField().clean(["15", month, "2026"])
