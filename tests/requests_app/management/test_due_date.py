"""`manage.py due_date`, as other programs call it."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from foitracker.working_days.models import BankHoliday, CalendarVersion
from foitracker.working_days.queries import forget_calendar
from requests_app.rules.clock.kinds.table import KINDS

pytestmark = pytest.mark.django_db

KEYS = [
    "received", "day_one", "response_due", "refusal_notice_due", "status", "is_overdue", "limit", "regime",
    "working_day", "working_days_left", "clarification_lapses_on", "fee_payable_by", "review_request_by",
    "review_due", "representations_by", "ico_complaint_by", "tribunal_appeal_by", "comply_by",
    "aggregation_window_ends", "calendar_version", "steps",
]  # fmt: skip


@pytest.fixture
def run(capsys):
    def run_with(*arguments):
        call_command("due_date", *arguments)
        return capsys.readouterr().out

    return run_with


def test_json_has_the_agreed_keys_and_null_where_nothing_applies(run):
    found = json.loads(run("2025-06-04", "--on", "2025-06-18", "--json"))
    assert list(found) == KEYS
    assert len(found.pop("calendar_version")) == 12
    steps = found.pop("steps")
    assert found == {
        "received": "2025-06-04",
        "day_one": "2025-06-05",
        "response_due": "2025-07-02",
        "refusal_notice_due": "2025-07-02",
        "status": "running",
        "is_overdue": False,
        "limit": 20,
        "regime": "FOIA",
        "working_day": 10,
        "working_days_left": 10,
        "clarification_lapses_on": None,
        "fee_payable_by": None,
        "review_request_by": None,
        "review_due": None,
        "representations_by": None,
        "ico_complaint_by": None,
        "tribunal_appeal_by": None,
        "comply_by": None,
        "aggregation_window_ends": "2025-08-29",
    }
    assert steps[0] == {"date": "2025-06-04", "counts": False, "reason": "Request received: day 0"}
    assert sum(step["counts"] for step in steps) == 20


def test_events_are_read_from_json(run):
    events = json.dumps([{"type": "fees_notice", "date": "2025-09-10"}, {"type": "fee_unpaid"}])
    found = json.loads(run("2025-09-01", "--events", events, "--on", "2025-12-10", "--json"))
    assert (found["status"], found["fee_payable_by"]) == ("lapsed", "2025-12-09")
    assert found["response_due"] is found["working_day"] is None


def test_the_regime_its_longer_limit_and_the_day_of_a_notice_are_named(run):
    events = json.dumps(
        [
            {"type": "regime", "value": "EIR"},
            {"type": "eir_extension", "notice_date": "2025-09-10"},
            {"type": "decision_notice_sent", "date": "2025-11-20", "comply_by": "2025-12-29"},
        ]
    )
    found = json.loads(run("2025-09-01", "--events", events, "--on", "2025-11-21", "--json"))
    assert (found["regime"], found["limit"], found["comply_by"]) == ("EIR", 40, "2025-12-29")
    waiting = json.loads(
        run("2025-09-01", "--events", '[{"type": "clarification_requested", "date": "2025-09-02"}]', "--json")
    )
    assert (waiting["limit"], waiting["is_overdue"], waiting["regime"]) == (None, False, "FOIA")


@pytest.mark.parametrize(
    ("on", "is_overdue", "first_line"),
    [
        ("2026-11-27", False, "On Friday 27 November 2026: running, working day 20 of 20, 0 left"),
        (
            "2026-11-29",
            True,
            "On Sunday 29 November 2026: running, working day 20 of 20, 0 left. Overdue since Friday 27 November",
        ),
        (
            "2027-01-05",
            True,
            "On Tuesday 5 January 2027: running, working day 42 of 20, -22 left. "
            "Overdue since Friday 27 November 2026",
        ),
    ],
)
def test_overdue_is_after_the_due_day_on_any_kind_of_day(run, on, is_overdue, first_line):
    """Due on Friday 27 November 2026."""
    found = json.loads(run("2026-10-30", "--on", on, "--json"))
    assert (found["response_due"], found["is_overdue"]) == ("2026-11-27", is_overdue)
    assert run("2026-10-30", "--on", on).splitlines()[0] == first_line


def test_an_answer_that_came_late_is_not_overdue_any_more_in_words(run):
    events = '[{"type": "response_sent", "date": "2026-11-30"}]'
    first_line = run("2026-10-30", "--events", events, "--on", "2026-12-01").splitlines()[0]
    assert first_line.startswith("On Monday 30 November 2026: responded")
    assert "Overdue" not in first_line


def test_the_working_is_printed_day_by_day(run):
    lines = run("2026-05-20", "--on", "2026-06-10").splitlines()
    assert lines[0] == "On Wednesday 10 June 2026: running, working day 14 of 20, 6 left"
    assert "Response due:                          Friday 19 June 2026" in lines
    assert "- Monday 15 June 2026: World Cup bank holiday, bank holiday in Scotland" in lines
    assert "x Friday 19 June 2026: Working day 20 of 20: last day for the response" in lines
    assert not any(line.startswith("Review") for line in lines)


def test_a_clock_without_a_limit_has_no_day(run):
    events = '[{"type": "clarification_requested", "date": "2025-06-10"}]'
    assert run("2025-06-04", "--events", events, "--on", "2025-06-11").startswith(
        "On Wednesday 11 June 2025: awaiting clarification\n"
    )


def test_without_a_day_it_is_read_today_or_on_receipt_if_that_is_to_come(run):
    assert json.loads(run(date.today().isoformat(), "--json"))["working_day"] == 0
    assert json.loads(run("2029-06-04", "--json"))["working_days_left"] == 20


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2025-02-30"], "“2025-02-30” is not a day of the calendar. Check day and month."),
        (["4 June"], "“4 June” is not a date. Write it as YYYY-MM-DD."),
        (["2025-06-04", "--on", "18/06/2025"], "“18/06/2025” is not a date. Write it as YYYY-MM-DD."),
        (
            ["2025-06-04", "--on", "2025-06-03"],
            "cannot be read on 2025-06-03, before the request was received",
        ),
        (["2004-12-31"], "The right of access began on 01/01/2005"),
        (["2031-06-04"], "add the bank holidays of the missing years"),
        (["2025-06-04", "--events", "[{"], "The events are not JSON: "),
        (["2025-06-04", "--events", "{}"], "The events must be a list"),
        (["2025-06-04", "--events", '[{"type": "fees"}]'], "“fees” is not a type. Use one of"),
        (
            ["2025-06-04", "--events", '[{"type": "fee_received", "date": "2025-06-05"}]'],
            "The fee was received on 05/06/2025, before it was notified",
        ),
        (
            [
                "2025-06-04",
                "--events",
                '[{"type": "pit_extension", "notice_date": "2025-06-05", "provision": "40(1)"}]',
            ],
            "which is absolute",
        ),
    ],
)
def test_bad_input_is_one_clear_line_and_status_two(arguments, message, capsys):
    with pytest.raises(CommandError) as refused:
        call_command("due_date", *arguments, "--json")
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "status", "answer"),
    [
        (["2025-06-04", "--json"], 0, '"response_due": "2025-07-02"'),
        (["2025-06-31"], 2, "not a day of the calendar"),
    ],
)
def test_without_a_database_the_shipped_bank_holidays_count(arguments, status, answer):
    manage = Path(__file__).parents[3] / "manage.py"
    nowhere = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    result = subprocess.run(
        [sys.executable, manage, "due_date", *arguments],
        env=nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == status
    assert answer in (result.stderr if status else result.stdout)
    assert len(result.stderr.splitlines()) == 1
    assert status or result.stderr == "No database answers: counted with the bank holidays of this version.\n"


def test_help_names_what_can_be_given(capsys):
    with pytest.raises(SystemExit):
        call_command("due_date", "--help")
    text = " ".join(capsys.readouterr().out.replace("-\n", "-").split())
    for kind in KINDS.values():
        assert f" {kind.code}: " in text
        law = f" ({kind.law.cited_under_either()})" if kind.has_law else ""
        assert f" {kind.label}{law}" in text
    assert "pit_extension: notice_date, [provision], [estimate], [reason]" in text
    assert "regime: value (FOIA or EIR)" in text


def test_an_incomplete_calendar_is_a_clear_refusal():
    scottish = BankHoliday.objects.filter(division="scotland", day__year=2020)
    gone = CalendarVersion.objects.create(version="0" * 12, made_at=datetime.now(tz=UTC), reason="a fault")
    scottish.update(removed_by=gone)
    forget_calendar()
    with pytest.raises(CommandError) as refused:
        call_command("due_date", "2025-06-04")
    assert refused.value.returncode == 2
    assert "No bank holidays of 2020 are given for Scotland" in str(refused.value)
