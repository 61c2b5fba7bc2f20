"""The figures of a statistic as JSON: what the command prints, and what a saved statistic keeps.

The keys are relied on by others; the command's help explains them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from foitracker.statistics.completeness import CountedPeriod
from referrals.rules.statistics import (
    CountedFigure,
    CountedForce,
    Counting,
    Definition,
    LeftOut,
    Result,
    StatedCriterion,
)


def result_json(result: Result) -> dict[str, Any]:
    """Return a result with its logs as JSON values."""
    definition = result.definition
    return {
        "as_at": result.as_at.isoformat(),
        "complete_to": definition.complete_to.isoformat(),
        "complete_to_assumed": definition.is_assumed,
        "unit_of_count": result.unit_of_count,
        "criteria": [
            {"code": one.code, "label": one.label, "definition": one.definition} for one in result.criteria
        ],
        "caveat": result.caveat,
        "notes": list(definition.notes),
        "figures": [
            {"force": figure.force.name, **_figure_json(figure)} for figure in result.figures if figure.force
        ],
        "all_forces_together": [_figure_json(figure) for figure in result.all_together],
    }


def result_from_json(definition: Definition, kept: Mapping[str, Any]) -> Result:
    """Return the result of a definition from what `result_json` returned."""
    by_name = {force.name: force for force in definition.forces}
    return Result(
        definition=definition,
        as_at=datetime.fromisoformat(kept["as_at"]),
        unit_of_count=kept["unit_of_count"],
        caveat=kept["caveat"],
        criteria=tuple(StatedCriterion(**stated) for stated in kept["criteria"]),
        figures=_figures(definition, kept["figures"], by_name),
        all_together=_figures(definition, kept["all_forces_together"], {}),
    )


def _figure_json(figure: CountedFigure) -> dict[str, Any]:
    shown, asked = figure.dates, figure.period.asked
    codes = list(figure.by_criterion)
    return {
        "period": {
            "from": shown.from_on.isoformat(),
            "to": shown.to_on.isoformat(),
            "label": asked.label,
            "asked_to": asked.to_on.isoformat(),
            "measured": figure.is_measured,
        },
        "together": figure.together,
        "by_criterion": {code.value: figure.by_criterion[code] for code in codes},
        "logs": list(figure.logs_meeting(None)),
        "logs_by_criterion": {code.value: list(figure.logs_meeting(code)) for code in codes},
        "left_out": {
            "shared_not_national": figure.left_out.shared,
            "other": figure.left_out.other,
            "logged_in_error": figure.left_out.in_error,
            "logs": list(figure.left_out.logs),
        },
    }


def _figures(
    definition: Definition, kept: list[Mapping[str, Any]], by_name: Mapping[str, CountedForce]
) -> tuple[CountedFigure, ...]:
    """The figures as they were kept; their periods come round in the order of the definition."""
    periods = definition.counted
    return tuple(
        _figure(by_name.get(one.get("force", "")), periods[place % len(periods)], one)
        for place, one in enumerate(kept)
    )


def _figure(force: CountedForce | None, period: CountedPeriod, kept: Mapping[str, Any]) -> CountedFigure:
    if kept["together"] is None:
        return CountedFigure(force, period)
    met = {Counting(code): set(logs) for code, logs in kept["logs_by_criterion"].items()}
    left_out = kept["left_out"]
    return CountedFigure(
        force=force,
        period=period,
        together=kept["together"],
        by_criterion={Counting(code): number for code, number in kept["by_criterion"].items()},
        left_out=LeftOut(
            left_out["shared_not_national"],
            left_out["other"],
            left_out["logged_in_error"],
            tuple(left_out["logs"]),
        ),
        logs={log: tuple(code for code, logs in met.items() if log in logs) for log in kept["logs"]},
    )
