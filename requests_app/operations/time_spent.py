"""Operations on time spent: record it, correct it, remove it. All stay possible on a closed request."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, can, check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings import change_values
from foitracker.identity.operations import own_words_problem
from foitracker.identity.traces import find_traces_of
from foitracker.pages.words import short_date
from requests_app.events.time_spent import TIME_CORRECTED, TIME_RECORDED, TIME_REMOVED
from requests_app.models import FoiRequest, Grade, TimeRecord
from requests_app.operations.casework import lock_case
from requests_app.operations.masking import applicant_masked
from requests_app.queries.grades import grade_of
from requests_app.queries.identity import known_identity_of
from requests_app.rules.casework.time_spent import NOT_QUARTERS, WorkKind, is_recordable


@dataclass(frozen=True)
class TimeSpent:
    """Hours of a day, and the kind of work where it is known.

    When an officer records their own, the grade that the settings hold for them on the day is taken, and `grade` only
    where they hold none.
    """

    worked_on: date
    hours: Decimal
    grade: Grade | None = None
    business_area: str = ""
    kind: WorkKind | None = None


@transaction.atomic
def record_time(
    *,
    case_id: int,
    by: User,
    at: datetime,
    today: date,
    spent: TimeSpent,
    is_colleague: bool = False,
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> TimeRecord:
    """Record hours that `by`, or a colleague outside the team, spent on a request.

    With `identity_confirmed` somebody says that what may name the applicant in the business area does not. Raises
    NotPossible for hours that are no whole quarters, a day before the request came or in the future, where the grade
    is not known, or for an area that names the applicant; CaseChanged, so that a form sent twice is recorded once.
    """
    check_can(Permission.RECORD_TIME, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    person = None if is_colleague else by
    if person and (grade := grade_of(person, spent.worked_on)):
        spent = replace(spent, grade=grade)
    row = TimeRecord.objects.create(
        foi_request=case,
        person=person,
        recorded_by=by,
        recorded_at=at,
        **_checked(case, person, spent, today, identity_confirmed),
    )
    save_with_event(case, event=TIME_RECORDED, by=by, at=at, **_recorded(row), masked=applicant_masked(case))
    return row


@transaction.atomic
def correct_time(
    *,
    case_id: int,
    record_id: int,
    by: User,
    at: datetime,
    today: date,
    spent: TimeSpent,
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> TimeRecord:
    """Correct hours that were recorded; the trail keeps what they were. Nothing is recorded when nothing changed.

    Raises NotPossible as `record_time` does, and for hours that are no longer there; NotPermitted; CaseChanged.
    """
    check_can(Permission.RECORD_TIME, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    row = _row(case, record_id, by)
    spent = replace(spent, grade=spent.grade or row.grade)
    changed = change_values(row, _checked(case, row.person, spent, today, identity_confirmed))
    if changed:
        row.save()
        save_with_event(
            case,
            event=TIME_CORRECTED,
            by=by,
            at=at,
            detail={"changed": changed},
            masked=applicant_masked(case),
        )
    return row


@transaction.atomic
def remove_time(
    *, case_id: int, record_id: int, by: User, at: datetime, seen_version: int | None = None
) -> FoiRequest:
    """Remove hours that were recorded by mistake; the trail keeps what they were.

    Raises NotPossible for hours that are no longer there; NotPermitted; CaseChanged.
    """
    check_can(Permission.RECORD_TIME, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    row = _row(case, record_id, by)
    recorded = _recorded(row)
    row.delete()
    return save_with_event(case, event=TIME_REMOVED, by=by, at=at, **recorded, masked=applicant_masked(case))


def check_can_correct(user: User, row: TimeRecord) -> None:
    """Raise NotPermitted unless `user` recorded these hours, or oversees the team."""
    check_can(Permission.RECORD_TIME, user)
    if user.pk != row.recorded_by_id and not can(Permission.OVERSEE, user):
        raise NotPermitted("Whoever recorded these hours can correct them, or a manager.")


def _row(case: FoiRequest, record_id: int, by: User) -> TimeRecord:
    row = case.time_records.select_related("person", "grade").filter(pk=record_id).first()
    if row is None:
        raise NotPossible("These hours are no longer on the request. Go back to it.")
    check_can_correct(by, row)
    return row


def _checked(
    case: FoiRequest, person: User | None, spent: TimeSpent, today: date, identity_confirmed: bool
) -> dict[str, Any]:
    """The columns of what was entered, once nothing is wrong with it."""
    if not is_recordable(spent.hours):
        raise NotPossible(NOT_QUARTERS, field="hours")
    if not case.received_on <= spent.worked_on <= today:
        raise NotPossible(
            f"Enter a date between {short_date(case.received_on)}, when the request was received, and today.",
            field="worked_on",
        )
    if spent.grade is None:
        whose = "No grade is set for you on that day. Choose it" if person else "Choose the colleague’s grade"
        raise NotPossible(f"{whose}.", field="grade")
    area = "" if person else spent.business_area.strip()
    traces = find_traces_of(area, known_identity_of(case))
    if problem := own_words_problem(traces, confirmed=identity_confirmed):
        raise NotPossible(problem, field="business_area")
    return {
        "worked_on": spent.worked_on,
        "hours": spent.hours,
        "grade": spent.grade,
        "business_area": area,
        "kind": spent.kind or "",
    }


def _recorded(row: TimeRecord) -> dict[str, Any]:
    """The facts and the free words of these hours, as events take them."""
    return {
        "detail": {
            "worked_on": row.worked_on,
            "hours": row.hours,
            "grade": row.grade,
            "is_colleague": row.person_id is None,
            "kind": row.kind,
        },
        "words": {"business_area": row.business_area},
    }
