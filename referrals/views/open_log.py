"""Pages of actions that are possible only while a log has certain statuses."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foitracker.casework.workflow import TransitionNotAllowed
from referrals.operations.logwork import check_open
from referrals.views.referral_page import ReferralPage


class OpenLogView(ReferralPage):
    """The page of an action on an open log.

    Where it is not possible, the page says why instead of showing a form.
    """

    def check_possible(self) -> None:
        """Raise TransitionNotAllowed when the status of the log rules the action out."""
        check_open(self.case)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.check_possible()
        except TransitionNotAllowed as refusal:
            context = {
                "reason": str(refusal),
                "back_url": self.case.get_absolute_url(),
                "back_label": f"Back to {self.case.title}",
            }
            return render(request, "409.html", context, status=409)
        return super().get(request, *args, **kwargs)
