"""Who asked in the requests of our own that logs are about: masked in what others are shown of the logs."""

from collections.abc import Callable, Iterable

from foitracker.identity.traces import find_traces_of, mask
from referrals.models import Referral
from requests_app.queries.identity import known_identity_of


def known_applicants(logs: Iterable[Referral]) -> tuple[str, ...]:
    """Return the details of the applicants of our own requests that logs are about; none for other logs.

    For comparison only, as with `known_identity_of`.
    """
    own = {log.own_request_id: log.own_request for log in logs if log.own_request}
    return tuple(detail for request in own.values() for detail in known_identity_of(request))


def without_applicants(logs: Iterable[Referral]) -> Callable[[str], str]:
    """Return what masks these applicants in a text: they may have become known after the text was fixed."""
    known = known_applicants(logs)
    return lambda text: mask(text, find_traces_of(text, known)) if known else text
