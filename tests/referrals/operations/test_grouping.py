"""Logs grouped as one national request, and removed again."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.casework.refusals import CaseChanged, NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from referrals.models import Referral
from referrals.operations.grouping import group, ungroup
from referrals.operations.triage import close_referral
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from tests.factories import person
from tests.referrals.factories import AT, RECEIVED, adviser, entry, referral

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def by() -> User:
    return adviser()


@pytest.fixture
def logs(by: User) -> list[Referral]:
    return [referral(by=by, forces=[name]) for name in ("Kent Police", "Essex Police", "Surrey Police")]


def _grouped(logs: list[Referral], by: User) -> Referral:
    national, *members = logs
    return group(referral_id=national.pk, member_ids=[one.pk for one in members], by=by, at=AT)


def test_members_name_the_national_log_and_all_are_national(logs: list[Referral], by: User) -> None:
    national = _grouped(logs, by)
    assert national.national_log is None
    assert set(national.grouped.values_list("pk", flat=True)) == {one.pk for one in logs[1:]}
    assert set(Referral.objects.values_list("scope", flat=True)) == {Scope.NATIONAL}


def test_every_log_has_one_event_of_its_version(logs: list[Referral], by: User) -> None:
    national = _grouped(logs, by)
    (event,) = Entry.objects.filter(event="referrals_grouped")
    assert (event.subject, event.actor, event.at) == (national.reference, by, AT)
    assert event.detail == {
        "members": [one.log_number for one in logs[1:]],
        "scope_before": "single",
        "version": national.version,
    }
    for member in logs[1:]:
        member.refresh_from_db()
        event = Entry.objects.get(event="referral_grouped", subject=member.reference)
        assert event.detail == {
            "national_log": national.log_number,
            "scope_before": "single",
            "version": member.version,
        }
        assert member.version == 2


def test_a_log_that_joins_later_is_added_to_the_group(logs: list[Referral], by: User) -> None:
    for member in logs[1:]:
        group(referral_id=logs[0].pk, member_ids=[member.pk], by=by, at=AT)
    assert logs[0].grouped.count() == 2


def test_a_page_seen_before_somebody_changed_the_log_changes_nothing(logs: list[Referral], by: User) -> None:
    _grouped(logs[:2], by)
    with pytest.raises(CaseChanged):
        group(referral_id=logs[0].pk, member_ids=[logs[2].pk], by=by, at=AT, seen_version=1)


def test_no_log_is_grouped_under_nothing_or_itself(logs: list[Referral], by: User) -> None:
    for members in ([], [logs[0].pk]):
        with pytest.raises(NotPossible, match="at least one log"):
            group(referral_id=logs[0].pk, member_ids=members, by=by, at=AT)


def test_a_log_of_another_group_is_refused_with_its_number(logs: list[Referral], by: User) -> None:
    _grouped(logs[:2], by)
    with pytest.raises(NotPossible, match=f"grouped under log {logs[0].log_number}. Take it out") as refusal:
        group(referral_id=logs[2].pk, member_ids=[logs[1].pk], by=by, at=AT)
    assert refusal.value.field == "members"


def test_a_log_that_leads_a_group_is_refused_with_what_to_do(logs: list[Referral], by: User) -> None:
    _grouped(logs[:2], by)
    with pytest.raises(NotPossible, match=r"leads a group itself\. Open it and group this log under it"):
        group(referral_id=logs[2].pk, member_ids=[logs[0].pk], by=by, at=AT)


def test_a_grouped_log_leads_no_group(logs: list[Referral], by: User) -> None:
    _grouped(logs[:2], by)
    with pytest.raises(NotPossible, match=f"under log {logs[0].log_number} itself"):
        group(referral_id=logs[1].pk, member_ids=[logs[2].pk], by=by, at=AT)


def test_a_member_is_not_grouped_twice(logs: list[Referral], by: User) -> None:
    _grouped(logs[:2], by)
    with pytest.raises(NotPossible, match="in this group already"):
        group(referral_id=logs[0].pk, member_ids=[logs[1].pk], by=by, at=AT)


def _close(log: Referral, by: User) -> None:
    close_referral(
        referral_id=log.pk, by=by, at=AT, today=RECEIVED, closing="withdrawn", reason="By telephone."
    )


def test_a_closed_log_is_refused_on_either_side(logs: list[Referral], by: User) -> None:
    _close(logs[1], by)
    with pytest.raises(NotPossible, match=r"is closed\. Reopen it first, or leave it out"):
        _grouped(logs[:2], by)
    with pytest.raises(TransitionNotAllowed, match="Reopen it first"):
        group(referral_id=logs[1].pk, member_ids=[logs[0].pk], by=by, at=AT)
    assert not Entry.objects.filter(event__endswith="_grouped").exists()


def test_a_log_taken_out_is_what_it_is_said_to_be(logs: list[Referral], by: User) -> None:
    national = _grouped(logs, by)
    left = ungroup(referral_id=logs[1].pk, by=by, at=AT, scope=Scope.SINGLE)
    assert (left.national_log, left.scope) == (None, Scope.SINGLE)
    assert [one.pk for one in national.grouped.all()] == [logs[2].pk]
    national.refresh_from_db()
    events = Entry.objects.filter(event__endswith="_ungrouped").order_by("sequence")
    assert [(event.subject, event.detail) for event in events] == [
        (
            left.reference,
            {"national_log": national.log_number, "scope": "single", "version": left.version},
        ),
        (national.reference, {"members": [left.log_number], "version": national.version}),
    ]


def test_advice_on_the_national_log_is_due_by_the_first_deadline_of_the_group(by: User) -> None:
    late, early = (
        referral(by=by, forces=[entry(name, request_received_on=came)])
        for name, came in (("Kent Police", RECEIVED), ("Essex Police", RECEIVED - timedelta(days=7)))
    )
    alone = late.reply_by
    national = group(referral_id=late.pk, member_ids=[early.pk], by=by, at=AT)
    assert national.reply_by == early.reply_by != alone
    ungroup(referral_id=early.pk, by=by, at=AT, scope=Scope.SINGLE)
    late.refresh_from_db()
    assert late.reply_by == alone


def test_a_log_in_no_group_cannot_be_taken_out(logs: list[Referral], by: User) -> None:
    with pytest.raises(NotPossible, match="in no group"):
        ungroup(referral_id=logs[0].pk, by=by, at=AT, scope=Scope.SINGLE)


def test_a_log_with_further_correspondence_stays_national(by: User) -> None:
    wrote = entry("Kent Police", role=ForceRole.LOGGED_WITH, trigger=Trigger.CORRESPONDENCE)
    member = referral(by=by, forces=[wrote], scope=Scope.NATIONAL)
    _grouped([referral(by=by), member], by)
    with pytest.raises(NotPossible, match="Kent Police wrote further"):
        ungroup(referral_id=member.pk, by=by, at=AT, scope=Scope.SINGLE)
    assert ungroup(referral_id=member.pk, by=by, at=AT, scope=Scope.NATIONAL).national_log is None


@pytest.mark.parametrize(
    ("forces", "scope"),
    [(["Kent Police", "Essex Police"], Scope.SINGLE), (["Kent Police"], Scope.SEVERAL)],
)
def test_a_log_taken_out_is_nothing_its_forces_cannot_be(forces: list[str], scope: Scope, by: User) -> None:
    """A log of two forces called one of a single force would be counted as “by the force alone” for both."""
    national, member = referral(by=by), referral(by=by, forces=forces)
    group(referral_id=national.pk, member_ids=[member.pk], by=by, at=AT)
    with pytest.raises(NotPossible) as refused:
        ungroup(referral_id=member.pk, by=by, at=AT, scope=scope)
    assert refused.value.field == "scope"
    member.refresh_from_db()
    assert (member.national_log, member.scope) == (national, Scope.NATIONAL)


def test_it_takes_an_adviser(logs: list[Referral], by: User) -> None:
    manager = person(Role.MANAGER)
    with pytest.raises(NotPermitted):
        _grouped(logs, manager)
    _grouped(logs, by)
    with pytest.raises(NotPermitted):
        ungroup(referral_id=logs[1].pk, by=manager, at=AT, scope=Scope.SINGLE)


@pytest.fixture
def threads() -> Iterator[list[threading.Thread]]:
    started: list[threading.Thread] = []
    yield started
    for thread in started:
        thread.join(timeout=10)


@pytest.mark.django_db(transaction=True)
def test_two_who_group_each_under_the_other_do_not_make_a_circle(threads: list[threading.Thread]) -> None:
    by = adviser()
    one, other = referral(by=by), referral(by=by)
    outcomes: list[str] = []

    def run(national: Referral, member: Referral) -> None:
        try:
            group(referral_id=national.pk, member_ids=[member.pk], by=by, at=AT)
            outcomes.append("grouped")
        except NotPossible:
            outcomes.append("refused")
        finally:
            connection.close()

    with transaction.atomic():
        list(Referral.objects.select_for_update().order_by("pk"))
        for pair in ((one, other), (other, one)):
            threads.append(threading.Thread(target=run, args=pair))
            threads[-1].start()
    for thread in threads:
        thread.join(timeout=10)
    assert sorted(outcomes) == ["grouped", "refused"]
    assert Referral.objects.filter(national_log__isnull=False).count() == 1
