"""Refusals that no page caught itself, shown with their reason.

403 is not permitted, 409 not possible now, 503 stopped by the database because it took too long.
"""

import logging
from collections.abc import Callable
from typing import Any

import psycopg
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django_htmx.http import HttpResponseClientRefresh

from foitracker.accounts.permissions import NotPermitted
from foitracker.audit.queries import events_since_version
from foitracker.casework.refusals import CaseChanged, NotPossible
from foitracker.casework.timeline import timeline_events
from foitracker.casework.workflow import TransitionNotAllowed
from foitracker.pages.typed_text import MAX_REQUEST_CHARACTERS

logger = logging.getLogger(__name__)

#: Why the database stopped something (docs/deploying.md, DATABASE_STATEMENT_SECONDS), in words.
_STOPPED: dict[type[psycopg.Error], str] = {
    psycopg.errors.QueryCanceled: "The database did not finish in the time that a page may take.",
    psycopg.errors.LockNotAvailable: "Somebody else is saving the same thing and has not finished.",
    psycopg.errors.IdleInTransactionSessionTimeout: "Saving was begun and not finished.",
}
_TRY_AGAIN_AFTER = 30


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that Django could not read the request at all, and how long a text may be when it was too long."""
    if isinstance(exception, RequestDataTooBig):
        most = f"{MAX_REQUEST_CHARACTERS:,}"
        reason = (
            f"What you sent is far longer than a request can be. At most {most} characters can be entered."
        )
        return render(request, "413.html", {"reason": reason}, status=413)
    return render(request, "400.html", status=400)


class RefusalMiddleware:
    """Turns the refusals of permissions and operations into pages that say why and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # A part of a page that was asked for when the session had ended: the whole page goes to sign-in.
        if (
            request.headers.get("HX-Request")
            and response.status_code == 302
            and not request.user.is_authenticated
        ):
            return HttpResponseClientRefresh()
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotPermitted):
            return render(request, "403.html", {"reason": error.reason}, status=403)
        if isinstance(error, CaseChanged):
            return render(request, "409.html", _what_changed(error), status=409)
        if isinstance(error, TransitionNotAllowed | NotPossible):
            return render(request, "409.html", {"reason": str(error)}, status=409)
        if isinstance(error, DatabaseError) and (reason := _STOPPED.get(type(error.__cause__))):  # type: ignore[arg-type]
            return _stopped(request, reason)
        return None


def _stopped(request: HttpRequest, reason: str) -> HttpResponse:
    """Say that the database stopped something. The page asks it nothing; the transaction is rolled back already."""
    page = request.resolver_match.view_name if request.resolver_match else ""
    logger.warning("The page %s was stopped. %s", page, reason)
    response = HttpResponse(render_to_string("503.html", {"reason": reason}), status=503)
    response["Retry-After"] = str(_TRY_AGAIN_AFTER)
    return response


def _what_changed(error: CaseChanged) -> dict[str, Any]:
    return {
        "reason": str(error),
        "current": error.case.get_status_display(),
        "changes": timeline_events(events_since_version(error.case.reference, error.seen_version)),
        "back_url": error.case.get_absolute_url(),
        "back_label": f"Open {error.case.title}",
    }
