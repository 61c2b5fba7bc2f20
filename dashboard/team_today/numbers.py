"""A number of the page, the ages it is counted by, and what is said of how old something is."""

from dataclasses import dataclass
from datetime import date, timedelta

from foitracker.pages.words import day_and_month, in_words, working_days_words
from requests_app.forms.counted import Days
from requests_app.measures import RequestView


@dataclass(frozen=True)
class Number:
    """A number that opens exactly the cases it counts. `about` says what of, for those who hear it read out."""

    count: int
    url: str
    about: str


def aged(view: RequestView, first: int, last: int | None = None) -> Days:
    """Return the days after which `first` to `last` working days have passed up to today, without end when None."""
    return Days(
        None if last is None else view.calendar.first_day_beyond(view.today, -last - 1),
        view.calendar.first_day_beyond(view.today, -first) - timedelta(days=1) if first else None,
    )


def age(view: RequestView, day: date) -> int:
    """Return the working days that have passed since a day, up to today."""
    return -view.working_days_until(day)


def since_words(view: RequestView, day: date | None) -> str:
    """Return “since 2 November (19 working days)”, with the year when it is not this one; empty without a day."""
    return f"since {_day_words(view, day)} ({working_days_words(age(view, day))})" if day else ""


def received_words(view: RequestView, day: date | None) -> str:
    """Return “oldest received 2 November (19 working days ago)”, or nothing without a day."""
    return (
        f"oldest received {_day_words(view, day)} ({working_days_words(age(view, day))} ago)" if day else ""
    )


def due_words(view: RequestView, day: date) -> str:
    """Return “due 2 November (19 working days ago)”, of a day that is over."""
    return f"due {_day_words(view, day)} ({working_days_words(age(view, day))} ago)"


def _day_words(view: RequestView, day: date) -> str:
    return day_and_month(day) if day.year == view.today.year else in_words(day)
