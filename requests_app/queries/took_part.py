"""Who took part in deciding a request, from its whole history: they do not approve its answer, nor review it.

The recorded events that `decides` are declared to be part of it say so, whatever stands in the case now: a
decision taken back or saved again by somebody else was still theirs.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from foitracker.accounts.models import User
from foitracker.accounts.permissions import Person
from foitracker.audit.models import Entry
from foitracker.audit.queries import approving, deciding
from requests_app.models import Authority, FoiRequest

_OWN_APPROVAL = Authority.objects.filter(allows_own_approval=True)


def took_part(user: Person, case: FoiRequest) -> bool:
    """Return whether `user` ever decided, claimed, submitted or drafted any part of the answer to a request."""
    return deciding(case.reference).filter(actor=user.pk).exists()


def is_kept_from_approving(user: Person, case: FoiRequest) -> bool:
    """Return whether `user` took part in the decision and the authority's settings want a second person."""
    took_part_here = deciding(case.reference).filter(actor=user.pk)
    return took_part_here.filter(~Q(Exists(_OWN_APPROVAL))).exists()


def kept_from_approving(user: User, reference: str) -> Q:
    """Return `is_kept_from_approving` as a condition on the request whose reference stands in a column."""
    took_part_there = Exists(deciding(OuterRef(reference)).filter(actor=user))
    return Q(took_part_there) & ~Q(Exists(_OWN_APPROVAL))


def who_took_part(case: FoiRequest) -> set[int]:
    """Return the keys of those who took part in deciding a request."""
    return _actors(deciding(case.reference))


def who_approved(case: FoiRequest) -> set[int]:
    """Return the keys of those who ever approved an answer to a request."""
    return _actors(approving(case.reference))


def _actors(entries: QuerySet[Entry]) -> set[int]:
    return {key for key in entries.values_list("actor", flat=True) if key is not None}
