"""What became, by the as-at day, of the requests received in a period: the Cabinet Office counts so.

Received = processed + on hold or lapsed + still being processed, and what is still being processed is past its limit,
within an extension, or not yet due. What is stopped is read from the questions and notices of the time.
"""

from collections.abc import Callable, Iterable

from django.db.models import Q

from requests_app.measures.periods.declared import ANSWERED_EXTENDED, ANSWERED_IN_20, ANSWERED_LATE, RECEIVED
from requests_app.measures.periods.outcomes import (
    ACCESSIBLE,
    GRANTED,
    GRANTED_IN_PART,
    NEITHER,
    NOT_HELD,
    OTHERWISE,
    OUTSIDE,
    REFUSED,
    SECTIONS,
    ClaimMeasure,
    claim_measure,
)
from requests_app.measures.periods.stopped import is_stopped_on, stopped_on
from requests_app.measures.periods.view import PeriodMeasure, PeriodView
from requests_app.models import FoiRequest, Regime
from requests_app.rules.casework.workflow import UNANSWERED_OUTCOMES
from requests_app.rules.clock.course import RESPONSE_WORKING_DAYS

_UNANSWERED = [outcome.value for outcome in UNANSWERED_OUTCOMES]


def _processed(view: PeriodView) -> Q:
    """Never unknown, so that it can be negated."""
    return Q(responded_on__isnull=False, responded_on__lte=view.today)


def _is_processed(case: FoiRequest, view: PeriodView) -> bool:
    return case.responded_on is not None and case.responded_on <= view.today


def _put_aside(view: PeriodView) -> Q:
    closed = Q(outcome__in=_UNANSWERED, closed_on__isnull=False, closed_on__lte=view.today)
    return closed | stopped_on(view.today)


def _is_put_aside(case: FoiRequest, view: PeriodView) -> bool:
    if case.outcome in _UNANSWERED and case.closed_on is not None and case.closed_on <= view.today:
        return True
    return is_stopped_on(case, view.today)


def _received(
    code: str,
    name: str,
    definition: str,
    condition: Callable[[PeriodView], Q],
    holds: Callable[[FoiRequest, PeriodView], bool],
    *,
    part_of: str = RECEIVED.code,
) -> PeriodMeasure:
    return PeriodMeasure(
        code=code,
        name=name,
        definition=definition,
        anchor="received_on",
        part_of=part_of,
        condition=lambda view: view.within("received_on") & condition(view),
        holds=lambda case, view: view.has_within(case.received_on) and holds(case, view),
    )


PROCESSED = _received(
    "received_processed",
    "Received and processed",
    "Received in the period and answered by the as-at day.",
    _processed,
    _is_processed,
)
PUT_ASIDE = _received(
    "received_put_aside",
    "Received, on hold or lapsed",
    "Received in the period, not answered by the as-at day, and either closed as withdrawn, lapsed or not valid, or "
    "stopped: clarification or a fee is awaited.",
    lambda view: ~_processed(view) & _put_aside(view),
    lambda case, view: not _is_processed(case, view) and _is_put_aside(case, view),
)
STILL_OPEN = _received(
    "received_still_open",
    "Received, still being processed",
    "Received in the period, not answered by the as-at day, and neither on hold nor lapsed.",
    lambda view: ~_processed(view) & ~_put_aside(view),
    lambda case, view: not _is_processed(case, view) and not _is_put_aside(case, view),
)


def _past_limit(view: PeriodView) -> Q:
    """Never unknown, so that it can be negated. A limit missed before a late question was asked stays missed."""
    return Q(missed_on__isnull=False) | Q(limit_on__isnull=False, limit_on__lt=view.today)


def _is_past_limit(case: FoiRequest, view: PeriodView) -> bool:
    return case.missed_on is not None or (case.limit_on is not None and case.limit_on < view.today)


def _extended(view: PeriodView) -> Q:
    """Never unknown, so that it can be negated."""
    return Q(extended_on__isnull=False, extended_on__lte=view.today)


def _is_extended(case: FoiRequest, view: PeriodView) -> bool:
    return case.extended_on is not None and case.extended_on <= view.today


def _still_open(
    code: str,
    name: str,
    definition: str,
    condition: Callable[[PeriodView], Q],
    holds: Callable[[FoiRequest, PeriodView], bool],
) -> PeriodMeasure:
    """Of those still being processed, those of which something holds."""
    return _received(
        code,
        name,
        definition,
        lambda view: STILL_OPEN.condition(view) & condition(view),
        lambda case, view: STILL_OPEN.holds(case, view) and holds(case, view),
        part_of=STILL_OPEN.code,
    )


