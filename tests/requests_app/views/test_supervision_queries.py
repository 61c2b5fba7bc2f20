"""The pages of supervision take the same number of queries whatever there is to show."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.roles import Role
from foitracker.improvement.operations import add_point
from requests_app.operations.supervision import record_supervision
from tests import factories
from tests.factories import Staff, person
from tests.queries import queries_of
from tests.requests_app.overseen import Overseen, supervised

pytestmark = [pytest.mark.django_db, pytest.mark.services]

PAGES = ("supervision", "supervision_reviews", "supervision_actions", "dip_samples", "recovery_plans", "triage",
         "triage_print")  # fmt: skip
MOST = 25


def _more(staff: Staff, overseen: Overseen, number: int) -> None:
    """Further requests, each with an officer and a review with an action, and further improvement points."""
    now, day = timezone.now(), timezone.localdate()
    for _ in range(number):
        case = factories.request(by=staff.intake, received_on=day, at=now)
        record_supervision(
            case_id=case.pk,
            by=overseen.manager,
            at=now,
            today=day,
            reviewed_on=day,
            direction="Search again.",
            action="Ask the records team.",
            action_due_on=day + timedelta(days=9),
            action_by=person(Role.OFFICER),
        )
        add_point(
            by=overseen.manager, at=now, today=day, text="Search logs say who searched.", source="Dip sample",
            owner=person(Role.MANAGER), due_on=day + timedelta(days=9),
        )  # fmt: skip


def test_queries_do_not_grow_with_what_is_shown(client: Client, staff: Staff) -> None:
    overseen = supervised(staff, factories.request(by=staff.intake))
    client.force_login(overseen.manager)
    addresses = [reverse(f"requests_app:{name}") for name in PAGES]
    addresses.append(reverse("improvement:points"))
    addresses.append(reverse("requests_app:recovery_plan", args=[overseen.plan.pk]))
    addresses.append(reverse("requests_app:dip_sample", args=[overseen.sampled.sample_id]))
    _more(staff, overseen, 2)
    few = {address: queries_of(client, address) for address in addresses}
    _more(staff, overseen, 10)
    many = {address: queries_of(client, address) for address in addresses}
    assert few == many
    assert max(many.values()) <= MOST
