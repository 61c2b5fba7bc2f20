"""What is counted of the requests of a period: received, closed, answered, fallen due, open at its end.

In time means within the limit as lawfully moved by clarification (s.1(3)), a fee (s.9) or a permitted extension
(s.10(3), EIR reg 7). The s.45 Code (paras 8.5, 8.6) and the Cabinet Office count so; “within 20 working days” and
“permitted extension” are shown apart. A limit that was missed before a late question was asked stays missed.
"""

from django.db.models import F, Q

from requests_app.measures.periods.view import PeriodMeasure, PeriodView, part
from requests_app.models import FoiRequest
from requests_app.rules.casework.workflow import LAPSED_OUTCOMES, UNANSWERED_OUTCOMES, Outcome
from requests_app.rules.clock.course import RESPONSE_WORKING_DAYS

#: Days of the clock within which an answer is counted as quick.
QUICK_DAYS = 10

_LATE = Q(missed_on__isnull=False) | Q(responded_on__gt=F("limit_on"))
_BEYOND_20 = Q(answer_days__gt=RESPONSE_WORKING_DAYS)
_LAPSED = [outcome.value for outcome in LAPSED_OUTCOMES.values()]


def _is_late(case: FoiRequest) -> bool:
    """Whether its answer, once it went out, was late."""
    overran = (
        case.limit_on is not None and case.responded_on is not None and case.responded_on > case.limit_on
    )
    return case.missed_on is not None or overran


def _is_beyond_20(case: FoiRequest) -> bool:
    return case.answer_days is not None and case.answer_days > RESPONSE_WORKING_DAYS


def _is_answered(case: FoiRequest, view: PeriodView) -> bool:
    return case.responded_on is not None and case.responded_on <= view.today


def _is_open_on(case: FoiRequest, view: PeriodView) -> bool:
    """Whether it was there and open at the end of the period."""
    return case.received_on <= view.last_day and (case.closed_on is None or case.closed_on > view.last_day)


RECEIVED = PeriodMeasure(
    code="received",
    name="Received",
    definition="Requests that reached the authority in the period, also those found not valid later.",
    anchor="received_on",
    condition=lambda view: view.within("received_on"),
    holds=lambda case, view: view.has_within(case.received_on),
)

CLOSED = PeriodMeasure(
    code="closed",
    name="Closed",
    definition="Requests closed in the period, answered or not. A reopened request counts when it is closed.",
    anchor="closed_on",
    condition=lambda view: view.within("closed_on"),
    holds=lambda case, view: view.has_within(case.closed_on),
)


def _closed_as(code: str, name: str, definition: str, outcomes: list[str]) -> PeriodMeasure:
    return part(
        CLOSED,
        code=code,
        name=name,
        definition=definition,
        rest=lambda view: Q(outcome__in=outcomes),
        holds=lambda case, view: case.outcome in outcomes,
    )


CLOSED_UNANSWERED = _closed_as(
    "closed_unanswered",
    "Closed without an answer",
    "Requests closed in the period as withdrawn, lapsed or not valid.",
    [outcome.value for outcome in UNANSWERED_OUTCOMES],
)
WITHDRAWN = _closed_as(
    "withdrawn", "Withdrawn", "Requests closed in the period as withdrawn.", [Outcome.WITHDRAWN.value]
)
LAPSED = _closed_as(
    "lapsed",
    "Lapsed",
    "Requests closed in the period because clarification (s.1(3)) or a fee (s.9) did not come in time.",
    _LAPSED,
)
INVALID = _closed_as(
    "invalid", "Not valid", "Requests closed in the period as not valid (s.8).", [Outcome.INVALID.value]
)

CLOSED_DISCLOSED = _closed_as(
    "closed_disclosed",
    "Disclosed in full",
    "Closed in the period: all of it disclosed.",
    [Outcome.DISCLOSED.value],
)
CLOSED_IN_PART = _closed_as(
    "closed_in_part",
    "Disclosed in part",
    "Closed in the period: some of it disclosed, some refused.",
    [Outcome.PARTLY_DISCLOSED.value],
)
CLOSED_REFUSED = _closed_as(
    "closed_refused", "Refused in full", "Closed in the period: all of it refused.", [Outcome.REFUSED.value]
)
CLOSED_NCND = _closed_as(
    "closed_ncnd",
    "Neither confirmed nor denied",
    "Closed in the period: not said whether information is held (s.1(1)(a)).",
    [Outcome.NEITHER.value],
)
CLOSED_NOT_HELD = _closed_as(
    "closed_not_held", "Not held", "Closed in the period: information not held.", [Outcome.NOT_HELD.value]
)
CLOSED_OTHERWISE = _closed_as(
    "closed_otherwise",
    "Answered otherwise",
    "Closed in the period: accessible already (s.21), outside the designated functions, or nothing left to answer.",
    [Outcome.ALREADY_ACCESSIBLE.value, Outcome.OUTSIDE_FUNCTIONS.value, Outcome.NOTHING_LEFT.value],
)

#: How closed requests ended, each in one of them.
CLOSED_AS = (
    CLOSED_DISCLOSED,
    CLOSED_IN_PART,
    CLOSED_REFUSED,
    CLOSED_NCND,
    CLOSED_NOT_HELD,
    CLOSED_OTHERWISE,
    CLOSED_UNANSWERED,
)

