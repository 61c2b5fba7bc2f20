"""Plays the whole demonstration: the register, and then the log of the unit."""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F

from dashboard.demonstration.archive.bringing_over import bring_over
from dashboard.demonstration.data.days import last_working_day
from dashboard.demonstration.data.lancashire import FORCE, PUBLISHED
from dashboard.demonstration.data.recent_logs import DAYS_SINCE_BEGINNING, recent_logs
from dashboard.demonstration.data.round_robins import coming_in, grouped
from dashboard.demonstration.player import logs
from dashboard.demonstration.player.costs import compare_forces, record_costs
from dashboard.demonstration.player.people import Staff, earlier_advisers, set_up_authority, set_up_unit
from dashboard.demonstration.player.register import Register, Say
from dashboard.demonstration.player.supervision import supervise
from foitracker.mail.models import OutboxMessage
from foitracker.statistics.periods import year_ending
from foitracker.working_days.queries import current_calendar
from referrals.models import Correspondence, Referral
from referrals.operations.own_request import OwnReferral, refer_own_request
from referrals.operations.statistics import save_statistic
from referrals.queries.forces import find_force
from referrals.queries.statistics import complete_to
from referrals.rules.statistics import USUAL_COUNTING, CountedForce, Definition
from referrals.rules.vocabulary import Trigger
from requests_app.models import FoiRequest
from requests_app.rules.casework.workflow import Status


def requests_are_loaded() -> bool:
    """Return whether the demonstration's requests are in the register."""
    return FoiRequest.objects.filter(year=2025, number=2253).exists()


def referrals_are_loaded() -> bool:
    """Return whether the demonstration's logs are there."""
    return Referral.objects.filter(year=2023, number=1480).exists()


def play_requests(*, today: date, now: datetime, say: Say) -> int:
    """Write the register of two years up to `today`, and how its team is supervised. Return its number of requests.

    Needs an empty register and the caller's transaction. Nothing is done later than `now`. `say` is told how far it
    has come.
    """
    staff, calendar = set_up_authority(now), current_calendar()
    register = Register(staff, today, calendar, say)
    register.write()
    supervise(staff, today, calendar)
    record_costs(staff.administrator, today)
    return FoiRequest.objects.count()


def play_referrals(*, today: date, now: datetime, say: Say) -> int:
    """Make the demonstration's logs, dated around `today`. Return their number.

    Needs an empty log, the register's requests and the caller's transaction. Nothing is done later than `now`. `say`
    is told how far it has come.
    """
    began_on = today - timedelta(days=DAYS_SINCE_BEGINNING)
    staff = set_up_authority(now)
    set_up_unit(staff, today=today, at=_at(began_on, 8))
    brought_over = bring_over(staff.adviser, earlier_advisers(), until=began_on, at=_at(began_on, 9))
    say(f"… {brought_over} logs of earlier years")
    desk = logs.Desk(staff.adviser, today, now, current_calendar())
    logs.play([*recent_logs(today), *grouped(), *coming_in()], desk)
    _refer_own_request(staff, today)
    _keep_lancashire_statistic(staff, desk)
    compare_forces(staff.administrator, today)
    _count_mail_as_sent()
    return Referral.objects.count()


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


def _refer_own_request(staff: Staff, today: date) -> None:
    """One request of the authority's own is with the unit: its answer waits for the advice.

    It is the one about drones or, failing that, any: the one with most time left.
    """
    found = FoiRequest.objects.filter(status=Status.IN_PROGRESS, officer__is_active=True)
    found = found.exclude(letters__is_answer=True).select_related("officer").order_by("-due_on")
    case = found.filter(subject__icontains="drone").first() or found[0]
    referral = OwnReferral(
        subject=case.subject,
        wording="\n".join(f"{item.label}. {item.text}" for item in case.items.order_by("position")),
        trigger=Trigger.ADVICE,
        topic_id=case.topic_id,
    )
    day = last_working_day(today, current_calendar())
    at = staff.not_to_come(_at(day, 17, 30))
    refer_own_request(case_id=case.pk, by=case.officer or staff.officer, at=at, today=day, referral=referral)


def _keep_lancashire_statistic(staff: Staff, desk: logs.Desk) -> None:
    """The statistic that the published answer gave, kept by the officer of that request."""
    force = find_force(FORCE)
    day, is_assumed = complete_to(desk.today)
    definition = Definition(
        forces=(CountedForce(force.pk, force.name),),
        periods=tuple(year_ending(date(year, 3, 31)) for year in sorted(PUBLISHED, reverse=True)),
        criteria=USUAL_COUNTING,
        complete_to=day,
        is_assumed=is_assumed,
    )
    title = f"{FORCE}: years ending 31 March 2025, 2024 and 2023"
    save_statistic(by=staff.officer, at=_at(desk.ago(2), 14), title=title, definition=definition)


def _count_mail_as_sent() -> None:
    """The demonstration mails no one: its messages count as sent when they were queued."""
    keys = Correspondence.objects.exclude(message_key="").values("message_key")
    OutboxMessage.objects.filter(key__in=keys, status=OutboxMessage.Status.QUEUED).update(
        status=OutboxMessage.Status.SENT, sent_at=F("queued_at"), next_attempt_at=None, attempts=1
    )
