"""The applicant of a request. Whoever shows what this returns checks the role and records the access."""

from requests_app.models import Applicant, FoiRequest
from requests_app.rules.casework.validity import ValidityGap, validity_gaps


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
