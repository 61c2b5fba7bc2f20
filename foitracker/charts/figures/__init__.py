"""The forms of chart, one function each. All take categories (in words) and series (a number a category)."""

from foitracker.charts.figures.columns import bars, bars_and_line, histogram, stacked_bars
from foitracker.charts.figures.lines import Band, line_with_bands
from foitracker.charts.figures.rows import horizontal_bars

__all__ = [
    "Band",
    "bars",
    "bars_and_line",
    "histogram",
    "horizontal_bars",
    "line_with_bands",
    "stacked_bars",
]
