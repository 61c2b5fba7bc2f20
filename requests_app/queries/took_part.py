"""Who took part in deciding a request, from its whole history: they do not approve its answer, nor review it.

The recorded events that `decides` are declared to be part of it say so, whatever stands in the case now: a
decision taken back or saved again by somebody else was still theirs.
"""

from django.db.models import Exists, OuterRef, QuerySet

from foitracker.accounts.models import User
from foitracker.accounts.permissions import Person
from foitracker.audit.models import Entry
from foitracker.audit.queries import approving, deciding
from requests_app.models import FoiRequest


def took_part(user: Person, case: FoiRequest) -> bool:
    """Return whether `user` ever decided, claimed, submitted or drafted any part of the answer to a request."""
    return deciding(case.reference).filter(actor=user.pk).exists()


def took_part_in(user: User, reference: str) -> Exists:
    """Return the condition that `user` took part in deciding the request whose reference stands in a column."""
    return Exists(deciding(OuterRef(reference)).filter(actor=user))


def who_took_part(case: FoiRequest) -> set[int]:
    """Return the keys of those who took part in deciding a request."""
    return _actors(deciding(case.reference))


def who_approved(case: FoiRequest) -> set[int]:
    """Return the keys of those who ever approved an answer to a request."""
    return _actors(approving(case.reference))


def _actors(entries: QuerySet[Entry]) -> set[int]:
    return {key for key in entries.values_list("actor", flat=True) if key is not None}
