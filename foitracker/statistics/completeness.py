"""Up to when what is counted is complete, and what that does to periods that are compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from foitracker.pages.words import in_words
from foitracker.statistics.periods import Period, months_and_days, months_later

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CountedPeriod:
    """A period that was asked for, and how much of it is counted; None where it is not measured at all."""

    asked: Period
    counted: Period | None

    @property
    def is_shortened(self) -> bool:
        return self.counted is not None and self.counted != self.asked


def shorten(periods: Sequence[Period], complete_to: date) -> tuple[CountedPeriod, ...]:
    """Cut the periods of one comparison to what the log is complete for, all alike.

    A period that runs beyond `complete_to` ends there, and every other one is cut to the corresponding day of
    its own: whole months against whole months, then days. Where several run beyond, the shortest part
    decides. A period that begins later is not measured, which is not the same as zero.
    """
    unfinished = [
        months_and_days(period.from_on, complete_to + _DAY)
        for period in periods
        if period.from_on <= complete_to < period.to_on
    ]
    part = min(unfinished, default=None)
    return tuple(CountedPeriod(period, _cut(period, part, complete_to)) for period in periods)


def shortening_notes(
    counted: Sequence[CountedPeriod], complete_to: date, *, of: str = "log"
) -> tuple[str, ...]:
    """Return what was shortened or not measured, and which periods share days; `of` names what is counted from."""
    notes = []
    if shortened := [period for period in counted if period.is_shortened]:
        names = "; ".join(f"{p.asked.label}: {p.counted.dates}" for p in shortened if p.counted)
        notes.append(
            f"The {of} is complete up to {in_words(complete_to)} only, so the periods are shortened to the same part "
            f"of each: {names}."
        )
    notes += [
        f"{period.asked}: not measured, because the {of} is complete up to {in_words(complete_to)} only."
        for period in counted
        if period.counted is None
    ]
    measured = sorted((p.counted for p in counted if p.counted), key=lambda period: period.from_on)
    if any(later.from_on <= earlier.to_on for earlier, later in pairwise(measured)):
        notes.append("Some of the periods share days: what was counted on those days is in each of them.")
    return tuple(notes)


def _cut(period: Period, part: tuple[int, int] | None, complete_to: date) -> Period | None:
    if period.from_on > complete_to:
        return None
    if part is None:
        return period
    months, days = part
    # Days never run into a month further: 30 days of January correspond to the whole of February.
    end = (
        min(months_later(period.from_on, months) + days * _DAY, months_later(period.from_on, months + 1))
        - _DAY
    )
    if end >= period.to_on:
        return period
    return Period(period.from_on, end, period.label)
