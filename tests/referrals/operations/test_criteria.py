"""Versions of the mandatory criteria, topics, leads, the unit's own rules."""

from datetime import UTC, date, datetime

import pytest

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible, SettingsChanged
from referrals.models import Criterion, CriterionDecision, PortfolioLead, Referral
from referrals.operations.criteria import CriterionText, add_criterion, change_criterion, end_criterion
from referrals.operations.deadlines import recompute_referrals
from referrals.operations.reference_data import load_shipped
from referrals.operations.unit import UNIT, change_unit, save_lead, save_topic, set_completeness
from referrals.queries.unit import unit
from requests_app.models import Topic
from tests.factories import person
from tests.referrals.factories import entry, referral

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
TEXT = CriterionText(title="Dogs", description="Police dogs.", words=["dog"], flags=["round_robin"])


@pytest.fixture
def administrator() -> User:
    return person(Role.ADMINISTRATOR)


def versions(code: str) -> list[tuple[int, str, bool, bool]]:
    found = Criterion.objects.filter(code=code).order_by("version")
    return [(one.version, one.title, one.is_illustrative, one.ended_at is not None) for one in found]


def test_a_change_makes_a_version_and_keeps_the_one_logs_were_judged_by(administrator: User) -> None:
    log = referral()
    old = Criterion.objects.get(code="drones")
    CriterionDecision.objects.create(
        referral=log, criterion=old, applies=True, decided_by=administrator, decided_at=AT
    )
    text = CriterionText(title="Drones and balloons", words=["drone", "balloon"])
    made = change_criterion(by=administrator, at=AT, code="drones", text=text, seen_version=1)
    assert versions("drones") == [
        (1, "Drones", True, True),
        (2, "Drones and balloons", False, False),
    ]
    old.refresh_from_db()
    assert log.criterion_decisions.get().criterion == old
    assert (old.ended_at, made.made_by, made.words) == (AT, administrator, ["drone", "balloon"])
    assert timeline("criterion/drones").get().event == "criterion_changed"
    load_shipped(at=AT)
    assert len(versions("drones")) == 2


def test_a_change_that_changes_nothing_makes_no_version(administrator: User) -> None:
    made = add_criterion(by=administrator, at=AT, text=TEXT)
    same = change_criterion(by=administrator, at=AT, code=made.code, text=TEXT, seen_version=1)
    assert same == made
    assert versions("dogs") == [(1, "Dogs", False, False)]


def test_a_criterion_ends_and_comes_back(administrator: User) -> None:
    add_criterion(by=administrator, at=AT, text=TEXT)
    end_criterion(by=administrator, at=AT, code="dogs", seen_version=1)
    with pytest.raises(NotPossible, match="not in force"):
        end_criterion(by=administrator, at=AT, code="dogs", seen_version=1)
    change_criterion(by=administrator, at=AT, code="dogs", text=TEXT, seen_version=1)
    assert versions("dogs") == [(1, "Dogs", False, True), (2, "Dogs", False, False)]
    assert [event.event for event in timeline("criterion/dogs")] == [
        "criterion_changed",
        "criterion_ended",
        "criterion_added",
    ]


def test_a_title_is_given_once(administrator: User) -> None:
    add_criterion(by=administrator, at=AT, text=TEXT)
    with pytest.raises(NotPossible, match="already, or there was"):
        add_criterion(by=administrator, at=AT, text=CriterionText(title="DOGS!"))
    with pytest.raises(NotPossible, match="letters or numbers"):
        add_criterion(by=administrator, at=AT, text=CriterionText(title="!!!"))
    with pytest.raises(NotPossible, match="Another criterion has that title"):
        change_criterion(
            by=administrator, at=AT, code="drones", text=CriterionText(title="dogs"), seen_version=1
        )


