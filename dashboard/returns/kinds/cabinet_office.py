"""The quarterly columns of the Cabinet Office: its header column by column, each filled or with the reason why not.

The header is that of the file of 2020 (`data/cabinet_office_columns.json`); the current one may differ. Counted are
the requests received in the quarter, as they stand on the as-at day; only reviews and complaints are counted by the
quarter in which they were asked for, completed or made, whenever the request came, and their lines say so. Where a
column stands twice in the header (the total without what is on hold), so does its line.
"""

import json
import re
from functools import cache
from importlib.resources import files

from dashboard.returns.kinds.declaration import BarsOf, Length, Line, ReturnKind, Section
from requests_app.measures.periods import BY_CODE as MEASURES
from requests_app.measures.periods.cohort import PIT_BANDS
from requests_app.measures.periods.outcomes import SECTIONS

_ON_HOLD = ("received_put_aside",)
_EXTENDED = ("received_extended", "received_open_extended")
_REFUSED = ("received_refused", "received_ncnd", "received_accessible")
_NOT_RESOLVABLE = (*_ON_HOLD, "received_not_held", "received_outside")
_CLAIMS = tuple(f"received_s{section.lower()}" for section in SECTIONS)
_EXCEPT_21 = tuple(code for code in _CLAIMS if code != "received_s21")

#: Ends the name of a line that the header has no column for.
NO_COLUMN = "(no column of its own)"

_NOT_RECORDED_APART = (
    "The tracker records refusals by the exemptions of Part II of the Act. A refusal under section 12 or 14 is not "
    "recorded apart, so it cannot be counted."
)
_NO_EXCEPTIONS = "The tracker records exemptions of the Act, not the exceptions of regulations 12 and 13."
_NO_FINDING = "The tracker records that a decision notice came, not whether the complaint was upheld."
_DAYS_OF_REVIEWS = (
    "The tracker keeps the days on which a review was asked for and completed; the working days between them are not "
    "kept, so they are not counted by these bands. Reviews in time stand in the other returns."
)
_LAST_YEAR = (
    "Asked once a year, of what was left from the year before; a return of one quarter has no such year."
)
_WITHOUT_ADVICE = (
    "Received in the period, less on hold or lapsed, not held, and outside the designated functions, to which the Act "
    "does not apply (s.7(5)). Requests in which only advice and assistance was "
    "given are not recorded apart, so they are not taken off."
)


def _whenever_received(measure: str) -> Line:
    """Return a line that is not of the requests received in the quarter, and says so."""
    definition = f"{MEASURES[measure].definition} Counted whenever the request was received."
    return Line("", "", counts=(measure,), definition=definition)


#: Lines by the heading of their column, without their codes.
_FILLED: dict[str, Line] = {
    "Total requests received": Line("", "", counts=("received",)),
    "Requests Processed": Line("", "", counts=("received_processed",), of="total_requests_received"),
    "Requests on-hold or lapsed": Line("", "", counts=_ON_HOLD, of="total_requests_received"),
    "Requests still being processed": Line(
        "", "", counts=("received_still_open",), of="total_requests_received"
    ),
    "Requests handled under EIRs": Line("", "", counts=("received_eir",), of="total_requests_received"),
    "Total requests received (excluding on-hold and lapsed)": Line(
        "",
        "",
        counts=("received",),
        without=_ON_HOLD,
        definition="Received in the period, less those on hold or lapsed on the as-at day.",
    ),
    "20-day deadline met": Line("", "", counts=("received_in_20",)),
    "Permitted extension to 20-day deadline": Line(
        "",
        "",
        counts=_EXTENDED,
        definition="Received in the period and answered by the as-at day after the 20th working day but within an "
        "extended limit, or still being processed on that day within an extension of which notice was given.",
    ),
    "Late response (i.e. 20-day deadline missed)": Line(
        "",
        "",
        counts=("received_late", "received_open_past_limit"),
        definition="Received in the period and answered after the limit by the as-at day, or still being processed on "
        "that day with the limit passed.",
    ),
    "Requests where information not held": Line("", "", counts=("received_not_held",)),
    'Total "resolvable" requests': Line(
        "", "", counts=("received",), without=_NOT_RESOLVABLE, definition=_WITHOUT_ADVICE
    ),
    "Initial Outcome Granted in full": Line("", "", counts=("received_granted",)),
    "Initial Outcome Partially withheld": Line("", "", counts=("received_in_part",)),
    "Initial Outcome Fully withheld": Line(
        "",
        "",
        counts=_REFUSED,
        definition="Received in the period, answered by the as-at day and refused in full: by an exemption, by neither "
        "confirming nor denying, or as already accessible (s.21).",
    ),
    "Initial Outcome Response not yet provided": Line("", "", counts=("received_still_open",)),
    "Fully refused - exemption": Line(
        "",
        "",
        counts=_REFUSED,
        within=_CLAIMS,
        definition="Of those fully withheld, those on which an exemption of Part II of the Act is relied on.",
    ),
    "Number of requests where an exemption was claimed": Line(
        "",
        "",
        counts=_EXCEPT_21,
        definition="Received in the period and answered by the as-at day, relying on any section but section 21; "
        "each request once.",
    ),
    "Total Section 21 exemptions used": Line("", "", counts=("received_s21",)),
    "S21 Partly Exempt": Line(
        "",
        "",
        counts=("received_s21",),
        within=("received_in_part",),
        definition="Of those that rely on section 21, those granted in part.",
    ),
    "S21 Fully Exempt": Line(
        "",
        "",
        counts=("received_s21",),
        within=_REFUSED,
        definition="Of those that rely on section 21, those refused in full.",
    ),
    "S21 20-day deadline met": Line(
        "",
        "",
        counts=("received_s21",),
        within=("received_in_20",),
        definition="Of those that rely on section 21, those answered in time on the 20th working day or before.",
    ),
    "S21 Late response (i.e. 20-day deadline missed)": Line(
        "",
        "",
        counts=("received_s21",),
        within=("received_late",),
        definition="Of those that rely on section 21, those answered after the limit.",
    ),
    "Total Internal Reviews": _whenever_received("reviews_received"),
    "Internal Reviews with outcome known": _whenever_received("reviews_known"),
    "IR number upheld in full": _whenever_received("reviews_known_upheld"),
    "IR number upheld in part": _whenever_received("reviews_known_partly"),
    "IR number overturned": _whenever_received("reviews_known_overturned"),
    "ICO Total Complaints": _whenever_received("complaints"),
    "PIT Total Requests Extended": Line("", "", counts=("received_pit_extended",)),
    "PIT Number Completed": Line(
        "",
        "",
        counts=("received_pit_extended",),
        within=("received_processed",),
        definition="Of those extended for the public interest test, those answered by the as-at day.",
    ),
    "IR Total Reviews Completed": _whenever_received("reviews_answered"),
}

