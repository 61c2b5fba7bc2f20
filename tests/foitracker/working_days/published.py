"""The published bank holidays as a document, made from the shipped ones."""

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from foitracker.working_days.calendar import NATIONS
from foitracker.working_days.queries import shipped_holidays

YEARS = range(2020, 2029)
_SUBSTITUTE = " (substitute day)"

Key = tuple[date, str]


def document(
    *, added: Collection[tuple[date, str, str]] = (), without: Collection[Key] = ()
) -> dict[str, Any]:
    """Return what is published for YEARS, with further days (day, division, title) and without some."""
    parts: dict[str, Any] = {division: {"division": division, "events": []} for division in NATIONS}
    days = [(h.day, h.division, h.title) for h in shipped_holidays() if h.day.year in YEARS]
    for day, division, title in sorted([*days, *added]):
        if (day, division) not in without:
            event = {
                "title": title.removesuffix(_SUBSTITUTE),
                "date": day.isoformat(),
                "notes": "Substitute day" if title.endswith(_SUBSTITUTE) else "",
                "bunting": True,
            }
            parts[division]["events"].append(event)
    return parts


def text(**changes: Any) -> str:
    return json.dumps(document(**changes))
