"""One action on a log, one page: as for requests, with the logs a person may know of."""

from django.http import HttpRequest

from referrals.models import Referral
from referrals.permissions import ReferralPermission, check_can
from referrals.views.finding import find_referral
from requests_app.views.act import ActPage


class ReferralActView(ActPage):
    """The page of one action on a log. A page names its `permission` besides."""

    permission: ReferralPermission
    template_name = "referrals/act.html"
    back_to = "referrals:referral"
    key = "referral_id"
    case: Referral

    def check_allowed(self, request: HttpRequest) -> None:
        check_can(self.permission, request.user)

    def find(self, year: int, number: int) -> Referral:
        return find_referral(self.user, year, number)
