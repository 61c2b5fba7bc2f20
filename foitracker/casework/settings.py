"""What all changes of the settings share: see that nobody changed them meanwhile, and what the trail keeps."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from foitracker.audit.queries import events_since
from foitracker.casework.refusals import SettingsChanged


def check_unchanged(subject: str, seen_version: int | None) -> None:
    """Raise SettingsChanged when there is an event on `subject` after `seen_version`.

    `seen_version` is the last event when the page was opened; None when there was no page.
    """
    if seen_version is not None and events_since(subject, seen_version).exists():
        raise SettingsChanged("Somebody saved these settings after you opened this page.")


def change_values(row: Model, values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Set columns of a row and return what changed, old and new, as events take it. Does not save."""
    changed = {
        name: {"from": getattr(row, name), "to": value}
        for name, value in values.items()
        if getattr(row, name) != value
    }
    for name in changed:
        setattr(row, name, values[name])
    return changed
