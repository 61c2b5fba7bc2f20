"""The idle time-out without a write for every click."""

import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: Seconds between two marks; a session may end this much early.
INTERVAL = 60
_MARK = "active_at"


class KeepSessionAlive:
    """Postpones the end of a session while someone works, at most once a minute.

    Comes after the session middleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            signed_in = user.last_login.timestamp() if user.last_login else 0
            if time.time() - request.session.get(_MARK, signed_in) >= INTERVAL:
                request.session[_MARK] = int(time.time())
        return response
