"""Writing a synthetic population of logs into PostgreSQL by COPY, in one transaction, with every constraint on."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from itertools import islice

from django.db import models, transaction

from foitracker.audit import queries as audit
from foitracker.audit.models import Entry
from foitracker.working_days.queries import current_calendar
from referrals.management.synthetic.people import LOGGED_BY, set_up_surroundings
from referrals.management.synthetic.population import Population, SyntheticLog
from referrals.management.synthetic.rows import RowMaker
from referrals.management.synthetic.trail import acts
from referrals.models import (
    Advice,
    AdviceTold,
    ApplicantMark,
    Consultation,
    Correspondence,
    CriterionDecision,
    LogCounter,
    Referral,
    ReferralForce,
)
from referrals.queries.unit import unit
from referrals.rules.reply_by import ReplyDays
from requests_app.management.synthetic.copying import (
    Row,
    begin_copying,
    built_at_the_end,
    copy_rows,
    go_on_numbering,
    move_head,
)
from requests_app.management.synthetic.trail import Trail

#: Logs made in memory before they are copied table by table.
BATCH = 5_000

#: Rows are copied table by table, those that others point at first.
COPY_ORDER: list[type[models.Model]] = [
    Referral, ReferralForce, CriterionDecision, Consultation, Advice, AdviceTold, Correspondence, ApplicantMark,
]  # fmt: skip

Tables = dict[type[models.Model], list[Row]]


class NoForces(Exception):
    """The register of forces is empty, so no log can name one."""


def synthetic_logs() -> models.QuerySet[Referral]:
    """Return the logs that this module wrote."""
    return Referral.objects.filter(logged_by__email=LOGGED_BY)


@transaction.atomic
def load(
    *, logs: int, still_open: int, seed: int, today: date, at: datetime, progress: Callable[[int], None]
) -> None:
    """Write a population into an empty log: all of it or nothing.

    `at` is when its audit entries are recorded; `progress` is called with how many logs are written so far.
    Raises CalendarNotCovered and NoForces.
    """
    calendar, rules, around = current_calendar(), unit(), set_up_surroundings()
    if not around.forces:
        raise NoForces("The register of forces is empty. Run manage.py migrate first.")
    made = iter(Population(logs, still_open, seed, today, calendar, around.forces))
    begin_copying()
    reply_days = ReplyDays(rules.reply_days_before, rules.reply_days_without_deadline)
    maker, trail = RowMaker(around, calendar, reply_days, today), Trail(audit.head(), at)
    last_numbers: dict[int, int] = {}
    written: set[type[models.Model]] = set()
    with (
        built_at_the_end(Referral, "log_search"),
        built_at_the_end(ReferralForce, "force_wording_search"),
    ):
        while batch := list(islice(made, BATCH)):
            for model, rows in rows_by_table(batch, maker, lambda log: len(list(acts(log, maker)))).items():
                copy_rows(model, rows)
                written.add(model)
            copy_rows(Entry, _entries(batch, maker, trail))
            last_numbers |= {log.year: log.number for log in batch}
            progress(batch[-1].key)
    for year, number in last_numbers.items():
        LogCounter.raise_to(year, number)
    move_head(trail)
    go_on_numbering(written)


def rows_by_table(
    batch: Iterable[SyntheticLog], maker: RowMaker, versions: Callable[[SyntheticLog], int]
) -> Tables:
    """Return the rows of logs by table, in the order they are to be written in."""
    tables: Tables = defaultdict(list)
    for made in batch:
        for model, row in maker.rows(made, version=versions(made)):
            tables[model].append(row)
    return {model: tables[model] for model in COPY_ORDER if tables[model]}


def _entries(batch: Iterable[SyntheticLog], maker: RowMaker, trail: Trail) -> list[Row]:
    return [
        entry
        for made in batch
        for entry in trail.entries(f"CRU {made.log_number}", made.lot, acts(made, maker))
    ]
