"""Why an answer went out after its limit (FOIA s.10(1)), and the step at which the time was lost."""

from enum import StrEnum


class LateReason(StrEnum):
    """Why it was late, as whoever issues it says."""

    VOLUME = "volume"
    INFORMATION = "information"
    ADVICE = "advice"
    APPROVAL = "approval"
    COMPLEX = "complex"
    ABSENCE = "absence"
    OVERLOOKED = "overlooked"
    SYSTEM = "system"
    OTHER = "other"


LATE_REASON_LABELS: dict[LateReason, str] = {
    LateReason.VOLUME: "More requests than the team could answer",
    LateReason.INFORMATION: "Colleagues supplied the information late",
    LateReason.ADVICE: "Advice or consultation took too long",
    LateReason.APPROVAL: "Approval took too long",
    LateReason.COMPLEX: "The request was large or complex",
    LateReason.ABSENCE: "Absence without cover",
    LateReason.OVERLOOKED: "The date was overlooked or misread",
    LateReason.SYSTEM: "A system was not available",
    LateReason.OTHER: "Another reason",
}


class LateStep(StrEnum):
    """Where the time was lost."""

    INTAKE = "intake"
    SEARCH = "search"
    CONSULTATION = "consultation"
    DECISION = "decision"
    APPROVAL = "approval"
    ISSUE = "issue"


LATE_STEP_LABELS: dict[LateStep, str] = {
    LateStep.INTAKE: "Logging and assigning",
    LateStep.SEARCH: "Searching",
    LateStep.CONSULTATION: "Consulting or referring",
    LateStep.DECISION: "Deciding and drafting",
    LateStep.APPROVAL: "Approving",
    LateStep.ISSUE: "Issuing",
}
