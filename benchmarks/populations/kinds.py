"""The two kinds of case that a synthetic population is made of: requests, and what forces refer to the unit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from benchmarks.populations import request_rows
from benchmarks.populations.log_events import log_events
from benchmarks.populations.logs import Logs
from benchmarks.populations.people import (
    LOGS_REFERRALS,
    LOGS_REQUESTS,
    set_up_people,
    set_up_surroundings,
)
from benchmarks.populations.request_events import request_events
from benchmarks.populations.requests import requests
from benchmarks.populations.wanted import Wanted
from dashboard.demonstration.archive import log_rows
from dashboard.demonstration.archive.copying import Rows, Table
from dashboard.demonstration.archive.trail import SyntheticEvent
from foitracker.working_days.queries import current_calendar
from referrals.models import LogCounter, Referral, ReferralForce
from referrals.queries.reply_dates import reply_days
from requests_app.models import FoiRequest, ReferenceCounter


class NothingToReferTo(Exception):
    """The database lacks what every case of a kind names."""


class Case(Protocol):
    """What is read of any made-up case: its key, its number in a year, and the lot that decides its details."""

    @property
    def key(self) -> int: ...
    @property
    def year(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def reference(self) -> str: ...
    @property
    def lot(self) -> int: ...


@dataclass(frozen=True)
class Population:
    """Cases in order of receipt, and what each is written as: its rows, given its version, and its events."""

    cases: Iterable[Case]
    rows: Callable[[Any, int], Rows]
    events: Callable[[Any], Iterable[SyntheticEvent]]


@dataclass(frozen=True)
class Kind:
    """What the loader and its command know of a kind of case.

    `logged_by` logs every synthetic one, and no other. Numbers of a year and keys fit well above `most`. `tables`
    are in the order they are written in; an index in `searched` is built whole, in a tenth of the time.
    """

    plural: str
    model: type[FoiRequest] | type[Referral]
    logged_by: str
    most: int
    usually_open_in_a_thousand: int
    tables: Sequence[Table]
    searched: Sequence[tuple[Table, str]]
    counter: type[ReferenceCounter] | type[LogCounter]
    populate: Callable[[Wanted], Population]

    def synthetic(self) -> "QuerySet[Any]":
        """Return the cases of this kind that the loader wrote."""
        return self.model._default_manager.filter(logged_by__email=self.logged_by)


def _requests(wanted: Wanted) -> Population:
    calendar = current_calendar()
    people = set_up_people()
    maker = request_rows.RowMaker(people, calendar.version)
    return Population(
        cases=requests(wanted, calendar),
        rows=maker.rows,
        events=lambda made: request_events(made, people, maker.officer_of(made)),
    )


def _referrals(wanted: Wanted) -> Population:
    calendar, around = current_calendar(), set_up_surroundings()
    if not around.forces:
        raise NothingToReferTo("The register of forces is empty. Run manage.py migrate first.")
    maker = log_rows.RowMaker(around, calendar, reply_days(), wanted.today)
    return Population(
        cases=Logs(wanted, calendar, around.forces),
        rows=maker.rows,
        events=lambda made: log_events(made, maker),
    )


REQUESTS = Kind(
    plural="requests",
    model=FoiRequest,
    logged_by=LOGS_REQUESTS,
    most=20_000_000,
    usually_open_in_a_thousand=20,
    tables=request_rows.REQUEST_TABLES,
    searched=((FoiRequest, "request_search"),),
    counter=ReferenceCounter,
    populate=_requests,
)
REFERRALS = Kind(
    plural="referrals",
    model=Referral,
    logged_by=LOGS_REFERRALS,
    most=5_000_000,
    usually_open_in_a_thousand=30,
    tables=log_rows.LOG_TABLES,
    searched=((Referral, "log_search"), (ReferralForce, "force_wording_search")),
    counter=LogCounter,
    populate=_referrals,
)
KINDS: tuple[Kind, ...] = (REQUESTS, REFERRALS)
