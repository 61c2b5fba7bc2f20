"""Synthetic referrals: as many as asked for, in every state, by the rules of the tracker, and never among real ones."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Max, Min
from django.test import Client

from benchmarks.populations.logs import Logs
from benchmarks.populations.people import email_of_adviser
from benchmarks.populations.wanted import Wanted
from dashboard.demonstration.archive.logs import SyntheticLog
from foitracker.accounts.models import User
from foitracker.audit.models import Entry
from foitracker.identity.traces import find_identity_traces
from foitracker.working_days.queries import current_calendar
from referrals.models import (
    Advice,
    AdviceTold,
    Consultation,
    Correspondence,
    CriterionDecision,
    Force,
    Referral,
    ReferralForce,
)
from referrals.queries.unit import unit
from referrals.rules.reply_by import ReplyDays, reply_by
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from referrals.rules.workflow import AWAITING_ADVICE, ReferralStatus
from requests_app.rules.clock.statutory_clock import response_due
from tests.referrals.factories import referral

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TODAY = date(2026, 6, 15)
SIZE = {"referrals": 1500, "open": 200, "on": TODAY}


def load(**options: object) -> str:
    said = StringIO()
    call_command("load_synthetic", stdout=said, **{**SIZE, **options})
    return said.getvalue()


def test_as_many_logs_as_asked_for_in_every_state() -> None:
    said = load()

    statuses = Counter(Referral.objects.values_list("status", flat=True))
    assert "1500 synthetic referrals loaded, 200 of them open" in said
    assert sum(statuses.values()) == 1500
    assert statuses[ReferralStatus.CLOSED] == 1300
    assert set(statuses) == set(ReferralStatus)
    assert set(Referral.objects.values_list("scope", flat=True)) == set(Scope)
    for model in (Advice, AdviceTold, Consultation, Correspondence, CriterionDecision):
        assert model.objects.exists()
    assert 1.2 < ReferralForce.objects.count() / 1500 < 1.6


def test_every_limit_is_the_one_the_clock_gives() -> None:
    load()
    calendar, rules = current_calendar(), unit()
    days = ReplyDays(rules.reply_days_before, rules.reply_days_without_deadline)

    for involved in ReferralForce.objects.filter(request_received_on__isnull=False):
        assert involved.due_on == response_due(involved.request_received_on, (), calendar)
    for log in Referral.objects.prefetch_related("forces"):
        deadlines = [force.deadline for force in log.forces.all() if force.deadline]
        due = reply_by(log.received_on, deadlines, calendar, days).day
        assert log.reply_by == (due if log.status in AWAITING_ADVICE else None)


def test_nothing_happens_after_today_or_before_receipt() -> None:
    load()

    days = Referral.objects.aggregate(Max("received_on"), Max("closed_on"), Min("received_on"))
    assert max(days["received_on__max"], days["closed_on__max"]) <= TODAY
    assert days["received_on__min"].year == 2005
    assert not Referral.objects.filter(closed_on__lt=F("received_on")).exists()
    assert not Advice.objects.filter(given_on__lt=F("referral__received_on")).exists()
    assert not AdviceTold.objects.filter(told_on__lt=F("advice__given_on")).exists()
    for latest in (
        AdviceTold.objects.aggregate(Max("told_on"))["told_on__max"],
        AdviceTold.objects.aggregate(Max("uptake_on"))["uptake_on__max"],
        ReferralForce.objects.aggregate(Max("first_contact_on"))["first_contact_on__max"],
        Correspondence.objects.aggregate(Max("dated_on"))["dated_on__max"],
    ):
        assert latest <= TODAY


def test_numbers_of_a_year_run_on_and_the_trail_is_whole() -> None:
    load()

    for year in Referral.objects.values("year").annotate(count=Count("pk"), last=Max("number")):
        assert year["count"] == year["last"]
    acts = Counter(Entry.objects.values_list("subject", flat=True))
    assert all(acts[log.reference] == log.version for log in Referral.objects.all())
    said = StringIO()
    call_command("verify_audit", stdout=said)
    for entry in Entry.objects.all():
        assert entry.detail.keys() <= {*entry.declared.fields, "version"}, entry.event
    assert "is whole" in said.getvalue()


def test_no_wording_tells_who_asks() -> None:
    for log in population(3):
        assert not find_identity_traces(f"{log.title}\n{log.words}")


def test_no_log_is_one_that_an_adviser_could_not_have_made() -> None:
    load()

    rows = ReferralForce.objects.exclude(role=ForceRole.CONSULTED)
    further = rows.filter(trigger=Trigger.CORRESPONDENCE)
    assert set(further.values_list("referral__scope", flat=True)) == {Scope.NATIONAL}
    assert not rows.filter(first_contact_on__isnull=True).exists()
    assert not rows.filter(first_contact_on__lt=F("referral__received_on")).exists()
    assert not rows.filter(request_received_on__gt=F("first_contact_on")).exists()
    turned = Counter(rows.values_list("referral", flat=True))
    for log in Referral.objects.exclude(scope=Scope.NATIONAL):
        assert (turned[log.pk] == 1) == (log.scope == Scope.SINGLE)
    mandatory = Referral.objects.filter(forces__trigger=Trigger.MANDATORY)
    assert not mandatory.exclude(criterion_decisions__applies=True).exists()


def test_a_log_can_be_read(client: Client) -> None:
    load(referrals=60, open=30)
    client.force_login(User.objects.get(email=email_of_adviser(1)))

    for log in Referral.objects.order_by("-pk")[:40]:
        assert client.get(log.get_absolute_url()).status_code == 200


def population(seed: int, logs: int = 300) -> list[SyntheticLog]:
    forces = list(Force.objects.order_by("name").values_list("pk", flat=True)[:40])
    return list(Logs(Wanted(logs, 30, seed, TODAY), current_calendar(), forces))


def test_the_same_seed_gives_the_same_population_and_another_one_another() -> None:
    assert population(7) == population(7)
    assert population(7) != population(8)


def test_the_same_wording_comes_from_one_force_after_another_and_is_grouped() -> None:
    made = {log.key: log for log in population(1, logs=6000)}

    grouped = [log for log in made.values() if log.grouped_under]
    assert len(grouped) > 10
    for log in grouped:
        first = made[log.grouped_under or 0]
        shared = set(first.words.split()) & set(log.words.split())
        assert {first.scope, log.scope} == {Scope.NATIONAL}
        assert first.received_on <= log.received_on
        assert len(shared) > 0.8 * len(set(first.words.split()))


def test_a_second_call_changes_nothing_and_another_size_is_refused() -> None:
    load(referrals=40, open=10)
    entries = Entry.objects.count()

    assert "already loaded; nothing was changed" in load(referrals=40, open=10)
    assert Entry.objects.count() == entries
    with pytest.raises(
        CommandError, match=r"There are 40 synthetic referrals already\. Use an empty database"
    ):
        load(referrals=41, open=10)


def test_a_log_with_real_referrals_is_refused() -> None:
    referral()

    with pytest.raises(CommandError, match=r"referrals that are not synthetic \(1\)\. Use an empty database"):
        load()
    assert Referral.objects.count() == 1


def test_without_forces_nothing_is_loaded() -> None:
    Force.objects.update(to_on=date(2020, 1, 1))

    with pytest.raises(CommandError, match="The register of forces is empty"):
        load()
    assert not Referral.objects.exists()


@pytest.mark.parametrize("still_open", [0, 30])
def test_all_closed_or_all_open(still_open: int) -> None:
    load(referrals=30, open=still_open)

    assert Referral.objects.exclude(status=ReferralStatus.CLOSED).count() == still_open
