"""What requests closed in a year cost, whole and by area, without telling the hours of one officer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dashboard.performance.axes import Axis
from foitracker.accounts.models import User
from foitracker.pages.words import in_words
from foitracker.statistics.shares import Share
from foitracker.statistics.small_groups import LEAST, safe_to_show
from requests_app.measures.periods import PeriodView
from requests_app.measures.periods.declared import CLOSED
from requests_app.measures.periods.figures import count_by
from requests_app.measures.periods.time_spent import CLOSED_WITH_HOURS
from requests_app.queries.time_spent import Spent, spent_by

_MEASURES = (CLOSED, CLOSED_WITH_HOURS)
_PENNY = Decimal("0.01")


@dataclass(frozen=True)
class CostRow:
    """What the requests of one area or year cost.

    `recorded` are those with hours, of those closed; the addresses list either. `spent` is None where it would tell
    the hours of fewer than three officers.
    """

    label: str
    recorded: Share
    closed_url: str = ""
    recorded_url: str = ""
    spent: Spent | None = None

    @property
    def average(self) -> Decimal | None:
        """Pounds a request, of those with hours and where every hour has its rate; None where it is not known."""
        if self.spent is None or not self.recorded.number or self.spent.unpriced:
            return None
        return (self.spent.cost / self.recorded.number).quantize(_PENNY, ROUND_HALF_UP)


@dataclass(frozen=True)
class CostTable:
    """The rows of one way of dividing requests; `together` is the sum of those that are not shown alone."""

    heading: str
    rows: Sequence[CostRow]
    together: CostRow | None
    whole: CostRow


def cost_by(user: User, view: PeriodView, axis: Axis) -> CostTable:
    """Return what the requests closed in a period cost by area, in the order of their names, and all of them."""
    numbers = count_by(view, axis.column, _MEASURES)
    spent = spent_by(user, CLOSED_WITH_HOURS.condition(view), axis.column)
    labels = axis.labels()
    names = {value: labels.get(value, str(value)) if value else axis.without for value in numbers}
    values = sorted(numbers, key=lambda value: (not value, names[value]))
    people = {value: _officers(spent[value]) for value in values if value in spent}
    shown = safe_to_show(people)
    alone = set(shown.alone)
    rows = [
        _row(
            view,
            names[value],
            axis.narrowed(value),
            numbers[value],
            _sum(spent.get(value, {})) if _can(value, people, alone) else None,
        )
        for value in values
    ]
    return CostTable(
        f"By {axis.name}",
        rows,
        _together(shown.together, numbers, None if shown.none else spent),
        _whole(view, numbers, spent),
    )


def _can(value: Any, people: Mapping[Any, object], alone: set[Any]) -> bool:
    """Whether the hours of an area are shown: it has none, or those of enough people."""
    return value not in people or value in alone


def _row(
    view: PeriodView, label: str, boxes: Mapping[str, Any], numbers: Mapping[str, int], spent: Spent | None
) -> CostRow:
    return CostRow(
        label,
        _share(numbers),
        CLOSED.list_url(view, **boxes),
        CLOSED_WITH_HOURS.list_url(view, **boxes),
        spent,
    )


def _together(
    values: Sequence[Any],
    numbers: Mapping[Any, Mapping[str, int]],
    spent: Mapping[Any, Mapping[int | None, Spent]] | None,
) -> CostRow | None:
    if not values:
        return None
    counted = Share(
        sum(numbers[value][CLOSED_WITH_HOURS.code] for value in values),
        sum(numbers[value][CLOSED.code] for value in values),
    )
    total = None if spent is None else sum((_sum(spent[value]) for value in values), Spent())
    return CostRow(f"Areas with fewer than {LEAST} people, together", counted, spent=total)


def _whole(
    view: PeriodView,
    numbers: Mapping[Any, Mapping[str, int]],
    spent: Mapping[Any, Mapping[int | None, Spent]],
) -> CostRow:
    """All requests of the period: each is in exactly one area."""
    counted = Share(
        sum(row[CLOSED_WITH_HOURS.code] for row in numbers.values()),
        sum(row[CLOSED.code] for row in numbers.values()),
    )
    officers = {person for people in spent.values() for person in _officers(people)}
    total = sum((_sum(people) for people in spent.values()), Spent())
    is_shown = not spent or len(officers) >= LEAST
    urls = CLOSED.list_url(view), CLOSED_WITH_HOURS.list_url(view)
    return CostRow(
        f"{in_words(view.from_on)} to {in_words(view.last_day)}", counted, *urls, total if is_shown else None
    )


def _officers(people: Mapping[int | None, Spent]) -> set[int]:
    """The officers who recorded hours of theirs; colleagues outside the team are not told apart and count as nobody."""
    return {person for person in people if person is not None}


def _sum(people: Mapping[int | None, Spent]) -> Spent:
    return sum(people.values(), Spent())


def _share(numbers: Mapping[str, int]) -> Share:
    return Share(numbers[CLOSED_WITH_HOURS.code], numbers[CLOSED.code])
