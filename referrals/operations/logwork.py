"""What every change of a log shares: lock it, see that it may be changed now, move it on.

The log is locked first, then a request it concerns, and the audit trail last.
"""

from foitracker.casework.record import lock
from foitracker.casework.workflow import TransitionNotAllowed
from referrals.models import Referral
from referrals.rules.workflow import (
    OPEN_REFERRALS,
    REFERRAL_STATUS_LABELS,
    WORKFLOW,
    ReferralStatus,
    ReferralTransition,
)


def lock_referral(*, pk: int, seen_version: int | None = None) -> Referral:
    """Lock a log until the transaction ends and return it as it is now. Raises CaseChanged; see `lock`."""
    return lock(Referral, pk=pk, seen_version=seen_version)


def check_open(referral: Referral) -> None:
    """Raise TransitionNotAllowed for a closed log."""
    if referral.status not in OPEN_REFERRALS:
        raise TransitionNotAllowed(
            f"The log is “{REFERRAL_STATUS_LABELS[ReferralStatus(referral.status)]}”, so it cannot be changed. "
            "Reopen it first."
        )


def move(referral: Referral, transition: ReferralTransition) -> None:
    """Set the status that `transition` leads to. Raises TransitionNotAllowed. Does not save."""
    referral.status = WORKFLOW.next_status(transition, ReferralStatus(referral.status))