#: Per cents: numerator and denominator, by the headings of their columns.
_NOT_ON_HOLD = "Total requests received (excluding on-hold and lapsed)"
_RESOLVABLE = 'Total "resolvable" requests'
_SHARES: dict[str, tuple[str, str]] = {
    "Percentage of requests meeting 20-day deadline": ("20-day deadline met", _NOT_ON_HOLD),
    "Percentage of resolvable requests granted in full": ("Initial Outcome Granted in full", _RESOLVABLE),
    "Percentage of resolvable requests withheld in full": ("Initial Outcome Fully withheld", _RESOLVABLE),
    "S21 Percentage of requests meeting 20-day deadline": (
        "S21 20-day deadline met",
        "Total Section 21 exemptions used",
    ),
    "IR percentage upheld in full": ("IR number upheld in full", "Internal Reviews with outcome known"),
}
_IN_TIME = 'Percentage of requests "in time" (i.e. meeting deadline or with permitted extension)'

#: Lines without a column, by the heading of the column they stand before: with them the columns add up.
_BEFORE: dict[str, Line] = {
    "Percentage of requests meeting 20-day deadline": Line(
        "not_yet_due",
        f"Still being processed and not yet due {NO_COLUMN}",
        counts=("received_open_not_due",),
        definition="Received in the period, still being processed on the as-at day, not extended, and the limit had "
        "not passed. With the three columns before it makes the total without on hold and lapsed.",
    ),
    _IN_TIME: Line(
        "in_time",
        f"Deadline met or permitted extension {NO_COLUMN}",
        counts=("received_in_20", *_EXTENDED),
        definition="The two columns together: the numerator of the next line.",
    ),
    'Total "resolvable" requests': Line(
        "outside",
        f"Outside the designated functions {NO_COLUMN}",
        counts=("received_outside",),
    ),
    "Percentage of resolvable requests granted in full": Line(
        "otherwise",
        f"Answered otherwise {NO_COLUMN}",
        counts=("received_otherwise",),
        definition="Received in the period and answered by the as-at day: nothing was left after clarification, or the "
        "answer is being corrected. With the four outcomes before it makes the resolvable requests.",
    ),
}

_WHY_NOT: dict[str, str] = {
    "Requests where advice and assistance provided": "Advice and assistance (s.16) is part of letters and notes; the "
    "tracker does not record that nothing else was given.",
    "Fully refused - vexatious": _NOT_RECORDED_APART,
    "Fully refused - repeated": _NOT_RECORDED_APART,
    "Fully refused - cost limit": _NOT_RECORDED_APART,
    "Total exemptions and exceptions applied": "Exceptions of the EIR are not recorded, so the two cannot be added. "
    "The number of requests where an exemption was claimed stands in the next line.",
    "ICO Complaints with known outcome": _NO_FINDING,
    "ICO Number upheld in full": _NO_FINDING,
    "ICO Number upheld in part": _NO_FINDING,
    "ICO Number overturned": _NO_FINDING,
    "ICO Percentage upheld in full": _NO_FINDING,
}

