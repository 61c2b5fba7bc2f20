"""What is counted of a period, each declared once: received, answered, in time, open at its end, reviewed."""

from collections.abc import Mapping

from requests_app.measures.periods.backlog import BACKLOG
from requests_app.measures.periods.cohort import COHORT
from requests_app.measures.periods.declared import (
    ANSWERED,
    ANSWERED_EXTENDED,
    ANSWERED_IN_20,
    ANSWERED_IN_TIME,
    ANSWERED_LATE,
    CLOSED,
    CLOSED_AS,
    FELL_DUE,
    FELL_DUE_IN_TIME,
    FELL_DUE_LATE,
    FELL_DUE_OWED,
    INVALID,
    LAPSED,
    OPEN_AT_END,
    OPEN_AT_START,
    OPEN_OLDER_THAN_20,
    RECEIVED,
    WITHDRAWN,
    WITHIN_10,
)
from requests_app.measures.periods.outcomes import CLAIMS, OUTCOMES
from requests_app.measures.periods.remedies import (
    COMPLAINTS,
    NOTICES,
    REVIEWS_ANSWERED,
    REVIEWS_BY_FINDING,
    REVIEWS_IN_TIME,
    REVIEWS_OVERTURNED,
    REVIEWS_OWED,
    REVIEWS_PARTLY_UPHELD,
    REVIEWS_RECEIVED,
    REVIEWS_UPHELD,
)
from requests_app.measures.periods.time_spent import CLOSED_WITH_HOURS
from requests_app.measures.periods.view import PeriodMeasure, PeriodView

__all__ = ["ALL", "BY_CODE", "DECLARED", "PeriodMeasure", "PeriodView"]

#: In the order they are printed.
DECLARED: tuple[PeriodMeasure, ...] = (
    OPEN_AT_START,
    RECEIVED,
    CLOSED,
    *CLOSED_AS,
    WITHDRAWN,
    LAPSED,
    INVALID,
    OPEN_AT_END,
    OPEN_OLDER_THAN_20,
    ANSWERED,
    ANSWERED_IN_TIME,
    ANSWERED_IN_20,
    ANSWERED_EXTENDED,
    ANSWERED_LATE,
    WITHIN_10,
    FELL_DUE,
    FELL_DUE_IN_TIME,
    FELL_DUE_LATE,
    FELL_DUE_OWED,
    REVIEWS_RECEIVED,
    REVIEWS_ANSWERED,
    REVIEWS_IN_TIME,
    REVIEWS_UPHELD,
    REVIEWS_PARTLY_UPHELD,
    REVIEWS_OVERTURNED,
    REVIEWS_OWED,
    COMPLAINTS,
    NOTICES,
)

#: Those, what only returns are made from, and what only the page on costs counts.
ALL: tuple[PeriodMeasure, ...] = (
    *DECLARED,
    *OUTCOMES,
    *CLAIMS,
    *BACKLOG,
    *COHORT,
    *REVIEWS_BY_FINDING,
    CLOSED_WITH_HOURS,
)

#: The measures by their codes.
BY_CODE: Mapping[str, PeriodMeasure] = {measure.code: measure for measure in ALL}
