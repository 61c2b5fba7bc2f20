"""Every page that is opened or refused is recorded, by one insert when it is done.

A page may record an access of its own (an identity seen, a letter read). One that does not is recorded by its name,
so that no page can be forgotten. What was searched for is never kept.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import Error
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from redis.exceptions import RedisError

from foitracker.accounts.models import User
from foitracker.audit.events import Access, event_of
from foitracker.audit.models import RecordedAccess
from foitracker.audit.operations import noting_accesses, record_access, write_accesses
from foitracker.pages.lists.list_read import ListRead, list_read
from foitracker.trail.case_pages import case_in_address
from foitracker.trail.events import (
    DOCUMENT_OPENED,
    LIST_DOWNLOADED,
    LIST_OPENED,
    PAGE_OPENED,
    PAGE_REFUSED,
)

logger = logging.getLogger(__name__)

#: Not permitted, and too often.
_FORBIDDEN, _TOO_OFTEN = 403, 429
#: Answers that show nothing of what is kept: somewhere else, no such page, not in this way.
_SHOWS_NOTHING = {404, 405}


class RecordAccesses:
    """Comes after the middleware that says who is signed in.

    Where an access could not be written, what is guarded (identity, letters, files) is not given out; any other page
    is, and the failure is logged. Of strangers only what they were refused for asking too often is recorded, once a
    minute for each address, so that nobody outside can fill the table.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with noting_accesses() as noted:
            response = self.get_response(request)
            _note_page(request, response, noted)
        if not noted:
            return response
        address = _address(request)
        for row in noted:
            row.address = address
        guarded = any(_is_guarded(row) for row in noted)
        try:
            write_accesses(noted, waits_for_disk=guarded)
        except Error:
            names = ", ".join(row.event for row in noted)
            logger.exception("not recorded: %s by user %s", names, noted[0].actor_id)
            if guarded:
                response.close()
                return render(request, "not_recorded.html", status=503)
        return response


def _note_page(request: HttpRequest, response: HttpResponseBase, noted: list[RecordedAccess]) -> None:
    """Note the page by its name, unless it was recorded by an access of its own or showed nothing."""
    by, status, read = _signed_in(request), response.status_code, list_read(request)
    if by is None:
        if status == _TOO_OFTEN and _first_this_minute(request):
            _note(request, PAGE_REFUSED, None, {"status": status})
    elif status in (_FORBIDDEN, _TOO_OFTEN):
        _note(request, PAGE_REFUSED, by, {"status": status})
    elif noted or 300 <= status < 400 or status >= 500 or status in _SHOWS_NOTHING:
        return
    elif read is not None:
        _note(request, LIST_DOWNLOADED if read.as_file else LIST_OPENED, by, _of_list(read))
    elif response.headers.get("Content-Type", "").startswith("text/html"):
        _note(request, PAGE_OPENED, by, {})
    else:
        _note(request, DOCUMENT_OPENED, by, {})


def _note(request: HttpRequest, event: Access, by: User | None, detail: dict[str, Any]) -> None:
    match = request.resolver_match
    page = match.view_name if match else ""
    record_access(
        event=event, by=by, at=_now(), subject=case_in_address(request), detail={"page": page, **detail}
    )


def _of_list(read: ListRead) -> dict[str, Any]:
    return {
        "filters": [f"{name}={value}" for name, value in read.filters.items()],
        "searched": read.searches_words,
        "hits": read.hits,
    }


def _signed_in(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None


def _first_this_minute(request: HttpRequest) -> bool:
    try:
        return bool(cache.add(f"refused-{_address(request)}", 1, timeout=60))
    except RedisError:  # nothing is counted while Redis is away
        return False


def _is_guarded(row: RecordedAccess) -> bool:
    event = event_of(row.event)
    return isinstance(event, Access) and event.is_guarded


def _address(request: HttpRequest) -> str | None:
    """Where the request came from, behind as many proxies as are trusted."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:  # a socket has no address
        return None


def _now() -> datetime:
    return timezone.now()  # noqa: TID251 - a request comes in here
