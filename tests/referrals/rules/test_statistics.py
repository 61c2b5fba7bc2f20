"""What a statistic says about itself, how it is saved, and what changed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.statistics.comparison import change
from foitracker.statistics.periods import calendar_year, financial_year, year_ending
from referrals.rules.statistic_changes import changes, differences
from referrals.rules.statistic_json import result_from_json, result_json
from referrals.rules.statistics import (
    COUNTING,
    USUAL_COUNTING,
    CountedFigure,
    CountedForce,
    Counting,
    Definition,
    DefinitionNotPossible,
    LeftOut,
    Result,
)

AT = datetime(2025, 4, 25, 9, 0, tzinfo=UTC)
FORCE = CountedForce(4, "Aldershire Constabulary")
YEARS = tuple(year_ending(date(year, 3, 31)) for year in (2025, 2024, 2023))
LOGS = {
    "636/22": (Counting.ALONE, Counting.MANDATORY),
    "1480/22": (Counting.NATIONAL,),
    "43/23": (Counting.ALONE,),
}


def definition(periods=YEARS, complete_to=date(2025, 4, 24), **changed):
    return Definition(
        **{"forces": (FORCE,), "criteria": USUAL_COUNTING, **changed},
        periods=periods,
        complete_to=complete_to,
    )


def figure(period, logs, force=FORCE):
    return CountedFigure(
        force,
        period,
        together=len(logs),
        by_criterion={c: sum(c in met for met in logs.values()) for c in USUAL_COUNTING},
        left_out=LeftOut(shared=2, in_error=1),
        logs=logs,
    )


def result(*logs, wanted=None, at=AT):
    """Return a result with these logs in each period of its definition; None for a period that is not measured."""
    wanted = wanted or definition()
    figures = tuple(
        CountedFigure(FORCE, period) if counted is None else figure(period, counted)
        for period, counted in zip(wanted.counted, logs, strict=True)
    )
    return Result(wanted, at, figures, tuple(replace(one, force=None) for one in figures))


def test_what_is_chosen_twice_is_counted_once_and_stays_in_order():
    twice = definition(
        periods=(YEARS[1], YEARS[0], financial_year(2023), YEARS[1]),
        forces=(FORCE, FORCE),
        criteria=(Counting.NATIONAL, Counting.ALONE, Counting.NATIONAL),
    )
    assert twice.forces == (FORCE,)
    assert twice.periods == (YEARS[1], YEARS[0])  # the financial year has the days of a year ending 31 March
    assert twice.criteria == (Counting.ALONE, Counting.NATIONAL)


@pytest.mark.parametrize("left", ["forces", "periods", "criteria"])
def test_nothing_chosen_says_what_to_choose(left):
    with pytest.raises(DefinitionNotPossible, match="Choose at least one"):
        definition(**{left: ()})


def test_too_many_periods_are_refused():
    with pytest.raises(DefinitionNotPossible, match="at most"):
        definition(periods=tuple(calendar_year(year) for year in range(2001, 2030)))


def test_the_fourth_criterion_is_not_counted_unless_asked_for():
    assert Counting.SHARED not in USUAL_COUNTING
    assert all(stated.definition.endswith(".") for stated in COUNTING.values())


def test_completeness_is_stated_and_an_assumption_called_so():
    assert definition().completeness == "Every referral up to 24 April 2025 has been entered."
    assert "assumed" in definition(is_assumed=True).completeness


def test_definition_and_result_are_kept_as_they_were():
    wanted = definition(periods=(*YEARS, calendar_year(2026)), is_assumed=True)
    assert Definition.from_json(wanted.as_json()) == wanted
    kept = result({}, LOGS, LOGS, None, wanted=wanted)
    assert result_from_json(wanted, result_json(kept)) == kept


def test_the_json_has_the_keys_others_rely_on():
    printed = result_json(result({}, LOGS, {"43/23": (Counting.ALONE,)}))
    assert {
        "as_at",
        "complete_to",
        "unit_of_count",
        "criteria",
        "caveat",
        "figures",
        "all_forces_together",
    } <= set(printed)
    figure = printed["figures"][1]
    assert figure["force"] == "Aldershire Constabulary"
    assert figure["period"] == {
        "from": "2023-04-01",
        "to": "2024-03-31",
        "label": "Year ending 31 March 2024",
        "asked_to": "2024-03-31",
        "measured": True,
    }
    assert figure["together"] == 3
    assert figure["by_criterion"] == {"alone": 2, "national": 1, "mandatory": 1}
    assert figure["logs"] == ["636/22", "1480/22", "43/23"]
    assert figure["logs_by_criterion"]["mandatory"] == ["636/22"]
    assert figure["left_out"] == {"shared_not_national": 2, "other": 0, "logged_in_error": 1, "logs": []}
    assert "force" not in printed["all_forces_together"][0]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (34, 44, "+10 (+29.4%)"),
        (65, 21, "−44 (−67.7%)"),
        (21, 0, "−21 (−100.0%)"),
        (0, 3, "+3 (n/a)"),
        (0, 0, "0 (n/a)"),
        (8, 8, "0 (0%)"),
        (2, 3, "+1 (+50.0%)"),
        (1600, 3, "−1,597 (−99.8%)"),
    ],
)
def test_a_change_is_computed_and_shows_its_number(before, after, words):
    assert str(change(before, after)) == words


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_change_leads_from_one_number_to_the_other(before, after):
    found = change(before, after)
    assert before + found.number == after
    if before:
        assert abs(found.percent - Decimal(100 * (after - before)) / before) <= Decimal("0.05")
    else:
        assert found.percent is None


def test_each_period_is_compared_with_the_one_before_it_in_time():
    since = changes(result({}, {"43/23": (Counting.ALONE,)}, LOGS).figures)
    assert since[2] is None
    assert (since[1].base, str(since[1])) == (YEARS[2], "−2 (−66.7%)")
    assert (since[0].base, str(since[0])) == (YEARS[1], "−1 (−100.0%)")


def test_what_is_not_measured_or_not_equally_long_is_not_compared():
    wanted = definition(periods=(calendar_year(2023), calendar_year(2026)))
    assert str(changes(result(LOGS, None, wanted=wanted).figures)[1]) == "n/a"
    uneven = definition(periods=(calendar_year(2022), year_ending(date(2024, 2, 29)), YEARS[0]))
    assert [str(one) for one in changes(result(LOGS, LOGS, LOGS, wanted=uneven).figures)[1:]] == [
        "0 (0%)",
        "0 (0%)",
    ]
    quarter_and_year = definition(
        periods=(calendar_year(2022), replace(calendar_year(2023), to_on=date(2023, 3, 31)))
    )
    assert str(changes(result(LOGS, LOGS, wanted=quarter_and_year).figures)[1]) == "n/a"


def test_counted_again_shows_which_logs_came_and_went():
    then = result({}, LOGS, {})
    now = result({}, {**{k: v for k, v in LOGS.items() if k != "43/23"}, "7/23": (Counting.NATIONAL,)}, {})
    found = {(d.force, d.criterion): d for d in differences(then, now)}
    assert {key[1] for key in found} == {None, Counting.ALONE, Counting.NATIONAL}
    together = found[FORCE, None]
    assert (together.before, together.after, together.added, together.removed) == (
        3,
        3,
        ("7/23",),
        ("43/23",),
    )
    assert (found[None, Counting.NATIONAL].before, found[None, Counting.NATIONAL].after) == (1, 2)
    assert list(differences(then, then)) == []
