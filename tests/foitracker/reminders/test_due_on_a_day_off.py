"""An extension may end on a day that is not a working day (s.17(2)): reminders count the working days before it."""

from datetime import date

import pytest

from foitracker.mail.models import OutboxMessage
from foitracker.reminders.models import Reminder
from requests_app.operations.clock_events import ClockFact, record_clock_event
from requests_app.rules.clock.kinds.extensions import PIT_EXTENSION
from tests import factories
from tests.factories import RECEIVED, Staff
from tests.foitracker.reminders.test_sweep import sweep_every_day

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_ten_working_days_before_a_saturday_are_those_before_its_friday(staff: Staff) -> None:
    case = factories.request(by=staff.intake, received_on=RECEIVED)
    factories.take_up(staff, case, RECEIVED)
    notified, saturday = date(2026, 3, 30), date(2026, 4, 25)
    extended = ClockFact(PIT_EXTENSION, notified, provision="31(1)(a)", estimate=saturday)
    record_clock_event(
        case_id=case.pk, by=staff.officer, at=factories.at(notified, 15), today=notified, fact=extended
    )
    sweep_every_day(date(2026, 3, 31), date(2026, 4, 27))
    due_soon = Reminder.objects.filter(kind="due_soon", about=saturday).order_by("id")
    assert [(row.offset, row.made_at.date()) for row in due_soon] == [
        (10, date(2026, 4, 10)),
        (5, date(2026, 4, 17)),
        (3, date(2026, 4, 21)),
        (1, date(2026, 4, 23)),
        (0, date(2026, 4, 24)),
    ]
    said = OutboxMessage.objects.filter(to=staff.officer.email, queued_at__date=date(2026, 4, 24)).get().body
    assert "answer due on Saturday 25 April 2026, which is not a working day" in said
    assert "due today" not in said
