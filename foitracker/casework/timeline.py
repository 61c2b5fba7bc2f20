"""The trail of a case as the timeline component shows it."""

from collections.abc import Iterable
from typing import Any

from foitracker.audit.models import Entry


def timeline_events(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return entries of the trail as the timeline component takes them."""
    return [_timeline_event(entry) for entry in entries]


def _timeline_event(entry: Entry) -> dict[str, Any]:
    event, words = entry.declared, entry.words
    quoted = event.quoted(entry.detail, words)
    return {
        "title": event.title,
        "at": entry.at,
        "by": entry.actor.name if entry.actor else "",
        "text": event.sentence(entry.detail, words),
        "user_text": quoted[0][1]
        if len(quoted) == 1
        else "\n".join(f"{label}: {text}" for label, text in quoted),
    }
