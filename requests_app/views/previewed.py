"""Actions that move the clock: the page shows the dates as they are and as they would be, and asks to confirm."""

import json
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from foitracker.pages.forms.form import CaseForm
from foitracker.pages.templatetags.page_tags import weekday_date
from requests_app.operations.rehearsal import Rehearsal, rehearse
from requests_app.rules.casework.workflow import STATUS_LABELS, Status
from requests_app.rules.clock.wording import DATE_NAMES, named_dates
from requests_app.views.editing import EditingPage

#: What a page posts besides what was entered.
_NOT_ENTERED = ("csrfmiddlewaretoken", "seen_version", "confirm", "again")


@dataclass(frozen=True)
class DateChange:
    """One line of a preview: a date or the status, now and after the action."""

    label: str
    law: str
    before: str
    after: str

    @property
    def changes(self) -> bool:
        return self.before != self.after


class _ToConfirm(Exception):
    """The action was tried and waits for a yes to exactly what was shown."""

    def __init__(self, form: CaseForm, changes: list[DateChange], digest: str) -> None:
        super().__init__("not confirmed yet")
        self.form = form
        self.changes = changes
        self.digest = digest


class PreviewedPage(EditingPage):
    """The page of an action in two steps: `carry_out` does it; nothing is saved until the dates are confirmed.

    Whatever is changed between the two steps, on the page or on the case, leads to a new preview.
    """

    template_name = "requests_app/clock/event.html"
    submit_label = "Show the new dates"
    confirm_label = "Confirm and record"

    def carry_out(self, form: Any) -> str:
        """Call the operation; return the message that says what was done."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except _ToConfirm as found:
            return self.show(
                found.form,
                preview=found.changes,
                changed_since="confirm" in request.POST,
                submit_label=self.confirm_label,
                submit_name="confirm",
                submit_value=found.digest,
                secondary=[{"name": "again", "value": "yes", "label": "Show the dates again"}],
            )

    def perform(self, form: CaseForm) -> str:
        rehearsal = rehearse(partial(self.carry_out, form), case_id=self.case.pk, today=timezone.localdate())
        changes = _changes(rehearsal)
        digest = self._digest(changes)
        if self.request.POST.get("confirm") != digest:
            raise _ToConfirm(form, changes, digest)
        return self.carry_out(form)

    def _digest(self, changes: list[DateChange]) -> str:
        """A digest of what was entered and what it leads to: a confirmation is valid for nothing else."""
        entered = {name: value for name, value in self.request.POST.lists() if name not in _NOT_ENTERED}
        shown = [(change.label, change.before, change.after) for change in changes]
        return sha256(json.dumps([entered, shown], sort_keys=True).encode()).hexdigest()[:32]


def _changes(rehearsal: Rehearsal) -> list[DateChange]:
    """The status and every date that applies before or after, in the order the dates come."""
    labels = [STATUS_LABELS[Status(code)] for code in (rehearsal.status_before, rehearsal.status_after)]
    lines = [DateChange("Status", "", *labels)]
    before, after = ({d.name: d for d in named_dates(one)} for one in (rehearsal.before, rehearsal.after))
    for name in sorted({**before, **after}, key=DATE_NAMES.index):
        named = after.get(name) or before[name]
        words = [
            weekday_date(dates[name].day) if name in dates else "Does not apply" for dates in (before, after)
        ]
        lines.append(DateChange(named.label, named.law, *words))
    return lines
