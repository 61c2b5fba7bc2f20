"""The log of the demonstration: some 2,000 logs, most of them closed long ago, and what goes with them."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import F

from dashboard.demonstration.archive.bringing_over import bring_over
from dashboard.demonstration.data.lancashire import FORCE, PUBLISHED
from dashboard.demonstration.data.recent_logs import RecentLog, recent, work_recent
from dashboard.demonstration.data.round_robins import coming_in, to_be_grouped, work_grouped
from dashboard.demonstration.player.logs import Desk
from dashboard.demonstration.player.own_request import refer_one
from dashboard.demonstration.player.requests import at
from dashboard.demonstration.player.unit import set_up_unit
from foitracker.mail.models import OutboxMessage
from referrals.models import Correspondence, Referral
from referrals.operations.statistics import save_statistic
from referrals.queries.forces import find_force
from referrals.queries.statistics import complete_to
from referrals.rules.periods import year_ending
from referrals.rules.statistics import USUAL_COUNTING, CountedForce, Definition
from requests_app.queries.calendar import current_calendar

#: So many days ago the earlier log was brought over, and the unit began to work with this one.
_DAYS_SINCE_BEGINNING = 77


def referrals_are_loaded() -> bool:
    """This function will say whether the demonstration's logs are there."""
    return Referral.objects.filter(year=2023, number=1480).exists()


def load_referrals(*, today: date, say: Callable[[str], None]) -> int:
    """This function will make the demonstration's logs, dated around `today`; give their number.

    Needs an empty log, the register's requests and the caller's transaction. `say` is told how far it has come.
    """
    began_on = today - timedelta(days=_DAYS_SINCE_BEGINNING)
    staff = set_up_unit(today=today, at=at(began_on, 8))
    brought_over = bring_over(staff, until=began_on, at=at(began_on, 9))
    say(f"… {brought_over} logs of earlier years")
    desk = Desk(staff, today, current_calendar())
    _work(desk)
    refer_one(desk)
    _keep_lancashire_statistic(desk)
    _count_mail_as_sent()
    return Referral.objects.count()


def _work(desk: Desk) -> None:
    """Log all in the order they came, so that their numbers are in that order, and then work them."""
    made: list[tuple[RecentLog, Referral]] = []
    grouped: list[Referral] = []
    coming = [*recent(desk, made), *to_be_grouped(desk, grouped), *coming_in(desk)]
    for _, log in sorted(coming, key=lambda one: -one[0]):
        log()
    for planned, referral in made:
        work_recent(desk, planned, referral)
    work_grouped(desk, grouped[0], grouped[1:])


def _keep_lancashire_statistic(desk: Desk) -> None:
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
    save_statistic(by=desk.staff.officer, at=at(desk.ago(2), 14), title=title, definition=definition)


def _count_mail_as_sent() -> None:
    """The demonstration mails nobody: its messages count as sent when they were queued."""
    keys = Correspondence.objects.exclude(message_key="").values("message_key")
    OutboxMessage.objects.filter(key__in=keys, status=OutboxMessage.Status.QUEUED).update(
        status=OutboxMessage.Status.SENT, sent_at=F("queued_at"), next_attempt_at=None, attempts=1
    )
