"""Team today: what the page says when there is nothing, much, or something beyond its limits; and what it costs."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dashboard.team_today.caseload import Row
from dashboard.team_today.waiting import Waiting
from foitracker.accounts.models import Absence, User
from foitracker.accounts.roles import Role
from requests_app.models import FoiRequest, Letter, LetterStatus, RecordedClockEvent
from requests_app.rules.casework.workflow import Status
from tests import factories
from tests.factories import AT, person
from tests.referrals import logs

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("dashboard:team_today")
#: A working day. The Monday after the Sunday is a bank holiday in Scotland.
FRIDAY, SATURDAY, SUNDAY, MONDAY, TUESDAY = (date(2026, 11, 27) + timedelta(days=n) for n in range(5))


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Say which day it is, at noon."""

    def is_(day: date) -> None:
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: at)

    is_(SUNDAY)
    return is_


@pytest.fixture
def manager(client: Client, today: Any) -> User:
    factories.authority()
    user = person(Role.MANAGER)
    client.force_login(user)
    return user


def _open(number: int, *, by: User, **fields: Any) -> FoiRequest:
    usual = {
        "received_on": FRIDAY,
        "due_on": TUESDAY,
        "started_on": FRIDAY,
        "status": Status.IN_PROGRESS,
        "channel": "email",
        "subject": f"Plan {number}",
        "words": "Please send me the plan.",
        "logged_at": AT,
    }
    number += 1000  # a reference has four figures
    return FoiRequest.objects.create(
        number=number, year=2026, reference=f"{number}/2026", logged_by=by, **{**usual, **fields}
    )


def _words(page: HttpResponse) -> str:
    return " ".join(page.content.decode().split())


def _row(page: HttpResponse, name: str) -> Row:
    found: Row = next(row for row in page.context["caseload"].rows if row.holder.name == name)
    return found


def test_it_says_when_it_was_counted_and_is_kept_by_nobody(client: Client, manager: User) -> None:
    page = client.get(URL)
    assert "As at Sunday 29 November 2026, 12:00." in _words(page)
    assert "on a Saturday, what was due on Friday is overdue" in _words(page)
    assert "no-store" in page["Cache-Control"]


def test_each_look_counts_anew(client: Client, manager: User) -> None:
    assert client.get(URL).context["tiles"][2].number.count == 0
    _open(1, by=manager)
    assert client.get(URL).context["tiles"][2].number.count == 1


def test_nothing_at_all_is_said_in_words(client: Client, manager: User) -> None:
    text = _words(client.get(URL))
    assert "No requests are open." in text
    assert "0 requests are overdue; none falls due in these days." in text
    assert "0 of 0 open requests are older than 20 working days." in text


@pytest.mark.parametrize(
    ("day", "overdue", "first"),
    [(FRIDAY, 0, FRIDAY), (SATURDAY, 1, TUESDAY), (SUNDAY, 1, TUESDAY), (MONDAY, 1, TUESDAY)],
)
def test_on_a_day_off_what_was_due_before_is_overdue_and_has_no_column(
    client: Client, manager: User, today: Any, day: date, overdue: int, first: date
) -> None:
    """Monday 30 November is St Andrew's Day: what is due on it, by a promise of the clock, stands with the Tuesday."""
    today(day)
    client.force_login(manager)  # a session does not last from the Sunday to the Monday
    _open(1, by=manager, due_on=FRIDAY)
    _open(2, by=manager, due_on=MONDAY)
    due = client.get(URL).context["due"]
    assert due.chart.figure.series[0].values[0] == overdue
    columns = [category.full for category in due.chart.figure.categories[1:]]
    assert columns[0].startswith(f"{'Friday' if first == FRIDAY else 'Tuesday'} {first.day}")
    assert len(columns) == (21 if day == FRIDAY else 20)
    in_first = sum(series.values[1] for series in due.chart.figure.series)
    # On the Friday the days off after it are met by it; on a day off they come before the first working day.
    assert in_first == (2 if day == FRIDAY else 1)
    assert due.later.count == 0


def test_what_is_due_after_the_last_column_is_counted_beside_the_chart(client: Client, manager: User) -> None:
    due = client.get(URL).context["due"]
    last = due.chart.figure.categories[-1].full
    assert last == "Wednesday 30 December 2026"
    _open(1, by=manager, due_on=date(2026, 12, 30))
    _open(2, by=manager, due_on=date(2026, 12, 31))
    _open(3, by=manager, due_on=None)
    due = client.get(URL).context["due"]
    assert (due.later.count, due.stopped.count) == (1, 1)
    assert "1 request with a stopped clock and 1 due later are not shown" in _words(client.get(URL))


def test_an_officer_over_the_target_is_marked_in_words(client: Client, manager: User) -> None:
    factories.authority(caseload_target=2)
    busy, away = person(Role.OFFICER), person(Role.OFFICER)
    for number in range(5):
        _open(number + 1, by=manager, officer=busy if number < 3 else away)
    Absence.objects.create(person=away, from_on=FRIDAY, to_on=TUESDAY, entered_by=manager, entered_at=AT)
    page = client.get(URL)
    assert _row(page, busy.name).is_over
    assert not _row(page, away.name).is_over
    assert _words(page).count("Over target") == 1
    assert "until 1 December 2026" in _words(page)
    assert not _row(page, busy.name).hand_over_url
    assert "officer=" in _row(page, away.name).hand_over_url