def test_a_version_somebody_else_made_is_not_overwritten(administrator: User) -> None:
    change_criterion(by=administrator, at=AT, code="drones", text=TEXT, seen_version=1)
    for act in (
        lambda: change_criterion(by=administrator, at=AT, code="drones", text=TEXT, seen_version=1),
        lambda: end_criterion(by=administrator, at=AT, code="drones", seen_version=1),
    ):
        with pytest.raises(SettingsChanged):
            act()


def test_topics_and_leads_are_added_changed_and_given_up(administrator: User) -> None:
    topic = save_topic(by=administrator, at=AT, name="Horses")
    save_topic(by=administrator, at=AT, name="Horses", is_in_use=False, topic_id=topic.pk)
    assert not Topic.objects.get(name="Horses").is_in_use
    with pytest.raises(NotPossible):
        save_topic(by=administrator, at=AT, name="HORSES")
    lead = save_lead(by=administrator, at=AT, portfolio="Horses", post="Desk", email="")
    save_lead(
        by=administrator, at=AT, portfolio="Horses", post="Desk", email="h@example.org", lead_id=lead.pk
    )
    assert PortfolioLead.objects.get(portfolio="Horses").email == "h@example.org"
    with pytest.raises(NotPossible):
        save_lead(by=administrator, at=AT, portfolio="horses", post="Desk", email="")
    assert [event.event for event in timeline("referral-topics")] == ["topic_changed", "topic_added"]
    assert timeline("portfolio-leads")[0].facts == [
        ("Portfolio", "Horses"),
        ("Changed", "E-mail: “” became “h@example.org”."),
    ]


def test_other_days_move_the_day_advice_is_due_by_and_nothing_else_does(administrator: User) -> None:
    log = referral(forces=[entry("Kent", request_received_on=date(2026, 2, 25))])
    before = log.reply_by
    change_unit(by=administrator, at=AT, values={"ageing_after_days": 20}, seen_version=0)
    assert Referral.objects.get(pk=log.pk).calendar_version
    change_unit(by=administrator, at=AT, values={"reply_days_before": 10})
    recompute_referrals(at=AT)
    after = Referral.objects.get(pk=log.pk).reply_by
    assert before is not None
    assert after is not None
    assert after < before
    change_unit(by=administrator, at=AT, values={"reply_days_before": 10})  # the same: nothing recorded
    assert [act.detail["changed"] for act in timeline(UNIT)] == [
        {"reply_days_before": {"from": 5, "to": 10}},
        {"ageing_after_days": {"from": 15, "to": 20}},
    ]
    with pytest.raises(SettingsChanged):
        change_unit(by=administrator, at=AT, values={"reply_days_before": 3}, seen_version=0)


@pytest.mark.parametrize("role", [Role.CRU_ADVISER, Role.MANAGER, Role.ADMINISTRATOR])
def test_completeness_is_said_by_those_who_know_the_log(role: Role) -> None:
    by = person(role)
    set_completeness(by=by, at=AT, today=TODAY, data_complete_to=date(2026, 10, 31))
    set_completeness(by=by, at=AT, today=TODAY, data_complete_to=date(2026, 9, 30))  # a gap was found
    assert unit().data_complete_to == date(2026, 9, 30)
    assert [act.detail for act in timeline(UNIT)] == [
        {"from": "2026-10-31", "to": "2026-09-30"},
        {"from": None, "to": "2026-10-31"},
    ]
    with pytest.raises(NotPossible, match="a day to come"):
        set_completeness(by=by, at=AT, today=TODAY, data_complete_to=date(2026, 11, 21))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_changes_the_rules(role: Role) -> None:
    by = person(role)
    with pytest.raises(NotPermitted):
        change_unit(by=by, at=AT, values={"reply_days_before": 3})
    with pytest.raises(NotPermitted):
        add_criterion(by=by, at=AT, text=TEXT)
    with pytest.raises(NotPermitted):
        save_topic(by=by, at=AT, name="Horses")
    with pytest.raises(NotPermitted):
        save_lead(by=by, at=AT, portfolio="Horses", post="Desk", email="")
