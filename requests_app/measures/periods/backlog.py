"""What was not answered at the end of a period: stopped, extended, overdue and how old.

What was stopped at the end is read from the questions and notices of the time; the limit is that recorded now.
"""

from django.db.models import Q

from requests_app.measures.periods.declared import OPEN_AT_END
from requests_app.measures.periods.stopped import is_stopped_on, stopped_on
from requests_app.measures.periods.view import PeriodMeasure, PeriodView
from requests_app.models import FoiRequest


def _unanswered(view: PeriodView) -> Q:
    owed = Q(responded_on__isnull=True) | Q(responded_on__gt=view.last_day)
    return OPEN_AT_END.condition(view) & owed


def _is_unanswered(case: FoiRequest, view: PeriodView) -> bool:
    owed = case.responded_on is None or case.responded_on > view.last_day
    return OPEN_AT_END.holds(case, view) and owed


def _is_extended(case: FoiRequest, view: PeriodView) -> bool:
    return case.extended_on is not None and case.extended_on <= view.last_day


def _is_overdue(case: FoiRequest, view: PeriodView) -> bool:
    return _is_unanswered(case, view) and case.limit_on is not None and case.limit_on < view.last_day


UNANSWERED = PeriodMeasure(
    code="unanswered_at_end",
    name="Not answered at the end",
    definition="Open at the end of the period and not answered by then, whenever they were received.",
    part_of=OPEN_AT_END.code,
    among=OPEN_AT_END.code,
    condition=_unanswered,
    holds=_is_unanswered,
)
UNANSWERED_STOPPED = PeriodMeasure(
    code="unanswered_stopped",
    name="Not answered, clock stopped",
    definition="Not answered at the end, when clarification (s.1(3)) or a fee (s.9) was awaited of the applicant.",
    part_of=UNANSWERED.code,
    among=OPEN_AT_END.code,
    condition=lambda view: _unanswered(view) & stopped_on(view.last_day),
    holds=lambda case, view: _is_unanswered(case, view) and is_stopped_on(case, view.last_day),
)
UNANSWERED_EXTENDED = PeriodMeasure(
    code="unanswered_extended",
    name="Not answered, limit extended",
    definition="Not answered at the end, clock not stopped, with notice of a permitted extension (s.10(3), EIR reg 7).",
    part_of=UNANSWERED.code,
    among=OPEN_AT_END.code,
    condition=lambda view: _unanswered(view) & ~stopped_on(view.last_day) & Q(extended_on__lte=view.last_day),
    holds=lambda case, view: (
        _is_unanswered(case, view) and not is_stopped_on(case, view.last_day) and _is_extended(case, view)
    ),
)


OVERDUE = PeriodMeasure(
    code="overdue_at_end",
    name="Overdue at the end",
    definition="Not answered at the end of the period, and the limit as lawfully moved was before its last day.",
    part_of=UNANSWERED.code,
    among=OPEN_AT_END.code,
    condition=lambda view: _unanswered(view) & Q(limit_on__lt=view.last_day),
    holds=_is_overdue,
)

#: Ages in working days since receipt: from, up to (None: any more).
_AGES: tuple[tuple[int, int | None], ...] = ((0, 20), (21, 40), (41, 60), (61, 100), (101, None))


def _overdue_aged(least: int, most: int | None) -> PeriodMeasure:
    words = f"over {least - 1}" if most is None else f"{least} to {most}" if least else f"up to {most}"

    def received(view: PeriodView) -> Q:
        """Received so many working days before the last day: on which days that is."""
        condition = Q()
        if most is not None:
            condition &= Q(received_on__gte=view.calendar.first_day_beyond(view.last_day, -(most + 1)))
        if least:
            condition &= Q(received_on__lt=view.calendar.first_day_beyond(view.last_day, -least))
        return condition

    def is_so_old(case: FoiRequest, view: PeriodView) -> bool:
        if not _is_overdue(case, view):
            return False
        age = view.calendar.count_working_days(case.received_on, view.last_day)
        return age >= least and (most is None or age <= most)

    return PeriodMeasure(
        code=f"overdue_age_{least}",
        name=f"Overdue, {words} working days old",
        definition=f"Overdue at the end and received {words} working days before the last day of the period.",
        part_of=OVERDUE.code,
        among=OPEN_AT_END.code,
        condition=lambda view: OVERDUE.condition(view) & received(view),
        holds=is_so_old,
    )


OVERDUE_BY_AGE: tuple[PeriodMeasure, ...] = tuple(_overdue_aged(*ages) for ages in _AGES)

BACKLOG: tuple[PeriodMeasure, ...] = (
    UNANSWERED,
    UNANSWERED_STOPPED,
    UNANSWERED_EXTENDED,
    OVERDUE,
    *OVERDUE_BY_AGE,
)
