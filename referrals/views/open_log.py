"""Pages of what is possible only while a log is open."""

from referrals.operations.logwork import check_open
from referrals.views.referral_page import ReferralPage


class OpenLogPage(ReferralPage):
    """The page of one form about an open log."""

    def check_possible(self) -> None:
        check_open(self.case)
