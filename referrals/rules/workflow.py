"""The status of a log, and which transition leads from where to where.

Whether a portfolio lead is being consulted, or a force has been told, is read from those facts and is no
status.
"""

from enum import StrEnum

from requests_app.rules.workflow import TransitionNotAllowed


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


class ReferralAct(StrEnum):
    TRIAGE = "triage"
    ADVISE = "advise"
    CLOSE = "close"
    REOPEN = "reopen"


ACT_LABELS: dict[ReferralAct, str] = {
    ReferralAct.TRIAGE: "triage it",
    ReferralAct.ADVISE: "give advice",
    ReferralAct.CLOSE: "close it",
    ReferralAct.REOPEN: "reopen it",
}

TRANSITIONS: dict[ReferralAct, dict[ReferralStatus, ReferralStatus]] = {
    ReferralAct.TRIAGE: {
        ReferralStatus.LOGGED: ReferralStatus.IN_HAND,
        ReferralStatus.IN_HAND: ReferralStatus.IN_HAND,
        ReferralStatus.ADVISED: ReferralStatus.ADVISED,
    },
    # A log can be advised on at once, without a triage of its own; advice can be given again.
    ReferralAct.ADVISE: {
        ReferralStatus.LOGGED: ReferralStatus.ADVISED,
        ReferralStatus.IN_HAND: ReferralStatus.ADVISED,
        ReferralStatus.ADVISED: ReferralStatus.ADVISED,
    },
    ReferralAct.CLOSE: {
        status: ReferralStatus.CLOSED for status in ReferralStatus if status in OPEN_REFERRALS
    },
    ReferralAct.REOPEN: {ReferralStatus.CLOSED: ReferralStatus.IN_HAND},
}


def next_referral_status(act: ReferralAct, status: ReferralStatus) -> ReferralStatus:
    """Return the status that the transition leads to from `status`.

    Raises TransitionNotAllowed, naming the statuses the transition is possible from.
    """
    targets = TRANSITIONS[act]
    if status not in targets:
        possible = ", ".join(REFERRAL_STATUS_LABELS[source] for source in targets)
        raise TransitionNotAllowed(
            f"You cannot {ACT_LABELS[act]} while the log is “{REFERRAL_STATUS_LABELS[status]}”. "
            f"It is possible while it is: {possible}."
        )
    return targets[status]
