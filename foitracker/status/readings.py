"""How the tracker runs: the apps register what they have to say of it; page, report and e-mail read it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import Error

from foitracker.accounts.permission_names import Permission
from foitracker.health import database_answers

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """One thing that was looked at. Nothing in it may name a person or a case: the report leaves the tracker.

    `code` names it in the report and is never changed; `label` and `words` are read by people, `value` by machines
    (what JSON can hold; moments are written as ISO). `advice` says what to do while it `is_in_trouble`. `page` is
    where more is seen, by those who have the permission `page_for`.
    """

    code: str
    label: str
    words: str
    value: Any
    is_in_trouble: bool = False
    advice: str = ""
    page: str = ""
    page_for: Permission | None = None


Look = Callable[[datetime], list[Reading]]

_looks: dict[Look, str] = {}


def register(look: Look, *, heading: str) -> None:
    """Have the status tell what `look` gives for a moment, under a heading. It may take a fixed number of queries."""
    _looks[look] = heading


def readings_by_heading(at: datetime) -> dict[str, list[Reading]]:
    """Return everything that was looked at, under its heading; without a database, that alone."""
    found = {SERVICES: [_database()]}
    if found[SERVICES][0].is_in_trouble:
        return found
    for look, heading in _looks.items():
        found.setdefault(heading, []).extend(_looked(look, heading, at))
    return found


def readings(at: datetime) -> list[Reading]:
    """Return everything that was looked at, in the order in which it is shown."""
    return [reading for found in readings_by_heading(at).values() for reading in found]


def troubles(at: datetime) -> list[Reading]:
    """Return what is in trouble."""
    return [reading for reading in readings(at) if reading.is_in_trouble]


SERVICES = "Services"


def _database() -> Reading:
    answers = database_answers()
    words = "Answers" if answers else "Does not answer"
    advice = "Start PostgreSQL, or correct DATABASE_URL. Nothing works without it."
    return Reading("database", "Database", words, answers, not answers, advice)


def _looked(look: Look, heading: str, at: datetime) -> list[Reading]:
    """What could not be read is in trouble, and hides nothing else."""
    try:
        return look(at)
    except Error:
        logger.exception("not read: %s", heading)
        advice = "The log of the web server says why."
        return [Reading(f"unread_{look.__name__}", heading, "Could not be read", None, True, advice)]
