"""What can be done next with a case."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NextStep:
    """One action: what, where, what it is for, and the reason it is not open to this person, if any."""

    label: str
    url: str
    why: str
    reason: str = ""
