"""Masking on the pages of a log: about a request of our own, what we know of its applicant is looked for, too."""

from typing import Any

from foitracker.casework.refusals import NotPossible
from foitracker.identity.masking_page import MaskingPage
from referrals.forms.named_forces import NamesForcesForm
from referrals.models import Referral
from referrals.operations.other_forces import OtherForcesNamed
from referrals.queries.applicants import known_applicants


class LogMaskingPage(MaskingPage):
    """Put before ReferralPage, or before a page about a request that is referred."""

    def known_identity(self) -> tuple[str, ...]:
        return known_applicants([self.case]) if isinstance(self.case, Referral) else ()

    def point_out(self, form: Any, refusal: NotPossible) -> None:
        offer_names(form, refusal)
        super().point_out(form, refusal)


def offer_names(form: Any, refusal: NotPossible) -> None:
    """Give a form the box that confirms the names of forces, where they are what was refused."""
    if isinstance(refusal, OtherForcesNamed) and isinstance(form, NamesForcesForm):
        form.offer_names()
