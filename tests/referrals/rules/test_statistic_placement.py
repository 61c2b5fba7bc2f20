"""A statistic under the question's own labels, with everything a reader needs."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from foitracker.statistics.periods import calendar_year, financial_year, quarter, year_ending
from referrals.rules.statistic_placement import AskedItem, PlannedRow, printed_tables, suggested_rows
from referrals.rules.statistics import (
    COUNTING,
    USUAL_COUNTING,
    CountedFigure,
    CountedForce,
    Counting,
    Definition,
    Result,
)

YEARS = tuple(year_ending(date(year, 3, 31)) for year in (2025, 2024, 2023))
FORCE, OTHER = CountedForce(1, "Aldershire Constabulary"), CountedForce(2, "Bexshire Police")
QUESTION = "For the past three years ending 31st March (A. 2025, B. 2024 and C. 2023) can you please disclose"
ONE_ITEM = [AskedItem(7, "1", "The number for each of these years")]


def result(periods=YEARS, criteria=USUAL_COUNTING, complete_to=date(2025, 4, 24), forces=(FORCE, OTHER)):
    wanted = Definition(forces, tuple(periods), tuple(criteria), complete_to)

    def figure(force, period):
        if period.counted is None:
            return CountedFigure(force, period)
        return CountedFigure(force, period, 5, dict.fromkeys(criteria, 2))

    return Result(
        wanted,
        datetime(2025, 4, 25, 9, 0, tzinfo=UTC),
        tuple(figure(force, period) for force in forces for period in wanted.counted),
        tuple(figure(None, period) for period in wanted.counted),
    )


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (QUESTION, ["A", "B", "C"]),
        (
            "A. the year ending 31 March 2025, B. the year ending 31 March 2024 and C. that of 2023",
            ["A", "B", "C"],
        ),
        ("(A) 2024/25\n(B) 2023/24\n(C) 2022-2023", ["A", "B", "C"]),
        ("Please give 2025, 2024 and 2023", [period.label for period in YEARS]),
        ("Nothing that names a year. Dr. B. Bell", [period.label for period in YEARS]),
    ],
)
def test_the_questions_letters_are_the_labels(text, labels):
    assert [row.label for row in suggested_rows(YEARS, ONE_ITEM, text)] == labels
    assert {row.item for row in suggested_rows(YEARS, ONE_ITEM, text)} == {7}


def test_an_item_that_names_the_year_takes_it():
    items = [
        AskedItem(n, label, f"Year ending 31 March {year}")
        for n, label, year in ((1, "A", 2025), (2, "B", 2024))
    ]
    rows = suggested_rows(YEARS, items, QUESTION)
    assert rows == (PlannedRow(1, "A"), PlannedRow(2, "B"), None)  # no item asks for 2023


def test_periods_that_end_in_one_year_keep_their_names():
    quarters = [quarter(2024, 1), quarter(2024, 4)]
    assert [row.label for row in suggested_rows(quarters, ONE_ITEM, QUESTION)] == [
        "January to March 2024",
        "April to June 2024",
    ]


def test_together_is_one_table_with_every_criterion_named():
    rows = [PlannedRow(7, "A"), PlannedRow(8, "B"), None]
    (table,) = printed_tables(result(), rows, force=FORCE, apart=False)
    assert [(f.label, f.period, f.number) for f in table.figures] == [("A", YEARS[0], 5), ("B", YEARS[1], 5)]
    assert [figure.label for figure in table.of_item(8)] == ["B"]
    assert table.criteria[0].startswith("Referrals of Aldershire Constabulary, each counted on the day")
    assert table.criteria[1:4] == tuple(str(COUNTING[criterion]) for criterion in USUAL_COUNTING)
    assert table.criteria[4] == "A log that meets more than one of these criteria is counted once."
    assert "cannot be counted" in table.caveat
    assert "Counted on 25 April 2025. Every referral up to 24 April 2025 has been entered." in table.caveat
    assert "several forces, but not nationally" in table.caveat
    assert len(table.unit_of_count) <= 120


def test_apart_is_a_table_for_each_criterion_that_must_not_be_added_up():
    rows = [PlannedRow(7, label) for label in "ABC"]
    tables = printed_tables(result(), rows, force=None, apart=True)
    assert [table.criteria[1] for table in tables] == [
        str(COUNTING[criterion]) for criterion in USUAL_COUNTING
    ]
    assert all(figure.number == 2 for table in tables for figure in table.figures)
    assert all("cannot be added up" in table.caveat for table in tables)
    assert tables[0].criteria[0].startswith("Referrals of Aldershire Constabulary and Bexshire Police")


def test_what_is_not_measured_is_said_and_never_nought():
    wanted = result(periods=[calendar_year(2024), calendar_year(2026)])
    (table,) = printed_tables(wanted, [PlannedRow(7, "A"), PlannedRow(7, "B")], force=FORCE, apart=False)
    assert [figure.label for figure in table.figures] == ["A"]
    assert "Calendar year 2026 (1 January 2026 to 31 December 2026): not measured" in table.caveat


def test_shortened_periods_print_the_days_counted():
    wanted = result(periods=[financial_year(2024), financial_year(2023)], complete_to=date(2024, 11, 30))
    (table,) = printed_tables(wanted, [PlannedRow(7, "A"), PlannedRow(7, "B")], force=FORCE, apart=False)
    assert [figure.period.to_on for figure in table.figures] == [date(2024, 11, 30), date(2023, 11, 30)]
    assert "shortened to the same part of each" in table.caveat


def test_one_criterion_needs_no_word_on_counting_once():
    one = result(criteria=(Counting.SHARED,), forces=(FORCE,))
    (table,) = printed_tables(one, [PlannedRow(7, "A"), None, None], force=None, apart=False)
    assert table.criteria == (
        "Referrals of Aldershire Constabulary, each counted on the day the force's first form or letter about it "
        "arrived.",
        str(COUNTING[Counting.SHARED]),
    )
    assert "several forces, but not nationally" not in table.caveat


def test_labels_fit_a_letter():
    long = replace(YEARS[0], label="L" * 80)
    assert len(suggested_rows([long], ONE_ITEM, "no letters")[0].label) == 60


def test_of_several_items_none_is_guessed_at() -> None:
    items = [AskedItem(1, "1", "The letters sent"), AskedItem(2, "2", "The advice given")]
    assert suggested_rows(YEARS, items, "Please send me both.") == (None,) * len(YEARS)


def test_one_table_apart_can_be_added_up_with_nothing():
    one = result(criteria=(Counting.ALONE,), forces=(FORCE,))
    (table,) = printed_tables(one, [PlannedRow(7, "A"), None, None], force=FORCE, apart=True)
    assert "cannot be added up" not in table.caveat


def test_a_year_has_the_first_letter_that_the_question_gives_it():
    rows = suggested_rows(YEARS[:1], ONE_ITEM, "A. the year to March 2025, and B. how many of 2025 were late")
    assert rows == (PlannedRow(7, "A"),)
