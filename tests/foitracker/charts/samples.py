"""One chart of each form, as the pages of managers show them, and charts of what is hard to draw."""

from datetime import UTC, date, datetime

from foitracker.charts.chart import PER_CENT, Category, Chart, Figure, Series, Unit
from foitracker.charts.figures import (
    Band,
    bars,
    bars_and_line,
    histogram,
    horizontal_bars,
    line_with_bands,
    stacked_bars,
)

HOSTILE = '<script>alert("&")</script>\x00\x1f\u202eabc & ]]> 😀'
_AT = datetime(2026, 11, 29, 11, 30, tzinfo=UTC)


def chart(figure: Figure, title: str = "A chart", **more: object) -> Chart:
    """Return a chart of a figure, everything else filled in."""
    facts: dict[str, object] = {
        "summary": "Most of it is at the end.",
        "source": "register of requests",
        "period": "1 to 29 November 2026",
        "as_at": _AT,
        "complete_to": date(2026, 11, 29),
    }
    return Chart(title=title, figure=figure, **{**facts, **more})  # type: ignore[arg-type]


def links(name: str, count: int) -> list[str]:
    """Return an address a value."""
    return [f"/requests/?{name}=on&place={index}" for index in range(count)]


def due_days() -> Chart:
    """Return what falls due: stacked by stage, overdue apart."""
    days = [1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 21, 22, 23, 24, 29, 30]
    categories = [Category("Overdue"), *(Category(f"{day} Dec", f"{day} December 2026") for day in days)]
    not_started = [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    working = [0, 2, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 3]
    waiting = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    series = [
        Series("Overdue", [5, *[0] * 20], "bad", links("overdue", 21)),
        Series("Not started", not_started, "info", links("not_started", 21)),
        Series("Being worked on", working, "progress", links("working", 21)),
        Series("Waiting for approval or issue", waiting, "wait", links("waiting", 21)),
    ]
    return chart(
        stacked_bars(categories, series, apart=1, heading="Due"),
        "When work falls due",
        summary="5 requests are overdue; on 30 December 5 fall due on one day.",
        notes=["Bank holidays and weekends have no column", "7 requests with a stopped clock are not shown"],
        wide=True,
    )


def ages() -> Chart:
    """Return how old open requests are, with the line at 20."""
    labels = ["0 to 5", "6 to 10", "11 to 15", "16 to 20", "21 to 40", "41 to 60", "61 to 120", "Over 120"]
    counts = Series("Open requests", [15, 9, 8, 10, 3, 0, 0, 1], "progress", links("age", 8))
    figure = horizontal_bars(
        labels, [counts], line_after=3, line_label="20 working days", tone_after="bad", heading="Working days"
    )
    return chart(figure, "How old open requests are", summary="4 requests are older than 20 working days.")


def months() -> list[Category]:
    """Return 24 months."""
    names = ["January", "February", "March", "April", "May", "June", "July"]
    names += ["August", "September", "October", "November", "December"]
    found = [(2024 + (11 + n) // 12, names[(11 + n) % 12]) for n in range(24)]
    return [Category(f"{name[:3]} {year % 100}", f"{name} {year}") for year, name in found]


def keeping_up() -> Chart:
    """Return received, closed and open by month."""
    received = [5, 4, 5, 5, 6, 6, 5, 4, 5, 4, 5, 5, 5, 5, 4, 5, 5, 5, 5, 5, 4, 5, 6, 41]
    closed = [3, 4, 5, 5, 5, 6, 5, 4, 4, 5, 5, 4, 5, 5, 4, 6, 5, 3, 5, 6, 4, 5, 4, 2]
    still = [3, 4, 4, 5, 5, 5, 5, 5, 5, 4, 4, 5, 5, 5, 5, 4, 4, 6, 6, 5, 5, 5, 7, 46]
    figure = bars_and_line(
        months(),
        [
            Series("Received", received, "info", links("r", 24)),
            Series("Closed", closed, "progress", links("c", 24)),
        ],
        Series("Open at the month’s end", still, "bad", links("o", 24)),
    )
    return chart(
        figure,
        "Received, closed, and open at the month’s end",
        period="December 2024 to November 2026",
        summary="46 requests are open at the end of November 2026, 39 more than a month before.",
    )


def rolling(name: str = "Answered in time, rolling 12 months") -> Chart:
    """Return the share answered in time, with the regulator's bands."""
    values = [94.0, 94.1, 92.3, 92.2, 92.2, 92.0, 92.0, 91.7, 92.0, 92.0, 91.8, 93.7, 91.5]
    words = [f"{value}% ({round(value * 0.47)} of 47)" for value in values]
    figure = line_with_bands(
        months()[11:24],
        [Series("Answered in time", values, "progress", links("in_time", 13), words)],
        bands=[Band("good", 95), Band("adequate", 90), Band("unsatisfactory", 0)],
        axis_from=80,
        axis_to=100,
    )
    return chart(figure, name, summary="91.5% in the 12 months to November 2026: adequate.", unit=PER_CENT)


def answer_days() -> Chart:
    """Return on which working day answers were sent."""
    counts = [
        0,
        3,
        4,
        2,
        5,
        6,
        4,
        7,
        8,
        5,
        9,
        10,
        8,
        12,
        11,
        14,
        15,
        17,
        22,
        31,
        40,
        6,
        3,
        2,
        1,
        1,
        0,
        0,
        1,
        0,
        4,
    ]
    figure = histogram(
        Series("Answers", counts, "progress", links("day", len(counts))),
        open_ended=True,
        line_at=20,
        line_label="20 working days",
        tone_after="bad",
        heading="Working day of the answer",
    )
    return chart(
        figure,
        "Day of answer",
        unit=Unit("answers"),
        summary="Most answers are sent on the last day; 18 came later.",
    )


def outcomes() -> Chart:
    """Return outcomes by quarter: few columns, with the numbers of their parts."""
    quarters = [
        "January to March 2026",
        "April to June 2026",
        "July to September 2026",
        "October to December 2026",
    ]
    series = [
        Series("Given in full", [30, 42, 38, 51], "good"),
        Series("Given in part", [12, 9, 14, 20], "info"),
        Series("Refused", [8, 11, 7, 10], "wait"),
        Series("Not held", [4, 0, 3, 2], "neutral"),
        Series("Withdrawn", [1, 2, 0, 3], "closed"),
    ]
    return chart(
        stacked_bars(quarters, series, heading="Quarter"), "Outcomes by quarter", unit=Unit("answers")
    )


def years() -> Chart:
    """Return grouped bars."""
    areas = ["Local policing", "Crime and intelligence", "Corporate services and estates", "Roads", "Custody"]
    series = [
        Series("2024 to 2025", [34, 58, 12, 9, 0], "info"),
        Series("2025 to 2026", [41, 49, 20, 3, 1], "progress"),
    ]
    return chart(bars(areas, series, heading="Area"), "Requests by area, this year and last")


def exemptions() -> Chart:
    """Return lying bars with long names."""
    labels = [
        "Section 40(2): personal information of somebody else than the applicant",
        "Section 31(1)(a): law enforcement, prevention or detection of crime",
        "Section 30(1): investigations",
        "Section 12: cost",
        "Section 24(2) with section 31(3): neither confirmed nor denied, national security and law enforcement",
    ]
    return chart(
        horizontal_bars(labels, [Series("Claims", [1204, 610, 98, 42, 3], "progress")]),
        "Exemptions used",
        unit=Unit("claims"),
    )


FORMS = [due_days, ages, keeping_up, rolling, answer_days, outcomes, years, exemptions]


def hard() -> list[Chart]:
    """Return what is hard to draw: nothing, one value, many, large, hostile words."""
    many = [f"Category {n}" for n in range(400)]
    values = [n * 37 % 101 for n in range(400)]
    return [
        chart(bars(["Jan", "Feb"], [Series("Received", [0, 0])]), "Zeros"),
        chart(bars([], [Series("Received", [])]), "No categories"),
        chart(horizontal_bars(["One", "Two"], [Series("Received", [0, None])]), "No bars"),
        chart(
            line_with_bands(["Jan", "Feb"], [Series("Share", [None, None])], bands=[Band("good", 95)]),
            "No line",
        ),
        chart(bars(["Jan"], [Series("Received", [7])]), "One value"),
        chart(line_with_bands(["Jan"], [Series("Share", [97.5])], axis_from=80), "One point", unit=PER_CENT),
        chart(bars(many, [Series("Received", values)]), "Many"),
        chart(stacked_bars(many, [Series("a", values), Series("b", values, "wait")], apart=1), "Many stacks"),
        chart(horizontal_bars(many, [Series("Received", values)]), "Many rows"),
        chart(bars(["2025", "2026", "2027"], [Series("Received", [1_000_000, 999_999, 12])]), "A million"),
        chart(stacked_bars(months(), [Series("a", [1_000_000 + n for n in range(24)])]), "Millions"),
        chart(bars([HOSTILE * 3, "b"], [Series(HOSTILE, [3, 4]), Series(HOSTILE * 5, [1, None])]), HOSTILE),
        chart(line_with_bands(many, [Series("Share", [*values[:200], None, *values[201:]])]), "Long line"),
    ]
