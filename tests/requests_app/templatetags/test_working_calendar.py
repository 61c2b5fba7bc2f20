"""The working as a calendar: every day has its mark, in words and shape, and the table can be read aloud."""

from datetime import date, timedelta
from html.parser import HTMLParser

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.clock.events import ClockEvent
from requests_app.rules.clock.kinds.clarification import clarification
from requests_app.rules.clock.kinds.extensions import PIT_EXTENSION
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEES_NOTICE
from requests_app.rules.clock.statutory_clock import ClockReading, read_clock
from requests_app.rules.clock.working import DayKind
from requests_app.templatetags.working_calendar import Day, months_of, working_calendar
from tests.requests_app.rules.clock.clock_cases import CALENDAR


def reading() -> ClockReading:
    """Return a clock restarted, then extended to 8 July 2026; 15 June is a holiday in Scotland only."""
    asked = clarification(date(2026, 5, 26), date(2026, 6, 1))
    extended = ClockEvent(PIT_EXTENSION, date(2026, 6, 24), estimate=date(2026, 7, 8))
    return read_clock(date(2026, 5, 22), (*asked, extended), CALENDAR, on=date(2026, 6, 17))


def days_of(clock: ClockReading) -> dict[date, Day]:
    return {day.date: day for month in months_of(clock) for week in month.weeks for day in week if day}


def test_each_kind_of_day_has_a_mark_of_its_own() -> None:
    days = days_of(reading())
    found = {
        day.isoformat()[5:]: (days[day].words, days[day].mark and days[day].mark.shape)
        for day in map(date.fromisoformat, (
            "2026-05-25", "2026-05-26", "2026-05-28", "2026-05-30", "2026-06-01", "2026-06-02", "2026-06-15",
            "2026-06-30", "2026-07-08", "2026-07-09",
        ))
    }  # fmt: skip
    assert found == {
        "05-25": ("Holiday", "diamond"),
        "05-26": ("Not used", "arrow"),
        "05-28": ("Stopped", "pause"),
        "05-30": ("Weekend", "dash"),
        "06-01": ("Day 0", "dot"),
        "06-02": ("Day 1", "tick"),
        "06-15": ("Holiday", "diamond"),
        "06-30": ("Notice", "half"),
        "07-08": ("Last day", "square"),
        "07-09": ("", None),
    }


def test_days_left_out_for_a_fee_are_marked() -> None:
    paid = (
        ClockEvent(FEES_NOTICE, date(2025, 9, 10)),
        ClockEvent(FEE_RECEIVED, date(2025, 9, 24)),
    )
    days = days_of(read_clock(date(2025, 9, 1), paid, CALENDAR, on=date(2025, 9, 30)))
    assert [days[date(2025, 9, day)].words for day in (9, 10, 24, 25)] == ["Day 6", "Fee", "Fee", "Day 7"]


@given(
    received=st.dates(date(2005, 1, 1), date(2030, 6, 1)),
    asked=st.integers(0, 40),
    answered=st.integers(0, 80),
)
def test_the_calendar_shows_every_day_of_the_working_once_and_numbers_those_that_count(
    received: date, asked: int, answered: int
) -> None:
    question = received + timedelta(asked)
    events = clarification(question, question + timedelta(answered)) if asked < 20 else ()
    clock = read_clock(received, events, CALENDAR, on=received)
    shown = [
        day.step
        for month in months_of(clock)
        for week in month.weeks
        for day in week
        if day is not None and day.step is not None
    ]
    assert tuple(shown) == clock.steps
    assert [step.number for step in shown if step.counts] == list(range(1, 21))
    assert all(step.counts == (step.kind is DayKind.COUNTED) for step in shown)


class Tables(HTMLParser):
    """Collects the columns' scopes, captions and rows of the tables of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scopes: list[str | None] = []
        self.captions: list[str] = []
        self.widths: list[int] = []
        self._in_caption = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))
        elif tag == "tr":
            self.widths.append(0)
        elif tag == "caption":
            self._in_caption = True
        if tag in {"th", "td"}:
            self.widths[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self._in_caption = False

    def handle_data(self, data: str) -> None:
        if self._in_caption:
            self.captions.append(data)


def test_the_table_has_captions_headers_and_the_whole_sentence_of_each_day() -> None:
    context = working_calendar(reading())
    html = render_to_string("components/working_calendar.html", context)
    tables = Tables(html)
    assert tables.captions == ["May 2026", "June 2026", "July 2026"]
    assert set(tables.scopes) == {"col"}
    assert set(tables.widths) == {7}
    assert "Monday 15 June 2026: World Cup bank holiday, bank holiday in Scotland" in html
    assert 'style="' not in html


def test_the_legend_names_the_marks_that_occur_and_no_others() -> None:
    plain = read_clock(date(2026, 3, 2), (), CALENDAR, on=date(2026, 3, 10))
    names = [mark.name for mark in working_calendar(plain)["legend"]]
    assert names == ["zero", "counted", "weekend", "holiday", "last", "happened"]
    assert working_calendar(plain)["read_on"] == date(2026, 3, 10)
