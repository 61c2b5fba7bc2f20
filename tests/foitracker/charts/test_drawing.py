"""What is drawn is what was counted, whatever that is: properties of every form."""

import math
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foitracker.charts.chart import Category, Chart, Figure, Series, Unit
from foitracker.charts.figures import (
    Band,
    bars,
    bars_and_line,
    histogram,
    horizontal_bars,
    line_with_bands,
    stacked_bars,
)
from foitracker.charts.tones import GRID, PAINTS
from tests.foitracker.charts import samples
from tests.foitracker.charts.read_back import SVG, WIDTHS, boxes, drawn, marks

TONES = list(PAINTS)
LABELS = st.text(max_size=60) | st.sampled_from([samples.HOSTILE, "1 Dec", "Overdue", "مرحبا", "漢字" * 20])
VALUES = st.none() | st.integers(0, 60) | st.integers(0, 10**12) | st.just(0)
MANY = [n * 37 % 101 for n in range(400)]
PROPERTY = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def figures(draw: Any) -> Figure:
    """Any form with any categories, series and numbers."""
    count = draw(st.integers(0, 30) | st.just(400))
    labels = draw(st.lists(LABELS, min_size=3, max_size=3))
    categories = [Category(f"{labels[n % 3]} {n}", f"Place {n}") for n in range(count)]
    # Four hundred numbers drawn one by one take minutes to shrink.
    values = st.just(MANY) if count == 400 else st.lists(VALUES, min_size=count, max_size=count)
    tones = st.sampled_from(TONES)
    series = [Series(draw(LABELS), draw(values), draw(tones)) for _ in range(draw(st.integers(1, 4)))]
    after = draw(st.integers(0, count - 1)) if count else None
    bands = [Band("good", 95), Band("adequate", 90), Band("unsatisfactory", 0)]
    return draw(
        st.sampled_from(
            [
                bars(categories, series),
                stacked_bars(categories, series, apart=draw(st.integers(0, 2))),
                bars_and_line(categories, series[1:] or series, series[0]),
                horizontal_bars(
                    categories, series, line_after=after, line_label=draw(LABELS), tone_after="bad"
                ),
                line_with_bands(categories, series, bands=bands, axis_from=draw(st.sampled_from([0, 80]))),
                histogram(series[0], open_ended=True, line_at=after, line_label=draw(LABELS)),
            ]
        )
    )


@PROPERTY
@given(figures())
def test_the_marks_are_the_numbers(figure: Figure) -> None:
    chart = samples.chart(figure)
    cells = [cell for series in figure.series for cell in figure.cells(series, chart.unit)]
    svg = drawn(chart)
    named = Counter(mark.title.rsplit(": ", 1)[1] for mark in marks(svg))
    wanted = [cell for cell in cells if cell.value]
    zeros = [cell for cell in cells if cell.value == 0]
    if figure.is_empty:
        assert not named
        assert "Nothing in this period" in {node.text for node in svg.iter(f"{SVG}text")}
        return
    assert named.total() >= len(wanted)
    assert Counter(cell.said for cell in wanted) <= named
    assert named <= Counter(cell.said for cell in wanted + zeros)


@PROPERTY
@given(figures(), st.sampled_from(WIDTHS))
def test_nothing_stands_outside_and_every_mark_is_named(figure: Figure, form: tuple[int, float]) -> None:
    svg = drawn(samples.chart(figure, samples.HOSTILE), *form)
    width, height = map(float, svg.attrib["viewBox"].split()[2:])
    for name, left, top, right, bottom in boxes(svg):
        assert all(map(math.isfinite, (left, top, right, bottom))), name
        assert min(left, right) >= -0.6, name
        assert max(left, right) <= width + 0.6, name
        assert min(top, bottom) >= -0.6, name
        assert max(top, bottom) <= height + 0.6, name
    assert all(mark.title for mark in marks(svg))
    assert "nan" not in "".join(value.lower() for node in svg.iter() for value in node.attrib.values())


@PROPERTY
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=40))
def test_bars_are_as_long_as_their_numbers(values: list[int]) -> None:
    labels = [str(n) for n in range(len(values))]
    upright = marks(drawn(samples.chart(bars(labels, [Series("Received", values)]))))
    lying = marks(drawn(samples.chart(horizontal_bars(labels, [Series("Received", values)]))))
    for found, side in ((upright, "height"), (lying, "width")):
        longest = max(mark.number(side) for mark in found)
        for mark, value in zip(found, values, strict=True):
            wanted = float(Fraction(value, max(values))) * longest
            assert mark.number(side) == pytest.approx(wanted, abs=0.5)
    axis = drawn(samples.chart(bars(labels, [Series("Received", values)])))
    foot = {round(mark.number("y") + mark.number("height"), 1) for mark in marks(axis)}
    assert max(foot) - min(foot) <= 0.11


def test_parts_of_a_stack_stand_on_one_another() -> None:
    figure = stacked_bars(
        ["a"], [Series("one", [30]), Series("two", [10], "info"), Series("three", [20], "bad")]
    )
    one, two, three = marks(drawn(samples.chart(figure)))
    assert [mark.title for mark in (one, two, three)] == ["one, a: 30", "two, a: 10", "three, a: 20"]
    each = (one.number("height") + 1) / 30
    assert two.number("y") + 10 * each == pytest.approx(one.number("y"), abs=0.1)
    assert three.number("y") + 20 * each == pytest.approx(two.number("y"), abs=0.1)


