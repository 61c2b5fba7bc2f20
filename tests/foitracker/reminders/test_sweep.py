"""The sweep: what is due becomes a reminder once, on its day, and ends when it holds no more."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foitracker.accounts.roles import Role
from foitracker.mail.models import OutboxMessage
from foitracker.reminders.models import MutedKind, Reminder, Sweep
from foitracker.reminders.operations.people import enter_absence
from foitracker.reminders.operations.sweep import sweep
from requests_app.models import FoiRequest
from requests_app.operations.clock import ask_clarification
from requests_app.operations.closure import close_unanswered
from requests_app.operations.intake import assign
from requests_app.rules.casework.workflow import Outcome
from tests import factories
from tests.factories import RECEIVED, Staff, person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

#: The answer to what came on 2 March 2026 is due on Tuesday 31 March.
DUE = date(2026, 3, 31)


def seven(day: date, hour: int = 7, minute: int = 0) -> datetime:
    """An hour in the UK, where summer time begins on 29 March."""
    return datetime(day.year, day.month, day.day, hour - (day >= date(2026, 3, 29)), minute, tzinfo=UTC)


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    case = factories.request(by=staff.intake, received_on=RECEIVED)
    factories.take_up(staff, case, RECEIVED)
    return case


def sent(kind: str | None = None) -> list[tuple[str, int, str]]:
    """What was sent: kind, step and channel."""
    found = Reminder.objects.exclude(channel="").order_by("made_at", "kind", "offset")
    return [(row.kind, row.offset, row.channel) for row in found if kind in (None, row.kind)]


def sweep_every_day(first: date, last: date) -> None:
    day = first
    while day <= last:
        sweep(at=seven(day))
        day += timedelta(days=1)


def test_an_open_request_is_reminded_of_on_its_days_and_once(case: FoiRequest) -> None:
    sweep_every_day(date(2026, 3, 12), DUE + timedelta(days=11))
    assert sent("due_soon") == [("due_soon", step, "digest") for step in (10, 5, 3, 1, 0)]
    made = {row.offset: row.made_at.date() for row in Reminder.objects.filter(kind="due_soon")}
    # The 17th is a bank holiday in Northern Ireland alone and counts nowhere.
    assert made == {
        10: date(2026, 3, 16),
        5: date(2026, 3, 24),
        3: date(2026, 3, 26),
        1: date(2026, 3, 30),
        0: date(2026, 3, 31),
    }
    # Good Friday, the 3rd of April, and Easter Monday, the 6th, are no working days.
    assert [
        (row.offset, row.made_at.date()) for row in Reminder.objects.filter(kind="overdue").order_by("id")
    ] == [
        (-1, date(2026, 4, 1)),
        (-6, date(2026, 4, 10)),
    ]


def test_a_second_sweep_sends_nothing(case: FoiRequest) -> None:
    sweep(at=seven(DUE))
    before = sent()
    again = sweep(at=seven(DUE, 7, 10))
    assert (again.made, again.sent.emails) == (0, 0)
    assert sent() == before
    assert OutboxMessage.objects.filter(kind="reminders").count() == 1


def test_a_sweep_missed_for_days_catches_up_with_the_most_urgent_alone(case: FoiRequest) -> None:
    sweep(at=seven(date(2026, 3, 13)))
    sweep(at=seven(date(2026, 3, 30)))
    assert sent("due_soon") == [("due_soon", 1, "digest")]


def test_nothing_is_new_or_sent_on_a_day_that_is_no_working_day(case: FoiRequest) -> None:
    for day in (date(2026, 3, 21), date(2026, 3, 22), date(2026, 3, 17)):
        swept = sweep(at=seven(day, 12))
        assert (swept.made, swept.sent.emails) == (0, 0)


def test_nothing_goes_out_before_seven(case: FoiRequest) -> None:
    assert sweep(at=seven(DUE, 6, 59)).sent.emails == 0
    assert sweep(at=seven(DUE, 7, 0)).sent.emails == 1


def test_on_a_saturday_nothing_is_due_today_that_was_due_on_friday(staff: Staff) -> None:
    received = date(2026, 2, 26)
    case = factories.request(by=staff.intake, received_on=received)
    factories.take_up(staff, case, received)
    case.refresh_from_db()
    assert case.due_on == date(2026, 3, 27)
    sweep(at=seven(date(2026, 3, 27)))
    assert Reminder.objects.filter(kind="due_soon", offset=0, ended_at__isnull=True).exists()
    sweep(at=seven(date(2026, 3, 28)))
    assert not Reminder.objects.filter(kind__in=["due_soon", "overdue"], ended_at__isnull=True).exists()
    sweep(at=seven(date(2026, 3, 30)))
    assert Reminder.objects.filter(kind="overdue", ended_at__isnull=True).exists()


def test_a_paused_request_stops_its_reminders_at_once(case: FoiRequest, staff: Staff) -> None:
    sweep(at=seven(date(2026, 3, 24)))
    ask_clarification(
        case_id=case.pk, by=staff.officer, at=seven(date(2026, 3, 24), 11), asked_on=date(2026, 3, 24),
        question="Which plan?", today=date(2026, 3, 24),
    )  # fmt: skip
    sweep(at=seven(date(2026, 3, 24), 11, 1), only=[case.reference])
    assert not Reminder.objects.filter(kind="due_soon", ended_at__isnull=True).exists()
    sweep(at=seven(DUE))
    assert sent("due_soon") == [("due_soon", 5, "digest")]


def test_a_clarification_is_reminded_of_halfway_a_week_before_and_when_it_has_lapsed(
    case: FoiRequest, staff: Staff
) -> None:
    asked = date(2026, 3, 10)
    ask_clarification(
        case_id=case.pk,
        by=staff.officer,
        at=seven(asked, 11),
        asked_on=asked,
        question="Which plan?",
        today=asked,
    )
    for day in (date(2026, 4, 24), date(2026, 6, 3), date(2026, 6, 11), date(2026, 6, 30)):
        sweep_every_day(day - timedelta(days=3), day)
    found = Reminder.objects.filter(kind__startswith="clarification").order_by("id")
    assert [(row.kind, row.about, row.offset, row.made_at.date()) for row in found] == [
        # Saturday 25 April is halfway to 10 June; Friday is the last working day by then.
        ("clarification_halfway", date(2026, 4, 25), 0, date(2026, 4, 24)),
        ("clarification_lapsing", date(2026, 6, 10), 5, date(2026, 6, 3)),
        ("clarification_lapsing", date(2026, 6, 10), -1, date(2026, 6, 11)),
    ]


def test_a_closed_request_has_no_reminders(case: FoiRequest, staff: Staff) -> None:
    sweep(at=seven(date(2026, 3, 24)))
    close_unanswered(
        case_id=case.pk, by=staff.officer, at=seven(date(2026, 3, 25)), on=date(2026, 3, 25),
        outcome=Outcome.WITHDRAWN, reason="Withdrawn.",
    )  # fmt: skip
    sweep(at=seven(date(2026, 3, 25), 12))
    assert not Reminder.objects.filter(ended_at__isnull=True).exists()


def test_a_new_officer_is_told_in_the_next_digest(case: FoiRequest, staff: Staff) -> None:
    sweep(at=seven(date(2026, 3, 24)))
    other = person(Role.OFFICER)
    assign(case_id=case.pk, by=staff.officer, at=seven(date(2026, 3, 24), 12), officer=other)
    sweep(at=seven(date(2026, 3, 24), 12, 1), only=[case.reference])
    sweep(at=seven(date(2026, 3, 25)))
    found = Reminder.objects.filter(kind="due_soon", person=other)
    assert [(row.offset, row.channel) for row in found] == [(5, "digest")]
    assert not Reminder.objects.filter(kind="due_soon", person=staff.officer, ended_at__isnull=True).exists()


def test_whoever_covers_is_reminded_as_well(case: FoiRequest, staff: Staff) -> None:
    cover = person(Role.OFFICER)
    enter_absence(
        person=staff.officer, from_on=date(2026, 3, 23), to_on=date(2026, 3, 24), cover=cover, by=staff.officer,
        at=seven(RECEIVED), today=RECEIVED,
    )  # fmt: skip
    sweep(at=seven(date(2026, 3, 24)))
    assert set(Reminder.objects.filter(kind="due_soon").values_list("person", flat=True)) == {
        staff.officer.pk,
        cover.pk,
    }
    sweep(at=seven(date(2026, 3, 26)))
    assert not Reminder.objects.filter(person=cover, ended_at__isnull=True).exists()


def test_what_somebody_muted_is_on_their_page_alone_but_not_what_is_overdue(
    case: FoiRequest, staff: Staff
) -> None:
    for kind in (
        "due_soon",
        "overdue",
        "search_late",
        "draft_late",
        "approval_late",
        "not_acknowledged",
        "quiet",
    ):
        MutedKind.objects.create(person=staff.officer, kind=kind)
    assert sweep(at=seven(DUE)).sent.emails == 0
    assert Reminder.objects.get(kind="due_soon").channel == "page"
    assert sweep(at=seven(DUE + timedelta(days=1))).sent.emails == 1
    assert Reminder.objects.get(kind="overdue").channel == "digest"


def test_the_number_of_statements_does_not_follow_the_number_of_requests(staff: Staff) -> None:
    counts = []
    for _ in range(2):
        for _ in range(4):
            case = factories.request(by=staff.intake, received_on=RECEIVED)
            factories.take_up(staff, case, RECEIVED)
        Sweep.objects.all().delete()
        Reminder.objects.all().delete()
        OutboxMessage.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sweep(at=seven(DUE))
        counts.append(len(queries))
    assert counts[0] == counts[1]
