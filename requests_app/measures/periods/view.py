"""From where figures of a period are read, and what a measure of a period says besides its condition."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from foitracker.casework.measures import Measure
from foitracker.pages.words import in_words
from requests_app.measures.view import RequestView
from requests_app.models import FoiRequest
from requests_app.rules.casework.recovery import old_before

#: The box of the register's filter that a figure fills in: the measure, its days and the as-at day.
COUNTED = "counted"
#: What a box is set to for requests in which nothing is recorded of what it narrows by.
NOT_RECORDED = "none"


@dataclass(frozen=True, kw_only=True)
class PeriodView(RequestView):
    """The days from `from_on` to `to_on`, both counted, as they are known at the end of `today`, the as-at day.

    What was answered or closed after that day counts as not answered and open. The limit of a request is the one it
    has by what is recorded now.
    """

    from_on: date
    to_on: date

    @cached_property
    def last_day(self) -> date:
        """The last day of the period that has come."""
        return min(self.to_on, self.today)

    @cached_property
    def up_to_today(self) -> "PeriodView":
        """All days from the first of the period up to the as-at day: whether something has happened since it began."""
        return PeriodView(self.today, self.user, from_on=self.from_on, to_on=self.today)

    def within(self, column: str) -> Q:
        """Return the condition that the day in a column lies in the period and is not later than the as-at day."""
        return Q(**{f"{column}__gte": self.from_on, f"{column}__lte": self.last_day})

    def has_within(self, day: date | None) -> bool:
        """Return `within` of one day."""
        return day is not None and self.from_on <= day <= self.last_day

    def requests(self) -> QuerySet[FoiRequest]:
        """Return the requests that may be counted: those the person may see; all where nobody asks."""
        return FoiRequest.objects.all() if self.user is None else FoiRequest.objects.visible_to(self.user)

    @property
    def days(self) -> str:
        """The days in words."""
        return f"{in_words(self.from_on)} to {in_words(self.to_on)}"

    @property
    def words(self) -> str:
        """The days in words, with the as-at day."""
        return f"{self.days}, as at {in_words(self.today)}"

    @cached_property
    def twenty_days_ago(self) -> date:
        """The first day of receipt of a request that is not older than 20 working days at the end of the period."""
        return old_before(self.last_day, self.calendar)


@dataclass(frozen=True, kw_only=True)
class PeriodMeasure(Measure[FoiRequest, PeriodView]):
    """A measure of a period.

    `definition` says what it counts, in a sentence that is printed with the figure. `anchor` is the column whose day
    lies in the period, by which the requests are found. Where there is none, `among` may be the code of a measure that
    counts all of its requests; those of one are found together. `part_of` is the code of the measure it is a part of,
    the denominator of its per cent, and `rest` what it asks of those besides, where it asks no more than that. `apart`
    cuts the condition into several that never hold together, where one index serves each but none their sum.
    """

    definition: str
    anchor: str = ""
    among: str = ""
    part_of: str = ""
    rest: Callable[[PeriodView], Q] | None = None
    apart: Callable[[PeriodView], Sequence[Q]] | None = None

    @property
    def found_by(self) -> str:
        """What it shares with the measures whose requests are read by the same statement."""
        return self.anchor or self.among or self.code

    def list_url(self, view: PeriodView, **narrowed: object) -> str:
        """Return the address of the list of what it counts; `narrowed` are further boxes of the register's filter."""
        days = (view.from_on, view.to_on, view.today)
        counted = ".".join([self.code, *(day.isoformat() for day in days)])
        chosen = {
            COUNTED: counted,
            **{name: value for name, value in narrowed.items() if value not in ("", None)},
        }
        return f"{reverse('requests_app:register')}?{urlencode(chosen)}"


def part(
    whole: PeriodMeasure,
    *,
    code: str,
    name: str,
    definition: str,
    rest: Callable[[PeriodView], Q],
    holds: Callable[[FoiRequest, PeriodView], bool],
) -> PeriodMeasure:
    """Return a measure of those that a whole counts and for which `rest`, and `holds` of one case, is true besides."""
    return PeriodMeasure(
        code=code,
        name=name,
        definition=definition,
        anchor=whole.anchor,
        among="" if whole.anchor else whole.found_by,
        part_of=whole.code,
        rest=rest,
        condition=lambda view: whole.condition(view) & rest(view),
        holds=lambda case, view: whole.holds(case, view) and holds(case, view),
    )
