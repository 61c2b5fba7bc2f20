"""The status of a request, how it ended (outcome), and which transition leads from where to where.

Status and outcome are separate: a closed request is closed whether everything or nothing was disclosed.
`docs/request-states.md` is drawn from `TRANSITIONS`; a test fails when the two differ.
"""

from enum import StrEnum


class Status(StrEnum):
    """The status of a request."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    AWAITING_CLARIFICATION = "awaiting_clarification"
    AWAITING_FEE = "awaiting_fee"
    AWAITING_APPROVAL = "awaiting_approval"
    READY_TO_ISSUE = "ready_to_issue"
    CLOSED = "closed"


STATUS_LABELS: dict[Status, str] = {
    Status.RECEIVED: "Received",
    Status.IN_PROGRESS: "In progress",
    Status.AWAITING_CLARIFICATION: "Awaiting clarification",
    Status.AWAITING_FEE: "Awaiting fee",
    Status.AWAITING_APPROVAL: "Awaiting approval",
    Status.READY_TO_ISSUE: "Ready to issue",
    Status.CLOSED: "Closed",
}

OPEN_STATUSES: frozenset[Status] = frozenset(Status) - {Status.CLOSED}
#: The applicant has to do something first; the clock is stopped or paused (FOIA ss.1(3), 9).
WAITING_STATUSES: frozenset[Status] = frozenset({Status.AWAITING_CLARIFICATION, Status.AWAITING_FEE})
#: The content of the case can be changed; while the applicant is awaited, too.
EDITABLE_STATUSES: frozenset[Status] = frozenset({Status.RECEIVED, Status.IN_PROGRESS}) | WAITING_STATUSES


class Outcome(StrEnum):
    """How a request ended."""

    DISCLOSED = "disclosed"
    PARTLY_DISCLOSED = "partly_disclosed"
    REFUSED = "refused"
    NEITHER = "ncnd"
    ALREADY_ACCESSIBLE = "accessible"
    NOT_HELD = "not_held"
    OUTSIDE_FUNCTIONS = "outside_functions"
    NOTHING_LEFT = "nothing_left"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    FEE_UNPAID = "fee_unpaid"
    INVALID = "invalid"


OUTCOME_LABELS: dict[Outcome, str] = {
    Outcome.DISCLOSED: "Disclosed in full",
    Outcome.PARTLY_DISCLOSED: "Disclosed in part",
    Outcome.REFUSED: "Refused in full",
    Outcome.NEITHER: "Neither confirmed nor denied",
    Outcome.ALREADY_ACCESSIBLE: "Already accessible (s.21)",
    Outcome.NOT_HELD: "Not held",
    Outcome.OUTSIDE_FUNCTIONS: "Outside the designated functions",
    Outcome.NOTHING_LEFT: "Nothing left to answer after clarification",
    Outcome.WITHDRAWN: "Withdrawn by the applicant",
    Outcome.LAPSED: "Lapsed: clarification not supplied",
    Outcome.FEE_UNPAID: "Lapsed: fee not paid (s.9)",
    Outcome.INVALID: "Not a valid request (s.8)",
}

#: Outcomes a case can be closed with when no answer goes out.
UNANSWERED_OUTCOMES: frozenset[Outcome] = frozenset(
    {Outcome.WITHDRAWN, Outcome.LAPSED, Outcome.FEE_UNPAID, Outcome.INVALID}
)
#: What a lapsed request was waiting for, by the status it waited in.
LAPSED_OUTCOMES: dict[Status, Outcome] = {
    Status.AWAITING_CLARIFICATION: Outcome.LAPSED,
    Status.AWAITING_FEE: Outcome.FEE_UNPAID,
}


class Act(StrEnum):
    """The transitions that move a request from one status to another."""

    ASSIGN = "assign"
    ASK_CLARIFICATION = "ask_clarification"
    ANSWER_CLARIFICATION = "answer_clarification"
    NOTIFY_FEE = "notify_fee"
    RESUME = "resume"
    REOPEN = "reopen"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    ISSUE = "issue"
    CLOSE_UNANSWERED = "close_unanswered"
    CORRECT = "correct"
    ABANDON_CORRECTION = "abandon_correction"


ACT_LABELS: dict[Act, str] = {
    Act.ASSIGN: "assign an officer",
    Act.ASK_CLARIFICATION: "ask for clarification",
    Act.ANSWER_CLARIFICATION: "record the clarification",
    Act.NOTIFY_FEE: "give a fees notice",
    Act.RESUME: "record the payment, or take out what the request waits for",
    Act.REOPEN: "reopen a lapsed request",
    Act.SUBMIT: "submit the decision for approval",
    Act.RETURN: "return for more work",
    Act.APPROVE: "approve the letter",
    Act.ISSUE: "issue the letter",
    Act.CLOSE_UNANSWERED: "close without an answer",
    Act.CORRECT: "reopen to correct the issued letter",
    Act.ABANDON_CORRECTION: "abandon the correction",
}

TRANSITIONS: dict[Act, dict[Status, Status]] = {
    Act.ASSIGN: {
        Status.RECEIVED: Status.IN_PROGRESS,
        Status.IN_PROGRESS: Status.IN_PROGRESS,
        Status.AWAITING_CLARIFICATION: Status.AWAITING_CLARIFICATION,
        Status.AWAITING_FEE: Status.AWAITING_FEE,
        Status.AWAITING_APPROVAL: Status.AWAITING_APPROVAL,
        Status.READY_TO_ISSUE: Status.READY_TO_ISSUE,
    },
    Act.ASK_CLARIFICATION: {
        Status.RECEIVED: Status.AWAITING_CLARIFICATION,
        Status.IN_PROGRESS: Status.AWAITING_CLARIFICATION,
        Status.AWAITING_FEE: Status.AWAITING_CLARIFICATION,
    },
    Act.ANSWER_CLARIFICATION: {Status.AWAITING_CLARIFICATION: Status.IN_PROGRESS},
    Act.NOTIFY_FEE: {
        Status.RECEIVED: Status.AWAITING_FEE,
        Status.IN_PROGRESS: Status.AWAITING_FEE,
    },
    Act.RESUME: {
        Status.AWAITING_CLARIFICATION: Status.IN_PROGRESS,
        Status.AWAITING_FEE: Status.IN_PROGRESS,
    },
    Act.REOPEN: {Status.CLOSED: Status.IN_PROGRESS},
    Act.SUBMIT: {Status.IN_PROGRESS: Status.AWAITING_APPROVAL},
    Act.RETURN: {
        Status.AWAITING_APPROVAL: Status.IN_PROGRESS,
        Status.READY_TO_ISSUE: Status.IN_PROGRESS,
    },
    Act.APPROVE: {Status.AWAITING_APPROVAL: Status.READY_TO_ISSUE},
    Act.ISSUE: {Status.READY_TO_ISSUE: Status.CLOSED},
    Act.CLOSE_UNANSWERED: {
        Status.RECEIVED: Status.CLOSED,
        Status.IN_PROGRESS: Status.CLOSED,
        Status.AWAITING_CLARIFICATION: Status.CLOSED,
        Status.AWAITING_FEE: Status.CLOSED,
    },
    Act.CORRECT: {Status.CLOSED: Status.IN_PROGRESS},
    Act.ABANDON_CORRECTION: {Status.IN_PROGRESS: Status.CLOSED},
}


class TransitionNotAllowed(Exception):
    """The transition is not possible from the status the request has; the message says what is."""


def next_status(act: Act, status: Status) -> Status:
    """Return the status that the transition leads to from `status`.

    Raises TransitionNotAllowed, naming the statuses the transition is possible from.
    """
    targets = TRANSITIONS[act]
    if status not in targets:
        possible = ", ".join(STATUS_LABELS[source] for source in targets)
        raise TransitionNotAllowed(
            f"You cannot {ACT_LABELS[act]} while the request is “{STATUS_LABELS[status]}”. "
            f"It is possible while it is: {possible}."
        )
    return targets[status]
