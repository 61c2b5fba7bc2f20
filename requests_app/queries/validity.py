"""What a request lacks to be valid, with the reason. Says what is missing, never who asked."""

from requests_app.models import Applicant, FoiRequest
from requests_app.rules.validity import ValidityGap, validity_gaps


def validity_of(case: FoiRequest) -> tuple[ValidityGap, ...]:
    """This function will give what a request lacks (FOIA s.8; EIR reg 5); empty when it is valid."""
    applicant = Applicant.objects.get(pk=case.pk)
    return validity_gaps(
        name=applicant.name,
        organisation=applicant.organisation,
        address=applicant.address_for_correspondence,
        description=case.words,
        regime=case.regime,
    )
