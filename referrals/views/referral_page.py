"""The page of one form about a log: as about a request, with the logs a person may know of."""

from foitracker.casework.case_page import CasePage
from referrals.models import Referral
from referrals.views.finding import find_referral


class ReferralPage(CasePage):
    """The page of one form about a log."""

    template_name = "referrals/referral_page.html"
    back_to = "referrals:referral"
    key = "referral_id"
    case: Referral

    def find(self, year: int, number: int) -> Referral:
        return find_referral(self.user, year, number)
