"""How the tracker runs: a page for managers and administrators, and the same as JSON for monitoring."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.status.readings import Reading, readings, readings_by_heading


@never_cache
@require_safe
def status(request: SignedInRequest) -> HttpResponse:
    """Show every reading under its heading, and first how many need attention."""
    check_can(Permission.SEE_STATUS, request.user)
    at = timezone.now()
    found = readings_by_heading(at)
    context = {
        "at": at,
        "sections": [
            (heading, [(reading, _may_follow(reading, request)) for reading in rows])
            for heading, rows in found.items()
        ],
        "in_trouble": sum(reading.is_in_trouble for rows in found.values() for reading in rows),
        "may_see_outbox": can(Permission.SEE_OUTBOX, request.user),
    }
    return render(request, "status/status.html", context)


def _may_follow(reading: Reading, request: SignedInRequest) -> bool:
    return bool(reading.page) and (reading.page_for is None or can(reading.page_for, request.user))


@login_not_required
@never_cache
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Return the same as JSON: 200 when all is well, 503 when something is not.

    Whoever names the monitoring token needs no session; others have to be allowed to see the page. 401 for a
    wrong token, and for nobody.
    """
    authorization = request.headers.get("Authorization")
    if not _has_token(authorization):
        if authorization is not None or not request.user.is_authenticated:
            return JsonResponse(
                {"error": "unauthorised"}, status=401, headers={"WWW-Authenticate": 'Bearer realm="status"'}
            )
        check_can(Permission.SEE_STATUS, request.user)
    content = as_json(timezone.now())
    return JsonResponse(content, status=200 if content["ok"] else 503)


def _has_token(authorization: str | None) -> bool:
    """Return whether the header names the token; never while none is set."""
    scheme, _, token = (authorization or "").partition(" ")
    expected = settings.MONITORING_TOKEN
    return bool(expected) and scheme.lower() == "bearer" and constant_time_compare(token.strip(), expected)


def as_json(at: datetime) -> dict[str, Any]:
    """Return the readings of a moment as JSON can hold them."""
    found = readings(at)
    return {
        "ok": not any(reading.is_in_trouble for reading in found),
        "at": at.isoformat(),
        "readings": {
            reading.code: {"label": reading.label, "value": reading.value, "ok": not reading.is_in_trouble}
            for reading in found
        },
    }