OPEN_PAST_LIMIT = _still_open(
    "received_open_past_limit",
    "Received, still being processed and past the limit",
    "Received in the period, still being processed on the as-at day, and the limit was before that day.",
    _past_limit,
    _is_past_limit,
)
OPEN_EXTENDED = _still_open(
    "received_open_extended",
    "Received, still being processed within a permitted extension",
    "Received in the period, still being processed on the as-at day, with notice of an extension (s.10(3), EIR reg 7) "
    "whose limit had not passed.",
    lambda view: ~_past_limit(view) & _extended(view),
    lambda case, view: not _is_past_limit(case, view) and _is_extended(case, view),
)
OPEN_NOT_YET_DUE = _still_open(
    "received_open_not_due",
    "Received, still being processed and not yet due",
    "Received in the period, still being processed on the as-at day, not extended, and the limit had not passed.",
    lambda view: ~_past_limit(view) & ~_extended(view),
    lambda case, view: not _is_past_limit(case, view) and not _is_extended(case, view),
)
UNDER_EIR = _received(
    "received_eir",
    "Received, handled under the EIR",
    "Received in the period and handled under the Environmental Information Regulations 2004.",
    lambda view: Q(regime=Regime.EIR),
    lambda case, view: case.regime == Regime.EIR,
)


def _processed_as(answered: PeriodMeasure, name: str, definition: str) -> PeriodMeasure:
    """Of those processed, those of which a measure of answers holds. None is answered before it was received."""
    return _received(
        answered.code.replace("answered_", "received_", 1),
        name,
        definition,
        lambda view: answered.condition(view.up_to_today),
        lambda case, view: answered.holds(case, view.up_to_today),
        part_of=PROCESSED.code,
    )


IN_20 = _processed_as(
    ANSWERED_IN_20,
    "Received and answered within 20 working days",
    "Received in the period and answered in time by the as-at day, on the 20th working day of the clock or before.",
)
EXTENDED_IN_TIME = _processed_as(
    ANSWERED_EXTENDED,
    "Received and answered within a permitted extension",
    "Received in the period and answered by the as-at day, after the 20th working day but within an extended limit.",
)
LATE = _processed_as(
    ANSWERED_LATE,
    "Received and answered late",
    "Received in the period and answered by the as-at day, after the limit.",
)


def _outcomes() -> Iterable[PeriodMeasure]:
    for answered in (GRANTED, GRANTED_IN_PART, REFUSED, NEITHER, ACCESSIBLE, NOT_HELD, OUTSIDE, OTHERWISE):
        yield _processed_as(
            answered,
            f"Received: {answered.name[:1].lower()}{answered.name[1:]}",
            answered.definition.replace(
                "Answered in the period", "Received in the period and answered by the as-at day"
            ),
        )


#: One for each outcome, under the code of the outcome with `received_` for `answered_`.
OUTCOMES: tuple[PeriodMeasure, ...] = tuple(_outcomes())

EXTENDED = _received(
    "received_pit_extended",
    "Received and extended for the public interest test",
    "Received in the period under the Act, with notice by the as-at day of more time for the public interest test "
    "(s.10(3)).",
    lambda view: Q(regime=Regime.FOIA) & _extended(view),
    lambda case, view: case.regime == Regime.FOIA and _is_extended(case, view),
)

#: Working days taken beyond the 20th, from and up to, as the Cabinet Office bands them.
PIT_BANDS: tuple[tuple[int, int | None], ...] = (
    (1, 5), (6, 10), (11, 15), (16, 20), (21, 30), (31, 40), (41, 60), (61, 80), (81, 100), (101, None),
)  # fmt: skip


def _extended_for(least: int, most: int | None) -> PeriodMeasure:
    first = 0 if least == 1 else RESPONSE_WORKING_DAYS + least
    last = 10_000 if most is None else RESPONSE_WORKING_DAYS + most
    words = (
        f"more than {least - 1}" if most is None else f"{least} to {most}" if least > 1 else f"{most} or less"
    )
    return _received(
        f"received_pit_{least}",
        f"Extended for the public interest test, {words}",
        f"Extended for the public interest test and answered by the as-at day, {words} working days after the 20th.",
        lambda view: EXTENDED.condition(view) & _processed(view) & Q(answer_days__range=(first, last)),
        lambda case, view: (
            EXTENDED.holds(case, view)
            and _is_processed(case, view)
            and case.answer_days is not None
            and first <= case.answer_days <= last
        ),
        part_of=EXTENDED.code,
    )


PIT: tuple[PeriodMeasure, ...] = tuple(_extended_for(*band) for band in PIT_BANDS)

CLAIMS: tuple[ClaimMeasure, ...] = tuple(
    claim_measure(
        section,
        code=f"received_s{section.lower()}",
        definition=f"Received in the period and answered by the as-at day, relying on section {section} for at least "
        "a part. One request may count under several sections.",
        base=PROCESSED,
    )
    for section in SECTIONS
)

COHORT: tuple[PeriodMeasure, ...] = (
    PROCESSED,
    PUT_ASIDE,
    STILL_OPEN,
    OPEN_PAST_LIMIT,
    OPEN_EXTENDED,
    OPEN_NOT_YET_DUE,
    UNDER_EIR,
    IN_20,
    EXTENDED_IN_TIME,
    LATE,
    *OUTCOMES,
    EXTENDED,
    *PIT,
    *CLAIMS,
)
