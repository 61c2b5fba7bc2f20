"""Who came in, who tried to and who left, in the audit trail."""

from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from foitracker.audit.operations import record_event

from . import events, queries
from .models import User


def connect() -> None:
    user_logged_in.connect(_record_sign_in, dispatch_uid="record_sign_in")
    user_login_failed.connect(_record_failure, dispatch_uid="record_sign_in_failed")
    user_logged_out.connect(_record_sign_out, dispatch_uid="record_sign_out")


def _record_sign_in(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    record_event(event=events.SIGNED_IN, by=user, at=_now(), subject=user.audit_subject)


def _record_failure(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    # What was typed may be anything, a password in the wrong box included: it is not kept.
    record_event(
        event=events.SIGN_IN_FAILED, by=None, at=_now(), subject=queries.audit_subject_of(credentials)
    )


def _record_sign_out(sender: Any, request: HttpRequest | None, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record_event(event=events.SIGNED_OUT, by=user, at=_now(), subject=user.audit_subject)


def _now() -> datetime:
    return timezone.now()  # noqa: TID251 - a signal of sign-in is where a request comes in
