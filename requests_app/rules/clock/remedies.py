"""The dates after the response: internal review, the regulator and the tribunal.

How events lead there is in `following`.
"""

from dataclasses import dataclass, field
from datetime import date

from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.rules.clock.law import Regime

#: Section 45 Code, para 5.3; EIR reg 11(2).
REVIEW_REQUEST_WORKING_DAYS = 40


@dataclass
class Remedies:
    """The later dates of a request. `comply_by` is the last one stated in a notice of the regulator.

    `happened` says in words what each event led to.
    """

    regime: Regime
    calendar: WorkingDayCalendar
    review_request_by: date | None = None
    review_due: date | None = None
    representations_by: date | None = None
    ico_complaint_by: date | None = None
    tribunal_appeal_by: date | None = None
    comply_by: date | None = None
    review_received: date | None = None
    review_ended: date | None = None
    responded: date | None = None
    happened: list[tuple[date, str]] = field(default_factory=list)

    @property
    def is_eir(self) -> bool:
        return self.regime is Regime.EIR


def review_request_by(responded_on: date, calendar: WorkingDayCalendar) -> date:
    """Return the last day to ask for an internal review: the 40th working day after the response.

    Section 45 Code, para 5.3, counted in working days as s.10(6) has them. Raises CalendarNotCovered.
    """
    return calendar.add_working_days(responded_on, REVIEW_REQUEST_WORKING_DAYS)
