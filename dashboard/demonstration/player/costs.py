"""What figures of cost and of similar forces are made of: grades, hours of the past, groups, requests reported."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import those_who_may
from foitracker.accounts.roles import Role
from foitracker.statistics.periods import financial_year, months_later
from referrals.operations.similar_forces import enter_requests, save_group
from referrals.queries.forces import find_force
from requests_app.models import FoiRequest, Grade, TimeRecord
from requests_app.operations.grades import add_grade, set_officer_grade, set_rate
from requests_app.rules.casework.time_spent import QUARTER, WorkKind

#: Grades with what an hour of each costs, and after a rise of the last April; the first is the officers'.
_GRADES = (("Band C", "19.80", "20.60"), ("Band D", "24.40", "25.40"), ("Inspector", "38.10", "39.65"))
#: Where colleagues outside the team look for what is asked.
_AREAS = ("Operations", "Finance", "Human resources", "Digital and data")
#: Of so many requests one has no hours: nobody recorded any.
_NONE_OF = 7
_SIMILAR = {
    "Northern counties": ("Lancashire Constabulary", "Durham Constabulary", "Cumbria Constabulary"),
    "Southern counties": ("Kent Police", "Essex Police", "Sussex Police", "Surrey Police"),
}


def record_costs(administrator: User, today: date) -> None:
    """Set grades, rates and who has which; the hours on answered requests are brought over in one go."""
    begun = months_later(today.replace(day=1), -36)
    risen = date(today.year if today >= date(today.year, 4, 1) else today.year - 1, 4, 1)
    at = datetime.combine(begun, time(9), tzinfo=UTC)
    grades = []
    for name, before, after in _GRADES:
        grade = add_grade(by=administrator, at=at, name=name)
        for from_on, hourly in ((begun, before), (risen, after)):
            set_rate(by=administrator, at=at, grade=grade, from_on=from_on, hourly=Decimal(hourly))
        grades.append(grade)
    team = User.objects.filter(those_who_may(Permission.RECORD_TIME), is_demonstration=True).order_by("pk")
    for person in team:
        grade = grades[1 if person.has_role(Role.DECISION_MAKER) else 0]
        set_officer_grade(by=administrator, at=at, person=person, grade=grade, from_on=begun)
    answered = FoiRequest.objects.filter(responded_on__isnull=False, officer__isnull=False).order_by("pk")
    rows = [
        row
        for case in answered.only("number", "officer_id", "responded_on", "logged_by_id")
        if case.number % _NONE_OF
        for row in _hours(case, list(team), grades)
    ]
    TimeRecord.objects.bulk_create(rows, batch_size=1000)


def _hours(case: FoiRequest, team: list[User], grades: list[Grade]) -> Iterator[TimeRecord]:
    """Of the officer, of whoever checked it, and of a colleague where something had to be looked for."""
    checker = team[case.number % len(team)]
    yield _row(case, case.officer_id, grades[0], 4 + case.number * 7 % 23, WorkKind.DRAFTING)
    yield _row(case, checker.pk, grades[1], 1 + case.number % 4, WorkKind.CHECKING)
    if case.number % 3 == 0:
        area = _AREAS[case.number % len(_AREAS)]
        yield _row(case, None, grades[2], 2 + case.number * 5 % 11, WorkKind.LOCATING, area)


def _row(
    case: FoiRequest, person: int | None, grade: Grade, quarters: int, kind: WorkKind, area: str = ""
) -> TimeRecord:
    day = case.responded_on or date.min
    return TimeRecord(
        foi_request=case,
        worked_on=day,
        hours=quarters * QUARTER,
        person_id=person,
        grade=grade,
        business_area=area,
        kind=kind,
        recorded_by_id=person or case.officer_id or case.logged_by_id,
        recorded_at=datetime.combine(day, time(15, 30), tzinfo=UTC),
    )


def compare_forces(administrator: User, today: date) -> None:
    """Make groups of similar forces and enter what their forces report for the last two financial years."""
    at = datetime.combine(today.replace(day=1), time(9), tzinfo=UTC)
    ended = today.year - 1 if today >= date(today.year, 6, 1) else today.year - 2
    for name, names in _SIMILAR.items():
        forces = [find_force(one) for one in names]
        save_group(by=administrator, at=at, name=name, basis="Invented for the demonstration", forces=forces)
        for place, force in enumerate(forces[:3]):  # of the last one of four nothing is known
            for year in (ended - 1, ended):
                period = financial_year(year)
                enter_requests(
                    by=administrator,
                    at=at,
                    today=today,
                    force=force,
                    from_on=period.from_on,
                    to_on=period.to_on,
                    received=900 + 310 * place + year % 10 * 20,
                    source="Monitoring return (invented)",
                    published_on=date(year + 1, 5, 15),
                )
