"""Time spent on a request: whole quarters of a day, with the grade of that day; corrected with a trail."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import CaseChanged, NotPossible
from requests_app.models import FoiRequest, Grade, TimeRecord
from requests_app.operations.grades import (
    add_grade,
    change_grade,
    remove_officer_grade,
    remove_rate,
    set_officer_grade,
    set_rate,
)
from requests_app.operations.time_spent import TimeSpent, correct_time, record_time, remove_time
from requests_app.queries.time_spent import sum_of, time_of
from requests_app.rules.casework.time_spent import WorkKind, is_recordable
from tests import factories
from tests.factories import AT, RECEIVED, Staff, person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

LATER = date(2026, 3, 20)


@pytest.fixture
def administrator(db: None) -> User:
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def grade(administrator: User) -> Grade:
    return add_grade(by=administrator, at=AT, name="Band C")


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return factories.request(by=staff.intake, officer=staff.officer)


def spent(hours: str = "1.5", on: date = RECEIVED, **more: Any) -> TimeSpent:
    return TimeSpent(worked_on=on, hours=Decimal(hours), **more)


def record(case: FoiRequest, by: User, what: TimeSpent, **more: Any) -> TimeRecord:
    return record_time(case_id=case.pk, by=by, at=AT, today=LATER, spent=what, **more)


def test_hours_are_one_event_with_grade_and_kind(case: FoiRequest, staff: Staff, grade: Grade) -> None:
    row = record(case, staff.officer, spent(grade=grade, kind=WorkKind.READING))
    assert (row.person, row.hours, row.kind) == (staff.officer, Decimal("1.5"), "reading")
    event = timeline(case.reference)[0]
    assert event.event == "time_recorded"
    assert (event.detail["hours"], event.detail["grade"]) == ("1.5", "Band C")


def test_of_a_colleague_only_grade_and_area_are_kept(case: FoiRequest, staff: Staff, grade: Grade) -> None:
    row = record(case, staff.officer, spent(grade=grade, business_area="Fleet"), is_colleague=True)
    assert (row.person, row.business_area, row.recorded_by) == (None, "Fleet", staff.officer)
    with pytest.raises(NotPossible, match="colleague’s grade") as refused:
        record(case, staff.officer, spent(), is_colleague=True)
    assert refused.value.field == "grade"
    assert record(case, staff.officer, spent(grade=grade, business_area="Fleet")).business_area == ""


def test_the_area_is_free_text_of_the_trail_in_which_the_applicant_is_looked_for(
    case: FoiRequest, staff: Staff, grade: Grade
) -> None:
    with pytest.raises(NotPossible, match="applicant") as refused:
        record(
            case,
            staff.officer,
            spent(grade=grade, business_area="Perpetua Lowmoor"),
            is_colleague=True,
            identity_confirmed=True,
        )
    assert refused.value.field == "business_area"
    house = spent(grade=grade, business_area="Lowmoor House")
    with pytest.raises(NotPossible, match="applicant"):
        record(case, staff.officer, house, is_colleague=True)
    row = record(case, staff.officer, house, is_colleague=True, identity_confirmed=True)
    common: dict[str, Any] = {"case_id": case.pk, "record_id": row.pk, "by": staff.officer, "at": AT}
    with pytest.raises(NotPossible, match="applicant"):
        correct_time(**common, today=LATER, spent=spent(business_area="Lowmoor"))
    correct_time(**common, today=LATER, spent=spent(business_area="Fleet"))
    remove_time(**common)
    removed, corrected, recorded = timeline(case.reference)[:3]
    assert all("Lowmoor" not in str(one.detail) + str(one.words) for one in (removed, corrected, recorded))
    assert recorded.words == {"business_area": "**** House"}
    assert corrected.words == {"business_area.from": "**** House", "business_area.to": "Fleet"}
    assert removed.words == {"business_area": "Fleet"}


@pytest.mark.parametrize("hours", ["0", "-1", "0.3", "100.25", "1.125"])
def test_only_whole_quarters_up_to_a_hundred_hours_are_recorded(
    case: FoiRequest, staff: Staff, grade: Grade, hours: str
) -> None:
    with pytest.raises(NotPossible, match="quarters"):
        record(case, staff.officer, spent(hours, grade=grade))
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeRecord.objects.create(
            foi_request=case,
            worked_on=RECEIVED,
            hours=Decimal(hours) if hours != "1.125" else Decimal("1.12"),
            grade=grade,
            recorded_by=staff.officer,
            recorded_at=AT,
        )


@given(st.integers(min_value=-10, max_value=100_000))
def test_what_is_recordable_is_a_number_of_quarters(hundredths: int) -> None:
    assert is_recordable(Decimal(hundredths) / 100) == (0 < hundredths <= 10_000 and hundredths % 25 == 0)


def test_not_a_number_is_not_recordable() -> None:
    assert not is_recordable(Decimal("NaN"))
    assert not is_recordable(Decimal("Infinity"))


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2026, 3, 21)])
def test_a_day_before_the_request_or_in_the_future_is_refused(
    case: FoiRequest, staff: Staff, grade: Grade, on: date
) -> None:
    with pytest.raises(NotPossible, match="between 02/03/2026"):
        record(case, staff.officer, spent(on=on, grade=grade))


def test_the_grade_is_the_one_of_the_day_and_a_promotion_moves_nothing(
    case: FoiRequest, staff: Staff, grade: Grade, administrator: User
) -> None:
    higher = add_grade(by=administrator, at=AT, name="Band D")
    common: dict[str, Any] = {"by": administrator, "at": AT, "person": staff.officer}
    with pytest.raises(NotPossible, match="No grade is set for you"):
        record(case, staff.officer, spent())
    set_officer_grade(**common, grade=grade, from_on=RECEIVED)
    first = record(case, staff.officer, spent(on=date(2026, 3, 9)))
    promoted = set_officer_grade(**common, grade=higher, from_on=date(2026, 3, 10))
    assert record(case, staff.officer, spent(on=date(2026, 3, 9))).grade == grade
    assert record(case, staff.officer, spent(on=date(2026, 3, 10), grade=grade)).grade == higher
    remove_officer_grade(by=administrator, at=AT, row_id=promoted.pk)
    first.refresh_from_db()
    assert first.grade == grade
    assert record(case, staff.officer, spent(on=date(2026, 3, 10))).grade == grade


def test_each_hour_costs_what_its_grade_cost_on_the_day(
    case: FoiRequest, staff: Staff, grade: Grade, administrator: User
) -> None:
    common: dict[str, Any] = {"by": administrator, "at": AT, "grade": grade}
    record(case, staff.officer, spent("1", date(2026, 3, 2), grade=grade))  # before any rate
    record(case, staff.officer, spent("2", date(2026, 3, 3), grade=grade))
    record(case, staff.officer, spent("0.25", date(2026, 3, 10), grade=grade))
    assert sum_of(time_of(case)).unpriced == Decimal("3.25")
    set_rate(**common, from_on=date(2026, 3, 3), hourly=Decimal("20"))
    rise = set_rate(**common, from_on=date(2026, 3, 10), hourly=Decimal("30"))
    total = sum_of(time_of(case))
    assert (total.hours, total.cost, total.unpriced) == (Decimal("3.25"), Decimal("47.5"), Decimal(1))
    set_rate(**common, from_on=date(2026, 3, 10), hourly=Decimal("40"))
    assert timeline("grades")[0].detail["before"] == "30.00"
    assert sum_of(time_of(case)).cost == 50
    remove_rate(by=administrator, at=AT, rate_id=rise.pk)
    assert sum_of(time_of(case)).cost == 45


def test_a_correction_and_a_removal_keep_what_was_recorded(
    case: FoiRequest, staff: Staff, grade: Grade
) -> None:
    row = record(case, staff.officer, spent(grade=grade))
    common: dict[str, Any] = {"case_id": case.pk, "record_id": row.pk, "at": AT}
    correct_time(**common, by=staff.officer, today=LATER, spent=spent("2.25"))
    event = timeline(case.reference)[0]
    assert event.event == "time_corrected"
    assert event.detail["changed"] == {"hours": {"from": "1.50", "to": "2.25"}}
    row.refresh_from_db()
    assert (row.hours, row.grade) == (Decimal("2.25"), grade)
    number = timeline(case.reference).count()
    correct_time(**common, by=staff.officer, today=LATER, spent=spent("2.25"))
    assert timeline(case.reference).count() == number
    for stranger in (staff.intake, person(Role.AUDITOR)):
        with pytest.raises(NotPermitted):
            remove_time(**common, by=stranger)
    remove_time(**common, by=person(Role.MANAGER))
    assert not case.time_records.exists()
    assert timeline(case.reference)[0].detail["hours"] == "2.25"
    with pytest.raises(NotPossible, match="no longer"):
        remove_time(**common, by=staff.officer)


def test_a_form_sent_twice_is_recorded_once(case: FoiRequest, staff: Staff, grade: Grade) -> None:
    record(case, staff.officer, spent(grade=grade), seen_version=case.version)
    with pytest.raises(CaseChanged):
        record(case, staff.officer, spent(grade=grade), seen_version=case.version)
    assert case.time_records.count() == 1


def test_who_may(case: FoiRequest, staff: Staff, grade: Grade) -> None:
    with pytest.raises(NotPermitted):
        record(case, person(Role.AUDITOR), spent(grade=grade))
    with pytest.raises(NotPermitted):
        add_grade(by=person(Role.MANAGER), at=AT, name="Band E")


def test_a_grade_has_one_name_and_can_be_put_out_of_use(grade: Grade, administrator: User) -> None:
    with pytest.raises(NotPossible, match="already"):
        add_grade(by=administrator, at=AT, name="BAND C")
    change_grade(by=administrator, at=AT, grade_id=grade.pk, name="Band C", is_in_use=False)
    grade.refresh_from_db()
    assert not grade.is_in_use
    assert timeline("grades")[0].event == "grade_changed"


@pytest.mark.parametrize(
    "from_on", [date(1900, 1, 1), date(2004, 12, 31), date(2032, 1, 1), date(9999, 1, 1)]
)
def test_a_year_that_cannot_be_is_refused(grade: Grade, administrator: User, from_on: date) -> None:
    with pytest.raises(NotPossible, match="Check the year"):
        set_rate(by=administrator, at=AT, grade=grade, from_on=from_on, hourly=Decimal("20"))
    with pytest.raises(NotPossible, match="Check the year"):
        set_officer_grade(by=administrator, at=AT, person=person(Role.OFFICER), grade=grade, from_on=from_on)
