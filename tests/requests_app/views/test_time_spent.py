"""The pages of time spent: enter it on a case, correct it, remove it; and grades and rates among the settings."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from requests_app.models import FoiRequest, Grade, GradeRate, OfficerGrade, TimeRecord
from requests_app.operations.grades import add_grade, set_rate
from tests import factories
from tests.factories import AT, RECEIVED, Staff, person

from .casework import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def grade(db: None) -> Grade:
    administrator = person(Role.ADMINISTRATOR)
    grade = add_grade(by=administrator, at=AT, name="Band C")
    set_rate(by=administrator, at=AT, grade=grade, from_on=RECEIVED, hourly=Decimal("20.40"))
    return grade


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return factories.request(by=staff.intake, officer=staff.officer)


def address(case: FoiRequest, name: str, *more: int) -> str:
    return reverse(f"requests_app:{name}", args=[case.year, case.number, *more])


def typed(**more: Any) -> dict[str, Any]:
    day = {"worked_on_0": "2", "worked_on_1": "3", "worked_on_2": "2026"}
    return {"whose": "mine", "hours": "1.5", "kind": "", "grade": "", "business_area": "", **day, **more}


def test_an_officer_enters_time_and_sees_the_cost_on_the_case(
    client: Client, staff: Staff, case: FoiRequest, grade: Grade
) -> None:
    client.force_login(staff.officer)
    assert "No time has been recorded" in text_of(client.get(case.get_absolute_url()))
    page = text_of(client.get(address(case, "time_add")))
    assert "not the estimate of section 12" in page
    sent = client.post(address(case, "time_add"), typed())
    assert sent.status_code == 422
    assert "No grade is set for you on that day" in text_of(sent)
    assert client.post(address(case, "time_add"), typed(grade=grade.pk)).status_code == 302
    colleague = typed(whose="colleague", hours="2", grade=grade.pk, business_area="Fleet", kind="locating")
    assert client.post(address(case, "time_add"), colleague).status_code == 302
    page = text_of(client.get(case.get_absolute_url()))
    assert "3.50 hours, £71.40" in page
    assert "colleague, " in page
    assert "Fleet" in page
    assert "Not a section 12 estimate" in page


@pytest.mark.parametrize("hours", ["", "a", "0.3", "0", "101", "NaN", "1e9"])
def test_what_is_no_number_of_quarters_is_said_beside_the_field(
    client: Client, staff: Staff, case: FoiRequest, grade: Grade, hours: str
) -> None:
    client.force_login(staff.officer)
    sent = client.post(address(case, "time_add"), typed(hours=hours, grade=grade.pk))
    assert sent.status_code == 422
    assert "Enter hours in quarters" in text_of(sent)
    assert not TimeRecord.objects.exists()


def test_it_is_corrected_and_removed_by_whoever_recorded_it(
    client: Client, staff: Staff, case: FoiRequest, grade: Grade
) -> None:
    client.force_login(staff.officer)
    client.post(address(case, "time_add"), typed(grade=grade.pk))
    row = case.time_records.get()
    correct, remove = (address(case, name, row.pk) for name in ("time_correct", "time_remove"))
    assert 'value="1.5"' in client.get(correct).content.decode()
    assert client.post(correct, typed(hours="2.75", grade=grade.pk)).status_code == 302
    row.refresh_from_db()
    assert row.hours == Decimal("2.75")
    client.force_login(staff.intake)
    assert client.get(correct).status_code == 403
    assert "in the team" in text_of(client.get(case.get_absolute_url()))
    client.force_login(staff.officer)
    assert "2.75 hours on 2 March 2026" in text_of(client.get(remove))
    assert client.post(remove, {}).status_code == 302
    assert client.get(remove).status_code == 404
    assert client.post(remove, {}).status_code == 409


def test_the_timeline_tells_nobody_whose_hours_are_whose(
    client: Client, staff: Staff, case: FoiRequest, grade: Grade
) -> None:
    client.force_login(staff.officer)
    saved = client.post(address(case, "time_add"), typed(hours="1", grade=grade.pk), follow=True)
    assert "Saved: 1 hour on 2 March 2026." in text_of(saved)
    row = case.time_records.get()
    correct, remove = (address(case, name, row.pk) for name in ("time_correct", "time_remove"))
    client.post(correct, typed(hours="2.75", grade=grade.pk))
    client.post(remove, {})
    client.force_login(person(Role.AUDITOR))
    page = client.get(case.get_absolute_url())
    timeline = text_of(page).split("Time spent removed", 1)[1]
    assert "Hours changed." in timeline
    assert "Time spent recorded" in timeline
    assert not any(told in timeline for told in ("2.75", "1.00", "Band C", "2 March 2026, Band"))


def test_the_casefile_asks_as_much_whatever_was_recorded(
    client: Client, staff: Staff, case: FoiRequest, grade: Grade, django_assert_max_num_queries: Any
) -> None:
    client.force_login(staff.officer)
    numbers = []
    for rows in (1, 40):
        TimeRecord.objects.bulk_create(
            TimeRecord(
                foi_request=case,
                worked_on=RECEIVED,
                hours=1,
                grade=grade,
                person=staff.officer,
                recorded_by=staff.officer,
                recorded_at=AT,
            )
            for _ in range(rows)
        )
        with django_assert_max_num_queries(25) as asked:
            client.get(case.get_absolute_url())
            numbers.append(len(asked))
    assert 0 < numbers[0] == numbers[1]


def test_an_administrator_sets_grades_rates_and_who_has_which(client: Client, staff: Staff) -> None:
    user: User = person(Role.ADMINISTRATOR)
    client.force_login(user)
    assert "There is no grade yet" in text_of(client.get(reverse("requests_app:grades")))
    assert client.post(reverse("requests_app:grade_add"), {"name": "Band C"}).status_code == 302
    grade = Grade.objects.get()
    day = {"from_on_0": "1", "from_on_1": "4", "from_on_2": "2026"}
    rate = {"grade": grade.pk, "hourly": "20.40", **day}
    assert client.post(reverse("requests_app:grade_rate"), {**rate, "hourly": "-3"}).status_code == 422
    assert client.post(reverse("requests_app:grade_rate"), rate).status_code == 302
    set_for = {"person": staff.officer.pk, "grade": grade.pk, **day}
    assert client.post(reverse("requests_app:officer_grade"), set_for).status_code == 302
    page = text_of(client.get(reverse("requests_app:grades")))
    assert "£20.40" in page
    assert "Band C: £20.40 an hour from 1 April 2026" in page
    assert OfficerGrade.objects.get().from_on == date(2026, 4, 1)
    rows = (
        ("grade_rate_remove", GradeRate.objects.get()),
        ("officer_grade_remove", OfficerGrade.objects.get()),
    )
    for name, row in rows:
        pk = row.pk
        assert client.post(reverse(f"requests_app:{name}", args=[pk])).status_code == 302
        assert client.post(reverse(f"requests_app:{name}", args=[pk])).status_code == 404
    changed = {"name": "Band C", "is_in_use": ""}
    assert client.post(reverse("requests_app:grade_change", args=[grade.pk]), changed).status_code == 302
    assert "No longer used" in text_of(client.get(reverse("requests_app:grades")))
