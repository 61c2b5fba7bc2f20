"""Bringing over the logs of earlier years: their rows, and an entry of the audit trail for each."""

from collections.abc import Sequence
from datetime import date, datetime

from dashboard.demonstration.archive.copying import copy_rows, go_on_numbering
from dashboard.demonstration.archive.log_rows import LOG_TABLES, RowMaker
from dashboard.demonstration.archive.logs import SyntheticLog
from dashboard.demonstration.archive.plan import ArchivePlan
from dashboard.demonstration.archive.surroundings import surroundings
from foitracker.accounts.models import User
from foitracker.audit.operations import EventOn, record_events
from foitracker.working_days.queries import current_calendar
from referrals.events.intake import REFERRAL_LOGGED
from referrals.models import LogCounter
from referrals.queries.reply_dates import reply_days


def bring_over(adviser: User, earlier_advisers: Sequence[User], *, until: date, at: datetime) -> int:
    """Bring over the closed logs of earlier years up to a day; return their number.

    Needs an empty log and the caller's transaction. `at` is when they are brought over, all at once.
    """
    calendar = current_calendar()
    around = surroundings(adviser, [adviser, *earlier_advisers])
    logs = ArchivePlan({name: key for key, name in around.names.items()}, until, calendar).logs()
    maker = RowMaker(around, calendar, reply_days(), until, with_marks=False)
    go_on_numbering(copy_rows((row for log in logs for row in maker.rows(log, version=1)), LOG_TABLES))
    for year, number in {log.year: log.number for log in logs}.items():
        LogCounter.raise_to(year, number)
    acts = [_brought_over(log, around.names) for log in logs]
    return record_events(event=REFERRAL_LOGGED, by=adviser, at=at, events=acts)


def _brought_over(log: SyntheticLog, names: dict[int, str]) -> EventOn:
    detail = {
        "scope": log.scope,
        "received_on": log.received_on.isoformat(),
        "forces": [names[force.force] for force in log.forces],
        "brought_over": True,
        "version": 1,
    }
    return EventOn(log.reference, detail)
