"""What an answered clarification does to the time limit (FOIA ss.1(3), 10(6))."""

from enum import StrEnum


class ClockEffect(StrEnum):
    """What an answered clarification does to the time limit (FOIA ss.1(3), 10(6))."""

    RESTARTS = "restarts"
    NARROWS = "narrows"
