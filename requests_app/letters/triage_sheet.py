"""The printed triage sheet: new requests as a table on A4 across, whose heading is repeated on each page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from foitracker.pages.words import clock_time, counted, in_words, weekday_in_words, working_days_words
from foitracker.printing.render import DOCUMENT_STYLESHEETS, render_document, render_pdf
from requests_app.queries.triage import TriageRow

#: With more requests than these their words are left out, so that a row is a line or two.
MOST_WITH_WORDS = 12


@dataclass(frozen=True)
class PrintedSheet:
    """What is printed: the requests logged after one moment and up to another, as they were at `printed_at`.

    All moments are aware, in local time.
    """

    authority_name: str
    since: datetime
    until: datetime
    printed_at: datetime
    rows: Sequence[TriageRow]


def sheet_html(sheet: PrintedSheet) -> str:
    """Return the sheet as a complete HTML document."""
    return render_document(
        "triage_sheet.html",
        {
            "title": f"Triage sheet, {in_words(sheet.until.date())}",
            "authority_name": sheet.authority_name,
            "since": _moment(sheet.since),
            "until": _moment(sheet.until),
            "printed_at": _moment(sheet.printed_at),
            "created": sheet.printed_at.isoformat(timespec="seconds"),
            "counted": counted(len(sheet.rows), "new request"),
            "shows_words": len(sheet.rows) <= MOST_WITH_WORDS,
            "rows": [(row, _due(row), _holder(row)) for row in sheet.rows],
        },
    )


def sheet_pdf(sheet: PrintedSheet) -> bytes:
    """Return the sheet as PDF/UA-1: the same sheet gives the same bytes."""
    return render_pdf(sheet_html(sheet), DOCUMENT_STYLESHEETS)


def _moment(moment: datetime) -> str:
    return f"{weekday_in_words(moment.date())} at {clock_time(moment)}"


def _due(row: TriageRow) -> str:
    if row.case.is_closed:
        return "closed"
    if row.days_left is None:
        return "not running"
    if row.is_overdue:
        return "overdue"
    return f"{working_days_words(row.days_left)} left"


def _holder(row: TriageRow) -> str:
    officer = row.case.officer
    if officer is None:
        return "Unassigned"
    return officer.name if officer.is_active else f"{officer.name} (has left)"
