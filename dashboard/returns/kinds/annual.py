"""The annual report: the figures of the authority's year, with the exemptions relied on."""

from dashboard.returns.kinds.common import (
    CARRIED,
    IN_TIME_CHART,
    OUTCOMES,
    OUTCOMES_CHART,
    REVIEWS,
    TIMELINESS,
    UNANSWERED,
)
from dashboard.returns.kinds.declaration import BarsOf, Length, ReturnKind, Section, counted
from requests_app.measures.periods.outcomes import SECTIONS

_CLAIMS = tuple(f"answered_s{section.lower()}" for section in SECTIONS)

ANNUAL = ReturnKind(
    code="annual",
    name="Annual report",
    about="The figures of a whole year, from the month in which the authority's year begins.",
    source="s.45 Code of Practice (July 2018), paras 8.5 and 8.6, for a year",
    length=Length.YEAR,
    sections=(
        CARRIED,
        UNANSWERED,
        TIMELINESS,
        OUTCOMES,
        Section("Exemptions relied on", tuple(counted(code, of="answered") for code in _CLAIMS)),
        REVIEWS,
    ),
    charts=(
        IN_TIME_CHART,
        OUTCOMES_CHART,
        BarsOf("exemptions", "Exemptions relied on", _CLAIMS, only_used=True),
    ),
)
