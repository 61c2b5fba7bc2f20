"""The moment at which reminders are looked at: passed in, never read from a clock."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from foitracker.accounts.queries import absences_on
from foitracker.casework.local_day import local
from foitracker.working_days.calendar import WorkingDayCalendar
from foitracker.working_days.queries import current_calendar


@dataclass(frozen=True)
class Moment:
    """A moment with a time zone. Days and hours are those of Europe/London, in summer and in winter."""

    at: datetime

    @cached_property
    def today(self) -> date:
        return local(self.at).date()

    @cached_property
    def calendar(self) -> WorkingDayCalendar:
        """The calendar in force. Raises CalendarDataError while there is none."""
        return current_calendar()

    @cached_property
    def covers(self) -> list[tuple[int, int]]:
        """Who is away today, and who covers for them, by key. The cover can sign in."""
        return list(
            absences_on(self.today).filter(cover__is_active=True).values_list("person_id", "cover_id")
        )

    @cached_property
    def is_working_day(self) -> bool:
        return self.calendar.is_working_day(self.today)

    def working_days_until(self, day: date) -> int:
        """Return the working days after today up to a day, negative once it is past."""
        return self.calendar.count_working_days(self.today, day)

    def is_due(self, digest_at: time) -> bool:
        """Return whether messages go out now: on a working day, from the hour of the digest on."""
        return self.is_working_day and local(self.at).time() >= digest_at
