"""The working-day calendar in force: the shipped bank holidays of the three UK divisions."""

import csv
from functools import lru_cache
from importlib.resources import files

from requests_app.rules.working_days import WorkingDayCalendar, calendar_from_rows


@lru_cache(maxsize=1)
def current_calendar() -> WorkingDayCalendar:
    """This function will give the calendar that dates are computed with (FOIA s.10(6))."""
    text = files("requests_app.data").joinpath("bank_holidays.csv").read_text(encoding="utf-8")
    return calendar_from_rows(csv.DictReader(text.splitlines()))
