"""What follows the response: internal review, the regulator, its notices and the tribunal.

Section 45 Code paras 5.3 to 5.5, FOIA ss.50 to 52 and 57, EIR reg 11; for the last day of an appeal the Tribunal
Procedure (First-tier Tribunal) (General Regulatory Chamber) Rules 2009, rr.12 and 22.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from foitracker.pages.words import short_date
from foitracker.working_days.calendar import WorkingDayCalendar
from foitracker.working_days.calendar_periods import rolled_forward
from requests_app.rules.clock.events import ClockEvent, ClockOrderError, EventKind, Regime

#: Section 45 Code, para 5.3; EIR reg 11(2).
REVIEW_REQUEST_WORKING_DAYS = 40
#: Section 45 Code, para 5.4.
REVIEW_WORKING_DAYS = 20
#: Section 45 Code, para 5.5; EIR reg 11(4), where it is the limit from the start.
EXTENDED_REVIEW_WORKING_DAYS = 40
#: Asked by the regulator, which may decline a complaint after undue delay (s.50(2)(b)).
COMPLAINT_WEEKS = 6
#: General Regulatory Chamber Rules, r.22: calendar days from the day the notice was sent.
APPEAL_DAYS = 28


@dataclass
class Remedies:
    """The later dates of a request. `comply_by` is the last one stated in a notice of the regulator.

    `told` says in words what each event led to.
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
    told: list[tuple[date, str]] = field(default_factory=list)

    @property
    def is_eir(self) -> bool:
        return self.regime is Regime.EIR


def remedies(events: Iterable[ClockEvent], regime: Regime, calendar: WorkingDayCalendar) -> Remedies:
    """Follow what happened after the response. Raises ClockOrderError and CalendarNotCovered."""
    found = Remedies(regime, calendar)
    events = tuple(events)
    dated = (
        (event.day, _RANKED[event.kind], event) for event in events if event.day and event.kind in _RANKED
    )
    for day, (_rank, act), event in sorted(dated, key=lambda entry: (entry[0], entry[1][0])):
        act(found, event, day)
    for event in events:
        if event.kind is EventKind.REVIEW_EXTENDED and event.day is None:
            _extend_review(found, event, None)
    return found


def review_request_by(responded_on: date, calendar: WorkingDayCalendar) -> date:
    """Return the last day to ask for an internal review: the 40th working day after the response.

    Section 45 Code, para 5.3, counted in working days as s.10(6) has them. Raises CalendarNotCovered.
    """
    return calendar.add_working_days(responded_on, REVIEW_REQUEST_WORKING_DAYS)


def _respond(found: Remedies, event: ClockEvent, day: date) -> None:
    last = review_request_by(day, found.calendar)
    if found.is_eir:
        found.representations_by = last
        found.told.append((day, f"Representations may be made until {short_date(last)} (reg 11(2))"))
    else:
        found.review_request_by = last
        found.told.append((day, f"A review may be asked for until {short_date(last)} (s.45 Code, para 5.3)"))
    found.responded = day


def _receive_review(found: Remedies, event: ClockEvent, day: date) -> None:
    """Section 45 Code, para 5.4; EIR reg 11(4). There is one stage of review for one response."""
    if found.review_received and not found.review_ended:
        raise ClockOrderError(
            f"A review was asked for on {short_date(day)}, while the one asked for on "
            f"{short_date(found.review_received)} is not finished. Treat both as one review."
        )
    if found.review_ended and not (found.responded and found.responded >= found.review_ended):
        raise ClockOrderError(
            f"A review was asked for on {short_date(day)}, but the review of this request ended on "
            f"{short_date(found.review_ended)}. A review is not reviewed again: the applicant may complain to the "
            "regulator (s.50)."
        )
    days = EXTENDED_REVIEW_WORKING_DAYS if found.is_eir else REVIEW_WORKING_DAYS
    found.review_due = found.calendar.add_working_days(day, days)
    found.review_received, found.review_ended = day, None
    what = "Representations received (reg 11)" if found.is_eir else "Internal review asked for"
    text = f"{what}: to be answered by {short_date(found.review_due)}"
    last = found.representations_by or found.review_request_by
    if last and day > last:
        text += f"; later than {short_date(last)}, so it may be declined"
    found.told.append((day, text))


def _receive_representations(found: Remedies, event: ClockEvent, day: date) -> None:
    if not found.is_eir:
        raise ClockOrderError(
            "Representations under reg 11 exist under the EIR only. Name the regime EIR, or enter a request for "
            "internal review."
        )
    _receive_review(found, event, day)


def _extend_review(found: Remedies, event: ClockEvent, day: date | None) -> None:
    """Section 45 Code, para 5.5: 40 working days in all, from the request for review."""
    if found.is_eir:
        raise ClockOrderError("The time for a reconsideration under the EIR cannot be extended (reg 11(4)).")
    if found.review_received is None or (day and found.review_ended):
        raise ClockOrderError("A review was extended, but none was under way. Enter the request for review.")
    found.review_due = found.calendar.add_working_days(found.review_received, EXTENDED_REVIEW_WORKING_DAYS)
    if day:
        found.told.append((day, f"Review extended to {short_date(found.review_due)} (s.45 Code, para 5.5)"))


def _end_review(found: Remedies, event: ClockEvent, day: date) -> None:
    if found.review_ended:
        raise ClockOrderError(
            f"The outcome of a review is dated {short_date(day)}, but the review ended on "
            f"{short_date(found.review_ended)}. Take one of the two out."
        )
    found.review_ended = day
    found.ico_complaint_by = day + timedelta(weeks=COMPLAINT_WEEKS)
    found.told.append(
        (
            day,
            f"Outcome of the review sent: complaint to the regulator by {short_date(found.ico_complaint_by)}",
        )
    )


def _serve_notice(found: Remedies, event: ClockEvent, day: date) -> None:
    """FOIA s.57. When to comply is what the notice says, never computed (ss.50(6), 51(4), 52(3))."""
    last = rolled_forward(day + timedelta(days=APPEAL_DAYS), found.calendar)
    found.tribunal_appeal_by = last
    what = event.kind.removesuffix("_sent").replace("_", " ").capitalize()
    text = f"{what} sent: appeal to the tribunal by 5 pm on {short_date(last)} (s.57)"
    if event.comply_by:
        if event.comply_by < day:
            raise ClockOrderError(
                f"The notice of {short_date(day)} is said to ask for compliance by {short_date(event.comply_by)}. "
                "Copy the date from the notice."
            )
        found.comply_by = event.comply_by
        text += f"; comply by {short_date(event.comply_by)}, as the notice says"
        if event.comply_by < last:
            text += ", which is before the time for an appeal ends: check it (ss.50(6), 51(4), 52(3))"
    found.told.append((day, text))


_Act = Callable[[Remedies, ClockEvent, date], None]
_RANKED: dict[EventKind, tuple[int, _Act]] = {
    EventKind.RESPONSE_SENT: (0, _respond),
    EventKind.REVIEW_RECEIVED: (1, _receive_review),
    EventKind.REPRESENTATIONS_RECEIVED: (1, _receive_representations),
    EventKind.REVIEW_EXTENDED: (2, _extend_review),
    EventKind.REVIEW_OUTCOME: (3, _end_review),
    EventKind.DECISION_NOTICE: (4, _serve_notice),
    EventKind.INFORMATION_NOTICE: (4, _serve_notice),
    EventKind.ENFORCEMENT_NOTICE: (4, _serve_notice),
}
