"""Triage, assignment, closing and reopening."""

from datetime import date

import pytest

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import CaseChanged, NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from referrals.models import Criterion, Referral
from referrals.operations.triage import assign_referral, close_referral, reopen_referral
from referrals.rules.vocabulary import Trigger
from referrals.rules.workflow import Closing, ReferralStatus
from requests_app.models import Topic
from requests_app.operations.consultation import place_hold
from requests_app.queries.holds import standing_holds
from tests import factories as people
from tests.referrals.factories import AT, RECEIVED, adviser, entry, referral, triaged

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def kim() -> User:
    return adviser(name="Kim Fernhollow")


def criterion(code: str) -> Criterion:
    return Criterion.objects.create(code=code, title=code.title(), made_at=AT)


def closed(log: Referral, by: User, **given: object) -> Referral:
    usual = {"closing": Closing.WITHDRAWN, "reason": "The force withdrew it."}
    return close_referral(referral_id=log.pk, by=by, at=AT, today=RECEIVED, **{**usual, **given})  # type: ignore[arg-type]


def test_triage_keeps_priority_criteria_topic_and_adviser(kim: User) -> None:
    one, other = criterion("kites"), criterion("otters")
    log = triaged(
        referral(by=kim),
        by=kim,
        priority="high",
        reason="The first deadline is near.",
        applies=[one.pk],
        set_aside={other.pk: "No royal visit is asked about."},
        topic_id=Topic.objects.all()[0].pk,
    )
    log.refresh_from_db()
    assert (log.status, log.priority, log.adviser, log.triaged_on) == ("in_hand", "high", kim, RECEIVED)
    assert list(log.criterion_decisions.values_list("criterion__code", "applies", "reason")) == [
        ("kites", True, ""),
        ("otters", False, "No royal visit is asked about."),
    ]
    told = timeline(log.reference)[0]
    assert (told.event, told.detail["applies"], told.detail["set_aside"]) == (
        "triaged",
        ["kites"],
        ["otters"],
    )


def test_triage_again_replaces_what_was_decided_and_keeps_the_first_day(kim: User) -> None:
    one = criterion("kites")
    log = triaged(referral(by=kim), by=kim, applies=[one.pk])
    log = triaged(log, by=kim, today=date(2026, 3, 4), applies=[])
    assert not log.criterion_decisions.exists()
    assert log.triaged_on == RECEIVED


@pytest.mark.parametrize(
    ("given", "says", "field"),
    [
        ({"priority": ""}, "Choose a priority", "priority"),
        ({"reason": "  "}, "Say why it has this priority", "reason"),
        ({"flags": ["nonsense"]}, "not a flag", "flags"),
        ({"topic_id": 999_999}, "no longer there", "topic"),
        ({"adviser_id": 999_999}, "active CRU adviser", "adviser"),
        ({"applies": [999_999]}, "has been changed", "applies"),
    ],
)
def test_triage_refuses_what_cannot_be(kim: User, given: dict[str, object], says: str, field: str) -> None:
    log = referral(by=kim)
    with pytest.raises(NotPossible, match=says) as refusal:
        triaged(log, by=kim, **given)
    assert refusal.value.field == field
    log.refresh_from_db()
    assert log.status == ReferralStatus.LOGGED


def test_a_criterion_is_set_aside_with_a_reason_and_decided_one_way(kim: User) -> None:
    log, one = referral(by=kim), criterion("kites")
    with pytest.raises(NotPossible, match="Say why “Kites” is set aside"):
        triaged(log, by=kim, set_aside={one.pk: " "})
    with pytest.raises(NotPossible, match="cannot both apply and be set aside"):
        triaged(log, by=kim, applies=[one.pk], set_aside={one.pk: "No."})


def test_a_mandatory_referral_keeps_a_criterion(kim: User) -> None:
    one = criterion("kites")
    log = referral(by=kim, forces=[entry("Kent Police", trigger=Trigger.MANDATORY)], criteria=[one])
    with pytest.raises(NotPossible, match="Kent Police referred because it must"):
        triaged(log, by=kim, applies=[])
    assert log.criterion_decisions.get().applies


def test_a_criterion_replaced_since_stays_decided_but_is_not_newly_ticked(kim: User) -> None:
    one, late = criterion("kites"), criterion("otters")
    log = triaged(referral(by=kim), by=kim, applies=[one.pk])
    Criterion.objects.filter(pk__in=[one.pk, late.pk]).update(ended_at=AT)
    triaged(log, by=kim, applies=[one.pk])
    with pytest.raises(NotPossible, match="has been changed"):
        triaged(log, by=kim, applies=[one.pk, late.pk])


