"""What the pages have in common on which words enter a log."""

from typing import Any

from referrals.operations.identity import known_identity_of
from referrals.permissions import ReferralPermission
from referrals.views.act import ReferralActView
from referrals.views.masking import MaskingView
from referrals.views.open_log import OpenLogView


class WordsView(MaskingView, ReferralActView):
    """The page of an act whose words are compared with who asks: those of our own applicant may not enter."""

    permission = ReferralPermission.WORK_REFERRAL

    def form_arguments(self) -> dict[str, Any]:
        own = self.case.own_request
        return {"known_identity": known_identity_of(own) if own else ()}


class OpenLogWordsView(WordsView, OpenLogView):
    """The same, where it is possible only on an open log."""
