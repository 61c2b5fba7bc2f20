"""Whose dates follow the calendar. An app above says so when it starts; the calendar itself knows no case."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Followers:
    """Cases whose due dates are computed with the calendar.

    `behind` gives those whose date was computed with another version than the one given; `effect_of` works out what
    another calendar, in which the given days changed, would move; `moved_by` counts the dates that each change of
    the calendar (by key) moved; `recompute_task` names the task that brings the stored dates up to date.
    """

    behind: Callable[[str], QuerySet[Any]]
    effect_of: Callable[..., Any]
    moved_by: Callable[[Collection[int]], dict[int, int]]
    recompute_task: str


_registered: list[Followers] = []


def register(followers: Followers) -> None:
    """Make these the cases that the calendar's pages and changes speak of."""
    _registered[:] = [followers]


def followers() -> Followers:
    """Return the cases that follow the calendar."""
    return _registered[0]
