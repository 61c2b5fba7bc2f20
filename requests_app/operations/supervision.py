"""Operations of supervision on a request: record a review with its direction, and close its action.

Looking at a request is no review. Both stay possible on a closed request: the last one may be about the answer.
"""

from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, can, check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.pages.words import short_date
from foitracker.working_days.planned_days import check_working_day
from requests_app.events.supervision import SUPERVISION_ACTION_DONE, SUPERVISION_REVIEWED
from requests_app.models import FoiRequest, SupervisionReview
from requests_app.operations.casework import lock_case
from requests_app.operations.masking import applicant_masked


@transaction.atomic
def record_supervision(
    *,
    case_id: int,
    by: User,
    at: datetime,
    today: date,
    reviewed_on: date,
    direction: str,
    action: str = "",
    action_due_on: date | None = None,
    action_by: User | None = None,
    seen_version: int | None = None,
) -> SupervisionReview:
    """Record that `by` reviewed a request on a day, the direction given, and the action to take, if there is one.

    Raises NotPossible without a direction, for a day before the request came or in the future, for an action without
    a working day or a person, or one who has left; CaseChanged.
    """
    check_can(Permission.OVERSEE, by)
    if not direction.strip():
        raise NotPossible(
            "Enter the direction given. Looking at a request is not a review.", field="direction"
        )
    case = lock_case(pk=case_id, seen_version=seen_version)
    if not case.received_on <= reviewed_on <= today:
        raise NotPossible(
            f"Enter a date between {short_date(case.received_on)}, when the request was received, and today.",
            field="reviewed_on",
        )
    _check_action(action, action_due_on, action_by, reviewed_on)
    review = SupervisionReview.objects.create(
        foi_request=case,
        reviewed_on=reviewed_on,
        reviewed_by=by,
        reviewed_at=at,
        direction=direction.strip(),
        action=action.strip(),
        action_due_on=action_due_on,
        action_by=action_by,
    )
    save_with_event(
        case,
        event=SUPERVISION_REVIEWED,
        by=by,
        at=at,
        detail={
            "reviewed_on": reviewed_on,
            **({"action_due_on": action_due_on, "action_by": action_by} if review.action else {}),
        },
        words={name: text for name in ("direction", "action") if (text := getattr(review, name))},
        masked=applicant_masked(case),
    )
    return review


def _check_action(action: str, due_on: date | None, person: User | None, reviewed_on: date) -> None:
    """Raise NotPossible unless there is a whole action or none."""
    if not action.strip():
        if due_on or person:
            raise NotPossible("Enter the action to take, or leave its date and person empty.", field="action")
        return
    if due_on is None:
        raise NotPossible("Enter the date the action is due.", field="action_due_on")
    if person is None:
        raise NotPossible("Choose who is to take the action.", field="action_by")
    if due_on < reviewed_on:
        raise NotPossible("The action cannot be due before the review.", field="action_due_on")
    check_working_day(due_on, field="action_due_on")
    if not can(Permission.WRITE_NOTE, person):
        raise NotPossible(f"{person.name} does not work on requests. Choose someone else.", field="action_by")


def check_can_close_action(user: User, review: SupervisionReview) -> None:
    """Raise NotPermitted unless `user` is to take the action, or oversees the team."""
    check_can(Permission.VIEW_CASES, user)
    if user.pk != review.action_by_id and not can(Permission.OVERSEE, user):
        raise NotPermitted("Whoever is to take this action can close it, or a manager.")


@transaction.atomic
def close_supervision_action(
    *,
    case_id: int,
    review_id: int,
    by: User,
    at: datetime,
    today: date,
    done: str,
    done_on: date,
    seen_version: int | None = None,
) -> SupervisionReview:
    """Close the action of a supervision review with what was done, and when.

    Raises NotPossible without an entry of what was done, for a day before the review or in the future, or when it was
    closed already; NotPermitted; CaseChanged.
    """
    case: FoiRequest = lock_case(pk=case_id, seen_version=seen_version)
    review = case.supervision_reviews.filter(pk=review_id, action_due_on__isnull=False).first()
    if review is None:
        raise NotPossible("There is no such action on this request.")
    check_can_close_action(by, review)
    if review.done_at:
        raise NotPossible("This action has already been closed. Go back to the request.")
    if not done.strip():
        raise NotPossible("Enter what was done. An action is not closed without it.", field="done")
    if not review.reviewed_on <= done_on <= today:
        raise NotPossible(
            f"Enter a date between {short_date(review.reviewed_on)}, the day of the review, and today.",
            field="done_on",
        )
    review.done, review.done_on, review.done_by, review.done_at = done.strip(), done_on, by, at
    review.save()
    save_with_event(
        case,
        event=SUPERVISION_ACTION_DONE,
        by=by,
        at=at,
        detail={"done_on": done_on, "action_due_on": review.action_due_on},
        words={"done": review.done},
        masked=applicant_masked(case),
    )
    return review
