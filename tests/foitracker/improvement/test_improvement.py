"""The improvement log: added, changed, closed with what was done; overdue points; nobody named in it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible, SettingsChanged
from foitracker.improvement.models import ImprovementPoint
from foitracker.improvement.operations import add_point, change_point, close_point
from foitracker.improvement.queries import overdue_points
from tests.factories import at, person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TODAY, DUE = date(2026, 6, 3), date(2026, 7, 1)


@pytest.fixture
def manager(db: None) -> User:
    return person(Role.MANAGER)


def added(by: User, **given: Any) -> ImprovementPoint:
    usual = {"text": "Say who searched.", "source": "Dip sample", "owner": by, "due_on": DUE}
    return add_point(by=by, at=at(TODAY), today=TODAY, **{**usual, **given})


def changed(point: ImprovementPoint, by: User, **given: Any) -> ImprovementPoint:
    names = ("text", "source", "owner", "due_on", "evidence")
    typed = {name: getattr(point, name) for name in names}
    return change_point(point_id=point.pk, by=by, at=at(TODAY), today=TODAY, **{**typed, **given})


def closed(point: ImprovementPoint, by: User, **given: Any) -> ImprovementPoint:
    typed = {"done": "A form asks for it.", "closed_on": TODAY, **given}
    return close_point(point_id=point.pk, by=by, at=at(TODAY), today=TODAY, **typed)


def test_it_is_overdue_after_its_day_until_it_is_closed(manager: User) -> None:
    point = added(manager)
    assert not overdue_points(DUE).exists()
    assert list(overdue_points(DUE + timedelta(days=1))) == [point]
    with pytest.raises(NotPossible, match="not closed without it"):
        closed(point, manager, done=" ")
    closed(point, manager)
    assert not overdue_points(DUE + timedelta(days=1)).exists()
    assert [event.title for event in timeline(point.audit_subject)] == [
        "Improvement point closed",
        "Improvement point added",
    ]
    for again in (closed, changed):
        with pytest.raises(NotPossible, match="has been closed"):
            again(point, manager)
    with pytest.raises(DatabaseError), transaction.atomic():
        ImprovementPoint.objects.update(done="Other.")


@pytest.mark.parametrize("days", [-1, 1])
def test_it_is_done_between_the_day_it_was_added_and_today(manager: User, days: int) -> None:
    point = added(manager)
    with pytest.raises(
        NotPossible, match="between 03/06/2026, when the point was added, and today"
    ) as refused:
        closed(point, manager, closed_on=TODAY + timedelta(days=days))
    assert refused.value.field == "closed_on"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " "}, "text"),
        ({"source": ""}, "source"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"due_on": date(2026, 11, 30)}, "due_on"),
    ],
)
def test_what_is_not_whole_is_refused(manager: User, given: dict[str, Any], field: str) -> None:
    with pytest.raises(NotPossible) as refused:
        added(manager, **given)
    assert refused.value.field == field


def test_an_owner_who_left_may_stay_while_something_else_changes(manager: User) -> None:
    owner = person(Role.OFFICER)
    point = added(manager, owner=owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    owner.refresh_from_db()
    assert changed(point, manager, owner=owner, text="Say when, too.").text == "Say when, too."
    with pytest.raises(NotPossible, match="not an active member"):
        added(manager, owner=owner)


def test_two_at_once_the_second_is_told(manager: User) -> None:
    point = added(manager)
    with pytest.raises(SettingsChanged):
        changed(point, manager, text="Other.", seen_version=0)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_only_those_who_oversee(role: Role) -> None:
    with pytest.raises(NotPermitted):
        added(person(role))


def test_the_operations_look_for_the_applicant_and_the_events_say_what_was_left_in(manager: User) -> None:
    mail = "Write to figures@example.org."
    sure: dict[str, Any] = {"identity_confirmed": True}
    with pytest.raises(NotPossible, match="may identify the applicant") as refused:
        added(manager, evidence=mail)
    assert refused.value.field == "evidence"
    point = added(manager, evidence=mail, **sure)
    with pytest.raises(NotPossible, match="may identify the applicant"):
        changed(point, manager, source=mail)
    point = changed(point, manager, source=mail, **sure)
    with pytest.raises(NotPossible, match="may identify the applicant"):
        closed(point, manager, done=mail)
    closed(point, manager, done=mail, **sure)
    left_in = [event.detail["left_in"] for event in timeline(point.audit_subject)]
    assert left_in == [{"email": 1}, {"email": 2}, {"email": 1}]


def test_a_text_that_may_name_an_applicant_is_pointed_out_and_kept(client: Client, manager: User) -> None:
    client.force_login(manager)
    day = timezone.localdate() + timedelta(days=30)
    sent = {
        "text": "Answer jo.bloggs@example.org sooner.",
        "source": "A complaint",
        "owner": manager.pk,
        **{f"due_on_{number}": part for number, part in enumerate((day.day, day.month, day.year))},
    }
    refused = client.post(reverse("improvement:add"), sent)
    assert refused.status_code == 422
    assert "jo.bloggs@example.org" in refused.content.decode()
    masked = client.post(reverse("improvement:add"), {**sent, "mask": "yes"})
    assert "jo.bloggs" not in masked.content.decode()
    assert not ImprovementPoint.objects.exists()
    assert client.post(reverse("improvement:add"), {**sent, "not_the_applicant": "on"}).status_code == 302
    added_point = ImprovementPoint.objects.get()
    close = {"done": "Write to figures@example.org.", "not_the_applicant": "on"}
    today = timezone.localdate()
    close |= {
        f"closed_on_{number}": str(part) for number, part in enumerate((today.day, today.month, today.year))
    }
    assert client.post(reverse("improvement:close", args=[added_point.pk]), close).status_code == 302
