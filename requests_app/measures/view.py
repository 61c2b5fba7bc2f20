"""From where the measures of requests are read, and what several of them share."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from foitracker.casework.measures import Measure, Viewpoint
from foitracker.working_days.calendar import WorkingDayCalendar
from foitracker.working_days.queries import current_calendar
from requests_app.models import Authority, FoiRequest, Letter, LetterStatus
from requests_app.queries.authority import authority
from requests_app.rules.casework.workflow import Status

#: What the register's field of statuses is set to for closed requests beside the open ones.
ALL_STATUSES = "all"

IS_OPEN = ~Q(status=Status.CLOSED)

#: An answer is owed and the clock runs: nothing is awaited of the applicant, and no answer has gone out.
RUNS = IS_OPEN & Q(due_on__isnull=False, responded_on__isnull=True)


@dataclass(frozen=True)
class RequestView(Viewpoint):
    """The day, the person who asks, and what the authority has chosen, read when a measure needs it."""

    @cached_property
    def calendar(self) -> WorkingDayCalendar:
        return current_calendar()

    @cached_property
    def authority(self) -> Authority:
        """The settings; the defaults before an administrator entered them."""
        return authority() or Authority()

    def working_days_until(self, day: date) -> int:
        """Return the working days after today up to a day, negative once it is past."""
        return self.calendar.count_working_days(self.today, day)

    def has_passed(self, start: date | None, number: int) -> bool:
        """Return whether today is after the `number`th working day following `start`."""
        return start is not None and self.calendar.add_working_days(start, number) < self.today


RequestMeasure = Measure[FoiRequest, RequestView]


def runs(case: FoiRequest) -> bool:
    """Return `RUNS` of one request."""
    return not case.is_closed and case.due_on is not None and case.responded_on is None


def needs(code: str) -> dict[str, str]:
    """Return the field of the register that chooses a measure of what a request needs, and its value."""
    return {"needs": code}


def letters(**narrowed: Any) -> QuerySet[Letter]:
    """Return the letters of the request a query looks at that were not abandoned."""
    return Letter.objects.filter(foi_request=OuterRef("pk"), **narrowed).exclude(
        status=LetterStatus.ABANDONED
    )


#: An answer is drafted, or further.
HAS_ANSWER = Exists(letters(is_answer=True))


def has_answer(case: FoiRequest) -> bool:
    """Return `HAS_ANSWER` of one request."""
    return any(letter.is_answer and letter.status != LetterStatus.ABANDONED for letter in case.letters.all())
