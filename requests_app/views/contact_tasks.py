"""The pages of a promise to tell the applicant something, and of what was said."""

from typing import Any

from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from foitracker.casework.case_page import Gone
from foitracker.pages.words import short_date, weekday_in_words
from requests_app.forms.contact_tasks import PromiseForm, SaidForm
from requests_app.operations.contact_tasks import close_contact, promise_contact
from requests_app.queries.contact_tasks import open_promises
from requests_app.views.request_page import RequestPage


class PromiseContact(RequestPage):
    """Record a promise, on a closed request too."""

    permission = Permission.WORK_CASE
    form_class = PromiseForm
    heading = "Promise to contact the applicant"
    submit_label = "Save promise"
    text = (
        "Record here what the applicant has been promised, so that it is not forgotten. It is on your list from the "
        "day it is due until you record what they were told."
    )

    def perform(self, form: PromiseForm) -> str:
        task = promise_contact(**self.common(form), **_typed(form, "promised", "due_on"))
        return f"Promise saved. The applicant is to be told by {weekday_in_words(task.due_on)}."


class RecordSaid(RequestPage):
    """Close a promise with what the applicant was told."""

    permission = Permission.WORK_CASE
    form_class = SaidForm
    template_name = "requests_app/contact/said.html"
    heading = "Record what was said"
    submit_label = "Save and close the promise"

    def load(self, **kwargs: Any) -> None:
        found = open_promises(self.case).filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Gone(
                "What was said about this promise has already been recorded, or there is no such promise."
            )
        self.task = found

    def initial(self) -> dict[str, Any]:
        return {"said_on": timezone.localdate()}

    def page(self) -> dict[str, Any]:
        return {"task": self.task}

    def perform(self, form: SaidForm) -> str:
        close_contact(**self.common(form), task_id=self.task.pk, **_typed(form, "said", "said_on"))
        due = short_date(self.task.due_on)
        return f"Saved. The promise for {due} is closed; what the applicant was told is on the timeline."


def _typed(form: PromiseForm | SaidForm, *names: str) -> dict[str, Any]:
    """What was typed, with today, by which its day is judged."""
    return {**{name: form.cleaned_data[name] for name in names}, "today": timezone.localdate()}
