"""The applicant of a request. Whoever shows what this returns checks the role and records the access."""

from typing import Protocol

from foitracker.identity.known_identity import greeted_name
from requests_app.models import Applicant, FoiRequest
from requests_app.rules.casework.validity import ValidityGap, validity_gaps


class IdentityDetails(Protocol):
    """Who asked, stored or typed."""

    @property
    def name(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def postal_address(self) -> str: ...
    @property
    def other_address(self) -> str: ...
    @property
    def salutation(self) -> str: ...


def applicant_of(case: FoiRequest) -> Applicant:
    """Return who made a request."""
    return Applicant.objects.get(pk=case.pk)


def validity_of(case: FoiRequest, applicant: Applicant | None = None) -> tuple[ValidityGap, ...]:
    """Return what a request lacks to be valid (FOIA s.8), in words that name no one."""
    known = applicant or applicant_of(case)
    return validity_gaps(
        name=known.name,
        organisation=known.organisation,
        address=known.address_for_correspondence,
        description=case.words,
        regime=case.regime,
    )


def known_identity_of(case: FoiRequest) -> tuple[str, ...]:
    """Return the details by which the applicant of a request could be recognised in a text.

    For comparison only: no one is shown them, so it is not an access to the identity and is not recorded.
    """
    applicant = Applicant.objects.filter(pk=case.pk).first()
    return known_details(applicant) if applicant else ()


def known_details(identity: IdentityDetails) -> tuple[str, ...]:
    """Return the details of an applicant that a text is compared with.

    Lines of the address without a number are left out, because a town appears in many texts.
    """
    lines = [*identity.postal_address.splitlines(), identity.other_address]
    numbered = [line for line in lines if any(map(str.isdigit, line)) or "@" in line]
    named = [identity.name, identity.organisation, identity.email, greeted_name(identity.salutation)]
    return tuple(filter(None, [*named, *numbered]))
