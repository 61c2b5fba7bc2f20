"""Grades, their rates by date, and the grades of officers."""

from datetime import date

from django.db.models import QuerySet

from foitracker.accounts.models import User
from requests_app.models import Grade, GradeRate, OfficerGrade


def grades() -> QuerySet[Grade]:
    """Return every grade, by name."""
    return Grade.objects.all()


def rates() -> QuerySet[GradeRate]:
    """Return every rate, by grade, the latest first."""
    return GradeRate.objects.select_related("grade")


def officer_grades() -> QuerySet[OfficerGrade]:
    """Return every grade of an officer, by name, the latest first."""
    return OfficerGrade.objects.select_related("person", "grade")


def grade_of(person: User, day: date) -> Grade | None:
    """Return the grade of an officer on a day; None where none is set."""
    row = (
        OfficerGrade.objects.filter(person=person, from_on__lte=day)
        .select_related("grade")
        .order_by("-from_on")
    )
    found = row.first()
    return found.grade if found else None
