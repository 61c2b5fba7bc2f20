"""One action on a log, one page: as for requests, with the logs a person may know of."""

from django.http import HttpRequest

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.case_page import CasePage
from referrals.models import Referral
from referrals.views.finding import find_referral


class ReferralPage(CasePage):
    """The page of one action on a log. A page names its `permission` besides."""

    permission: Permission
    template_name = "referrals/act.html"
    back_to = "referrals:referral"
    key = "referral_id"
    case: Referral

    def check_allowed(self, request: HttpRequest) -> None:
        check_can(self.permission, request.user)

    def find(self, year: int, number: int) -> Referral:
        return find_referral(self.user, year, number)
