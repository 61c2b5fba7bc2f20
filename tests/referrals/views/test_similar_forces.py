"""Similar forces: groups and reported requests among the settings, and the comparison equal to a hand calculation."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from referrals.models import Advice, AdviceTold, Criterion, Force, ForceGroup, ForceRequests
from referrals.operations.similar_forces import enter_requests, save_group
from referrals.rules.vocabulary import Trigger, Uptake
from tests.factories import person
from tests.referrals import factories

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
YEAR = (date(2025, 4, 1), date(2026, 3, 31))
NAMES = ("Lancashire Constabulary", "Durham Constabulary", "Kent Police")
ADDRESS = "referrals:similar_forces"


@pytest.fixture
def administrator(db: None) -> User:
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def forces(db: None) -> list[Force]:
    return [factories.force(name) for name in NAMES]


def reported(
    by: User, force: Force, received: int, first: date = YEAR[0], last: date = YEAR[1]
) -> ForceRequests:
    return enter_requests(
        by=by,
        at=AT,
        today=AT.date(),
        force=force,
        from_on=first,
        to_on=last,
        received=received,
        source="Monitoring return",
        published_on=date(2026, 5, 1),
    )


def grouped(by: User, forces: list[Force]) -> ForceGroup:
    return save_group(by=by, at=AT, name="Counties", basis="HMICFRS, 2024", forces=forces)


def logged(
    force: str, adviser: User, *, trigger: Trigger = Trigger.ADVICE, uptake: str | None = None
) -> None:
    criteria = list(Criterion.objects.filter(ended_at=None)[:1]) if trigger == Trigger.MANDATORY else []
    entry = factories.entry(force, trigger=trigger)
    log = factories.referral(by=adviser, forces=[entry], criteria=criteria)
    if uptake is None:
        return
    advice = Advice.objects.create(referral=log, number=1, text="Withhold it.", adviser=adviser)
    said = {"uptake_on": AT.date(), "uptake_by": adviser, "uptake_reason": "So."} if uptake else {}
    told = {"told_on": AT.date(), "told_at": AT, "told_by": adviser}
    AdviceTold.objects.create(advice=advice, told_to=log.forces.get(), uptake=uptake, **told, **said)


def choosing(**more: Any) -> dict[str, Any]:
    days = {"first_0": 1, "first_1": 4, "first_2": 2025, "last_0": 31, "last_1": 3, "last_2": 2026}
    return {**days, **more}


def test_the_comparison_is_the_hand_calculation_and_each_number_opens_its_logs(
    client: Client, administrator: User, forces: list[Force], django_assert_max_num_queries: Any
) -> None:
    adviser = factories.adviser()
    group = grouped(administrator, forces)
    reported(administrator, forces[0], 50)
    reported(administrator, forces[1], 150)
    for uptake in (Uptake.ADOPTED, Uptake.IN_PART, ""):
        logged(NAMES[0], adviser, trigger=Trigger.MANDATORY, uptake=uptake)
    for uptake in (Uptake.ADOPTED, None):
        logged(NAMES[1], adviser, uptake=uptake)
    logged(NAMES[2], adviser, trigger=Trigger.MANDATORY)
    client.force_login(adviser)
    with django_assert_max_num_queries(25) as asked:
        page = client.get(reverse(ADDRESS), choosing(group=group.pk, force=forces[0].pk))
        number = len(asked)
    assert page.status_code == 200
    per_100, mandatory, adopted = page.context["comparisons"]
    rates = {row.rate.force: (row.rate.number, row.rate.base, row.rate.rate) for row in per_100.rows}
    assert rates == {
        NAMES[0]: (3, 50, Decimal("6.00")),
        NAMES[1]: (2, 150, Decimal("1.33")),
        NAMES[2]: (1, None, None),
    }
    # By hand: (3 + 2) referrals of (50 + 150) requests is 2.5 of a hundred; Kent has reported nothing.
    assert per_100.pooled.rate == Decimal("2.50")
    assert per_100.pooled.left_out == [NAMES[2]]
    assert (mandatory.pooled.number, mandatory.pooled.base, mandatory.pooled.rate) == (4, 6, Decimal("66.67"))
    assert (adopted.pooled.number, adopted.pooled.base, adopted.pooled.rate) == (2, 3, Decimal("66.67"))
    text = page.content.decode()
    assert "By hand: (2 + 3) × 100 ÷ (150 + 50) = 5 × 100 ÷ 200 = 2.50." in text
    assert "Left out of both sums" in text
    for comparison in page.context["comparisons"]:
        for row in comparison.rows:
            listed = client.get(row.url).context["page_obj"].paginator.count
            assert listed == row.rate.number, (comparison.heading, row.rate.force)
            for part in row.parts:
                assert (
                    part.url == "" or client.get(part.url).context["page_obj"].paginator.count == part.number
                )
            if row.base_url:
                assert client.get(row.base_url).context["page_obj"].paginator.count == row.rate.base
    for name in ("Essex Police", "Surrey Police", "Sussex Police"):
        group.forces.add(factories.force(name))
        logged(name, adviser, uptake=Uptake.ADOPTED)
    with django_assert_max_num_queries(number):
        client.get(reverse(ADDRESS), choosing(group=group.pk, force=forces[0].pk))


def test_without_a_group_the_page_says_so_and_a_wrong_address_is_refused_in_words(
    client: Client, administrator: User, forces: list[Force]
) -> None:
    client.force_login(factories.adviser())
    assert "There is no group of forces yet" in client.get(reverse(ADDRESS)).content.decode()
    group = grouped(administrator, forces[:2])
    assert client.get(reverse(ADDRESS)).status_code == 200
    assert client.get(reverse(ADDRESS), {"force": forces[0].pk}).context["group"] == group
    backwards = {"first_0": 1, "first_1": 4, "first_2": 2026, "last_0": 1, "last_1": 4, "last_2": 2025}
    wrong = (
        (backwards, "cannot end"),
        (choosing(last_2=timezone.localdate().year + 1), "The log is complete up to"),
        ({"group": "x"}, "Select a valid choice"),
        ({"force": forces[2].pk}, "Select a valid choice"),
    )
    for query, says in wrong:
        page = client.get(reverse(ADDRESS), query)
        assert page.status_code == 400, query
        assert says in page.content.decode()
    other = save_group(by=administrator, at=AT, name="Others", basis="Theirs", forces=forces[1:])
    page = client.get(reverse(ADDRESS), {"group": other.pk, "force": forces[0].pk})
    assert page.status_code == 400
    assert "not in the group" in page.content.decode()


def test_an_administrator_keeps_groups_with_a_trail(
    client: Client, administrator: User, forces: list[Force]
) -> None:
    client.force_login(administrator)
    sent = {"name": "Counties", "basis": "HMICFRS, 2024", "forces": [force.pk for force in forces[:2]]}
    add = reverse("referrals:force_group_add")
    assert client.post(add, {**sent, "forces": [forces[0].pk]}).status_code == 422
    assert client.post(add, sent).status_code == 302
    assert client.post(add, sent).status_code == 422  # the name is taken
    group = ForceGroup.objects.get()
    change = reverse("referrals:force_group_change", args=[group.pk])
    assert 'value="Counties"' in client.get(change).content.decode()
    assert client.post(change, {**sent, "forces": [force.pk for force in forces[1:]]}).status_code == 302
    event = timeline("force-groups")[0]
    assert (event.detail["added"], event.detail["removed"]) == ([NAMES[2]], [NAMES[0]])
    assert "Kent Police" in client.get(reverse("referrals:force_groups")).content.decode()
    assert client.post(reverse("referrals:force_group_remove", args=[group.pk])).status_code == 302
    assert not ForceGroup.objects.exists()
    assert timeline("force-groups")[0].event == "force_group_removed"


def test_requests_are_entered_with_their_source_corrected_and_removed(
    client: Client, administrator: User, forces: list[Force]
) -> None:
    client.force_login(administrator)
    days = {"from_on_0": 1, "from_on_1": 4, "from_on_2": 2025, "to_on_0": 31, "to_on_1": 3, "to_on_2": 2026}
    of = {"published_on_0": 1, "published_on_1": 5, "published_on_2": 2026}
    sent = {"force": forces[0].pk, "received": "1204", "source": "Monitoring return", **days, **of}
    add = reverse("referrals:force_requests_add")
    assert client.post(add, {**sent, "received": "-1"}).status_code == 422
    assert client.post(add, {**sent, "to_on_2": 2024}).status_code == 422
    assert client.post(add, {**sent, "published_on_2": 2025}).status_code == 422
    assert client.post(add, sent).status_code == 302
    assert client.post(add, {**sent, "received": "1300"}).status_code == 302
    row = ForceRequests.objects.get()
    assert row.received == 1300
    corrected = timeline("force-requests")[0]
    assert corrected.detail["changed"] == {"received": {"from": 1204, "to": 1300}}
    assert corrected.words == {"source": "Monitoring return"}  # typed, so beside the chain
    assert "Monitoring return" in client.get(reverse("referrals:force_requests")).content.decode()
    assert client.post(reverse("referrals:force_requests_remove", args=[row.pk])).status_code == 302
    assert not ForceRequests.objects.exists()


def test_only_an_administrator_changes_them(forces: list[Force], administrator: User) -> None:
    for nobody in (person(Role.MANAGER), factories.adviser()):
        with pytest.raises(NotPermitted):
            grouped(nobody, forces)
        with pytest.raises(NotPermitted):
            reported(nobody, forces[0], 5)
    with pytest.raises(NotPossible, match="from 2 to 60"):
        grouped(administrator, forces[:1])
