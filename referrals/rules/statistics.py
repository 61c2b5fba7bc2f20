"""Statistics on referrals that carry their definition: what is counted, for whom, when, and what is not.

A log is counted for a force on the day of the force's first form or letter about it. The criteria are those that
the unit has published with its figures: each of them apart, and together without counting a log twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, Self, TypeVar

from foitracker.pages.words import in_words
from foitracker.statistics.completeness import CountedPeriod, shorten, shortening_notes
from foitracker.statistics.periods import Period

UNIT_OF_COUNT = "referrals logged with the Central Referral Unit (one log is counted once)"
CAVEAT = (
    "Use that a force made of national advice without sending the unit a form or a letter cannot be counted, because "
    "the log does not hold it."
)
MOST_FORCES, MOST_PERIODS = 100, 24


class Counting(StrEnum):
    """What makes a log count for a force."""

    ALONE = "alone"
    NATIONAL = "national"
    MANDATORY = "mandatory"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class StatedCriterion:
    """A criterion with what it is called and exactly what it takes."""

    code: str
    label: str
    definition: str

    def __str__(self) -> str:
        return f"{self.label}: {self.definition}"


COUNTING: dict[Counting, StatedCriterion] = {
    criterion: StatedCriterion(criterion.value, label, definition)
    for criterion, label, definition in (
        (
            Counting.ALONE,
            "Referred by the force alone",
            "the request was made to one force only, and that force sent the unit a referral form.",
        ),
        (
            Counting.NATIONAL,
            "National cases",
            "the request was made to forces nationally, and the force sent a referral form or wrote to the unit "
            "about it.",
        ),
        (
            Counting.MANDATORY,
            "Mandatory referrals",
            "the force turned to the unit because the request met a mandatory referral criterion.",
        ),
        (
            Counting.SHARED,
            "Shared, not national",
            "the request was made to several forces but not nationally, and the force sent a referral form or wrote "
            "to the unit about it.",
        ),
    )
}
#: Those of the published answer; the fourth is counted when it is asked for.
USUAL_COUNTING: tuple[Counting, ...] = (Counting.ALONE, Counting.NATIONAL, Counting.MANDATORY)


class DefinitionNotPossible(ValueError):
    """A statistic that cannot be counted as it is defined. The message says what to choose."""


@dataclass(frozen=True, slots=True)
class CountedForce:
    """A force as it is counted and named."""

    key: int
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Definition:
    """What to count. A force, period or criterion given twice is counted once.

    `complete_to` is the last day for which every log has been entered; `is_assumed` says that no one recorded
    it.
    """

    forces: tuple[CountedForce, ...]
    periods: tuple[Period, ...]
    criteria: tuple[Counting, ...]
    complete_to: date
    is_assumed: bool = False

    def __post_init__(self) -> None:
        forces = {force.key: force for force in reversed(self.forces)}
        periods = {(period.from_on, period.to_on): period for period in reversed(self.periods)}
        object.__setattr__(self, "forces", _as_first_named(self.forces, forces.values()))
        object.__setattr__(self, "periods", _as_first_named(self.periods, periods.values()))
        object.__setattr__(self, "criteria", tuple(c for c in Counting if c in self.criteria))
        for chosen, what in ((self.forces, "force"), (self.periods, "period"), (self.criteria, "criterion")):
            if not chosen:
                raise DefinitionNotPossible(f"Choose at least one {what}.")
        if len(self.forces) > MOST_FORCES or len(self.periods) > MOST_PERIODS:
            raise DefinitionNotPossible(
                f"Choose at most {MOST_FORCES} forces and {MOST_PERIODS} periods at a time."
            )

    @cached_property
    def counted(self) -> tuple[CountedPeriod, ...]:
        """Every period with as much of it as is counted."""
        return shorten(self.periods, self.complete_to)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to know about the periods."""
        return shortening_notes(self.counted, self.complete_to)

    @property
    def completeness(self) -> str:
        """Up to which day the log is complete, in words."""
        if self.is_assumed:
            return f"Every referral up to {in_words(self.complete_to)} is assumed to have been entered."
        return f"Every referral up to {in_words(self.complete_to)} has been entered."

    def as_json(self) -> dict[str, Any]:
        """Return the definition as JSON values."""
        return {
            "forces": [{"key": force.key, "name": force.name} for force in self.forces],
            "periods": [_period_json(period) for period in self.periods],
            "criteria": [criterion.value for criterion in self.criteria],
            "complete_to": self.complete_to.isoformat(),
            "complete_to_assumed": self.is_assumed,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the definition from what `as_json` returned."""
        return cls(
            forces=tuple(CountedForce(force["key"], force["name"]) for force in kept["forces"]),
            periods=tuple(_period_from_json(period) for period in kept["periods"]),
            criteria=tuple(Counting(code) for code in kept["criteria"]),
            complete_to=date.fromisoformat(kept["complete_to"]),
            is_assumed=kept["complete_to_assumed"],
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Logs on which a force wrote in the period that no chosen criterion counts; `logs` as for a figure."""

    shared: int = 0
    other: int = 0
    in_error: int = 0
    logs: tuple[str, ...] = ()

    @property
    def all(self) -> int:
        return self.shared + self.other + self.in_error


@dataclass(frozen=True)
class CountedFigure:
    """How many logs count for a force in a period; of all chosen forces together where `force` is None.

    `together` is None for a period that is not measured. `logs` names the logs counted with the criteria each one
    meets, in the order of their numbers; None where only the numbers were asked for.
    """

    force: CountedForce | None
    period: CountedPeriod
    together: int | None = None
    by_criterion: Mapping[Counting, int] = field(default_factory=dict)
    left_out: LeftOut = field(default_factory=LeftOut)
    logs: Mapping[str, tuple[Counting, ...]] | None = None

    @property
    def is_measured(self) -> bool:
        return self.together is not None

    @property
    def dates(self) -> Period:
        """The days counted or, where nothing is measured, those asked for."""
        return self.period.counted or self.period.asked

    def logs_meeting(self, criterion: Counting | None) -> tuple[str, ...]:
        """Return the logs counted by one criterion, or by any with None."""
        return tuple(log for log, met in (self.logs or {}).items() if criterion is None or criterion in met)


@dataclass(frozen=True)
class Result:
    """The figures of a definition as they were at one time, with everything that makes them mean something."""

    definition: Definition
    as_at: datetime
    figures: tuple[CountedFigure, ...]
    all_together: tuple[CountedFigure, ...]
    unit_of_count: str = UNIT_OF_COUNT
    caveat: str = CAVEAT
    criteria: tuple[StatedCriterion, ...] = ()

    def __post_init__(self) -> None:
        if not self.criteria:
            stated = tuple(COUNTING[criterion] for criterion in self.definition.criteria)
            object.__setattr__(self, "criteria", stated)

    def of_force(self, force: CountedForce | None) -> tuple[CountedFigure, ...]:
        """Return one force's figures by period, or those of all together with None."""
        if force is None:
            return self.all_together
        return tuple(figure for figure in self.figures if figure.force == force)

    @property
    def counted_logs(self) -> int:
        """In how many figures of a force a log number stands: how much there is to keep."""
        return sum(figure.together or 0 for figure in self.figures)


_Chosen = TypeVar("_Chosen")


def _as_first_named(named: tuple[_Chosen, ...], kept: Iterable[_Chosen]) -> tuple[_Chosen, ...]:
    """What is kept of what was named, in the order it was named in."""
    return tuple(sorted(kept, key=named.index))


def _period_json(period: Period) -> dict[str, str]:
    return {"from": period.from_on.isoformat(), "to": period.to_on.isoformat(), "label": period.label}


def _period_from_json(kept: Mapping[str, str]) -> Period:
    return Period(date.fromisoformat(kept["from"]), date.fromisoformat(kept["to"]), kept["label"])
