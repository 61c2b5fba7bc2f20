"""Reading the bank holidays that the government publishes, over the network or from a file.

Whatever comes of it is noted; nothing counts before a manager confirms it.
"""

import logging
import urllib.error
import urllib.request
from datetime import date, datetime
from http.client import HTTPException
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urljoin, urlsplit

from foitracker.working_days.models import CalendarRefresh
from foitracker.working_days.operations.calendar import propose_published, record_refused_data
from foitracker.working_days.published_holidays import PublishedDataError, read_published

logger = logging.getLogger(__name__)

#: Seconds that one step of the connection, and the whole reading, may take.
STEP_TIMEOUT, WHOLE_TIMEOUT = 10, 30
#: The published file has about 30 kB.
MOST_BYTES = 1_000_000
TOO_MUCH = f"It has more than {MOST_BYTES:,} bytes, which the bank holidays never have."
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class NotReadable(Exception):
    """The published data could not be fetched; the message says why."""


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only within the host that was asked."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if _origin(urljoin(req.full_url, newurl)) != _origin(req.full_url):
            raise NotReadable(
                "The address leads elsewhere. Set the address it has moved to, if you trust it."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def refresh_from_url(url: str, *, at: datetime, today: date) -> CalendarRefresh:
    """Read the published JSON from `url` and propose what differs from the calendar.

    Never raises for what is out there: what went wrong is in `problem` of the result, which managers are
    shown.
    """
    source = _host(url)
    try:
        text = fetch(url)
    except NotReadable as error:
        return _refused(source, str(error), at)
    return refresh_from_text(text, source=source, at=at, today=today)


def refresh_from_file(path: Path, *, at: datetime, today: date) -> CalendarRefresh:
    """Do the same with a file in the published format. Raises OSError when it cannot be read."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    source = f"file {path.name}"[:200]
    try:
        text = _decode(content)
    except NotReadable as error:
        return _refused(source, str(error), at)
    return refresh_from_text(text, source=source, at=at, today=today)


def refresh_from_text(text: str, *, source: str, at: datetime, today: date) -> CalendarRefresh:
    """Propose what differs between the published text and the calendar, or note why not."""
    try:
        published = read_published(text, today=today)
    except PublishedDataError as error:
        return _refused(source, str(error), at)
    return propose_published(published=published, source=source, at=at)


def fetch(url: str) -> str:
    """Fetch the text at `url`: by https (http only on this machine), from that host alone.

    Raises NotReadable when it is unreachable, slow, too long, redirected elsewhere or not text.
    """
    scheme = url.partition(":")[0].lower()
    if not (scheme == "https" or (scheme == "http" and _host(url) in _LOOPBACK)):
        raise NotReadable("The address has to begin with https://.")
    opener = urllib.request.build_opener(_SameHost)
    asked = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310 (checked above)
    try:
        with opener.open(asked, timeout=STEP_TIMEOUT) as answer:
            return _decode(_read(answer))
    except urllib.error.HTTPError as error:
        raise NotReadable(f"The server answered {error.code}.") from error
    except TimeoutError as error:
        raise NotReadable("The server took too long.") from error
    except (OSError, HTTPException, ValueError) as error:
        timed_out = isinstance(getattr(error, "reason", None), TimeoutError)
        raise NotReadable(
            "The server took too long." if timed_out else "The server cannot be reached, or broke off."
        ) from error


def _read(answer: Any) -> bytes:
    content, end = b"", monotonic() + WHOLE_TIMEOUT
    while piece := answer.read1(65536):
        content += piece
        if len(content) > MOST_BYTES:
            raise NotReadable(TOO_MUCH)
        if monotonic() > end:
            raise TimeoutError
    if answer.length:  # what the server announced and did not send
        raise NotReadable("The server broke off before the end.")
    return content


def _decode(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise NotReadable(TOO_MUCH)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotReadable("It is not text in UTF-8.") from error


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "no address")[:200]
    except ValueError:
        return "no address"


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port


def _refused(source: str, problem: str, at: datetime) -> CalendarRefresh:
    logger.warning("the published bank holidays of %s were not used: %s", source, problem)
    return record_refused_data(source=source, problem=problem, at=at)
