"""Correcting a clarification: what was recorded first is kept, with why it was wrong."""

from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.events import Event
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.pages.words import short_date
from requests_app.events.clock import CLARIFICATION_CORRECTED, CLARIFICATION_WITHDRAWN
from requests_app.models import Clarification, FoiRequest
from requests_app.operations.casework import lock_case
from requests_app.operations.clock import follow_clock
from requests_app.operations.clock_events import check_reason
from requests_app.operations.masking import copy_of_corrected, reseal
from requests_app.rules.clock.clarification_effect import ClockEffect


@transaction.atomic
def correct_clarification(
    *,
    case_id: int,
    clarification_id: int,
    by: User,
    at: datetime,
    today: date,
    asked_on: date,
    question: str,
    correction_reason: str,
    answered_on: date | None = None,
    answer: str = "",
    effect: ClockEffect | None = None,
    effect_reason: str = "",
    seen_version: int | None = None,
) -> Clarification:
    """Replace a recorded clarification with a corrected one, with the reason.

    Without `answered_on` an answer recorded by mistake is removed, and the question is open again. Raises
    NotPossible, on the input at fault, for impossible days, an answer without its words, effect and
    reason, and a removed answer that still excludes items.
    """
    check_can(Permission.WORK_CASE, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    earlier = _in_force(case, clarification_id)
    check_reason(correction_reason)
    _check_days(case, asked_on, answered_on, today)
    if not question.strip():
        raise NotPossible("Enter the question as it was put to the applicant.", field="question")
    if answered_on:
        _check_answer(answer, effect, effect_reason)
    else:
        _check_excludes_nothing(earlier)
        answer, effect, effect_reason = "", None, ""
    corrected = Clarification(
        foi_request=case,
        asked_on=asked_on,
        question=question,
        asked_by=earlier.asked_by,
        answered_on=answered_on,
        answer=copy_of_corrected(case, earlier, answer),
        effect=effect or "",
        effect_reason=effect_reason,
    )
    _replace(earlier, corrected, by, at, correction_reason)
    reseal(case, earlier, corrected, answer, by=by, at=at)
    corrected.excluded_items.set(earlier.excluded_items.all())
    return _conclude(case, corrected, event=CLARIFICATION_CORRECTED, by=by, at=at, today=today)


@transaction.atomic
def withdraw_clarification(
    *,
    case_id: int,
    clarification_id: int,
    by: User,
    at: datetime,
    today: date,
    correction_reason: str,
    seen_version: int | None = None,
) -> Clarification:
    """Withdraw a clarification because it was not asked, with the reason. The row is kept.

    Raises NotPossible without a reason, or while its answer excludes items.
    """
    check_can(Permission.WORK_CASE, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    earlier = _in_force(case, clarification_id)
    check_reason(correction_reason)
    _check_excludes_nothing(earlier)
    # The answer stays with the row that is replaced: its copy is masked, and its words are sealed, there.
    withdrawn = Clarification(
        foi_request=case,
        is_withdrawn=True,
        in_force=False,
        **{name: getattr(earlier, name) for name in ("asked_on", "question", "asked_by")},
    )
    _replace(earlier, withdrawn, by, at, correction_reason)
    return _conclude(case, withdrawn, event=CLARIFICATION_WITHDRAWN, by=by, at=at, today=today, was=earlier)


def _in_force(case: FoiRequest, clarification_id: int) -> Clarification:
    try:
        return case.clarifications.get(pk=clarification_id)
    except Clarification.DoesNotExist as error:
        raise NotPossible(
            "This has been corrected or withdrawn already. Open the clock page again."
        ) from error


def _check_days(case: FoiRequest, asked_on: date, answered_on: date | None, today: date) -> None:
    if not case.received_on <= asked_on <= today:
        raise NotPossible(
            f"The day of asking must lie between {short_date(case.received_on)}, when the request was received, "
            "and today.",
            field="asked_on",
        )
    if answered_on and not asked_on <= answered_on <= today:
        raise NotPossible(
            f"The day of the answer must lie between {short_date(asked_on)}, when it was asked, and today.",
            field="answered_on",
        )


def _check_answer(answer: str, effect: ClockEffect | None, effect_reason: str) -> None:
    if not answer.strip():
        raise NotPossible("Enter the applicant's answer.", field="answer")
    if effect is None:
        raise NotPossible("Choose what the answer does to the time limit.", field="effect")
    if not effect_reason.strip():
        raise NotPossible("Say why the time limit restarts or runs on.", field="effect_reason")


def _check_excludes_nothing(earlier: Clarification) -> None:
    labels = list(earlier.excluded_items.values_list("label", flat=True))
    if labels:
        raise NotPossible(
            f"The answer excludes item{'' if len(labels) == 1 else 's'} {', '.join(labels)}. Take back those "
            "decisions first.",
            field="answered_on",
        )


def _replace(
    earlier: Clarification, later: Clarification, by: User, at: datetime, correction_reason: str
) -> None:
    earlier.in_force = False
    earlier.save(update_fields=["in_force"])
    later.replaced_row, later.correction_reason = earlier, correction_reason
    later.corrected_by, later.corrected_at = by, at
    later.save()


def _conclude(
    case: FoiRequest,
    clarification: Clarification,
    *,
    event: Event,
    by: User,
    at: datetime,
    today: date,
    was: Clarification | None = None,
) -> Clarification:
    """Let the clock follow and keep the trail: of what is recorded now, or of what `was`."""
    before, told = case.due_on, was or clarification
    follow_clock(case, by=by, today=today, field="answered_on" if told.answered_on else "asked_on")
    detail = {
        "asked_on": told.asked_on.isoformat(),
        "answered_on": told.answered_on.isoformat() if told.answered_on else None,
        "effect": told.effect,
        "due_before": before.isoformat() if before else None,
        "due_on": case.due_on.isoformat() if case.due_on else None,
    }
    save_with_event(
        case,
        event=event,
        by=by,
        at=at,
        detail={name: value for name, value in detail.items() if value},
        words={"reason": clarification.correction_reason},
    )
    return clarification
