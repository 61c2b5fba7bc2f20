"""The quarterly figures that the s.45 Code asks authorities with more than 100 full-time staff to publish."""

from dashboard.returns.kinds.common import (
    CARRIED,
    IN_TIME_CHART,
    OUTCOMES,
    OUTCOMES_CHART,
    REVIEWS,
    TIMELINESS,
    UNANSWERED,
)
from dashboard.returns.kinds.declaration import Length, ReturnKind

S45 = ReturnKind(
    code="s45",
    name="s.45 Code quarterly figures",
    about="What an authority with more than 100 full-time staff should publish each quarter.",
    source="s.45 Code of Practice (July 2018), paras 8.5 and 8.6",
    length=Length.QUARTER,
    sections=(
        CARRIED,
        UNANSWERED,
        TIMELINESS,
        OUTCOMES,
        REVIEWS,
    ),
    charts=(IN_TIME_CHART, OUTCOMES_CHART),
)
