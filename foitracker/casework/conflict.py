"""What to show when someone else changed a case while a page was open."""

from collections.abc import Sequence
from typing import Any

from django import forms

from foitracker.audit.models import Entry
from foitracker.casework.timeline import timeline_events


def conflict_panel(
    events: Sequence[Entry], form: forms.Form, reload_url: str, case: Any = None
) -> dict[str, Any]:
    """Return what the conflict panel shows: who, when, what was done, and what was typed.

    Where the trail does not hold the words, the panel shows those that `case` has now.
    """
    latest = events[-1] if events else None
    return {
        "by": latest.actor.name if latest and latest.actor else "",
        "at": latest.at if latest else None,
        "changes": [change for event in events for change in _changes(event, form, case)],
        "events": timeline_events(events),
        "reload_url": reload_url,
    }


def _changes(event: Entry, form: forms.Form, case: Any) -> list[dict[str, Any]]:
    """The fields of this form that the event changed: before, now, and as typed."""
    return [
        {
            "label": form.fields[change.name].label,
            "before": change.before,
            "now": change.after if change.is_kept else getattr(case, change.name, ""),
            "yours": form.cleaned_data.get(change.name, ""),
        }
        for change in event.declared.changes(event.detail, event.words)
        if change.name in form.fields
    ]
