"""A return as a spreadsheet. Nothing in it is computed, fetched or linked: text stays text."""

from io import BytesIO

from xlsxwriter import Workbook

from dashboard.returns.documents.printed import HEADER, Printed
from foitracker.pages.lists.csv_download import safe_cell

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (30, 52, 10, 10, 10, 90, 60)
#: Nothing typed may become a formula, a link or a number of its own accord.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(printed: Printed) -> bytes:
    """Return the table of a return as one sheet with a head row that stays in view."""
    written = BytesIO()
    with Workbook(written, _OPTIONS) as book:
        book.set_properties({"title": printed.title, "author": printed.statement.authority})
        sheet = book.add_worksheet("Return")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(zip(HEADER, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, bold)
        sheet.freeze_panes(1, 0)
        for number, line in enumerate(printed.table(), start=1):
            for column, value in enumerate(line.values()):
                if isinstance(value, int):
                    sheet.write_number(number, column, value, wrapped)
                elif value and HEADER[column] == "per cent":
                    sheet.write_number(number, column, float(value), wrapped)
                elif value:
                    sheet.write_string(number, column, safe_cell(value), wrapped)
    return written.getvalue()
