"""What the pages on which words enter a log have in common."""

from referrals.permissions import ReferralPermission
from referrals.views.act import ReferralActView
from referrals.views.masking import MaskingView
from referrals.views.open_log import OpenLogView


class WordsView(MaskingView, ReferralActView):
    """The page of an action whose words are checked for the applicant's identity."""

    permission = ReferralPermission.WORK_REFERRAL


class OpenLogWordsView(WordsView, OpenLogView):
    """The same, where it is possible only on an open log."""
