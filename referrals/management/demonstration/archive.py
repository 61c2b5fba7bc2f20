"""Bringing over the logs of earlier years: their rows, and an entry of the audit trail for each."""

from datetime import date, datetime

from foitracker.audit.operations import EventOn, record_events
from foitracker.working_days.queries import current_calendar
from referrals.events.intake import REFERRAL_LOGGED
from referrals.management.demonstration.archive_plan import ArchivePlan
from referrals.management.demonstration.unit import UnitStaff
from referrals.management.synthetic.loading import rows_by_table
from referrals.management.synthetic.people import surroundings
from referrals.management.synthetic.population import SyntheticLog
from referrals.management.synthetic.rows import RowMaker
from referrals.models import LogCounter
from referrals.queries.reply_dates import reply_days
from requests_app.management.synthetic.copying import copy_rows, go_on_numbering


def bring_over(staff: UnitStaff, *, until: date, at: datetime) -> int:
    """Bring over the closed logs of earlier years up to a day; return their number.

    Needs an empty log and the caller's transaction. `at` is when they are brought over, all at once.
    """
    calendar = current_calendar()
    around = surroundings(staff.adviser, [staff.adviser, *staff.earlier_advisers])
    logs = ArchivePlan({name: key for key, name in around.names.items()}, until, calendar).logs()
    maker = RowMaker(around, calendar, reply_days(), until, with_marks=False)
    tables = rows_by_table(logs, maker, lambda _: 1)
    for model, rows in tables.items():
        copy_rows(model, rows)
    go_on_numbering(tables)
    for year, number in {log.year: log.number for log in logs}.items():
        LogCounter.raise_to(year, number)
    acts = [_brought_over(log, around.names) for log in logs]
    return record_events(event=REFERRAL_LOGGED, by=staff.adviser, at=at, events=acts)


def _brought_over(log: SyntheticLog, names: dict[int, str]) -> EventOn:
    detail = {
        "scope": log.scope,
        "received_on": log.received_on.isoformat(),
        "forces": [names[force.force] for force in log.forces],
        "brought_over": True,
        "version": 1,
    }
    return EventOn(f"CRU {log.log_number}", detail)
