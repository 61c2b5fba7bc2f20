"""Sending by a schedule: when, to whom, once, and what the trail and the outbox have of it."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from dashboard.returns.kinds import BY_CODE, Length
from dashboard.returns.kinds.periods import latest_period
from dashboard.returns.models import Return, Schedule, ScheduledSending
from dashboard.returns.operations import schedule
from dashboard.returns.operations.approval import approve_return
from dashboard.returns.operations.making import count_again, make_return
from dashboard.returns.operations.schedule import (
    change_schedule,
    first_working_day_from,
    send_due_returns,
    set_schedule,
    stop_schedule,
)
from dashboard.returns.queries.reading import waiting_returns
from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.casework.refusals import NotPossible
from foitracker.mail.models import OutboxMessage
from foitracker.working_days.queries import current_calendar
from tests import factories
from tests.dashboard.returns import population
from tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

SET = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
TO = ["figures@example.org", "chief@example.org"]


@pytest.fixture
def manager() -> User:
    population.quarter(factories.staff())
    return person(Role.MANAGER, name="Ottoline Farthing")


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, 20, tzinfo=UTC)


def send(day: date) -> int:
    return send_due_returns(at=morning(day), today=day)


def send_at_once(manager: User, kind: str = "monthly", addresses: list[str] = TO) -> Schedule:
    return set_schedule(by=manager, at=SET, kind=BY_CODE[kind], addresses=addresses, sends_unapproved=True)


@pytest.mark.parametrize(
    ("month", "first"),
    [
        (date(2026, 12, 15), date(2026, 12, 1)),
        (date(2027, 1, 31), date(2027, 1, 5)),  # 1 January; the weekend; 4 January in Scotland
        (date(2026, 11, 30), date(2026, 11, 2)),
    ],
)
def test_the_first_working_day_of_a_month(db: None, month: date, first: date) -> None:
    assert first_working_day_from(month, current_calendar()) == first


def test_it_is_sent_once_on_the_first_working_day(manager: User) -> None:
    send_at_once(manager)
    assert [send(date(2026, 11, 30)), send(date(2026, 12, 1)), send(date(2026, 12, 1))] == [0, 1, 0]
    of = Return.objects.get()
    assert (of.from_on, of.to_on, of.made_by) == (date(2026, 11, 1), date(2026, 11, 30), None)
    assert sorted(OutboxMessage.objects.values_list("to", flat=True)) == sorted(TO)
    sent = Entry.objects.get(event="return_sent")
    assert (sent.subject, sent.detail["addresses"]) == (of.audit_subject, TO)
    assert send(date(2026, 12, 2)) == 0


def test_what_was_missed_on_the_day_is_sent_on_the_next(manager: User) -> None:
    send_at_once(manager)
    assert send(date(2026, 12, 4)) == 1


def approved(of: Return, day: date) -> None:
    approve_return(by=person(Role.MANAGER), at=morning(day), return_id=of.pk, seen_commentary=0)


def test_it_waits_for_approval_and_is_then_sent_once(client: Client, manager: User) -> None:
    set_schedule(by=manager, at=SET, kind=BY_CODE["monthly"], addresses=TO[:1])
    assert [send(date(2026, 12, 1)), send(date(2026, 12, 2))] == [0, 0]
    of = Return.objects.get()
    assert not OutboxMessage.objects.exists()
    client.force_login(manager)
    for address in ("/returns/", "/returns/sending/"):
        assert list(client.get(address).context["waiting"]) == [of], address
    approved(of, date(2026, 12, 2))
    assert [send(date(2026, 12, 3)), send(date(2026, 12, 3))] == [1, 0]
    assert "They are approved for publication." in OutboxMessage.objects.get().body
    assert Entry.objects.filter(event="return_sent").count() == 1
    assert not client.get("/returns/").context["waiting"]


def test_what_is_approved_months_later_is_still_sent(manager: User) -> None:
    set_schedule(by=manager, at=SET, kind=BY_CODE["monthly"], addresses=TO)
    assert [send(date(2026, 12, 1)), send(date(2027, 1, 5))] == [0, 0]
    november, december = Return.objects.order_by("to_on")
    approved(november, date(2027, 2, 1))
    assert [send(date(2027, 2, 1)), send(date(2027, 2, 1))] == [1, 0]
    assert ScheduledSending.objects.get().sent == november
    approved(december, date(2027, 2, 1))
    assert send(date(2027, 2, 2)) == 1


def test_of_one_counted_again_the_one_approved_is_sent(manager: User) -> None:
    set_schedule(by=manager, at=SET, kind=BY_CODE["monthly"], addresses=TO)
    send(date(2026, 12, 1))
    again = count_again(by=manager, at=morning(date(2026, 12, 2)), return_id=Return.objects.get().pk)
    approved(again, date(2026, 12, 2))
    assert send(date(2026, 12, 2)) == 1
    assert ScheduledSending.objects.get().sent == again


def test_a_draft_of_a_managers_own_does_not_keep_it_from_being_counted(manager: User) -> None:
    set_schedule(by=manager, at=SET, kind=BY_CODE["monthly"], addresses=TO)
    november = latest_period(Length.MONTH, date(2026, 12, 1), 4)
    draft = make_return(by=manager, at=morning(date(2026, 12, 1)), kind=BY_CODE["monthly"], period=november)
    send(date(2026, 12, 1))
    assert [of.to_on for of in waiting_returns()] == [draft.to_on]


def test_an_approved_return_of_before_the_schedule_is_not_sent(manager: User) -> None:
    october = latest_period(Length.MONTH, SET.date(), 4)
    old = make_return(by=manager, at=SET, kind=BY_CODE["monthly"], period=october)
    set_schedule(by=manager, at=SET, kind=BY_CODE["monthly"], addresses=TO)
    approved(old, date(2026, 11, 12))
    assert send(date(2026, 11, 30)) == 0


def test_a_quarter_is_sent_after_its_end_only(manager: User) -> None:
    send_at_once(manager, "s45")
    assert [send(date(2026, 12, 1)), send(date(2027, 1, 4)), send(date(2027, 1, 5))] == [0, 0, 1]
    assert Return.objects.get().label == "October to December 2026"


def test_what_is_sent_names_no_officer_and_says_that_it_is_not_approved(manager: User) -> None:
    send_at_once(manager, addresses=TO[:1])
    send(date(2026, 12, 1))
    message = OutboxMessage.objects.get()
    pdf = bytes(message.attachments.get().content)
    text = message.subject + message.body + "".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages)
    assert "not been approved" in text
    assert "Not approved." in text
    for name in (*User.objects.values_list("name", flat=True), "Lowmoor", "7000/2026"):
        assert name not in text


def test_one_that_fails_does_not_keep_back_the_others(manager: User, monkeypatch: pytest.MonkeyPatch) -> None:
    fails = send_at_once(manager, "cabinet-office")
    send_at_once(manager)
    counts = schedule.keep_return

    def keep(**asked: Any) -> Return:
        if asked["kind"].code == fails.kind:
            raise RuntimeError("no figures")
        return counts(**asked)

    with monkeypatch.context() as patched:
        patched.setattr(schedule, "keep_return", keep)
        with pytest.raises(ExceptionGroup) as raised:
            send(date(2027, 1, 5))
    assert ScheduledSending.objects.get().sent.kind == "monthly"
    assert [error.__notes__ for error in raised.value.exceptions] == [
        [f"The return of {fails.audit_subject} was not sent."]
    ]
    assert send(date(2027, 1, 6)) == 1


def test_the_day_it_was_set_is_the_day_here(manager: User) -> None:
    """Half an hour into 1 July in British Summer Time, when June is over; by UTC it is 30 June."""
    set_schedule(
        by=manager,
        at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC),
        kind=BY_CODE["monthly"],
        addresses=TO,
        sends_unapproved=True,
    )
    assert send(date(2026, 7, 1)) == 0


def test_stopped_it_is_sent_no_more(manager: User) -> None:
    kept = set_schedule(by=manager, at=SET, kind=BY_CODE["monthly"], addresses=TO)
    stop_schedule(by=manager, at=SET, schedule_id=kept.pk)
    assert send(date(2026, 12, 1)) == 0
    with pytest.raises(NotPossible, match="was stopped"):
        change_schedule(by=manager, at=SET, schedule_id=kept.pk, addresses=TO, sends_unapproved=False)


def test_a_kind_is_sent_by_one_schedule(manager: User) -> None:
    set_schedule(by=manager, at=SET, kind=BY_CODE["monthly"], addresses=TO)
    with pytest.raises(NotPossible, match="sent already"):
        set_schedule(by=manager, at=SET, kind=BY_CODE["monthly"], addresses=TO)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_those_who_oversee_set_one(manager: User, role: Role) -> None:
    with pytest.raises(NotPermitted):
        set_schedule(by=person(role), at=SET, kind=BY_CODE["monthly"], addresses=TO)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter at least one e-mail address"),
        (" ,\n; ", "Enter at least one e-mail address"),
        ("figures@example.org\nchief at example.org", "“chief at example.org” is not an e-mail address"),
        ("a@example.org\r\nBcc: b@example.org", "is not an e-mail address"),
        ("\n".join(f"a{n}@example.org" for n in range(21)), "Enter at most 20 addresses"),
    ],
)
def test_what_is_no_address_is_said(client: Client, manager: User, typed: str, says: str) -> None:
    client.force_login(manager)
    page = client.post("/returns/sending/set/", {"kind": "monthly", "addresses": typed})
    assert page.status_code == 422
    assert says in page.content.decode()
    assert not Schedule.objects.exists()


def test_set_changed_and_stopped_on_its_pages(client: Client, manager: User) -> None:
    client.force_login(manager)
    client.post("/returns/sending/set/", {"kind": "monthly", "addresses": "a@example.org, b@example.org"})
    kept = Schedule.objects.get()
    assert kept.addresses == ["a@example.org", "b@example.org"]
    client.post(f"/returns/sending/{kept.pk}/", {"addresses": "c@example.org"})
    assert "c@example.org" in client.get("/returns/sending/").content.decode()
    client.post(f"/returns/sending/{kept.pk}/stop/")
    assert "No return is sent" in client.get("/returns/sending/").content.decode()
    events = ["return_schedule_set", "return_schedule_changed", "return_schedule_stopped"]
    assert list(Entry.objects.filter(subject=kept.audit_subject).order_by("sequence").values_list(
        "event", flat=True
    )) == events  # fmt: skip
