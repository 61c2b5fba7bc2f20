"""A chart on a page: drawing and table say the same, each number leads to its list, ids are unique."""

import re
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from foitracker.charts.chart import Chart, Series
from foitracker.charts.figures import bars
from tests.foitracker.charts import samples
from tests.foitracker.charts.read_back import drawn, marks, page, table_cells


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]*)"', html)


@pytest.mark.parametrize("make", [*samples.FORMS], ids=lambda make: make.__name__)
def test_the_table_has_the_numbers_of_the_drawing(make: Any) -> None:
    chart: Chart = make()
    rows = zip(*(chart.figure.cells(series, chart.unit) for series in chart.figure.series), strict=True)
    cells = [cell for row in rows for cell in row]
    html = page(chart)
    said = [unescape(re.sub("<[^>]*>", "", cell)) for cell in table_cells(html)]
    assert said == [cell.said for cell in cells]
    assert Counter(mark.title for mark in marks(drawn(chart))) <= Counter(cell.title for cell in cells)


def test_every_mark_and_its_number_in_the_table_lead_to_the_same_list() -> None:
    chart = samples.due_days()
    for mark in marks(drawn(chart)):
        assert mark.link
        assert mark.link.startswith("/requests/?")
    leading = {mark.title: mark.link for mark in marks(drawn(chart))}
    found = re.findall(r'<a class="govuk-link[^"]*" href="([^"]*)" aria-label="([^"]*)"', page(chart))
    in_table = {unescape(title): unescape(address) for address, title in found}
    assert leading.items() <= in_table.items()


def test_a_drawing_with_links_is_read_mark_by_mark_and_one_without_is_an_image() -> None:
    """What is inside an image is hidden from screen readers: links would be met without a name."""
    assert drawn(samples.due_days()).get("role") == "group"
    assert drawn(samples.outcomes()).get("role") == "img"
    assert drawn(samples.due_days(), linked=False).get("role") == "img"


def test_ids_on_a_page_are_unique_and_named_ones_exist() -> None:
    html = page(*(make() for make in samples.FORMS), *samples.hard())
    found = ids(html)
    assert len(found) == len(set(found))
    named = {name for names in re.findall(r'aria-labelledby="([^"]*)"', html) for name in names.split()}
    assert named
    assert named <= set(found)
    assert 'id="chart-when-work-falls-due"' in html


def test_a_chart_can_be_named_by_whoever_makes_it() -> None:
    one = samples.chart(bars(["a"], [Series("Received", [1])]), "مرحبا", name="received")
    assert one.html_id == "chart-received"
    assert samples.chart(bars([], []), "!").html_id == "chart-figure"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.styled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.styled = self.styled or any(name == "style" or name.startswith("on") for name, _ in attrs)


def test_hostile_words_stay_words_and_nothing_is_styled_in_line() -> None:
    hostile = samples.chart(
        bars(
            [samples.HOSTILE],
            [Series(samples.HOSTILE, [3], links=['/?a="><script>'], words=[samples.HOSTILE])],
        ),
        samples.HOSTILE,
        summary=samples.HOSTILE,
        source=samples.HOSTILE,
        notes=[samples.HOSTILE],
    )
    tags = _Tags()
    html = page(hostile)
    tags.feed(html)
    assert not tags.styled
    assert "script" not in tags.seen
    assert "style" not in tags.seen
    assert "\u202e" not in html
    assert "\x00" not in html


def test_it_says_when_it_was_counted_in_the_authoritys_time() -> None:
    summer = samples.chart(bars([], []), as_at=datetime(2026, 7, 1, 11, 30, tzinfo=UTC))
    assert "As at 1 July 2026 at 12:30." in summer.caption
    assert "As at midday." in samples.chart(bars([], []), as_at="midday").caption
