"""The two weekends on which the clocks change: one digest a working day, at 07:00 as the clock on the wall shows it."""

from collections.abc import Iterator
from copy import copy
from datetime import UTC, date, datetime, time, timedelta

import pytest
from celery import current_app

from foitracker.casework.local_day import local
from foitracker.mail.models import OutboxMessage
from foitracker.reminders.operations.sweep import sweep
from foitracker.reminders.tasks import sweep_reminders
from tests import factories
from tests.factories import Staff

pytestmark = pytest.mark.services

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
TEN_MINUTES = timedelta(minutes=10)
#: Beat looks at its schedule again after so long at the latest.
BEAT_SLEEPS = timedelta(minutes=5)


def days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


#: In UTC: seven is six in summer.
AROUND_SEVEN = [time(5, 50), time(6), time(6, 50), time(7), time(7, 10)]
ALL_DAY = [time(hour, minute) for hour in range(24) for minute in range(0, 60, 10)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "times", [AROUND_SEVEN, pytest.param(ALL_DAY, marks=pytest.mark.slow)], ids=["around seven", "all day"]
)
@pytest.mark.parametrize("changes", [SPRING, AUTUMN])
def test_each_working_day_has_one_digest_at_seven(staff: Staff, changes: date, times: list[time]) -> None:
    friday, tuesday = changes - timedelta(days=2), changes + timedelta(days=2)
    for received_on in days(friday - timedelta(days=28), friday):  # so that something is new each day
        case = factories.request(by=staff.intake, received_on=received_on)
        factories.take_up(staff, case, received_on)
    for day in days(friday, tuesday):
        on_this_day = times if day in (changes, changes + timedelta(days=1)) else AROUND_SEVEN
        for moment in on_this_day:
            sweep(at=datetime.combine(day, moment, UTC))
    digests = OutboxMessage.objects.filter(kind="reminders").order_by("queued_at")
    assert [(local(digest.queued_at).replace(tzinfo=None), digest.to) for digest in digests] == [
        (datetime.combine(day, time(7)), staff.officer.email)
        for day in days(friday, tuesday)
        if day.weekday() < 5
    ]


def beat_runs(task: str, first: datetime, last: datetime) -> Iterator[datetime]:
    """Give when beat has a task run between two moments, as its schedule says."""
    (entry,) = [one for one in current_app.conf.beat_schedule.values() if one["task"] == task]
    now = first
    schedule = copy(entry["schedule"])
    schedule.app, schedule.nowfun = current_app, lambda: now.astimezone(current_app.timezone)
    last_run = schedule.now()
    while now < last:
        is_due, wait = schedule.is_due(last_run)
        if is_due:
            yield now
            last_run = schedule.now()
        now += min(timedelta(seconds=max(wait, 1)), BEAT_SLEEPS)


@pytest.mark.parametrize("changes", [SPRING, AUTUMN])
def test_beat_has_it_looked_at_every_ten_minutes_and_at_seven(changes: date) -> None:
    first = datetime.combine(changes, time(), UTC) - TEN_MINUTES / 2
    runs = list(beat_runs(sweep_reminders.name, first, first + timedelta(hours=40)))
    assert runs == [first + TEN_MINUTES / 2 + number * TEN_MINUTES for number in range(40 * 6)]
    monday = changes + timedelta(days=1)
    assert datetime.combine(monday, time(7)) in [local(run).replace(tzinfo=None) for run in runs]
