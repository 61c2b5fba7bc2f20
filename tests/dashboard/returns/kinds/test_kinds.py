"""The kinds of return: what each declares is whole, and covers what the Code and the Cabinet Office ask for."""

import json
from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest

from dashboard.returns.kinds import BY_CODE, KINDS, Length, ReturnKind
from dashboard.returns.kinds.cabinet_office import NO_COLUMN, headings
from dashboard.returns.kinds.periods import latest_period, offered_periods
from requests_app.measures.periods import BY_CODE as MEASURES


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_declaration_is_whole(kind: ReturnKind) -> None:
    lines = {line.code: line for line in kind.lines()}
    assert len(lines) == sum(1 for _ in kind.lines())
    for line in lines.values():
        assert bool(line.counts) + bool(line.share) + bool(line.why_not) == 1, line.code
        assert set(line.measures) <= set(MEASURES)
        assert {line.of, *(line.share or ())} - {""} <= set(lines), line.code
        assert line.says.endswith("."), line.code
    for chart in kind.charts:
        assert set(chart.lines) <= set(lines)


def test_every_column_of_the_cabinet_office_is_a_line_in_its_order() -> None:
    kept = json.loads((files("dashboard.returns.data") / "cabinet_office_columns.json").read_text("utf-8"))
    assert len(headings()) == len(kept["columns"]) == 122
    names = [line.name for line in BY_CODE["cabinet-office"].lines() if not line.name.endswith(NO_COLUMN)]
    assert ["Quarter", "Government body", *names] == list(headings())


def test_what_is_not_of_the_requests_received_in_the_quarter_says_so() -> None:
    for line in BY_CODE["cabinet-office"].lines():
        of_others = line.counts and not all(code.startswith("received") for code in line.counts)
        assert bool(of_others) == line.says.endswith("Counted whenever the request was received."), line.code


#: What the s.45 Code asks for (data/s45_compliance_metrics.json), and the lines that say it.
ASKED = {
    "received in period": {"received"},
    "received not yet processed (optionally split: extended deadline / stopped clock)": {
        "unanswered_at_end",
        "unanswered_extended",
        "unanswered_stopped",
    },
    "processed in full: within statutory deadline / deadline extended / later than statutory deadline": {
        "answered_in_20",
        "answered_extended",
        "answered_late",
    },
    "granted in full": {"answered_granted"},
    "refused in full (optionally not held shown apart)": {"refused_in_full", "answered_not_held"},
    "granted in part and refused in part": {"answered_in_part"},
    "referred for internal review (annual)": {"reviews_received"},
}


@pytest.mark.parametrize("kind", ["s45", "annual"])
def test_what_the_code_asks_for_is_there(kind: str) -> None:
    kept = json.loads((files("dashboard.returns.data") / "s45_compliance_metrics.json").read_text("utf-8"))
    assert list(ASKED) == kept["items"]
    lines = {line.code for line in BY_CODE[kind].lines()}
    assert set().union(*ASKED.values()) <= lines


@pytest.mark.parametrize(
    ("length", "today", "begins_in", "days"),
    [
        (Length.MONTH, date(2026, 11, 30), 4, (date(2026, 10, 1), date(2026, 10, 31))),
        (Length.MONTH, date(2026, 12, 1), 4, (date(2026, 11, 1), date(2026, 11, 30))),
        (Length.QUARTER, date(2026, 9, 30), 4, (date(2026, 4, 1), date(2026, 6, 30))),
        (Length.QUARTER, date(2026, 10, 1), 4, (date(2026, 7, 1), date(2026, 9, 30))),
        (Length.YEAR, date(2026, 3, 31), 4, (date(2024, 4, 1), date(2025, 3, 31))),
        (Length.YEAR, date(2026, 4, 1), 4, (date(2025, 4, 1), date(2026, 3, 31))),
        (Length.YEAR, date(2026, 11, 30), 1, (date(2025, 1, 1), date(2025, 12, 31))),
        (Length.YEAR, date(2026, 11, 30), 10, (date(2025, 10, 1), date(2026, 9, 30))),
    ],
)
def test_the_latest_period_that_is_over(
    length: Length, today: date, begins_in: int, days: tuple[date, date]
) -> None:
    found = latest_period(length, today, begins_in)
    assert (found.from_on, found.to_on) == days


@pytest.mark.parametrize("length", list(Length))
def test_the_periods_offered_follow_each_other(length: Length) -> None:
    offered = list(offered_periods(length, date(2026, 11, 30), 4))
    for later, earlier in pairwise(offered):
        assert (later.from_on - earlier.to_on).days == 1
