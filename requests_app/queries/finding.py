"""The request or letter an address names, or a person types, for those who may know of it."""

from django.shortcuts import get_object_or_404

from foitracker.accounts.models import User
from requests_app.models import FoiRequest, Letter
from requests_app.rules.casework.reference import RequestReference

_PEOPLE = ("drafted_by", "decided_by", "approved_by", "issued_by")


def find_request(user: User, year: int, number: int) -> FoiRequest:
    """Return the request of this number; raise Http404 when there is none that `user` may know of."""
    known = (
        FoiRequest.objects.visible_to(user).select_related("officer", "logged_by", "topic").defer("search")
    )
    return get_object_or_404(known, year=year, number=number)


def find_letter(user: User, year: int, number: int, pk: int) -> Letter:
    """Return a letter of the request of this number; raise Http404 when there is none `user` may know of."""
    letters = Letter.objects.filter(foi_request__in=FoiRequest.objects.visible_to(user))
    found = letters.select_related("foi_request", "corrected_letter", *_PEOPLE)
    return get_object_or_404(found, pk=pk, foi_request__year=year, foi_request__number=number)


def request_known_as(reference: RequestReference, user: User) -> FoiRequest | None:
    """Return the request with a reference that `user` may know of; None when there is none."""
    known = FoiRequest.objects.visible_to(user)
    return known.filter(year=reference.year, number=reference.number).first()
