"""The trail of a case in words: one title for each event, and what its facts say."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from foitracker.audit.models import Entry
from foitracker.pages.templatetags.page_tags import uk_date

Detail = Mapping[str, Any]
Saying = Callable[[Detail], Iterable[str]]

#: Filled by each app when it starts.
_TITLES: dict[str, str] = {}
_SAYINGS: dict[str, Saying] = {}


#: What the columns of records are called on their pages; each app adds its own when it starts.
COLUMN_LABELS: dict[str, str] = {}


def timeline_events(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return entries of the trail as the timeline component takes them."""
    return [
        {
            "title": event_title(entry.event),
            "at": entry.at,
            "by": entry.actor.name if entry.actor else "",
            "text": _say(entry),
            "user_text": entry.detail.get("correction") or entry.detail.get("reason") or "",
        }
        for entry in entries
    ]


def add_events(titles: Mapping[str, str], sayings: Mapping[str, Saying]) -> None:
    """Take the events of an app above this one into the timeline: their titles, and what their facts say."""
    _TITLES.update(titles)
    _SAYINGS.update(sayings)


def event_title(event: str) -> str:
    """The words for an event; an event that has none yet is shown by its code."""
    return _TITLES.get(event) or event.replace("_", " ").capitalize()


def _say(entry: Entry) -> str:
    saying = _SAYINGS.get(entry.event)
    return " ".join(part for part in saying(entry.detail) if part) if saying else ""


def day(value: str | None) -> str:
    """Return a day of the trail in words; empty when there is none."""
    return uk_date(date.fromisoformat(value)) if value else ""


def changed_columns(detail: Detail) -> Iterable[str]:
    """What became of each column that an event changed; of words nothing but that they did."""
    for name, change in detail.get("changed", {}).items():
        label = COLUMN_LABELS.get(name, name)
        yield f"{label}: “{change['from']}” became “{change['to']}”." if change else f"{label} changed."
