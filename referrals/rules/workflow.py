"""Where a log stands, and which transition leads from where to where.

Whether a portfolio lead is being consulted, or a force has been told, is read from those facts and is no
status.
"""

from enum import StrEnum

from foitracker.casework.workflow import Workflow


class ReferralStatus(StrEnum):
    LOGGED = "logged"
    IN_HAND = "in_hand"
    ADVISED = "advised"
    CLOSED = "closed"


REFERRAL_STATUS_LABELS: dict[ReferralStatus, str] = {
    ReferralStatus.LOGGED: "To triage",
    ReferralStatus.IN_HAND: "In hand",
    ReferralStatus.ADVISED: "Advised",
    ReferralStatus.CLOSED: "Closed",
}

OPEN_REFERRALS: frozenset[ReferralStatus] = frozenset(ReferralStatus) - {ReferralStatus.CLOSED}
#: Advice is still owed.
AWAITING_ADVICE: frozenset[ReferralStatus] = frozenset({ReferralStatus.LOGGED, ReferralStatus.IN_HAND})


class Closing(StrEnum):
    """Why a log is closed."""

    ADVISED = "advised"
    NO_ADVICE_NEEDED = "no_advice_needed"
    WITHDRAWN = "withdrawn"
    LOGGED_IN_ERROR = "logged_in_error"


CLOSING_LABELS: dict[Closing, str] = {
    Closing.ADVISED: "Advice was given",
    Closing.NO_ADVICE_NEEDED: "No advice was needed",
    Closing.WITHDRAWN: "Withdrawn by the force",
    Closing.LOGGED_IN_ERROR: "Logged in error",
}


class ReferralTransition(StrEnum):
    TRIAGE = "triage"
    ADVISE = "advise"
    CLOSE = "close"
    REOPEN = "reopen"


TRANSITION_LABELS: dict[ReferralTransition, str] = {
    ReferralTransition.TRIAGE: "triage it",
    ReferralTransition.ADVISE: "give advice",
    ReferralTransition.CLOSE: "close it",
    ReferralTransition.REOPEN: "reopen it",
}

TRANSITIONS: dict[ReferralTransition, dict[ReferralStatus, ReferralStatus]] = {
    ReferralTransition.TRIAGE: {
        ReferralStatus.LOGGED: ReferralStatus.IN_HAND,
        ReferralStatus.IN_HAND: ReferralStatus.IN_HAND,
        ReferralStatus.ADVISED: ReferralStatus.ADVISED,
    },
    # A log can be advised on at once, without a triage of its own; advice can be given again.
    ReferralTransition.ADVISE: {
        ReferralStatus.LOGGED: ReferralStatus.ADVISED,
        ReferralStatus.IN_HAND: ReferralStatus.ADVISED,
        ReferralStatus.ADVISED: ReferralStatus.ADVISED,
    },
    ReferralTransition.CLOSE: {
        status: ReferralStatus.CLOSED for status in ReferralStatus if status in OPEN_REFERRALS
    },
    ReferralTransition.REOPEN: {ReferralStatus.CLOSED: ReferralStatus.IN_HAND},
}

WORKFLOW = Workflow("log", REFERRAL_STATUS_LABELS, TRANSITION_LABELS, TRANSITIONS)
