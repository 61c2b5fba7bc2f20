"""What a person's e-mail of reminders says. It holds references and dates; who asked, and what, is behind the links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from foitracker.pages.words import counted, weekday_in_words
from foitracker.reminders.kinds import kinds
from foitracker.reminders.models import Reminder
from foitracker.reminders.moment import Moment

#: A heading lists this many cases; the rest are counted, and a link leads to all of them.
LINES = 10


@dataclass(frozen=True)
class Line:
    """One case: what is said of it at a moment, and where it is. Only what a part shows is worked out."""

    reminder: Reminder
    moment: Moment

    @property
    def title(self) -> str:
        return self.reminder.declared.title(self.reminder.case)

    @property
    def words(self) -> str:
        about = self.reminder.about
        return self.reminder.declared.says(about, self.moment.working_days_until(about))

    @property
    def url(self) -> str:
        return _absolute(self.reminder.declared.address(self.reminder.case))


@dataclass(frozen=True)
class Section:
    """The reminders of one kind: the first of them, and how many more there are."""

    heading: str
    lines: Sequence[Line]
    more: int
    url: str


@dataclass(frozen=True)
class Digest:
    """An e-mail of reminders: what is new, and what still stands."""

    new: Sequence[Section]
    standing: Sequence[Section]
    is_daily: bool
    moment: Moment

    @property
    def number(self) -> int:
        return sum(len(section.lines) + section.more for section in self.new)

    @property
    def subject(self) -> str:
        if self.is_daily:
            day = weekday_in_words(self.moment.today)
            return f"FOI reminders, {day}: {counted(self.number, 'new reminder')}"
        if self.number == 1:
            line = self.new[0].lines[0]
            return f"{line.title}: {line.words}"
        return counted(self.number, "urgent FOI reminder")

    def rendered(self, part: str) -> str:
        """Return the `txt` or the `html` part."""
        context = {
            "digest": self,
            "settings_url": _absolute(reverse("reminders:preferences")),
            "all_url": _absolute(reverse("reminders:reminders")),
        }
        return render_to_string(f"reminders/digest.{part}", context)


@dataclass(frozen=True)
class Counted:
    """A reminder with how many of its kind the person has."""

    reminder: Reminder
    of_kind: int


def sections(reminders: Iterable[Counted], moment: Moment) -> list[Section]:
    """Return reminders of one person under the headings of their kinds, in the order of the kinds."""
    by_kind: dict[str, list[Counted]] = {}
    for counted_one in reminders:
        by_kind.setdefault(counted_one.reminder.kind, []).append(counted_one)
    found = []
    for kind in kinds():
        if rows := by_kind.get(kind.code):
            lines = [Line(row.reminder, moment) for row in rows[:LINES]]
            query = urlencode({"kind": kind.code})
            url = _absolute(f"{reverse('reminders:reminders')}?{query}")
            found.append(Section(kind.heading, lines, rows[0].of_kind - len(lines), url))
    return found


def _absolute(path: str) -> str:
    return settings.PUBLIC_URL.rstrip("/") + path
