"""Operations on promises to the applicant: promise to tell them something by a day, and record what was said.

Both stay possible on a closed request: an applicant may be promised something after the answer, too. The clock takes
no notice.
"""

from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.local_day import local
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.pages.words import short_date
from requests_app.events.contact_tasks import CONTACT_MADE, CONTACT_PROMISED
from requests_app.models import ContactTask
from requests_app.operations.casework import lock_case
from requests_app.operations.masking import applicant_masked


@transaction.atomic
def promise_contact(
    *,
    case_id: int,
    by: User,
    at: datetime,
    promised: str,
    due_on: date,
    today: date,
    seen_version: int | None = None,
) -> ContactTask:
    """Record what the applicant has been promised to be told, and by which day.

    Raises NotPossible without words, or for a day that is over.
    """
    check_can(Permission.WORK_CASE, by)
    if not promised.strip():
        raise NotPossible("Enter what the applicant was promised.", field="promised")
    if due_on < today:
        raise NotPossible(
            f"{short_date(due_on)} is in the past. Enter the date the applicant was promised.", field="due_on"
        )
    case = lock_case(pk=case_id, seen_version=seen_version)
    task = ContactTask.objects.create(
        foi_request=case, promised=promised.strip(), due_on=due_on, promised_by=by, promised_at=at
    )
    save_with_event(
        case,
        event=CONTACT_PROMISED,
        by=by,
        at=at,
        detail={"due_on": due_on},
        words={"promised": task.promised},
        masked=applicant_masked(case),
    )
    return task


@transaction.atomic
def close_contact(
    *,
    case_id: int,
    task_id: int,
    by: User,
    at: datetime,
    said: str,
    said_on: date,
    today: date,
    seen_version: int | None = None,
) -> ContactTask:
    """Close a promise with what the applicant was told, and when.

    Raises NotPossible without an entry of what was said, for a day before the promise or in the future, or when it
    was closed already.
    """
    check_can(Permission.WORK_CASE, by)
    if not said.strip():
        raise NotPossible(
            "Enter what the applicant was told. A promise is not closed without it.", field="said"
        )
    case = lock_case(pk=case_id, seen_version=seen_version)
    task = ContactTask.objects.filter(pk=task_id, foi_request=case, closed_at__isnull=True).first()
    if task is None:
        raise NotPossible(
            "What was said about this promise has already been recorded. Go back to the request."
        )
    promised_on = local(task.promised_at).date()
    if not promised_on <= said_on <= today:
        raise NotPossible(
            f"Enter a date between {short_date(promised_on)}, when this was promised, and today.",
            field="said_on",
        )
    task.said, task.said_on, task.closed_by, task.closed_at = said.strip(), said_on, by, at
    task.save()
    save_with_event(
        case,
        event=CONTACT_MADE,
        by=by,
        at=at,
        detail={"said_on": said_on, "due_on": task.due_on},
        words={"said": task.said},
        masked=applicant_masked(case),
    )
    return task
