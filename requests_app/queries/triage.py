"""The triage sheet: the requests logged since the last meeting, with what a meeting needs to know of each.

Nothing on it tells who asks: subject and words are the masked ones, and the applicant is not read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone

from foitracker.accounts.models import User
from foitracker.casework.overdue import is_overdue
from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.models import FoiRequest, IssueHold, TriageSheet
from requests_app.queries.referring import referring_of

#: Before the first sheet, what is new is what was logged in so many days.
FIRST_DAYS = 7
#: Of words that are longer a row shows the beginning.
OPENING = 160


@dataclass(frozen=True)
class TriageRow:
    """One new request. `days_left` counts working days to the due day, negative once past; None without one.

    `referred` says where it was referred to; `reasons` are criteria that its words suggest.
    """

    case: FoiRequest
    opening: str
    days_left: int | None
    is_overdue: bool
    referred: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def refer(self) -> str:
        """What the column “Refer?” says."""
        if self.referred:
            return f"Referred: {', '.join(self.referred)}"
        return f"Consider: {', '.join(self.reasons)}" if self.reasons else "Not suggested"


def last_sheet() -> TriageSheet | None:
    """Return the sheet that was kept last; None before the first."""
    return TriageSheet.objects.first()


def sheets() -> QuerySet[TriageSheet]:
    """Return the sheets that were kept, the latest first."""
    return TriageSheet.objects.select_related("kept_by")


def beginning_of(day: date) -> datetime:
    """Return the moment a day begins, in the authority's time."""
    return datetime.combine(day, time.min, get_default_timezone())


def new_since(last: TriageSheet | None, today: date) -> datetime:
    """Return the moment after which requests are new: the end of the last sheet, or a week ago."""
    return last.until if last else beginning_of(today - timedelta(days=FIRST_DAYS))


def new_requests(user: User, since: datetime, until: datetime) -> QuerySet[FoiRequest]:
    """Return the requests logged after one moment and up to another that `user` may know of, in that order."""
    found = FoiRequest.objects.visible_to(user).filter(logged_at__gt=since, logged_at__lte=until)
    return found.select_related("officer").defer("search").order_by("logged_at", "pk")


def triage_rows(cases: Sequence[FoiRequest], today: date, calendar: WorkingDayCalendar) -> list[TriageRow]:
    """Return the rows of a sheet, in as many queries whatever their number."""
    known = referring_of(cases)
    awaited: dict[int, tuple[str, ...]] = {}
    for hold in IssueHold.objects.filter(foi_request__in=cases):
        awaited[hold.foi_request_id] = (*awaited.get(hold.foi_request_id, ()), hold.awaited)
    return [
        TriageRow(
            case=case,
            opening=_opening(case.words),
            days_left=calendar.count_working_days(today, case.due_on)
            if case.due_on and not case.is_closed
            else None,
            is_overdue=not case.is_closed and is_overdue(case.due_on, today),
            referred=known[case.pk].referred or awaited.get(case.pk, ()),
            reasons=known[case.pk].reasons,
        )
        for case in cases
    ]


def _opening(words: str) -> str:
    """The beginning of words, on one line and cut between two of them."""
    line = " ".join(words.split())
    return line if len(line) <= OPENING else f"{line[:OPENING].rpartition(' ')[0] or line[:OPENING]} …"
