"""What the pages on which words enter a log have in common."""

from foitracker.accounts.permission_names import Permission
from referrals.views.log_masking import LogMaskingPage
from referrals.views.open_log import OpenLogPage
from referrals.views.referral_page import ReferralPage


class WordsPage(LogMaskingPage, ReferralPage):
    """The page of an action whose words are checked for the applicant's identity."""

    permission = Permission.WORK_REFERRAL


class OpenLogWordsPage(WordsPage, OpenLogPage):
    """The same, where it is possible only on an open log."""
