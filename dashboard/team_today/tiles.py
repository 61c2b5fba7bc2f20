"""The four tiles: overdue, due in the next five working days, nobody's, waiting for approval or issue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.team_today.numbers import Number, age, aged, due_words, since_words
from dashboard.team_today.open_requests import LATE_BANDS
from foitracker.pages.words import working_days_words
from requests_app.forms.counted import Days
from requests_app.measures import (
    ANSWER_WAITS,
    DUE_NEXT,
    NOT_DRAFTED,
    OVERDUE,
    REQUESTS,
    UNASSIGNED,
    RequestMeasure,
    RequestView,
)


@dataclass(frozen=True)
class Tile:
    """A number with what is said of it: `oldest` in words, and parts of it. `oldest_url` lists the oldest."""

    label: str
    number: Number
    tone: str
    shape: str
    oldest: str = ""
    oldest_url: str = ""
    parts: tuple[Number, ...] = ()


def tiles(
    view: RequestView, found: Mapping[str, Any], answers_since: Mapping[str, date | None]
) -> list[Tile]:
    """Return the tiles, from what `count_open` and `answers_wait_since` returned."""
    return [
        _overdue(view, found),
        _due_next(view, found),
        _of_nobody(view, found),
        _answer_waits(view, found, answers_since),
    ]


def _tile(label: str, measure: RequestMeasure, found: Mapping[str, Any], **more: Any) -> Tile:
    number = Number(found[measure.code], REQUESTS.list_url(measure), label)
    tone = measure.tone if number.count else "neutral"
    return Tile(label, number, tone, measure.shape, **more)


def _overdue(view: RequestView, found: Mapping[str, Any]) -> Tile:
    since = found["overdue_since"]
    return _tile(
        "Overdue",
        OVERDUE,
        found,
        oldest=f"Oldest: {due_words(view, since)}" if since else "",
        oldest_url=REQUESTS.list_url(OVERDUE, due=Days(since, since).given) if since else "",
        parts=tuple(
            Number(
                found[f"late_{number}"],
                REQUESTS.list_url(OVERDUE, due=aged(view, *band).given),
                f"by {band_words(*band)}",
            )
            for number, band in enumerate(LATE_BANDS)
        ),
    )


def _due_next(view: RequestView, found: Mapping[str, Any]) -> Tile:
    return _tile(
        "Due in the next 5 working days",
        DUE_NEXT,
        found,
        parts=(
            Number(found["undrafted"], REQUESTS.list_url(DUE_NEXT, NOT_DRAFTED), "without a draft"),
            Number(
                found["due_next_of_nobody"], REQUESTS.list_url(DUE_NEXT, UNASSIGNED), "without an officer"
            ),
        ),
    )


def _of_nobody(view: RequestView, found: Mapping[str, Any]) -> Tile:
    since = found["no_officer_since"]
    return _tile(
        "Without an officer",
        UNASSIGNED,
        found,
        oldest=f"Oldest: {working_days_words(age(view, since))} since receipt" if since else "",
        oldest_url=REQUESTS.list_url(UNASSIGNED, received=Days(since, since).given) if since else "",
    )


def _answer_waits(
    view: RequestView, found: Mapping[str, Any], answers_since: Mapping[str, date | None]
) -> Tile:
    since = min((day for day in answers_since.values() if day), default=None)
    return _tile(
        "Waiting for approval or issue",
        ANSWER_WAITS,
        found,
        oldest=f"Oldest: {since_words(view, since)}" if since else "",
    )


def band_words(first: int, last: int | None) -> str:
    """Return “5 working days or fewer”, “6 to 20 working days”, “more than 20 working days”."""
    if last is None:
        return f"more than {working_days_words(first - 1)}"
    return f"{first} to {working_days_words(last)}" if first else f"{working_days_words(last)} or fewer"
