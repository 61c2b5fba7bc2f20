"""The page of one change of the settings, and the history that such pages show."""

from collections.abc import Sequence
from typing import Any

from foitracker.audit.models import Entry
from foitracker.audit.queries import events_since, timeline
from foitracker.casework.conflict import conflict_panel
from foitracker.casework.form_page import FormPage
from foitracker.casework.refusals import ChangedSince
from foitracker.casework.timeline import timeline_events
from foitracker.pages.forms.form import SettingsForm

#: The pages show this many changes.
SHOWN = 20


def history(subject: str) -> list[dict[str, Any]]:
    """Return the latest changes of what `subject` names, as the timeline shows them."""
    return timeline_events(timeline(subject)[:SHOWN])


def last_event(subject: str) -> int:
    """Return the number of the last event on `subject`; 0 when there is none."""
    last = timeline(subject).first()
    return last.sequence if last else 0


class SettingsPage(FormPage):
    """The page of one change of the settings.

    A page says where it leads back (`back`). `subject` is what the trail calls what is changed.
    """

    form_class: type[SettingsForm]
    template_name = "casework/settings_page.html"
    subject = ""

    def back(self) -> tuple[str, str]:
        """Return the address and the name of the page this one belongs to."""
        raise NotImplementedError

    def success_url(self) -> str:
        return self.back()[0]

    def newest(self) -> int:
        return last_event(self.subject) if self.subject else 0

    def events_since_opened(self, seen: int) -> Sequence[Entry]:
        """Return what was done after the page was opened."""
        return list(events_since(self.subject, seen))

    def conflict(self, form: Any, changed: ChangedSince) -> dict[str, Any]:
        return conflict_panel(self.events_since_opened(self.seen_version(form) or 0), form, self.request.path)

    def show(self, form: Any, status: int = 200, **extra: Any) -> Any:
        back_url, back_label = self.back()
        return super().show(form, status, **{"back_url": back_url, "back_label": back_label, **extra})