#: Where a section of the table begins: the heading of its first column, and what it is called.
_SECTIONS: dict[str, str] = {
    "Total requests received": "Received and status",
    "20-day deadline met": "Timeliness",
    "Requests where advice and assistance provided": "Initial outcomes",
    "Fully refused - vexatious": "Refused in full",
    "S(22) - Information intended for future publication": "Exemptions",
    "3(a) - Exempt personal data": "Exceptions of the EIR",
    "Total Section 21 exemptions used": "Section 21",
    "Total Internal Reviews": "Internal reviews and the ICO",
    "PIT Total Requests Extended": "Public interest test extensions",
    "IR Total Reviews Completed": "Time taken by internal reviews",
    "PIT uncompleted prev year Total last year": "Left from the year before",
}
_EXEMPTION = re.compile(r"S\((\d+A?)\) - ")
_EXCEPTION = re.compile(r"\d\([a-g]\) - ")
_PIT_FIRST = {"PIT 5 or Less": 1, "PIT More than 100": 101}


@cache
def headings() -> tuple[str, ...]:
    """Return the headings of the Cabinet Office's columns in their order, each with single spaces."""
    text = (files("dashboard.returns.data") / "cabinet_office_columns.json").read_text(encoding="utf-8")
    return tuple(" ".join(heading.split()) for heading in json.loads(text)["columns"])


def _code(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")


def _line(heading: str, code: str) -> Line:
    """Return the line of a column. Raises KeyError for one that is neither filled nor explained."""
    if heading == _IN_TIME:
        return Line(code, heading, share=(_code("in time"), _code(_NOT_ON_HOLD)))
    if heading in _SHARES:
        number, of = _SHARES[heading]
        return Line(code, heading, share=(_code(number), _code(of)))
    if match := _EXEMPTION.match(heading):
        return Line(code, heading, counts=(f"received_s{match[1].lower()}",))
    if _EXCEPTION.match(heading):
        return Line(code, heading, why_not=_NO_EXCEPTIONS)
    if "uncompleted prev year" in heading:
        return Line(code, heading, why_not=_LAST_YEAR)
    if heading in _WHY_NOT:
        return Line(code, heading, why_not=_WHY_NOT[heading])
    if heading in _FILLED:
        found = _FILLED[heading]
        return Line(
            code,
            heading,
            counts=found.counts,
            within=found.within,
            without=found.without,
            of=found.of,
            definition=found.definition,
        )
    return _band(heading, code)


def _band(heading: str, code: str) -> Line:
    if heading.startswith("IR "):
        return Line(code, heading, why_not=_DAYS_OF_REVIEWS)
    first = _PIT_FIRST.get(heading) or int(heading.split()[1])
    if first not in {least for least, _ in PIT_BANDS}:
        raise KeyError(heading)
    return Line(code, heading, counts=(f"received_pit_{first}",), of="pit_number_completed")


def _sections() -> tuple[Section, ...]:
    """Return the columns in sections; the quarter and the body stand above the table."""
    sections: list[tuple[str, list[Line]]] = []
    used: set[str] = set()
    for heading in headings()[2:]:
        if heading in _SECTIONS:
            sections.append((_SECTIONS[heading], []))
        code = _code(heading)
        if code in used:
            code += "_again"
        used.add(code)
        lines = sections[-1][1]
        if heading in _BEFORE:
            lines.append(_BEFORE[heading])
        lines.append(_line(heading, code))
    return tuple(Section(name, tuple(lines)) for name, lines in sections)


CABINET_OFFICE = ReturnKind(
    code="cabinet-office",
    name="Cabinet Office quarterly columns",
    about="The columns of the Cabinet Office's quarterly statistics: of the requests received in the quarter, and the "
    "internal reviews and complaints of the quarter whenever the request was received.",
    source="Cabinet Office FOI statistics, header of the published file of 2020 (mysociety/foi_monitor, "
    "resources/cabinetfoi); the current header may differ",
    length=Length.QUARTER,
    sections=_sections(),
    charts=(
        BarsOf(
            "status",
            "What became of the requests received",
            ("requests_processed", "requests_on_hold_or_lapsed", "requests_still_being_processed"),
        ),
        BarsOf(
            "outcomes",
            "Initial outcomes",
            (
                "initial_outcome_granted_in_full", "initial_outcome_partially_withheld",
                "initial_outcome_fully_withheld", "initial_outcome_response_not_yet_provided",
            ),
        ),
    ),
)  # fmt: skip