OPEN_AT_START = PeriodMeasure(
    code="open_at_start",
    name="Open at the start",
    definition="Requests received before the period began and not closed by then.",
    condition=lambda view: (
        Q(received_on__lt=view.from_on) & (Q(closed_on__isnull=True) | Q(closed_on__gte=view.from_on))
    ),
    holds=lambda case, view: (
        case.received_on < view.from_on and (case.closed_on is None or case.closed_on >= view.from_on)
    ),
)


def _open_at_end(view: PeriodView) -> tuple[Q, Q]:
    """Still open now, or closed since."""
    there = Q(received_on__lte=view.last_day)
    return there & Q(closed_on__isnull=True), there & Q(closed_on__gt=view.last_day)


OPEN_AT_END = PeriodMeasure(
    code="open_at_end",
    name="Open at the end",
    definition="Requests received by the end of the period and not closed by then, stopped ones among them.",
    condition=lambda view: _open_at_end(view)[0] | _open_at_end(view)[1],
    holds=_is_open_on,
    apart=_open_at_end,
)

OPEN_OLDER_THAN_20 = part(
    OPEN_AT_END,
    code="open_older_than_20",
    name="Open at the end and older than 20 working days",
    definition="Of those open at the end, those received more than 20 working days before, whatever moved their limit.",
    rest=lambda view: Q(received_on__lt=view.twenty_days_ago),
    holds=lambda case, view: case.received_on < view.twenty_days_ago,
)

ANSWERED = PeriodMeasure(
    code="answered",
    name="Answered",
    definition="Requests whose first answer went out in the period; a correction is not a second answer.",
    anchor="responded_on",
    condition=lambda view: view.within("responded_on"),
    holds=lambda case, view: view.has_within(case.responded_on),
)

ANSWERED_IN_TIME = part(
    ANSWERED,
    code="answered_in_time",
    name="Answered in time, of those answered",
    definition="Answered in the period within the limit as lawfully moved.",
    rest=lambda view: ~_LATE,
    holds=lambda case, view: not _is_late(case),
)

ANSWERED_IN_20 = part(
    ANSWERED,
    code="answered_in_20",
    name="Answered in time, within 20 working days",
    definition="Answered in time on the 20th working day of the clock or before.",
    rest=lambda view: ~_LATE & (Q(answer_days__isnull=True) | ~_BEYOND_20),
    holds=lambda case, view: not _is_late(case) and not _is_beyond_20(case),
)

ANSWERED_EXTENDED = part(
    ANSWERED,
    code="answered_extended",
    name="Answered in time, by a permitted extension",
    definition="Answered after the 20th working day of the clock, within an extended limit (s.10(3), EIR reg 7).",
    rest=lambda view: ~_LATE & _BEYOND_20,
    holds=lambda case, view: not _is_late(case) and _is_beyond_20(case),
)

ANSWERED_LATE = part(
    ANSWERED,
    code="answered_late",
    name="Answered late",
    definition="Answered in the period after the limit, or after a limit that a late question had taken away.",
    rest=lambda view: _LATE,
    holds=lambda case, view: _is_late(case),
)

WITHIN_10 = part(
    ANSWERED,
    code="within_10",
    name="Answered within 10 working days",
    definition="Answered in the period on the 10th working day of the clock or before.",
    rest=lambda view: Q(answer_days__lte=QUICK_DAYS),
    holds=lambda case, view: case.answer_days is not None and case.answer_days <= QUICK_DAYS,
)


def _fell_due(view: PeriodView) -> Q:
    unanswered = Q(outcome__in=[o.value for o in UNANSWERED_OUTCOMES], closed_on__lte=view.today)
    has_come = Q(limit_on__lt=view.today) | Q(responded_on__lte=view.today)
    return view.within("limit_on") & has_come & ~unanswered


def _has_fallen_due(case: FoiRequest, view: PeriodView) -> bool:
    if not view.has_within(case.limit_on) or case.limit_on is None:
        return False
    if case.outcome in UNANSWERED_OUTCOMES and case.closed_on and case.closed_on <= view.today:
        return False
    return case.limit_on < view.today or _is_answered(case, view)


FELL_DUE = PeriodMeasure(
    code="fell_due",
    name="Fell due",
    definition=(
        "Requests whose limit, as lawfully moved, lies in the period. Withdrawn, lapsed, stopped and not valid "
        "requests are left out; one due on the as-at day itself counts once it is answered."
    ),
    anchor="limit_on",
    condition=_fell_due,
    holds=_has_fallen_due,
)

FELL_DUE_IN_TIME = part(
    FELL_DUE,
    code="fell_due_in_time",
    name="In time, of those that fell due",
    definition="Fell due in the period and answered within the limit; an answer still owed counts as late.",
    rest=lambda view: Q(responded_on__lte=view.today) & ~_LATE,
    holds=lambda case, view: _is_answered(case, view) and not _is_late(case),
)

FELL_DUE_LATE = part(
    FELL_DUE,
    code="fell_due_late",
    name="Answered late, of those that fell due",
    definition="Fell due in the period and answered late.",
    rest=lambda view: Q(responded_on__lte=view.today) & _LATE,
    holds=lambda case, view: _is_answered(case, view) and _is_late(case),
)

FELL_DUE_OWED = part(
    FELL_DUE,
    code="fell_due_owed",
    name="Still owed, of those that fell due",
    definition="Fell due in the period and not answered by the as-at day.",
    rest=lambda view: Q(responded_on__isnull=True) | Q(responded_on__gt=view.today),
    holds=lambda case, view: not _is_answered(case, view),
)
