"""Operations on recovery plans: make one, and change the text that is published about it."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings import check_unchanged
from foitracker.identity.operations import check_published
from foitracker.pages.words import short_date
from foitracker.working_days.planned_days import check_working_day
from foitracker.working_days.queries import current_calendar
from requests_app.events.supervision import RECOVERY_PLAN_MADE, RECOVERY_TEXT_CHANGED
from requests_app.models import PlannedRequest, RecoveryPlan
from requests_app.queries.authority import authority
from requests_app.queries.recovery import old_requests, still_open
from requests_app.rules.casework.recovery import LONGEST_DAYS, publication_text


@transaction.atomic
def make_plan(*, by: User, at: datetime, today: date, clear_by: date) -> RecoveryPlan:
    """Make a plan to answer, by a working day, every request that has waited longer than 20 working days today.

    Raises NotPossible for a day that is not after today, more than a year away or no working day; where no request
    has waited so long; and beside another plan made today.
    """
    check_can(Permission.OVERSEE, by)
    if clear_by <= today:
        raise NotPossible("Enter a date after today.", field="clear_by")
    if clear_by > today + timedelta(days=LONGEST_DAYS):
        raise NotPossible("Enter a date within a year.", field="clear_by")
    check_working_day(clear_by, field="clear_by")
    cases = list(old_requests(today, current_calendar(checked_now=True)).values_list("pk", flat=True))
    if not cases:
        raise NotPossible("No request has waited longer than 20 working days, so no plan is needed.")
    plan = RecoveryPlan(
        made_on=today,
        clear_by=clear_by,
        text=publication_text(_name(), len(cases), today, clear_by, len(cases), today),
        made_by=by,
        made_at=at,
    )
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError as error:
        raise NotPossible(
            f"A recovery plan was made today, {short_date(today)}. There is one a day at most."
        ) from error
    PlannedRequest.objects.bulk_create(PlannedRequest(plan=plan, foi_request_id=pk) for pk in cases)
    detail = {"made_on": today, "clear_by": clear_by, "requests": len(cases)}
    record_event(event=RECOVERY_PLAN_MADE, by=by, at=at, subject=plan.audit_subject, detail=detail)
    return plan


def text_from_figures(plan: RecoveryPlan, today: date) -> str:
    """Return the text for publication made from the figures of a plan as they are today."""
    number = plan.planned.count()
    return publication_text(_name(), number, plan.made_on, plan.clear_by, still_open(plan), today)


def _name() -> str:
    found = authority()
    return found.name if found else "this authority"


@transaction.atomic
def change_text(
    *,
    plan_id: int,
    by: User,
    at: datetime,
    text: str,
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> RecoveryPlan:
    """Change the text for publication of a plan.

    With `identity_confirmed` the writer says that what may tell who somebody is tells neither who an applicant nor who
    an officer is; the event says how much of which kind was left in. Raises NotPossible for no text, and for one that
    names an officer or may tell who an applicant is; SettingsChanged.
    """
    check_can(Permission.OVERSEE, by)
    plan = RecoveryPlan.objects.select_for_update().get(pk=plan_id)
    check_unchanged(plan.audit_subject, seen_version)
    if not text.strip():
        raise NotPossible("Enter the text.", field="text")
    left_in = check_published(text.strip(), confirmed=identity_confirmed, field="text")
    if text.strip() != plan.text:
        plan.text = text.strip()
        plan.save()
        record_event(
            event=RECOVERY_TEXT_CHANGED,
            by=by,
            at=at,
            subject=plan.audit_subject,
            detail={"left_in": left_in} if left_in else {},
            words={"text": plan.text},
        )
    return plan
