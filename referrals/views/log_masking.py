"""Masking on the pages of a log: about a request of our own, what we know of its applicant is looked for, too."""

from foitracker.identity.masking_page import MaskingPage
from referrals.models import Referral
from referrals.operations.identity import known_identity_on


class LogMaskingPage(MaskingPage):
    """Put before ReferralPage, or before a page about a request that is referred."""

    def known_identity(self) -> tuple[str, ...]:
        return known_identity_on(self.case) if isinstance(self.case, Referral) else ()
