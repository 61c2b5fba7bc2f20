"""Asking a portfolio lead about a log, and recording the reply."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from foitracker.pages.words import short_date
from referrals.forms.correspondence import ConsultForm, ReplyForm
from referrals.operations.consultation import consult, record_reply, usual_reply_by
from referrals.queries.correspondents import consultations_on, leads_to_ask
from referrals.views.checked_words import OpenLogWordsPage, WordsPage


class ConsultView(OpenLogWordsPage):
    """Ask a portfolio lead, who is given the number, the question, the wording and the pack."""

    form_class = ConsultForm
    template_name = "referrals/consult.html"
    heading = "Consult a portfolio lead"
    submit_label = "Ask"
    anchor = "#consultations"

    def initial(self) -> dict[str, Any]:
        return {"reply_by": usual_reply_by(timezone.localdate())}

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "leads": leads_to_ask(self.case)}

    def perform(self, form: ConsultForm) -> str:
        asked = consult(
            **self.common(form),
            today=timezone.localdate(),
            lead_id=form.cleaned_data["lead"],
            question=form.cleaned_data["question"],
            reply_by=form.cleaned_data["reply_by"],
            identity_confirmed=form.identity_confirmed,
        )
        how = (
            "asked by e-mail"
            if asked.lead.email
            else "recorded as asked: no mailbox is known, so ask yourself"
        )
        return f"The lead for {asked.lead} is {how}. The reply is due by {short_date(asked.reply_by)}."


class ReplyView(WordsPage):
    """Record what a portfolio lead replied."""

    form_class = ReplyForm
    template_name = "referrals/consultation_reply.html"
    heading = "Record a reply"
    submit_label = "Record the reply"
    anchor = "#consultations"

    def load(self, **kwargs: Any) -> None:
        self.asked = get_object_or_404(consultations_on(self.case), pk=kwargs["pk"])

    def initial(self) -> dict[str, Any]:
        return {"replied_on": timezone.localdate()}

    def page(self) -> dict[str, Any]:
        return {"asked": self.asked}

    def perform(self, form: ReplyForm) -> str:
        given = {name: value for name, value in self.common(form).items() if name != self.key}
        record_reply(
            consultation_id=self.asked.pk,
            today=timezone.localdate(),
            replied_on=form.cleaned_data["replied_on"],
            reply=form.cleaned_data["reply"],
            identity_confirmed=form.identity_confirmed,
            **given,
        )
        return f"The reply of the lead for {self.asked.lead} is recorded."