def test_what_waits_says_since_when_and_what_comes_next(client: Client, manager: User) -> None:
    officer = person(Role.OFFICER)
    awaited = {"due_on": None, "status": Status.AWAITING_CLARIFICATION, "lapses_on": date(2027, 2, 1)}
    _open(1, by=manager, awaited_since=date(2026, 11, 2), **awaited)
    unpaid = {**awaited, "status": Status.AWAITING_FEE, "lapses_on": FRIDAY}
    _open(4, by=manager, awaited_since=date(2026, 11, 2), **unpaid)
    case = _open(2, by=manager, status=Status.AWAITING_APPROVAL, officer=officer)
    late = {"status": Status.CLOSED, "closed_on": FRIDAY, "outcome": "refused", "due_on": None}
    _open(3, by=manager, review_asked_on=date(2026, 10, 1), review_due_on=FRIDAY, **late)
    Letter.objects.create(
        foi_request=case,
        kind="full_refusal",
        is_answer=True,
        status=LetterStatus.SUBMITTED,
        drafted_by=officer,
        drafted_at=AT,
        decided_by=officer,
        decided_at=datetime(2026, 11, 24, 23, 30, tzinfo=UTC),
    )
    rows = {row.label: row for row in client.get(URL).context["waiting"]}
    said = {
        label: (rows[label].number.count, rows[label].since, rows[label].next_date)
        for label in ("Clarification from the applicant", "Fee", "Approval", "Internal review: outcome owed")
    }
    assert said == {
        "Clarification from the applicant": (
            1,
            "since 2 November (19 working days)",
            "first lapses Monday 1 February 2027",
        ),
        "Fee": (1, "since 2 November (19 working days)", "first lapsed Friday 27 November 2026"),
        "Approval": (1, "since 24 November (3 working days)", "next answer due Tuesday 1 December 2026"),
        "Internal review: outcome owed": (
            1,
            "since 1 October (41 working days)",
            "Overdue since Friday 27 November",
        ),
    }
    assert [row.label for row in rows.values() if row.is_late] == ["Fee", "Internal review: outcome owed"]


def test_what_nobody_has_begun_waits_for_its_officer_and_for_no_colleague(
    client: Client, manager: User
) -> None:
    """No colleague was asked: all that is recorded is nothing, and when the request was received."""
    _open(1, by=manager, officer=person(Role.OFFICER), received_on=date(2026, 11, 2))
    rows = {row.label: row for row in client.get(URL).context["waiting"]}
    assert not [label for label in rows if "colleague" in label]
    row = rows["The officer, to begin: no search or draft recorded"]
    assert (row.number.count, row.since, row.next_date) == (
        1,
        "oldest received 2 November (19 working days ago)",
        "next answer due Tuesday 1 December 2026",
    )


def test_steps_that_a_notice_requires_are_among_what_waits(client: Client, manager: User) -> None:
    """On a closed request up to the day; on an open one until it is closed."""
    closed = {"status": Status.CLOSED, "closed_on": FRIDAY, "outcome": "refused", "due_on": None}
    cases = [_open(1, by=manager, **closed), _open(2, by=manager, **closed), _open(3, by=manager)]
    kinds = ("enforcement_notice_sent", "decision_notice_sent", "information_notice_sent")
    days = [MONDAY, FRIDAY, TUESDAY]

    def row() -> Waiting:
        return next(
            row for row in client.get(URL).context["waiting"] if row.label == "Steps the regulator requires"
        )

    for case, kind, comply_by in zip(cases, kinds, days, strict=True):
        RecordedClockEvent.objects.create(
            foi_request=case,
            kind=kind,
            on=date(2026, 11, 2),
            comply_by=comply_by,
            recorded_by=manager,
            recorded_at=AT,
        )
    assert (row().number.count, row().since, row().next_date, row().is_late) == (
        2,
        "since 2 November (19 working days)",
        "first due Monday 30 November 2026",
        False,
    )
    RecordedClockEvent.objects.create(
        foi_request=cases[2],
        kind=kinds[0],
        on=date(2026, 11, 2),
        comply_by=FRIDAY,
        recorded_by=manager,
        recorded_at=AT,
    )
    assert (row().number.count, row().next_date, row().is_late) == (
        2,
        "Overdue since Friday 27 November",
        True,
    )


def _team(manager: User, number: int) -> None:
    """Officers, advisers and absences, with requests and logs each."""
    first = FoiRequest.objects.count() + 1
    for place in range(number):
        officer = person(Role.OFFICER)
        days = {"from_on": FRIDAY, "to_on": TUESDAY, "entered_by": manager, "entered_at": AT}
        Absence.objects.create(person=officer, **days)
        for due in (FRIDAY, TUESDAY, None):
            _open(first, by=manager, officer=officer, due_on=due)
            first += 1
        logs.log(by=manager, adviser=person(Role.CRU_ADVISER), reply_by=FRIDAY if place % 2 else TUESDAY)


def test_the_page_takes_as_many_queries_at_any_size(
    client: Client, manager: User, django_assert_max_num_queries: Any
) -> None:
    _team(manager, 2)
    client.get(URL)  # what a process reads now and then has been read before
    with django_assert_max_num_queries(25) as few:
        client.get(URL)
    _team(manager, 41)
    with django_assert_max_num_queries(25) as many:
        page = client.get(URL)
    assert len(many) == len(few)
    people = [row for row in page.context["caseload"].rows if row.holder.is_person]
    assert len(people) == 43
    assert [row.numbers[0].count for row in page.context["caseload"].rows if row.holder.is_total] == [129]
