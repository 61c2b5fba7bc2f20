"""The pages on which time spent on a request is recorded, corrected and removed."""

from typing import Any

from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from foitracker.casework.case_page import Gone
from foitracker.identity.forms import is_confirmed
from foitracker.pages.words import in_words
from requests_app.forms.time_spent import COLLEAGUE, MINE, CorrectTimeForm, RemoveTimeForm, TimeForm
from requests_app.models import TimeRecord
from requests_app.operations.time_spent import check_can_correct, correct_time, record_time, remove_time
from requests_app.queries.time_spent import time_record
from requests_app.views.request_page import RequestPage

NO_ESTIMATE = (
    "This is what the request costs: all work on it, at the rate of the grade. It is not the estimate of section 12, "
    "which is made before the work, counts only finding, retrieving and extracting, and takes £25 an hour whoever does "
    "it (the Fees Regulations)."
)


class AddTime(RequestPage):
    """Record time spent by oneself or by a colleague outside the team."""

    permission = Permission.RECORD_TIME
    form_class = TimeForm
    heading = "Record time spent"
    submit_label = "Save time"
    anchor = "#time"
    text = NO_ESTIMATE

    def initial(self) -> dict[str, Any]:
        return {"whose": MINE, "worked_on": timezone.localdate()}

    def perform(self, form: TimeForm) -> str:
        row = record_time(
            **self.common(form),
            today=timezone.localdate(),
            spent=form.spent,
            is_colleague=form.cleaned_data["whose"] == COLLEAGUE,
            identity_confirmed=is_confirmed(form),
        )
        return f"Saved: {row.hours.normalize():f} hour{'' if row.hours == 1 else 's'} on {in_words(row.worked_on)}."


class _OneRecord(RequestPage):
    """A page about hours that were recorded."""

    permission = Permission.RECORD_TIME
    anchor = "#time"
    row: TimeRecord

    def load(self, **kwargs: Any) -> None:
        found = time_record(self.case, kwargs["pk"])
        if found is None:
            raise Gone("These hours are no longer on the request.")
        check_can_correct(self.user, found)
        self.row = found


class CorrectTime(_OneRecord):
    form_class = CorrectTimeForm
    heading = "Correct time spent"
    submit_label = "Save correction"
    text = "What was recorded first is kept on the trail."

    def form_arguments(self) -> dict[str, Any]:
        return {"colleague": self.row.person_id is None, "grade": self.row.grade}

    def initial(self) -> dict[str, Any]:
        names = ("worked_on", "kind", "grade", "business_area")
        return {
            "hours": f"{self.row.hours.normalize():f}",
            **{name: getattr(self.row, name) for name in names},
        }

    def perform(self, form: CorrectTimeForm) -> str:
        correct_time(
            **self.common(form),
            record_id=self.row.pk,
            today=timezone.localdate(),
            spent=form.spent,
            identity_confirmed=is_confirmed(form),
        )
        return "The hours are corrected."


class RemoveTime(_OneRecord):
    form_class = RemoveTimeForm
    template_name = "requests_app/time/remove.html"
    heading = "Remove time spent"
    submit_label = "Remove hours"
    warn = True

    def page(self) -> dict[str, Any]:
        return {"row": self.row}

    def perform(self, form: RemoveTimeForm) -> str:
        remove_time(**self.common(form), record_id=self.row.pk)
        return "The hours are removed. What was recorded is kept on the trail."
