"""What a database begins with, and that an installation's own changes outlive every migration."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from referrals.models import AccessRegime, Criterion, Force, ForceKind, ForceName, PortfolioLead
from referrals.operations.reference_data import load_shipped
from referrals.queries.forces import find_force
from referrals.queries.unit import unit
from referrals.rules.vocabulary import Flag
from requests_app.models import Topic

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def rows() -> list[object]:
    return [
        list(kind.objects.order_by("pk").values())
        for kind in (Force, ForceName, Criterion, Topic, PortfolioLead)
    ]


def test_a_database_begins_with_the_forces() -> None:
    kinds = {kind: Force.objects.filter(kind=kind).count() for kind in ForceKind}
    assert kinds[ForceKind.TERRITORIAL] == 45
    assert kinds[ForceKind.SPECIAL] == 3
    assert kinds[ForceKind.NATIONAL] == 5
    assert not Force.objects.filter(name__contains="(each)").exists()
    assert find_force("Police Scotland").regime == AccessRegime.FOISA
    assert find_force("NCA").regime == AccessRegime.OUTSIDE
    assert find_force("NPCC").regime == AccessRegime.DESIGNATED
    assert not find_force("Jersey").has_foia_deadline
    assert not Force.objects.exclude(email="").exists()  # a mailbox is the installation's to enter


def test_shipped_criteria_say_that_they_are_illustrative() -> None:
    criteria = Criterion.objects.all()
    assert len(criteria) >= 10
    assert all(c.is_illustrative and c.version == 1 and c.made_by is None for c in criteria)
    assert all(c.words or c.flags for c in criteria)
    assert {flag for c in criteria for flag in c.flags} == set(Flag)
    assert PortfolioLead.objects.exclude(email="").count() == 0
    assert unit().own_force == find_force("NPCC")


def test_loading_again_changes_nothing_and_asks_little() -> None:
    before = rows()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load_shipped(at=AT)
    assert rows() == before
    assert len(queries) <= 12


def test_what_an_installation_changed_or_ended_stays_so_after_the_next_migration() -> None:
    renamed = find_force("Kent")
    renamed.name, renamed.email, renamed.region = "Kent and Medway Police", "foi@kent.example.org", "Coast"
    renamed.save()
    ForceName.objects.filter(name="GMP").update(to_on=date(2020, 1, 1))
    Force.objects.filter(name="Surrey Police").update(to_on=date(2026, 1, 1))
    Criterion.objects.filter(code="drones").update(ended_at=AT)
    Topic.objects.filter(name="Drones").update(name="Unmanned aircraft")
    PortfolioLead.objects.filter(portfolio="Drones").update(is_in_use=False)
    rules = unit()
    rules.own_force, rules.reply_days_before = None, 7
    rules.save()
    before = rows()
    call_command("migrate", verbosity=0)
    assert rows() == before
    assert (unit().own_force, unit().reply_days_before) == (None, 7)


def test_a_force_that_was_never_there_comes_with_a_later_release() -> None:
    force = find_force("Falmouth Docks Police")
    force.names.all().delete()
    force.delete()
    load_shipped(at=AT)
    assert find_force("Falmouth Docks Police").kind == ForceKind.PORT
