import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from foitracker.working_days.published_holidays import (
    Holiday,
    PublishedDataError,
    compare,
    ends_too_soon,
    read_published,
    short_years,
)
from foitracker.working_days.queries import calendar_of, shipped_holidays
from tests.foitracker.working_days.published import document, text

TODAY = date(2026, 11, 20)
JUBILEE = Holiday(date(2027, 1, 22), "scotland", "Jubilee")
ST_ANDREW = Holiday(date(2026, 11, 30), "scotland", "St Andrew’s Day")


def test_published_data_are_read_as_the_shipped_ones_are() -> None:
    published = read_published(text(), today=TODAY)
    assert published.years == "2020-2028"
    assert published.holidays == tuple(sorted(h for h in shipped_holidays() if 2020 <= h.day.year <= 2028))


def test_what_differs_is_found_by_day_and_part_of_the_uk() -> None:
    published = read_published(text(added=[(JUBILEE.day, JUBILEE.division, "Jubilee")]), today=TODAY)
    found = compare(
        [*shipped_holidays(), Holiday(date(2027, 3, 1), "scotland", "Never proclaimed")], published
    )
    assert found.additions == (JUBILEE,)
    assert found.removals == (Holiday(date(2027, 3, 1), "scotland", "Never proclaimed"),)


def test_another_name_for_a_day_and_years_not_published_change_nothing() -> None:
    ours = [Holiday(h.day, h.division, "Another name") for h in shipped_holidays()]
    found = compare(ours, read_published(text(), today=TODAY))
    assert (found.additions, found.removals) == ((), ())


def _changed(change: Callable[[dict[str, Any]], Any]) -> str:
    published = document()
    change(published)
    return json.dumps(published)


def _event(**values: Any) -> str:
    return _changed(lambda d: d["scotland"]["events"][5].update(values))


WRONG = {
    "a web page": ("<!DOCTYPE html><title>Sorry</title>", "a web page"),
    "cut short": (text()[:-400], "cut short"),
    "empty": ("", "no JSON at all"),
    "a list": ("[]", "not of the parts of the UK"),
    "deep": ("[" * 100_000, "no JSON at all"),
    "a part missing": (_changed(lambda d: d.pop("scotland")), "nothing for Scotland"),
    "a part unknown": (_changed(lambda d: d.update(wales={"events": []})), "not known here: wales"),
    "a part without events": (_changed(lambda d: d["scotland"].pop("events")), "no list of events for Scotland"),
    "a part that is no part": (_changed(lambda d: d.update(scotland=3)), "no list of events for Scotland"),
    "an event that is none": (
        _changed(lambda d: d["scotland"]["events"].append("x")), "is not an event"
    ),
    "a day that cannot be": (_event(date="2026-02-30"), "“2026-02-30” is not a date"),
    "a day in a week": (_event(date="2026-W09-1"), "is not a date"),
    "no day": (_event(date=None), "“None” is not a date"),
    "a day with a null": (_event(date="\x00"), "is not a date"),
    "no title": (_event(title=" "), "has no title"),
    "a title that turns the text": (_event(title="abc\u202ecba"), "cannot be a title"),
    "a title without end": (_event(title="x" * 200), "cannot be a title"),
    "a surrogate for a title": (_event(title="\ud800"), "cannot be a title"),
    "a day twice": (
        _changed(lambda d: d["scotland"]["events"].append(d["scotland"]["events"][0])), "is there twice"
    ),
    "a day too few": (text(without=[ST_ANDREW.key, (date(2026, 6, 15), "scotland")]), "2026 has only 8 of at least 9"),
    "a year missing": (
        _changed(
            lambda d: [p.update(events=[e for e in p["events"] if e["date"][:4] != "2023"]) for p in d.values()]
        ),
        "2023 has only 0",
    ),
    "nothing": (json.dumps({d: {"events": []} for d in document()}), "names no bank holidays"),
    "a year far off": (
        text(added=[(date(9999, 1, 1), "scotland", "Far off")]), "goes from 2020 to 9999"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("published", "reason"), WRONG.values(), ids=WRONG)
def test_wrong_data_are_refused_whole_with_the_reason(published: str, reason: str) -> None:
    with pytest.raises(PublishedDataError) as refused:
        read_published(published, today=TODAY)
    assert reason in str(refused.value)
    assert str(refused.value).encode("utf-8").isascii() or str(refused.value).replace("…", "").isprintable()
    assert len(str(refused.value)) < 300


def test_data_that_end_before_this_year_are_refused() -> None:
    with pytest.raises(PublishedDataError, match="ends with 2028"):
        read_published(text(), today=date(2029, 1, 1))


def test_years_that_are_short_are_named() -> None:
    holidays = [h for h in shipped_holidays() if h.key != (date(2030, 12, 26), "england-and-wales")]
    assert short_years(holidays, from_year=2026) == [
        "2030 has only 7 of at least 8 bank holidays for England and Wales."
    ]
    assert short_years(shipped_holidays(), from_year=2008) == []


@pytest.mark.parametrize(
    ("today", "warned"), [("2029-12-31", False), ("2030-01-01", True), ("2031-02-01", True)]
)
def test_a_calendar_that_ends_within_a_year_is_too_short(today: str, warned: bool) -> None:
    said = ends_too_soon(calendar_of(shipped_holidays()), today=date.fromisoformat(today))
    assert ("31 December 2030" in said) == warned


@pytest.mark.parametrize("today", [date(2028, 1, 1), date(2028, 12, 31)])
def test_data_that_end_with_this_year_are_taken(today: date) -> None:
    assert read_published(text(), today=today).last_year == 2028
