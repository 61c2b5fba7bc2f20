"""The course of a request towards its answer, and the limits that follow from it.

FOIA s.10(1) to (3) and (6), EIR regs 5(2), 7(1) and 8(6). How events lead there is in `following`.
"""

from dataclasses import dataclass, field
from datetime import date

from foitracker.working_days.calendar import WorkingDayCalendar
from foitracker.working_days.calendar_periods import months_after
from requests_app.rules.clock.counted_days import Pause, counted_days, in_order, nth_counted_day
from requests_app.rules.clock.law import Regime
from requests_app.rules.clock.paired_events import Charge, Question

#: FOIA s.10(1), EIR reg 5(2).
RESPONSE_WORKING_DAYS = 20
#: EIR reg 7(1); under FOIA s.10(3) what the regulator expects at most.
EXTENDED_WORKING_DAYS = 40
#: The right of access under FOIA and the EIR began on this day.
ACT_IN_FORCE = date(2005, 1, 1)


class ClockOrderError(ValueError):
    """These facts are impossible, or not in this order; the message says which and what to check."""


@dataclass(frozen=True, slots=True)
class ClockPolicy:
    """What an authority may choose.

    `deemed_next_working_day` reads arrival on a non-working day as s.45 Code para 4.2 does: it
    counts as received on the next one; the Act itself does not say so. A question not answered within
    `clarification_lapse_months` of asking lapses; a warning is due `lapse_warning_days` calendar days before.
    """

    deemed_next_working_day: bool = False
    clarification_lapse_months: int = 3
    lapse_warning_days: int = 14


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension in force. `estimate` is the day named under s.17(2), None when the 40th day is the limit."""

    notified: date
    estimate: date | None


@dataclass
class Course:
    """Where events have led. `started` is day 0 of the limit, None while information is awaited.

    `open_questions` are those that stop the clock. `responded` is the first response that still answers the
    request. `missed` is the first limit that was over before a question took it away (s.10(1)). `happened` says in
    words what each event did.
    """

    received_on: date
    regime: Regime
    policy: ClockPolicy
    calendar: WorkingDayCalendar
    started: date | None
    charges: list[Charge] = field(default_factory=list)
    open_questions: list[Question] = field(default_factory=list)
    stops: list[Question] = field(default_factory=list)
    extension: Extension | None = None
    responded: date | None = None
    missed: date | None = None
    happened: list[tuple[date, str]] = field(default_factory=list)

    @property
    def is_eir(self) -> bool:
        return self.regime is Regime.EIR

    @property
    def unpaid(self) -> Charge | None:
        """The charge for want of which the duty to comply waits, or has ended."""
        return self.charges[-1] if self.charges and self.charges[-1].is_outstanding else None

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The days from each notice to its payment; without end for one that is unpaid."""
        return in_order(
            (c.notified, c.paid if c.paid and not c.is_outstanding else date.max) for c in self.charges
        )

    def limit(self, number: int) -> date | None:
        """Return the `number`th counted day; None while the clock is stopped. Raises CalendarNotCovered."""
        if self.started is None or self.unpaid:
            return None
        return nth_counted_day(self.started, number, self.pauses, self.calendar)

    @property
    def response_due(self) -> date | None:
        """The last day for the response, extended or not; None while the clock is stopped."""
        basic = self.limit(RESPONSE_WORKING_DAYS)
        if basic is None or self.extension is None:
            return basic
        if self.extension.estimate:
            return max(basic, self.extension.estimate)
        return self.limit(EXTENDED_WORKING_DAYS)

    @property
    def refusal_notice_due(self) -> date | None:
        """The 20th day also when extended (FOIA s.17(1)); under the EIR reg 7(2) extends this limit too."""
        return self.response_due if self.is_eir else self.limit(RESPONSE_WORKING_DAYS)

    @property
    def day_one(self) -> date | None:
        """The first day that counts; None while it is not known."""
        if self.started is None:
            return None
        first = self.calendar.add_working_days(self.started, 1)
        return self.limit(1) if any(begun <= first for begun, _ in self.pauses) else first

    @property
    def limit_days(self) -> int:
        """How many days count up to the last day for the response."""
        due = self.response_due
        if self.extension is None:
            return RESPONSE_WORKING_DAYS
        if due is None or self.started is None:
            return EXTENDED_WORKING_DAYS
        return self.counted(due)

    def counted(self, through: date) -> int:
        """Return the counted days up to and including `through`; 0 while information is awaited."""
        return counted_days(self.started, through, self.pauses, self.calendar) if self.started else 0

    @property
    def lapses_on(self) -> date | None:
        """The last day for the answer to the question asked last; None when none is open."""
        if not self.open_questions:
            return None
        asked = max(question.asked for question in self.open_questions)
        return months_after(asked, self.policy.clarification_lapse_months)

    def day_zero(self, arrived: date) -> date:
        """Return the day after which counting begins, for what arrived on a day (s.10(6); s.45 Code, para 4.2)."""
        if not self.policy.deemed_next_working_day or self.is_eir or self.calendar.is_working_day(arrived):
            return arrived
        return self.calendar.add_working_days(arrived, 1)

    def passed(self, day: date) -> date | None:
        """Return the 20th day, if it was over before `day`."""
        limit = self.limit(RESPONSE_WORKING_DAYS)
        return limit if limit and day > limit else None
