"""Which of a clock's named dates a page lists."""

from collections.abc import Iterator

from requests_app.rules.clock.statutory_clock import ClockReading, ClockStatus
from requests_app.rules.clock.wording import NamedDate, named_dates

#: Shown elsewhere on the page.
_NOT_LISTED = frozenset({"day_one", "responded_on", "lapse_warning_on"})
#: What ends with the request itself.
_LIMITS = frozenset({"refusal_notice_due", "clarification_lapses_on", "fee_payable_by"})


def applying_dates(clock: ClockReading) -> list[NamedDate]:
    """Return the dates that apply, without what an answer or a payment has settled."""
    return [
        entry
        for entry in named_dates(clock)
        if entry.name not in _NOT_LISTED and not _is_settled(entry.name, clock)
    ]


def later_dates(clock: ClockReading, *, ended: bool = False) -> list[NamedDate]:
    """Return the dates that apply besides the due date, without those that say the same.

    `ended` leaves out the limits of a request that was closed without an answer.
    """
    return [entry for entry in _later(clock) if not (ended and entry.name in _LIMITS)]


def _later(clock: ClockReading) -> Iterator[NamedDate]:
    for entry in applying_dates(clock):
        if entry.name == "response_due" or (
            entry.name == "refusal_notice_due" and entry.day == clock.response_due
        ):
            continue
        yield entry


def _is_settled(name: str, clock: ClockReading) -> bool:
    waits = clock.status in (ClockStatus.AWAITING_FEE, ClockStatus.LAPSED)
    return name == "fee_payable_by" and not waits
