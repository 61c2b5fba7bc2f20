"""What became of an issued letter: that it came back, that the address given was wrong, and sending it again."""

from typing import Any

from django.http import Http404
from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.pages.forms.form import CaseForm
from requests_app.forms.response import IssueForm, ReturnedForm
from requests_app.models import Despatch, LetterDespatch, ReturnReason
from requests_app.operations.delivery import (
    record_address_at_fault,
    record_letter_returned,
    send_letter_again,
)
from requests_app.views.response import LetterPage, ways_of_sending


class _DeliveryPage(LetterPage):
    """A page about the delivery of a letter."""

    def check_letter(self) -> None:
        check_can(Permission.SEND_LETTER_AGAIN, self.user)
        if not self.letter.is_issued:
            raise Http404("The letter has not been issued.")


class SendLetterAgain(_DeliveryPage):
    form_class = IssueForm
    template_name = "requests_app/response/send_again.html"
    heading = "Send the letter again"
    submit_label = "Send it again"
    explanation = (
        "The letter is sent exactly as it was issued. An answer counts from the day it is resent, unless the applicant "
        "gave the wrong address."
    )

    def initial(self) -> dict[str, Any]:
        return {}

    def form_arguments(self) -> dict[str, Any]:
        return {"ways": ways_of_sending(self.case)}

    def page(self) -> dict[str, Any]:
        return {**super().page(), "may_see": can(Permission.SEE_IDENTITY, self.user)}

    def perform(self, form: IssueForm) -> str:
        way = Despatch(form.cleaned_data["despatch"])
        send_letter_again(despatch=way, today=timezone.localdate(), **self.common(form))
        if way == Despatch.EMAIL:
            return "Letter queued to send again by e-mail."
        return "Resending recorded for today. Print and send the letter."


class LetterReturned(_DeliveryPage):
    form_class = ReturnedForm
    heading = "Record that the letter came back"
    submit_label = "Record it"
    explanation = (
        "Use this when an e-mail bounced or post was returned. An answer that did not arrive does not count: the "
        "request is reopened and the time limit runs until the letter is sent again."
    )

    def perform(self, form: ReturnedForm) -> str:
        record_letter_returned(reason=ReturnReason(form.cleaned_data["reason"]), **self.common(form))
        return "Non-delivery recorded. Send the letter again."


class AddressAtFault(LetterPage):
    """Say of a despatch that failed that the applicant gave a wrong address."""

    form_class = CaseForm
    heading = "The address given was wrong"
    submit_label = "The address given was wrong"
    explanation = (
        "Only where we used the address exactly as the applicant gave it. The answer then counts as sent on the "
        "original date. Check it against the original request; a mistake of ours does not qualify."
    )

    def check_letter(self) -> None:
        check_can(Permission.WORK_CASE, self.user)

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = LetterDespatch.objects.filter(letter=self.letter, pk=kwargs["despatch"]).exclude(failure="")
        if not found.exists():
            raise Http404("The letter arrived.")
        self.despatch_id: int = kwargs["despatch"]

    def perform(self, form: CaseForm) -> str:
        arguments = self.common(form)
        del arguments["letter_id"]
        record_address_at_fault(despatch_id=self.despatch_id, **arguments)
        return "The original date stands. Send the letter again if you have another address."
