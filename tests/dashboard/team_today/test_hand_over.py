"""Handing several requests to one person: all or none, each by the rules of assigning, and told case by case."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import Absence, User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from requests_app.models import FoiRequest
from requests_app.operations.closure import close_unanswered
from requests_app.operations.hand_over import NotHandedOver, Seen, hand_over
from requests_app.rules.casework.workflow import Outcome, Status
from tests import factories
from tests.factories import AT, RECEIVED, Staff, person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("dashboard:hand_over")


@pytest.fixture
def manager(client: Client) -> User:
    user = person(Role.MANAGER)
    client.force_login(user)
    return user


@pytest.fixture
def cases(staff: Staff) -> list[FoiRequest]:
    """Three requests that nobody has."""
    return [factories.request(by=staff.intake, subject=f"Plan {number}") for number in range(3)]


def _box(case: FoiRequest) -> str:
    return f"{case.pk}.{case.version}"


def _send(
    client: Client, cases: list[FoiRequest], officer: User, query: str = "?officer=none"
) -> HttpResponse:
    return client.post(URL + query, {"case": [_box(case) for case in cases], "officer": officer.pk})


def _assigned() -> dict[str, User | None]:
    return {case.subject: case.officer for case in FoiRequest.objects.select_related("officer")}


def _events() -> int:
    return Entry.objects.filter(event="assigned").count()


def test_those_that_are_ticked_go_to_one_person_with_an_event_each(
    client: Client, manager: User, staff: Staff, cases: list[FoiRequest]
) -> None:
    response = _send(client, cases[:2], staff.officer)
    assert response["Location"] == f"{URL}?officer=none"
    assert _assigned() == {"Plan 0": staff.officer, "Plan 1": staff.officer, "Plan 2": None}
    events = Entry.objects.filter(event="assigned").order_by("sequence")
    assert [(one.subject, one.actor) for one in events] == [(case.reference, manager) for case in cases[:2]]
    page = client.get(response["Location"])
    assert f"2 requests handed over to {staff.officer.name}." in page.content.decode()
    assert [row.case.subject for row in page.context["rows"]] == ["Plan 2"]


def test_what_somebody_saved_meanwhile_is_told_and_nothing_is_done(
    client: Client, manager: User, staff: Staff, cases: list[FoiRequest]
) -> None:
    closed = {"on": RECEIVED, "outcome": Outcome.WITHDRAWN, "reason": "By telephone"}
    close_unanswered(case_id=cases[1].pk, by=staff.officer, at=AT, **closed)
    _given(cases[0], staff)
    before = _events()
    response = _send(client, cases, staff.decision_maker, query="")
    assert response.status_code == 409
    assert _events() == before
    assert _assigned()["Plan 2"] is None
    text = response.content.decode()
    assert "Nothing was handed over, because 2 requests cannot be." in text
    # The closed one is no longer in the list; it is told all the same.
    for case in cases[:2]:
        assert f"{case.reference}: Somebody saved it after this page was opened." in text
    assert response.context["refusals"].keys() == {cases[0].pk, cases[1].pk}
    assert response.context["ticked"] == {cases[2].pk}
    # What was saved meanwhile can be ticked again: the page holds its new version.
    assert f'value="{_box(FoiRequest.objects.get(pk=cases[0].pk))}"' in text


def _given(case: FoiRequest, staff: Staff) -> None:
    hand_over(cases=[Seen(case.pk, case.version)], by=staff.intake, at=AT, officer=staff.officer)


def test_one_that_is_refused_takes_none_with_it(staff: Staff, cases: list[FoiRequest]) -> None:
    FoiRequest.objects.filter(pk=cases[2].pk).update(
        status=Status.CLOSED, closed_on=RECEIVED, outcome=Outcome.WITHDRAWN
    )
    with pytest.raises(NotHandedOver) as refused:
        hand_over(
            cases=[Seen(case.pk, case.version) for case in cases],
            by=staff.intake,
            at=AT,
            officer=staff.officer,
        )
    assert list(refused.value.refusals) == [cases[2].pk]
    assert _events() == 0
    assert {case.version for case in FoiRequest.objects.all()} == {cases[0].version}


def test_what_the_officer_has_already_is_not_handed_over(staff: Staff, cases: list[FoiRequest]) -> None:
    FoiRequest.objects.filter(pk=cases[0].pk).update(officer=staff.officer)
    seen = [Seen(case.pk, case.version) for case in cases[:2]]
    with pytest.raises(NotHandedOver) as refused:
        hand_over(cases=seen, by=staff.intake, at=AT, officer=staff.officer)
    assert refused.value.refusals == {cases[0].pk: f"{staff.officer.name} has it already."}
    assert _events() == 0


def test_nobody_who_cannot_work_a_case_is_given_any(staff: Staff, cases: list[FoiRequest]) -> None:
    with pytest.raises(NotHandedOver, match="Nothing was assigned"):
        hand_over(cases=[Seen(cases[0].pk, 1)], by=staff.intake, at=AT, officer=person(Role.INTAKE))
    with pytest.raises(NotPermitted):
        hand_over(cases=[], by=person(Role.AUDITOR), at=AT, officer=staff.officer)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Tick the requests to hand over."),
        ({"case": ["x"]}, "The page was changed on the way."),
        ({"case": ["1.2.3"]}, "The page was changed on the way."),
        ({"case": [f"{number}.1" for number in range(51)]}, "The page was changed on the way."),
        ({"case": ["999999.1"]}, "A request that is not known: There is no such request."),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    client: Client,
    manager: User,
    staff: Staff,
    cases: list[FoiRequest],
    sent: dict[str, list[str]],
    said: str,
) -> None:
    response = client.post(URL, {**sent, "officer": staff.officer.pk})
    assert response.status_code in (409, 422)
    assert said in response.content.decode()
    assert _events() == 0


def test_without_a_person_what_was_ticked_stays_ticked(
    client: Client, manager: User, cases: list[FoiRequest]
) -> None:
    response = client.post(URL, {"case": [_box(cases[1])]})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Choose who takes them." in text
    assert f'id="case-{cases[1].pk}" checked' in text
    assert text.count(" checked") == 1


def test_the_page_leads_to_what_is_with_somebody_who_has_left_or_is_away(
    client: Client, manager: User, staff: Staff, cases: list[FoiRequest]
) -> None:
    left = person(Role.OFFICER)
    for case, officer in zip(cases, (left, staff.officer, None), strict=True):
        FoiRequest.objects.filter(pk=case.pk).update(officer=officer, status=Status.IN_PROGRESS)
    left.is_active = False
    left.save()
    today = timezone.localdate()
    away = {"from_on": today, "to_on": today + timedelta(days=3), "entered_by": manager, "entered_at": AT}
    Absence.objects.create(person=staff.officer, **away)
    rows = client.get(reverse("dashboard:team_today")).context["caseload"].rows
    listed = {
        row.holder.name: [found.case.subject for found in client.get(row.hand_over_url).context["rows"]]
        for row in rows
        if row.hand_over_url
    }
    assert listed == {
        staff.officer.name: ["Plan 1"],
        "People who have left": ["Plan 0"],
        "No officer": ["Plan 2"],
    }
