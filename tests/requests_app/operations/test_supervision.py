"""Supervision reviews: dated, with a direction; when one is wanted; the action and what closes it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import CaseChanged, NotPossible
from requests_app.measures import REQUESTS, SUPERVISION_ACTION_OVERDUE, SUPERVISION_DUE, RequestView
from requests_app.models import FoiRequest, SupervisionReview
from requests_app.operations.authority import change_authority
from requests_app.operations.closure import close_unanswered
from requests_app.operations.intake import Identity, complete_identity
from requests_app.operations.masking import mask_applicant
from requests_app.operations.supervision import close_supervision_action, record_supervision
from requests_app.rules.casework.workflow import Outcome
from tests import factories
from tests.factories import AT, RECEIVED, Staff, person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

#: The tenth working day after Monday 2 March 2026; the eleventh is Wednesday the 18th, as the 17th is a bank holiday.
TENTH = date(2026, 3, 16)


@pytest.fixture
def manager(db: None) -> User:
    return person(Role.MANAGER)


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return factories.request(by=staff.intake, officer=staff.officer)


def review(case: FoiRequest, by: User, **given: Any) -> SupervisionReview:
    usual = {
        "case_id": case.pk,
        "by": by,
        "at": AT,
        "today": RECEIVED,
        "reviewed_on": RECEIVED,
        "direction": "Ask the patrol team today.",
    }
    return record_supervision(**{**usual, **given})


def with_action(case: FoiRequest, by: User, who: User, **given: Any) -> SupervisionReview:
    action = {"action": "Chase the search.", "action_due_on": date(2026, 3, 6), "action_by": who}
    return review(case, by, **{**action, **given})


def close(found: SupervisionReview, by: User, **given: Any) -> SupervisionReview:
    usual = {
        "case_id": found.foi_request_id,
        "review_id": found.pk,
        "by": by,
        "at": AT,
        "today": date(2026, 3, 9),
        "done": "Chased; it came back.",
        "done_on": date(2026, 3, 5),
    }
    return close_supervision_action(**{**usual, **given})


def is_due(on: date) -> bool:
    return REQUESTS.rows(SUPERVISION_DUE, RequestView(on)).exists()


def test_a_review_is_one_event_with_its_direction_and_action(
    staff: Staff, case: FoiRequest, manager: User
) -> None:
    before = timeline(case.reference).count()
    found = with_action(case, manager, staff.officer)
    assert timeline(case.reference).count() == before + 1
    event = timeline(case.reference)[0]
    assert event.title == "Supervision review"
    assert event.words == {"direction": "Ask the patrol team today.", "action": "Chase the search."}
    assert f"Action for {staff.officer.name}" in event.declared.sentence(event.detail, event.words)
    assert found.is_open


def test_it_is_wanted_after_the_tenth_working_day_and_every_ten_after_a_review(
    case: FoiRequest, manager: User
) -> None:
    assert not is_due(TENTH)
    assert is_due(TENTH + timedelta(days=1))  # a bank holiday in Northern Ireland: today is after the day
    review(case, manager, reviewed_on=date(2026, 3, 20), today=date(2026, 3, 20))
    assert not is_due(date(2026, 4, 7))  # 3 and 6 April are Good Friday and Easter Monday
    assert is_due(date(2026, 4, 8))


def test_looking_at_a_request_is_no_review(client: Any, case: FoiRequest, manager: User) -> None:
    client.force_login(manager)
    assert client.get(case.get_absolute_url()).status_code == 200
    assert is_due(TENTH + timedelta(days=1))


def test_when_it_is_wanted_is_a_setting(case: FoiRequest) -> None:
    change_authority(
        by=person(Role.ADMINISTRATOR), at=AT, values={"supervise_by_day": 3, "supervise_every_days": 5}
    )
    assert [is_due(date(2026, 3, day)) for day in (5, 6)] == [False, True]


def test_a_closed_request_wants_none_and_one_open_again_does(
    staff: Staff, case: FoiRequest, manager: User
) -> None:
    review(case, manager)
    close_unanswered(
        case_id=case.pk, by=staff.officer, at=AT, on=RECEIVED, outcome=Outcome.WITHDRAWN, reason="By letter"
    )
    late = date(2026, 6, 1)
    assert not is_due(late)
    FoiRequest.objects.filter(pk=case.pk).update(status="in_progress", outcome="", closed_on=None)
    assert is_due(late)


def test_while_no_limit_runs_it_is_counted_from_receipt(case: FoiRequest) -> None:
    FoiRequest.objects.filter(pk=case.pk).update(started_on=None, due_on=None)
    assert [is_due(TENTH), is_due(TENTH + timedelta(days=1))] == [False, True]


def test_days_that_a_fee_stopped_do_not_count(case: FoiRequest) -> None:
    FoiRequest.objects.filter(pk=case.pk).update(paused_days=1)
    assert [is_due(date(2026, 3, 18)), is_due(date(2026, 3, 19))] == [False, True]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"direction": " \n"}, "direction"),
        ({"reviewed_on": RECEIVED + timedelta(days=1)}, "reviewed_on"),
        ({"reviewed_on": RECEIVED - timedelta(days=1)}, "reviewed_on"),
        ({"action": "Chase."}, "action_due_on"),
        ({"action": "Chase.", "action_due_on": date(2026, 3, 6)}, "action_by"),
        ({"action_due_on": date(2026, 3, 6)}, "action"),
    ],
)
def test_half_a_review_is_refused(case: FoiRequest, manager: User, given: dict[str, Any], field: str) -> None:
    with pytest.raises(NotPossible) as refused:
        review(case, manager, **given)
    assert refused.value.field == field
    assert not SupervisionReview.objects.exists()


@pytest.mark.parametrize(
    ("due_on", "why"),
    [
        (date(2026, 3, 7), "Saturday"),
        (date(2026, 3, 17), "Northern Ireland"),
        (date(2026, 11, 30), "St Andrew"),
        (date(2026, 2, 27), "before the review"),
        (date(2099, 1, 5), "calendar"),
    ],
)
def test_an_action_is_due_on_a_working_day(
    staff: Staff, case: FoiRequest, manager: User, due_on: date, why: str
) -> None:
    with pytest.raises(NotPossible, match=why):
        with_action(case, manager, staff.officer, action_due_on=due_on)


def test_nobody_who_has_left_gets_an_action(case: FoiRequest, manager: User) -> None:
    with pytest.raises(NotPossible, match="does not work on requests"):
        with_action(case, manager, person(Role.OFFICER, is_active=False))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_only_those_who_oversee_review(case: FoiRequest, role: Role) -> None:
    with pytest.raises(NotPermitted):
        review(case, person(role))


def test_two_at_once_the_second_is_told(case: FoiRequest, manager: User) -> None:
    version = case.version
    review(case, manager, seen_version=version)
    with pytest.raises(CaseChanged):
        review(case, manager, seen_version=version)


def test_an_action_is_late_until_it_is_closed_with_what_was_done(
    staff: Staff, case: FoiRequest, manager: User
) -> None:
    found = with_action(case, manager, staff.officer)
    late = [
        REQUESTS.rows(SUPERVISION_ACTION_OVERDUE, RequestView(date(2026, 3, day))).exists() for day in (6, 7)
    ]
    assert late == [False, True]
    with pytest.raises(NotPossible, match="not closed without it"):
        close(found, staff.officer, done="  ")
    close(found, staff.officer)
    assert not REQUESTS.rows(SUPERVISION_ACTION_OVERDUE, RequestView(date(2026, 3, 9))).exists()
    assert timeline(case.reference)[0].words == {"done": "Chased; it came back."}
    with pytest.raises(NotPossible, match="already been closed"):
        close(found, manager)


def test_whoever_is_to_do_it_closes_it_or_a_manager_when_they_have_left(
    staff: Staff, case: FoiRequest, manager: User
) -> None:
    found = with_action(case, manager, staff.officer)
    with pytest.raises(NotPermitted, match="Whoever is to take this action"):
        close(found, staff.decision_maker)
    User.objects.filter(pk=staff.officer.pk).update(is_active=False)
    assert close(found, manager).done_by == manager


@pytest.mark.parametrize("done_on", [RECEIVED - timedelta(days=1), date(2026, 3, 10)])
def test_it_was_done_between_the_review_and_today(
    staff: Staff, case: FoiRequest, manager: User, done_on: date
) -> None:
    with pytest.raises(NotPossible):
        close(with_action(case, manager, staff.officer), manager, done_on=done_on)


def test_the_database_keeps_a_review(staff: Staff, case: FoiRequest, manager: User) -> None:
    found = with_action(case, manager, staff.officer)
    reviews = SupervisionReview.objects.filter(pk=found.pk)
    for change in ({"reviewed_on": date(2026, 3, 1)}, {"action_due_on": date(2026, 4, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            reviews.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        reviews.update(direction="")
    with pytest.raises(DatabaseError), transaction.atomic():
        reviews.delete()


def test_who_asks_is_masked_in_it_when_that_becomes_known(
    staff: Staff, case: FoiRequest, manager: User
) -> None:
    found = with_action(case, manager, staff.officer, direction="Ring Octavia Plumstead back.")
    complete_identity(
        case_id=case.pk,
        by=staff.intake,
        at=AT,
        identity=Identity(name="Octavia Plumstead", email="o@example.org"),
    )
    mask_applicant(case_id=case.pk, by=staff.intake, at=AT)
    found.refresh_from_db()
    assert "Plumstead" not in found.direction
    assert "Plumstead" not in str([event.words for event in timeline(case.reference)])
