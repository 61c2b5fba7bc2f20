"""What every operation on a log shares: lock it, check that no one has changed it since, record what was done.

The log is locked first, then a request it concerns, and the audit trail last.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from foitracker.accounts.models import User
from foitracker.audit.operations import record_act
from referrals.models import Referral
from referrals.rules.workflow import (
    OPEN_REFERRALS,
    REFERRAL_STATUS_LABELS,
    ReferralAct,
    ReferralStatus,
    next_referral_status,
)
from requests_app.operations.casework import CaseChanged
from requests_app.rules.workflow import TransitionNotAllowed


def lock_referral(*, pk: int, seen_version: int | None = None) -> Referral:
    """Lock a log until the transaction ends and return it as it is now.

    `seen_version` is the version the page was made from; None when there was no page. Raises CaseChanged
    when the two differ.
    """
    referral = Referral.objects.select_for_update().get(pk=pk)
    if seen_version is not None and referral.version != seen_version:
        raise CaseChanged(referral, seen_version)
    return referral


def check_open(referral: Referral) -> None:
    """Raise TransitionNotAllowed for a closed log."""
    if referral.status not in OPEN_REFERRALS:
        raise TransitionNotAllowed(
            f"The log is “{REFERRAL_STATUS_LABELS[ReferralStatus(referral.status)]}”, so it cannot be changed. "
            "Reopen it first."
        )


def move(referral: Referral, act: ReferralAct) -> None:
    """Set the status that the transition leads to. Raises TransitionNotAllowed. Does not save."""
    referral.status = next_referral_status(act, ReferralStatus(referral.status))


def record(
    referral: Referral, *, act: str, by: User | None, at: datetime, detail: Mapping[str, Any] | None = None
) -> Referral:
    """Save the log with its next version and write the one event of the operation.

    `by` is None when the system did it by itself. The detail holds facts: dates, numbers, names of forces;
    never wording, advice or anything that identifies the applicant.
    """
    referral.version += 1
    referral.save()
    record_act(
        act=act,
        by=by,
        at=at,
        subject=referral.reference,
        detail={**(detail or {}), "version": referral.version},
    )
    return referral
