"""What changed: from one period to the next, and between a saved statistic and the same one counted again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from foitracker.statistics.comparison import NOT_APPLICABLE, Change, change
from foitracker.statistics.periods import Period
from referrals.rules.statistics import COUNTING, CountedFigure, CountedForce, Counting, Result
from requests_app.rules.casework.reference import LogNumber


@dataclass(frozen=True, slots=True)
class ChangeSince:
    """The change of a figure since the period before it; None where the two cannot be compared."""

    base: Period
    change: Change | None

    def __str__(self) -> str:
        return NOT_APPLICABLE if self.change is None else str(self.change)


@dataclass(frozen=True, slots=True)
class Difference:
    """One number of a statistic counted twice, with the logs that came and those that went."""

    force: CountedForce | None
    period: Period
    criterion: Counting | None
    before: int | None
    after: int | None
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def label(self) -> str:
        """What is counted."""
        return COUNTING[self.criterion].label if self.criterion else "Together"


def changes(figures: Sequence[CountedFigure]) -> tuple[ChangeSince | None, ...]:
    """Return each figure's change since the period before it in time; None for the first.

    Periods that are not measured, or do not last equally long, are not compared.
    """
    in_time = sorted(range(len(figures)), key=lambda place: figures[place].period.asked.from_on)
    since: list[ChangeSince | None] = [None] * len(figures)
    for earlier, later in pairwise(in_time):
        since[later] = _since(figures[earlier], figures[later])
    return tuple(since)


def differences(before: Result, after: Result) -> Iterator[Difference]:
    """Return the numbers that are not what they were, or count other logs than they did.

    Both results are of one definition.
    """
    for then, now in zip(
        (*before.all_together, *before.figures), (*after.all_together, *after.figures), strict=True
    ):
        for criterion in (None, *then.by_criterion):
            old, new = set(then.logs_meeting(criterion)), set(now.logs_meeting(criterion))
            if old != new:
                yield Difference(
                    force=then.force,
                    period=then.dates,
                    criterion=criterion,
                    before=then.together if criterion is None else then.by_criterion[criterion],
                    after=now.together if criterion is None else now.by_criterion[criterion],
                    added=tuple(sorted(new - old, key=LogNumber.parse)),
                    removed=tuple(sorted(old - new, key=LogNumber.parse)),
                )


def _since(earlier: CountedFigure, later: CountedFigure) -> ChangeSince:
    base = earlier.dates
    if earlier.together is None or later.together is None or base.lasts != later.dates.lasts:
        return ChangeSince(base, None)
    return ChangeSince(base, change(earlier.together, later.together))
