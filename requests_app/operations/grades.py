"""Operations of administration: grades, their hourly rates from a day on, and the grades of officers."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings import change_values
from requests_app.events.time_spent import (
    GRADE_ADDED,
    GRADE_CHANGED,
    OFFICER_GRADE_REMOVED,
    OFFICER_GRADE_SET,
    RATE_REMOVED,
    RATE_SET,
)
from requests_app.models import Grade, GradeRate, OfficerGrade

#: The right to ask is in force since then.
FIRST_YEAR = 2005
#: Pay deals are known so far ahead at most.
YEARS_AHEAD = 5
#: What the trail calls these settings.
SUBJECT = "grades"


@transaction.atomic
def add_grade(*, by: User, at: datetime, name: str) -> Grade:
    """Add a grade. Raises NotPossible for a name that there is already, in capitals or not."""
    check_can(Permission.CHANGE_SETTINGS, by)
    _check_name(name)
    grade = Grade.objects.create(name=name)
    record_event(event=GRADE_ADDED, by=by, at=at, subject=SUBJECT, detail={"name": name})
    return grade


@transaction.atomic
def change_grade(*, by: User, at: datetime, grade_id: int, name: str, is_in_use: bool) -> Grade:
    """Rename a grade, or say whether it can still be chosen. Raises NotPossible for a name that there is already."""
    check_can(Permission.CHANGE_SETTINGS, by)
    grade = Grade.objects.select_for_update().get(pk=grade_id)
    _check_name(name, but=grade_id)
    if changed := change_values(grade, {"name": name, "is_in_use": is_in_use}):
        grade.save()
        record_event(event=GRADE_CHANGED, by=by, at=at, subject=SUBJECT, detail={"changed": changed})
    return grade


@transaction.atomic
def set_rate(*, by: User, at: datetime, grade: Grade, from_on: date, hourly: Decimal) -> GradeRate:
    """Set what an hour of a grade costs for work done from a day on; a rate set for that day is corrected.

    Raises NotPossible for a year in which nobody can have worked on requests, or long to come.
    """
    check_can(Permission.CHANGE_SETTINGS, by)
    _check_year(from_on, at)
    before = GradeRate.objects.select_for_update().filter(grade=grade, from_on=from_on).first()
    rate, _ = GradeRate.objects.update_or_create(grade=grade, from_on=from_on, defaults={"hourly": hourly})
    detail = {"grade": grade, "hourly": hourly, "from_on": from_on}
    corrected = {"before": before.hourly} if before and before.hourly != hourly else {}
    record_event(event=RATE_SET, by=by, at=at, subject=SUBJECT, detail={**detail, **corrected})
    return rate


@transaction.atomic
def remove_rate(*, by: User, at: datetime, rate_id: int) -> None:
    """Remove a rate set by mistake; work from its day on is then counted at the rate before it, if there is one."""
    check_can(Permission.CHANGE_SETTINGS, by)
    rate = GradeRate.objects.select_for_update(of=("self",)).select_related("grade").get(pk=rate_id)
    detail = {"grade": rate.grade, "hourly": rate.hourly, "from_on": rate.from_on}
    rate.delete()
    record_event(event=RATE_REMOVED, by=by, at=at, subject=SUBJECT, detail=detail)


@transaction.atomic
def set_officer_grade(*, by: User, at: datetime, person: User, grade: Grade, from_on: date) -> OfficerGrade:
    """Set the grade of an officer for hours recorded from now on of work done from a day on.

    Hours recorded before keep the grade they were recorded with. Raises NotPossible as `set_rate` does.
    """
    check_can(Permission.CHANGE_SETTINGS, by)
    _check_year(from_on, at)
    row, _ = OfficerGrade.objects.update_or_create(person=person, from_on=from_on, defaults={"grade": grade})
    detail = {"person": person, "grade": grade, "from_on": from_on}
    record_event(event=OFFICER_GRADE_SET, by=by, at=at, subject=SUBJECT, detail=detail)
    return row


@transaction.atomic
def remove_officer_grade(*, by: User, at: datetime, row_id: int) -> None:
    """Remove a grade of an officer set by mistake. Hours recorded with it keep it."""
    check_can(Permission.CHANGE_SETTINGS, by)
    row = (
        OfficerGrade.objects.select_for_update(of=("self",)).select_related("person", "grade").get(pk=row_id)
    )
    detail = {"person": row.person, "grade": row.grade, "from_on": row.from_on}
    row.delete()
    record_event(event=OFFICER_GRADE_REMOVED, by=by, at=at, subject=SUBJECT, detail=detail)


def _check_year(from_on: date, at: datetime) -> None:
    if not FIRST_YEAR <= from_on.year <= at.year + YEARS_AHEAD:
        raise NotPossible(
            f"Check the year: enter one from {FIRST_YEAR} to {at.year + YEARS_AHEAD}.", field="from_on"
        )


def _check_name(name: str, *, but: int = 0) -> None:
    if Grade.objects.filter(name__iexact=name).exclude(pk=but).exists():
        raise NotPossible("There is a grade of that name already.", field="name")
