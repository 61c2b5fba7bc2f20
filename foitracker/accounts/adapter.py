from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from foitracker.accounts.events import SIGN_IN_LOCKED
from foitracker.accounts.queries import audit_subject_of
from foitracker.audit.operations import record_access

#: allauth's messages on signing in and out; the pages say as much by themselves.
NEEDLESS_MESSAGES = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in as this system wants it: an administrator adds users, no one signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        if message_template not in NEEDLESS_MESSAGES:
            super().add_message(request, level, message_template, *args, **kwargs)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            record_access(
                event=SIGN_IN_LOCKED,
                by=None,
                at=timezone.now(),  # noqa: TID251 - signing in is where a request comes in
                subject=audit_subject_of(credentials),
            )
            raise

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, "This account is no longer active. Ask an administrator.")
        return redirect("account_login")
