"""What the NPCC and the regulator watch each month."""

from dashboard.returns.kinds.common import CARRIED, IN_TIME_CHART, REVIEWS, TIMELINESS
from dashboard.returns.kinds.declaration import BarsOf, Length, ReturnKind, Section, counted

_AGES = ("overdue_age_0", "overdue_age_21", "overdue_age_41", "overdue_age_61", "overdue_age_101")

MONTHLY = ReturnKind(
    code="monthly",
    name="Monthly monitoring",
    about="Received, closed, in time and overdue, for the NPCC and the regulator.",
    source="NPCC FOI performance monitoring; ICO FOI and transparency toolkit (timeliness bands)",
    length=Length.MONTH,
    sections=(
        CARRIED,
        TIMELINESS,
        Section(
            "Overdue",
            (
                counted("open_older_than_20", of="open_at_end"),
                counted("overdue_at_end", of="open_at_end"),
                *(counted(code, of="overdue_at_end") for code in _AGES),
            ),
        ),
        REVIEWS,
    ),
    charts=(IN_TIME_CHART, BarsOf("overdue-ages", "How old what is overdue is", _AGES)),
)
