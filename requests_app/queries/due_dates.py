"""Due dates of open requests as another calendar would have them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter

from django.db.models import Count, Q, QuerySet

from foitracker.working_days.calendar import CalendarNotCovered, WorkingDayCalendar
from requests_app.models import Clarification, DueDateChange, FoiRequest, RecordedClockEvent
from requests_app.queries.authority import authority, clock_policy
from requests_app.queries.clock import clock_events
from requests_app.rules.casework.workflow import Status
from requests_app.rules.clock.clock_dates import ClockDates, clock_dates
from requests_app.rules.clock.course import ClockOrderError, ClockPolicy

#: Requests read at a time: memory does not grow with their number.
CHUNK = 2000
#: The dates of a request, or of its clock, as values to compare.
_NAMES = tuple(field.name for field in fields(ClockDates))
_DATES = attrgetter(*_NAMES)
#: What of a request is read to compute its dates, to store them and to record that they moved.
_COMPUTED_FROM = ("reference", "received_on", "regime", "responded_on", "version", *_NAMES)


@dataclass(frozen=True)
class Recorded:
    """What the clock of a request is read from, besides the request: clarifications in force, and clock events."""

    clarifications: list[Clarification] = field(default_factory=list)
    events: list[RecordedClockEvent] = field(default_factory=list)


@dataclass(frozen=True)
class DueDate:
    """The due date of a request as stored (`before`) and by a calendar (`after`), with the other `dates` by it.

    `problem` says why they cannot be worked out by that calendar; then nothing moves.
    """

    case: FoiRequest
    before: date | None
    dates: ClockDates | None
    problem: str = ""

    @property
    def after(self) -> date | None:
        return self.dates.due_on if self.dates else self.before

    @property
    def moves(self) -> bool:
        return self.before != self.after

    @property
    def is_as_before(self) -> bool:
        """Whether none of the dates is another than the request has; False where they could not be worked out."""
        return self.dates is not None and _DATES(self.dates) == _DATES(self.case)


@dataclass(frozen=True)
class Effect:
    """What a calendar would do to the open requests: how many move, and the first of them."""

    open_requests: int
    moved: int
    examples: tuple[DueDate, ...]


def unanswered_requests() -> QuerySet[FoiRequest]:
    """Return the requests whose due date follows the calendar, in the order they were logged.

    Open and not answered yet. What was answered keeps the date it was judged by, also while it is open again
    for a correction.
    """
    return (
        FoiRequest.objects.exclude(status=Status.CLOSED)
        .filter(responded_on__isnull=True)
        .defer("words", "search", "interpretation")
        .order_by("pk")
    )


def requests_behind(version: str) -> QuerySet[FoiRequest]:
    """Return those of them whose due date was computed with another calendar, with what it is computed from alone."""
    return unanswered_requests().exclude(calendar_version=version).only(*_COMPUTED_FROM)


def due_date_by(
    case: FoiRequest, calendar: WorkingDayCalendar, policy: ClockPolicy, recorded: Recorded
) -> DueDate:
    """Work out the due date of a request by a calendar, from its dated facts.

    `recorded` is what its clock is read from.
    """
    try:
        dates = clock_dates(
            case.received_on, clock_events(case, recorded.events, recorded.clarifications), calendar, policy
        )
    except (CalendarNotCovered, ClockOrderError) as error:
        return DueDate(case, case.due_on, None, str(error))
    return DueDate(case, case.due_on, dates)


def effect_of(calendar: WorkingDayCalendar, days: Collection[date], *, examples: int) -> Effect:
    """Work out, without changing anything, what changing these days would move.

    Only requests whose time limit includes one of the days are read.
    """
    total = unanswered_requests().count()
    moved = 0
    shown: list[DueDate] = []
    if days:
        policy = clock_policy(authority())
        touched = unanswered_requests().filter(
            Q(due_on__isnull=True) | Q(due_on__gte=min(days)), received_on__lt=max(days)
        )
        for case, recorded in _in_chunks(touched):
            due = due_date_by(case, calendar, policy, recorded)
            if due.moves:
                moved += 1
                if len(shown) < examples:
                    shown.append(due)
    return Effect(total, moved, tuple(shown))


def chunk_after(cases: QuerySet[FoiRequest], pk: int) -> QuerySet[FoiRequest]:
    """Return the next CHUNK requests after `pk`."""
    return cases.filter(pk__gt=pk)[:CHUNK]


def recorded_of(cases: Sequence[FoiRequest]) -> dict[int, Recorded]:
    """Read what the clocks of many requests are read from, by request, in two queries.

    Most have nothing recorded; they get the empty value. Prefetching would build a query for each of them.
    """
    found: dict[int, Recorded] = defaultdict(Recorded)
    keys = [case.pk for case in cases]
    for asked in Clarification.objects.filter(foi_request__in=keys):
        found[asked.foi_request_id].clarifications.append(asked)
    for event in RecordedClockEvent.objects.filter(foi_request__in=keys):
        found[event.foi_request_id].events.append(event)
    return found


def _in_chunks(cases: QuerySet[FoiRequest]) -> Iterator[tuple[FoiRequest, Recorded]]:
    last = 0
    while chunk := list(chunk_after(cases, last)):
        recorded = recorded_of(chunk)
        for case in chunk:
            yield case, recorded[case.pk]
        last = chunk[-1].pk


def moved_due_dates(user_id: int) -> QuerySet[DueDateChange]:
    """Return the due dates of a person's open requests that the calendar moved and they have not seen."""
    return (
        DueDateChange.objects.filter(
            acknowledged_at__isnull=True, foi_request__officer=user_id, foi_request__closed_on__isnull=True
        )
        .select_related("foi_request", "change")
        .defer("foi_request__words", "foi_request__search")
    )


def moved_by_changes(changes: Collection[int]) -> dict[int, int]:
    """Return how many due dates each of these changes of the calendar moved, by key."""
    counted = DueDateChange.objects.filter(change__in=changes).values("change").annotate(moved=Count("pk"))
    return {row["change"]: row["moved"] for row in counted}
