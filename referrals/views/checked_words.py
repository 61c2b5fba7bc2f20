"""What the pages on which words enter a log have in common."""

from foitracker.accounts.permission_names import Permission
from referrals.views.log_masking import LogMaskingPage
from referrals.views.open_log import OpenLogView
from referrals.views.referral_page import ReferralPage


class WordsView(LogMaskingPage, ReferralPage):
    """The page of an action whose words are checked for the applicant's identity."""

    permission = Permission.WORK_REFERRAL


class OpenLogWordsView(WordsView, OpenLogView):
    """The same, where it is possible only on an open log."""