def test_points_of_a_line_stand_at_their_numbers_on_an_axis_that_says_where_it_begins() -> None:
    figure = line_with_bands(["a", "b", "c"], [Series("Share", [80, 90, 100])], axis_from=80)
    chart = samples.chart(figure, unit=Unit("per cent", "%"))
    low, middle, high = (mark.number("cy") for mark in marks(drawn(chart)))
    assert middle == pytest.approx((low + high) / 2)
    assert "The axis begins at 80%, not at 0." in chart.caption
    from_zero = samples.chart(line_with_bands(["a"], [Series("Share", [80])]))
    assert not any("begins" in sentence for sentence in from_zero.caption)


def test_an_axis_reaches_down_to_a_number_below_its_beginning() -> None:
    chart = samples.chart(
        line_with_bands(["a", "b"], [Series("Share", [61.5, 97])], axis_from=80, axis_to=100)
    )
    assert "The axis begins at 60, not at 0." in chart.caption


def test_a_missing_number_leaves_a_gap() -> None:
    figure = line_with_bands(list("abcde"), [Series("Share", [1, 2, None, 4, 5])])
    svg = drawn(samples.chart(figure))
    assert len(marks(svg)) == 4
    assert (
        len([node for node in svg.iter(f"{SVG}polyline") if node.get("stroke") == PAINTS["progress"].fill])
        == 2
    )


def test_a_line_stands_between_what_it_divides() -> None:
    svg = drawn(samples.ages())
    found = marks(svg)
    (line,) = [node for node in svg.iter(f"{SVG}line") if node.get("stroke-dasharray")]
    tops = [mark.number("y") for mark in found]
    assert sum(top < float(line.attrib["y1"]) for top in tops) == 4
    assert [mark.shape.attrib["fill"] for mark in found[3:5]] == [PAINTS["progress"].fill, PAINTS["bad"].fill]
    svg = drawn(samples.answer_days())
    (line,) = [node for node in svg.iter(f"{SVG}line") if node.get("stroke-dasharray")]
    for mark in marks(svg):
        day = int(mark.title.split(", ")[1].split(":")[0].split(" ")[0])
        assert (mark.number("x") > float(line.attrib["x1"])) == (day > 20)


def test_a_line_of_a_histogram_must_stand_at_the_end_of_a_bar() -> None:
    with pytest.raises(ValueError, match="not the last number of a bar"):
        histogram(Series("Answers", [1, 2, 3]), bin_width=5, line_at=7)
    figure = histogram(Series("Answers", [1, 2, 3]), starts_at=1, bin_width=5, line_at=10, open_ended=True)
    assert [str(category) for category in figure.categories] == ["1 to 5", "6 to 10", "11 or more"]


@pytest.mark.parametrize("value", [-1, math.nan, math.inf, Decimal("NaN")])
def test_what_cannot_be_drawn_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="numbers from 0 upwards"):
        Series("Received", [value])


def test_rows_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="3 values, 2 categories"):
        bars(["a", "b"], [Series("Received", [1, 2, 3])])
    with pytest.raises(ValueError, match="as many links"):
        Series("Received", [1, 2], links=["/"])


def test_many_labels_are_thinned_and_do_not_touch() -> None:
    for chart in samples.hard():
        for form in WIDTHS:
            words = [
                box for box in boxes(drawn(chart, *form)) if box[0].startswith("Category") or box[0] == "Dec"
            ]
            for one in words:
                for other in words:
                    if one is not other and abs(one[2] - other[2]) < 8 and one[1] <= other[1]:
                        assert one[3] <= other[1], (chart.title, one, other)


def test_numbers_are_written_in_full_where_there_is_room_and_short_on_the_axis() -> None:
    figure = bars(["2025", "2026"], [Series("Received", [1_000_000, 12])])
    words = [node.text for node in drawn(samples.chart(figure)).iter(f"{SVG}text")]
    assert "1,000,000" in words
    assert "1.0m" in words


def test_no_two_tones_look_alike_in_grey_and_each_is_seen_on_paper() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        lines = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * lines[0] + 0.7152 * lines[1] + 0.0722 * lines[2]

    def contrast(one: str, other: str) -> float:
        high, low = sorted((light(one), light(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for paint in PAINTS.values():
        assert contrast(paint.strong, "#ffffff") >= 3
    assert contrast(GRID, "#ffffff") < 1.5  # gridlines stay behind
    for name, paint in PAINTS.items():
        for other_name, other in PAINTS.items():
            if name < other_name:
                assert paint.texture != other.texture or contrast(paint.fill, other.fill) >= 3, (
                    name,
                    other_name,
                )


@pytest.mark.parametrize("make", samples.FORMS, ids=lambda make: make.__name__)
def test_whatever_is_drawn_says_its_colour_itself(make: Any) -> None:
    svg = drawn(make())
    for node in svg.iter():
        assert "style" not in node.attrib
        if node.tag.removeprefix(SVG) in {"rect", "circle", "polygon", "text", "path", "polyline"}:
            assert node.get("fill")
        if node.tag in {f"{SVG}line", f"{SVG}path", f"{SVG}polyline"}:
            assert node.get("stroke")


def test_charts_have_their_facts_below_them() -> None:
    chart: Chart = samples.due_days()
    assert chart.caption == [
        "Source: register of requests.",
        "Period: 1 to 29 November 2026.",
        "As at 29 November 2026 at 11:30.",
        "Complete to 29 November 2026.",
        "Bank holidays and weekends have no column.",
        "7 requests with a stopped clock are not shown.",
    ]