def test_only_advisers_triage_close_and_reopen(kim: User) -> None:
    manager, log = people.person(Role.MANAGER), referral(by=kim)
    with pytest.raises(NotPermitted):
        triaged(log, by=manager)
    with pytest.raises(NotPermitted):
        closed(log, manager)
    with pytest.raises(NotPermitted):
        reopen_referral(referral_id=log.pk, by=manager, at=AT, reason="Come back.")


def test_a_manager_can_give_a_log_to_an_adviser_and_to_nobody_else(kim: User) -> None:
    manager, log = people.person(Role.MANAGER), referral(by=kim)
    assert assign_referral(referral_id=log.pk, by=manager, at=AT, adviser=kim).adviser == kim
    with pytest.raises(NotPossible, match="active CRU adviser"):
        assign_referral(referral_id=log.pk, by=manager, at=AT, adviser=manager)


def test_of_two_people_on_one_log_the_second_is_told(kim: User) -> None:
    log = referral(by=kim)
    assign_referral(referral_id=log.pk, by=kim, at=AT, adviser=kim, seen_version=1)
    with pytest.raises(CaseChanged):
        triaged(log, by=kim, seen_version=1)


def test_a_closed_log_says_why_and_no_longer_waits_for_advice(kim: User) -> None:
    log = closed(referral(by=kim), kim)
    assert (log.status, log.closed_on, log.closing, log.reply_by) == (
        "closed",
        RECEIVED,
        "withdrawn",
        None,
    )
    with pytest.raises(TransitionNotAllowed):
        closed(log, kim)
    with pytest.raises(TransitionNotAllowed):
        triaged(log, by=kim)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"closing": Closing.ADVISED, "reason": ""}, "closing"),
        ({"closing": Closing.NO_ADVICE_NEEDED, "reason": " "}, "reason"),
        ({"closing": "bored"}, "closing"),
    ],
)
def test_closing_needs_its_ground(kim: User, given: dict[str, object], field: str) -> None:
    log = referral(by=kim)
    with pytest.raises(NotPossible) as refusal:
        closed(log, kim, **given)
    assert refusal.value.field == field


def test_reopened_it_waits_for_advice_again(kim: User) -> None:
    log = referral(by=kim)
    due = log.reply_by
    closed(log, kim)
    with pytest.raises(NotPossible, match="Say why"):
        reopen_referral(referral_id=log.pk, by=kim, at=AT, reason=" ")
    log = reopen_referral(referral_id=log.pk, by=kim, at=AT, reason="The force wrote again.")
    assert (log.status, log.closing, log.closing_reason, log.closed_on) == ("in_hand", "", "", None)
    assert log.reply_by == due


def test_closing_ends_the_wait_of_our_own_request(kim: User) -> None:
    officer, case = people.person(Role.OFFICER), people.request()
    log = referral(by=officer, log={"own_request": case})
    held = standing_holds(case).filter(awaited=log.title).exists()
    if not held:
        place_hold(case_id=case.pk, by=officer, at=AT, awaited=log.title, page="/referrals/")
    closed(log, kim)
    assert not standing_holds(case).exists()


def test_reasons_name_nobody(kim: User) -> None:
    log, telling = referral(by=kim), "Ring p.lowmoor@example.org about it"
    with pytest.raises(NotPossible, match="e-mail address"):
        triaged(log, by=kim, reason=telling)
    with pytest.raises(NotPossible, match="e-mail address"):
        triaged(log, by=kim, set_aside={criterion("kites").pk: telling})
    with pytest.raises(NotPossible, match="e-mail address"):
        closed(log, kim, reason=telling)
    closed(log, kim, reason=telling, identity_confirmed=True)
    with pytest.raises(NotPossible, match="e-mail address"):
        reopen_referral(referral_id=log.pk, by=kim, at=AT, reason=telling)


def test_what_is_suggested_is_decided_one_way_or_the_other(kim: User) -> None:
    log = referral(by=kim, wording="How many kites were flown?")
    one = Criterion.objects.create(
        code="kites", title="Kites", words=["kite"], flags=["round_robin"], made_at=AT
    )
    with pytest.raises(NotPossible, match="Say whether these apply: Kites"):
        triaged(log, by=kim, set_aside={})
    triaged(log, by=kim, set_aside={one.pk: "Toys."})
    assert log.criterion_decisions.get().reason == "Toys."
    other = referral(by=kim)
    triaged(other, by=kim, set_aside={})
    with pytest.raises(NotPossible, match="Kites"):
        triaged(other, by=kim, flags=["round_robin"], set_aside={})
    assert triaged(other, by=kim, flags=["round_robin"]).flags == ["round_robin"]
