"""The pages of reminders: one's own, what is e-mailed, absences, and the settings."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import Absence, User
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.reminders.models import KindSetting, Reminder, ReminderPolicy
from foitracker.reminders.operations.sweep import sweep
from foitracker.working_days.queries import current_calendar
from requests_app.models import FoiRequest
from requests_app.operations.closure import close_unanswered
from requests_app.rules.casework.workflow import Outcome
from tests import factories
from tests.factories import Staff, person
from tests.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def day_fields(name: str, day: date) -> dict[str, str]:
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


def late_request(staff: Staff) -> FoiRequest:
    """A request that is overdue today, whatever day that is."""
    received = timezone.localdate() - timedelta(days=60)
    case = factories.request(by=staff.intake, received_on=received, at=factories.at(received))
    factories.take_up(staff, case, received)
    return case


def sweep_on_a_working_day() -> None:
    today = timezone.localdate()
    calendar = current_calendar()
    day = today if calendar.is_working_day(today) else calendar.first_day_beyond(today, -1)
    sweep(at=datetime(day.year, day.month, day.day, 7, tzinfo=timezone.get_default_timezone()))


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_a_reminder_is_shown_until_it_is_read_and_stands_until_it_is_settled(
    client: Client, staff: Staff
) -> None:
    case = late_request(staff)
    sweep_on_a_working_day()
    desk = signed_in(client, staff.officer)
    assert case.reference in desk.get(reverse("dashboard:my_work")).content.decode()
    page = desk.get(reverse("reminders:reminders")).content.decode()
    assert f"Request {case.reference}" in page
    assert "Answer was due on" in page
    desk.post(reverse("reminders:read_all"))
    assert "No new reminders" in desk.get(reverse("reminders:reminders")).content.decode()
    assert case.reference in desk.get(reverse("reminders:reminders"), {"show": "all"}).content.decode()


def test_what_was_closed_a_moment_ago_is_shown_as_settled(client: Client, staff: Staff) -> None:
    case = late_request(staff)
    sweep_on_a_working_day()
    close_unanswered(
        case_id=case.pk, by=staff.officer, at=timezone.now(), on=timezone.localdate(), outcome=Outcome.WITHDRAWN,
        reason="Withdrawn by e-mail.",
    )  # fmt: skip
    desk = signed_in(client, staff.officer)
    page = desk.get(reverse("reminders:reminders")).content.decode()
    assert "Settled since" in page
    assert "was due on" not in page
    assert 'id="reminders"' not in desk.get(reverse("dashboard:my_work")).content.decode()


def test_nobody_marks_somebody_elses_reminder_as_read(client: Client, staff: Staff) -> None:
    late_request(staff)
    sweep_on_a_working_day()
    reminder = Reminder.objects.filter(person=staff.officer).first()
    assert reminder is not None
    signed_in(client, person(Role.OFFICER)).post(reverse("reminders:read", args=[reminder.pk]))
    reminder.refresh_from_db()
    assert reminder.read_at is None


def test_the_page_takes_as_many_queries_at_any_size(client: Client, staff: Staff) -> None:
    desk = signed_in(client, staff.officer)
    counts = []
    for _ in range(2):
        for _ in range(3):
            late_request(staff)
        sweep_on_a_working_day()
        counts.append(queries_of(desk, reverse("reminders:reminders") + "?kind=overdue"))
    assert counts[0] == counts[1]


def test_what_is_overdue_cannot_be_left_out(client: Client, staff: Staff) -> None:
    desk = signed_in(client, staff.officer)
    page = desk.get(reverse("reminders:preferences")).content.decode()
    assert "Due soon" in page
    assert 'value="overdue"' not in page
    assert "advice_due" not in page  # an officer is no adviser
    desk.post(reverse("reminders:preferences"), {"wanted": ["returned"]})
    page = desk.get(reverse("reminders:preferences")).content.decode()
    assert page.count("checked") == 1


def test_an_absence_is_entered_with_cover_and_taken_back(client: Client, staff: Staff) -> None:
    desk, cover = signed_in(client, staff.officer), person(Role.OFFICER)
    first = timezone.localdate() + timedelta(days=7)
    sent = {
        "person": staff.officer.pk, "cover": cover.pk, **day_fields("from_on", first),
        **day_fields("to_on", first + timedelta(days=4)),
    }  # fmt: skip
    assert desk.post(reverse("reminders:absence_enter"), sent).status_code == 302
    again = desk.post(reverse("reminders:absence_enter"), sent)
    assert again.status_code == 422
    assert "is down as away" in again.content.decode()
    absence = Absence.objects.get()
    assert cover.name in desk.get(reverse("reminders:absences")).content.decode()
    desk.post(reverse("reminders:absence_end", args=[absence.pk]), {})
    absence.refresh_from_db()
    assert absence.ended_at
    events = [entry.event for entry in timeline(staff.officer.audit_subject)]
    assert events[:2] == ["absence_ended", "absence_entered"]


def test_nobody_but_a_manager_enters_an_absence_for_somebody_else(client: Client, staff: Staff) -> None:
    day = timezone.localdate()
    sent = {"person": staff.officer.pk, **day_fields("from_on", day), **day_fields("to_on", day)}
    desk = signed_in(client, person(Role.OFFICER))
    assert desk.post(reverse("reminders:absence_enter"), sent).status_code == 422
    desk = signed_in(client, person(Role.MANAGER))
    assert desk.post(reverse("reminders:absence_enter"), sent).status_code == 302


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"offsets": "", "audiences": ["officer"]}, "Enter at least one working day."),
        ({"offsets": "five", "audiences": ["officer"]}, "Enter whole numbers separated by commas"),
        ({"offsets": "90", "audiences": ["officer"]}, "from 60 before to 60 after"),
        ({"offsets": "5", "every": "0", "audiences": ["officer"]}, "Enter a whole number from 1 to 60"),
        ({"offsets": "5"}, "Choose at least one reader"),
    ],
)
def test_days_that_cannot_be_are_pointed_out(
    client: Client, staff: Staff, sent: dict[str, str], says: str
) -> None:
    response = signed_in(client, person(Role.MANAGER)).post(
        reverse("reminders:kind", args=["due_soon"]), sent
    )
    assert response.status_code == 422
    assert says in response.content.decode()
    assert not KindSetting.objects.exists()


def test_days_and_readers_are_set_and_recorded(client: Client, staff: Staff) -> None:
    manager = person(Role.MANAGER)
    desk = signed_in(client, manager)
    sent = {"offsets": "1, 5,0 5", "every": "", "audiences": ["officer", "managers"]}
    assert desk.post(reverse("reminders:kind", args=["due_soon"]), sent).status_code == 302
    assert KindSetting.objects.get().offsets == [5, 1, 0]
    page = desk.get(reverse("reminders:settings")).content.decode()
    assert "5, 1 before; on the day" in page
    assert "Managers" in page
    desk.post(reverse("reminders:digest_time"), {"digest_at": "06:30"})
    assert ReminderPolicy.objects.get().digest_at.hour == 6
    assert [entry.event for entry in timeline("reminders")] == ["digest_time_changed", "reminder_changed"]


def test_a_reminder_goes_by_the_days_that_are_set(client: Client, staff: Staff) -> None:
    KindSetting.objects.create(kind="due_soon", offsets=[2], every=None, audiences=["managers"])
    manager = person(Role.MANAGER)
    case = factories.request(by=staff.intake)
    factories.take_up(staff, case, factories.RECEIVED)
    sweep(at=factories.at(date(2026, 3, 26), 7))
    assert not Reminder.objects.filter(kind="due_soon").exists()
    sweep(at=factories.at(date(2026, 3, 27), 7))
    assert list(Reminder.objects.filter(kind="due_soon").values_list("person", "offset")) == [(manager.pk, 2)]
