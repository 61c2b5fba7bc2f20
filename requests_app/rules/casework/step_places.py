"""Where each step stands among the next steps of a request: the way from receipt to the issued answer."""

from enum import IntEnum, auto


class StepPlace(IntEnum):
    """The places of steps, first to last. Steps of one place keep the order they come in."""

    UNDELIVERED = auto()
    WHAT_IS_MISSING = auto()
    WHO_ASKED = auto()
    RECEIPT = auto()
    OFFICER = auto()
    ITEMS = auto()
    SEARCH = auto()
    ADVICE = auto()
    DECISION = auto()
    APPLICANT_AWAITED = auto()
    ANSWER = auto()
    APPROVAL = auto()
    ISSUE = auto()
