"""Time spent on a request: kinds of work, and the hours that may be recorded.

It says what a request cost the authority. It is no estimate under s.12: that is made before the work, counts only
finding out whether the information is held, locating, retrieving and extracting it, and takes £25 an hour whoever does
it (SI 2004/3244 reg 4(3) and (4)).
"""

from decimal import Decimal
from enum import StrEnum

#: Hours are recorded in quarters.
QUARTER = Decimal("0.25")
#: The most that is recorded at once: longer work is entered by the day or the week.
MOST_HOURS = Decimal(100)


class WorkKind(StrEnum):
    LOCATING = "locating"
    READING = "reading"
    REDACTING = "redacting"
    CONSULTING = "consulting"
    DRAFTING = "drafting"
    CHECKING = "checking"
    OTHER = "other"


WORK_KIND_LABELS: dict[WorkKind, str] = {
    WorkKind.LOCATING: "Locating and retrieving",
    WorkKind.READING: "Reading and deciding",
    WorkKind.REDACTING: "Redacting",
    WorkKind.CONSULTING: "Consulting",
    WorkKind.DRAFTING: "Drafting",
    WorkKind.CHECKING: "Checking and approving",
    WorkKind.OTHER: "Other work",
}

NOT_QUARTERS = "Enter hours in quarters, from 0.25 to 100, such as 1.5 or 0.75."


def is_recordable(hours: Decimal) -> bool:
    """Return whether so many hours can be recorded: whole quarters, more than none, no more than `MOST_HOURS`."""
    return hours.is_finite() and 0 < hours <= MOST_HOURS and hours % QUARTER == 0
