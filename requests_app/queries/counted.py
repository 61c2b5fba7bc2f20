"""The requests that a figure counted once, by their keys, whatever has become of them since."""

from collections.abc import Collection

from django.db.models import QuerySet

from foitracker.accounts.models import User
from requests_app.models import FoiRequest


def counted_requests(user: User, keys: Collection[int]) -> QuerySet[FoiRequest]:
    """Return the requests with these keys that `user` may know of, by reference; raises NotPermitted."""
    found = FoiRequest.objects.visible_to(user).filter(pk__in=list(keys))
    return found.select_related("officer").defer("words", "search").order_by("year", "number")


def references_of(keys: Collection[int]) -> list[str]:
    """Return the references of the requests with these keys, in order: for figures, which are the authority's."""
    found = FoiRequest.objects.filter(pk__in=list(keys)).order_by("year", "number")
    return list(found.values_list("reference", flat=True))
