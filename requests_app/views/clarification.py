"""The pages on which a clarification is asked, and its answer recorded."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from foitracker.identity.traces import MASK
from foitracker.pages.forms.rows import reopen
from foitracker.pages.templatetags.page_tags import uk_date
from foitracker.pages.words import counted
from requests_app.forms.clarification import AnswerClarificationForm, AskClarificationForm
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.queries.clock import due_if_answered
from requests_app.rules.casework.workflow import WORKFLOW, Outcome, Status, Transition
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.views.previewed import PreviewedPage


class AskClarification(PreviewedPage):
    """Record that clarification was asked; the clock stops (FOIA s.1(3))."""

    permission = Permission.WORK_CASE
    form_class = AskClarificationForm
    template_name = "requests_app/clock/ask.html"
    heading = "Ask for clarification"
    confirm_label = "Confirm and stop the clock"
    anchor = "#clarifications"

    def check_possible(self) -> None:
        WORKFLOW.next_status(Transition.ASK_CLARIFICATION, Status(self.case.status))

    def initial(self) -> dict[str, Any]:
        return {"asked_on": timezone.localdate()}

    def carry_out(self, form: AskClarificationForm) -> str:
        ask_clarification(
            **self.common(form),
            asked_on=form.cleaned_data["asked_on"],
            question=form.cleaned_data["question"],
            today=timezone.localdate(),
        )
        return "The question is on the file. The clock is stopped until the answer arrives."


class AnswerClarification(PreviewedPage):
    """Record the applicant's answer, the items it excludes, and what it does to the clock."""

    permission = Permission.WORK_CASE
    form_class = AnswerClarificationForm
    names_applicant = frozenset({"answer"})
    template_name = "requests_app/clock/answer.html"
    heading = "Record the answer to the clarification"
    confirm_label = "Confirm and save the answer"
    anchor = "#clarifications"

    def check_possible(self) -> None:
        if self.case.outcome != Outcome.LAPSED:
            WORKFLOW.next_status(Transition.ANSWER_CLARIFICATION, Status(self.case.status))

    def load(self, **kwargs: Any) -> None:
        self.items = list(self.case.items.select_related("duplicate_of"))

    def initial(self) -> dict[str, Any]:
        return {"answered_on": timezone.localdate()}

    def form_arguments(self) -> dict[str, Any]:
        return {"items": self.items, "due_if_answered": partial(due_if_answered, self.case)}

    def page(self) -> dict[str, Any]:
        return {
            "items": self.items,
            "clarification": self.case.clarifications.filter(answered_on__isnull=True).first(),
            "excluded_hint": "They end as “excluded by clarification” and are not answered.",
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "preview" in request.POST:
            return self.show(reopen(AnswerClarificationForm, request.POST, **self.form_arguments()))
        return super().post(request, *args, **kwargs)

    def carry_out(self, form: AnswerClarificationForm) -> str:
        data = form.cleaned_data
        clarification = answer_clarification(
            **self.common(form),
            answered_on=data["answered_on"],
            answer=data["answer"],
            effect=ClockEffect(data["effect"]),
            effect_reason=data["effect_reason"],
            excluded_item_ids=data["excluded_items"],
            today=timezone.localdate(),
        )
        self.case.refresh_from_db(fields=["due_on"])
        masked = clarification.answer.count(MASK) - data["answer"].count(MASK)
        told = f" {counted(masked, 'detail')} that may identify the applicant masked in it." if masked else ""
        return f"The answer is on the file.{told} The response is due on {uk_date(self.case.due_on)}."
