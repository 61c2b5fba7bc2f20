"""Writing a synthetic population into PostgreSQL by COPY, in one transaction, with every constraint on."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from itertools import islice

from django.db import models, transaction

from foitracker.audit import queries as audit
from foitracker.audit.models import Entry
from foitracker.working_days.queries import current_calendar
from requests_app.management.synthetic.copying import (
    Row,
    begin_copying,
    built_at_the_end,
    copy_rows,
    go_on_numbering,
    move_head,
)
from requests_app.management.synthetic.people import LOGGED_BY, set_up_people
from requests_app.management.synthetic.population import SyntheticRequest, population
from requests_app.management.synthetic.rows import CLAIMED_ITEM, RowMaker
from requests_app.management.synthetic.trail import Trail, acts
from requests_app.models import (
    Applicant,
    Clarification,
    ExemptionClaim,
    FoiRequest,
    Letter,
    ReferenceCounter,
    RequestItem,
)

#: Requests made in memory before they are copied table by table.
BATCH = 5_000

#: Rows are copied table by table, those that others point at first.
COPY_ORDER: list[type[models.Model]] = [
    FoiRequest, Applicant, Clarification, RequestItem, ExemptionClaim, CLAIMED_ITEM, Letter, Entry,
]  # fmt: skip

Tables = dict[type[models.Model], list[Row]]


def synthetic_requests() -> models.QuerySet[FoiRequest]:
    """Return the requests that this module wrote."""
    return FoiRequest.objects.filter(logged_by__email=LOGGED_BY)


@transaction.atomic
def load(
    *,
    requests: int,
    still_open: int,
    seed: int,
    today: date,
    at: datetime,
    progress: Callable[[int], None],
) -> None:
    """Write a population into a register that holds no request: all of it or nothing.

    `at` is when its audit entries are recorded; `progress` is called with how many requests are written so
    far. Raises CalendarNotCovered.
    """
    calendar = current_calendar()
    made = population(requests=requests, still_open=still_open, seed=seed, today=today, calendar=calendar)
    begin_copying()
    maker = RowMaker(set_up_people(), calendar.version)
    trail = Trail(audit.head(), at)
    last_numbers: dict[int, int] = {}
    written: set[type[models.Model]] = set()
    with built_at_the_end(FoiRequest, "request_search"):
        while batch := list(islice(made, BATCH)):
            for model, rows in _tables(batch, maker, trail).items():
                copy_rows(model, rows)
                written.add(model)
            last_numbers |= {request.year: request.number for request in batch}
            progress(batch[-1].key)
    for year, number in last_numbers.items():
        ReferenceCounter.raise_to(year, number)
    move_head(trail)
    go_on_numbering(written)


def _tables(batch: list[SyntheticRequest], maker: RowMaker, trail: Trail) -> Tables:
    """The rows of a batch by table, in the order of COPY_ORDER."""
    tables: Tables = defaultdict(list)
    for made in batch:
        done = list(acts(made, maker.people, maker.officer_of(made)))
        for model, row in maker.rows(made, version=len(done)):
            tables[model].append(row)
        tables[Entry] += trail.entries(made.reference, made.lot, done)
    return {model: tables[model] for model in COPY_ORDER if tables[model]}
