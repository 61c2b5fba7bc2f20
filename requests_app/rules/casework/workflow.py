"""Where a request stands (status), how it ended (outcome), and which transition leads from where to where.

Status and outcome are separate: a closed request is closed whether everything or nothing was disclosed.
`docs/request-states.md` is drawn from `TRANSITIONS`; a test fails when the two differ.
"""

from enum import StrEnum

from foitracker.casework.workflow import Workflow


class Status(StrEnum):
    """The status of a request."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    AWAITING_CLARIFICATION = "awaiting_clarification"
    AWAITING_FEE = "awaiting_fee"
    AWAITING_APPROVAL = "awaiting_approval"
    READY_TO_ISSUE = "ready_to_issue"
    UNDELIVERED = "undelivered"
    CLOSED = "closed"


STATUS_LABELS: dict[Status, str] = {
    Status.RECEIVED: "Received",
    Status.IN_PROGRESS: "In progress",
    Status.AWAITING_CLARIFICATION: "Awaiting clarification",
    Status.AWAITING_FEE: "Awaiting fee",
    Status.AWAITING_APPROVAL: "Awaiting approval",
    Status.READY_TO_ISSUE: "Approved",
    Status.UNDELIVERED: "Answer not delivered",
    Status.CLOSED: "Closed",
}

OPEN_STATUSES: frozenset[Status] = frozenset(Status) - {Status.CLOSED}
#: The applicant has to do something first; the clock is stopped or paused (FOIA ss.1(3), 9).
WAITING_STATUSES: frozenset[Status] = frozenset({Status.AWAITING_CLARIFICATION, Status.AWAITING_FEE})
#: The content of the case can be changed; while the applicant is awaited, too.
EDITABLE_STATUSES: frozenset[Status] = frozenset({Status.RECEIVED, Status.IN_PROGRESS}) | WAITING_STATUSES


class Outcome(StrEnum):
    """Return the outcome of a request."""

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


class Transition(StrEnum):
    """What moves a request from one status to another."""

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
    FAIL_DELIVERY = "fail_delivery"
    DELIVER = "deliver"


TRANSITION_LABELS: dict[Transition, str] = {
    Transition.ASSIGN: "assign an officer",
    Transition.ASK_CLARIFICATION: "ask for clarification",
    Transition.ANSWER_CLARIFICATION: "record the clarification",
    Transition.NOTIFY_FEE: "give a fees notice",
    Transition.RESUME: "record the payment, or withdraw what the request waits for",
    Transition.REOPEN: "reopen a lapsed request",
    Transition.SUBMIT: "submit the decision for approval",
    Transition.RETURN: "return for more work",
    Transition.APPROVE: "approve the letter",
    Transition.ISSUE: "issue the letter",
    Transition.CLOSE_UNANSWERED: "close without an answer",
    Transition.CORRECT: "reopen to correct the issued letter",
    Transition.ABANDON_CORRECTION: "abandon the correction",
    Transition.FAIL_DELIVERY: "learn that the answer did not arrive",
    Transition.DELIVER: "send the answer again, or find that it counts as sent",
}

TRANSITIONS: dict[Transition, dict[Status, Status]] = {
    Transition.ASSIGN: {
        Status.RECEIVED: Status.IN_PROGRESS,
        Status.IN_PROGRESS: Status.IN_PROGRESS,
        Status.AWAITING_CLARIFICATION: Status.AWAITING_CLARIFICATION,
        Status.AWAITING_FEE: Status.AWAITING_FEE,
        Status.AWAITING_APPROVAL: Status.AWAITING_APPROVAL,
        Status.READY_TO_ISSUE: Status.READY_TO_ISSUE,
        Status.UNDELIVERED: Status.UNDELIVERED,
    },
    Transition.ASK_CLARIFICATION: {
        Status.RECEIVED: Status.AWAITING_CLARIFICATION,
        Status.IN_PROGRESS: Status.AWAITING_CLARIFICATION,
        Status.AWAITING_FEE: Status.AWAITING_CLARIFICATION,
    },
    Transition.ANSWER_CLARIFICATION: {Status.AWAITING_CLARIFICATION: Status.IN_PROGRESS},
    Transition.NOTIFY_FEE: {
        Status.RECEIVED: Status.AWAITING_FEE,
        Status.IN_PROGRESS: Status.AWAITING_FEE,
    },
    Transition.RESUME: {
        Status.AWAITING_CLARIFICATION: Status.IN_PROGRESS,
        Status.AWAITING_FEE: Status.IN_PROGRESS,
    },
    Transition.REOPEN: {Status.CLOSED: Status.IN_PROGRESS},
    Transition.SUBMIT: {Status.IN_PROGRESS: Status.AWAITING_APPROVAL},
    Transition.RETURN: {
        Status.AWAITING_APPROVAL: Status.IN_PROGRESS,
        Status.READY_TO_ISSUE: Status.IN_PROGRESS,
    },
    Transition.APPROVE: {Status.AWAITING_APPROVAL: Status.READY_TO_ISSUE},
    Transition.ISSUE: {Status.READY_TO_ISSUE: Status.CLOSED},
    Transition.CLOSE_UNANSWERED: {
        Status.RECEIVED: Status.CLOSED,
        Status.IN_PROGRESS: Status.CLOSED,
        Status.AWAITING_CLARIFICATION: Status.CLOSED,
        Status.AWAITING_FEE: Status.CLOSED,
    },
    Transition.CORRECT: {Status.CLOSED: Status.IN_PROGRESS, Status.UNDELIVERED: Status.IN_PROGRESS},
    Transition.ABANDON_CORRECTION: {Status.IN_PROGRESS: Status.CLOSED},
    Transition.FAIL_DELIVERY: {Status.CLOSED: Status.UNDELIVERED},
    Transition.DELIVER: {Status.UNDELIVERED: Status.CLOSED},
}

WORKFLOW = Workflow("request", STATUS_LABELS, TRANSITION_LABELS, TRANSITIONS)
