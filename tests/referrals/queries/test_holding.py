"""Which advice is in force where a force has its own log's and national advice."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client

from foitracker.accounts.models import User
from referrals.models import AdviceTold, Referral, ReferralForce
from referrals.operations.advice import circulate
from referrals.operations.consultation import consult
from referrals.operations.grouping import group
from referrals.operations.uptake import record_uptake
from referrals.queries.correspondents import told_without_answer
from referrals.queries.force_view import own_part
from referrals.queries.pack_facts import pack_for_force, pack_for_lead
from referrals.queries.referral_file import referral_file
from referrals.rules.vocabulary import Uptake
from tests.referrals.factories import adviser, involved, referral
from tests.referrals.operations.advised import AT, TODAY, advise, lead
from tests.referrals.views.own_force import contact

pytestmark = [pytest.mark.django_db, pytest.mark.services]

LATER = AT + timedelta(days=3)
REPLACED = "A later advice took its place."


@dataclass(frozen=True)
class Grouped:
    """A log of Lancashire's own, grouped under a national one."""

    by: User
    national: Referral
    log: Referral

    @property
    def force(self) -> ReferralForce:
        return involved(self.log, "Lancashire")

    def told(self, log: Referral, text: str, *, later: bool = False) -> AdviceTold:
        at = LATER if later else AT
        advice = advise(log, self.by, text=text, at=at, today=at.date())
        circulate(advice_id=advice.pk, by=self.by, at=at, today=at.date())
        return advice.told.get(told_to=self.force)


@pytest.fixture
def grouped() -> Grouped:
    by = adviser()
    national, log = referral(by=by, forces=["Kent Police"]), referral(by=by)
    group(referral_id=national.pk, member_ids=[log.pk], by=by, at=AT)
    log.refresh_from_db()
    return Grouped(by, national, log)


def _pack_of_lead(grouped: Grouped) -> list[tuple[str, str, bool]]:
    asked = consult(
        referral_id=grouped.log.pk,
        by=grouped.by,
        at=LATER,
        today=LATER.date(),
        lead_id=lead().pk,
        question="Harm?",
    )
    grouped.log.refresh_from_db()
    return [(one.text, one.national_log, one.is_replaced) for one in pack_for_lead(asked, as_at=LATER).advice]


@pytest.mark.parametrize("national_first", [True, False])
def test_the_last_given_holds_whichever_log_it_is_on(grouped: Grouped, national_first: bool) -> None:
    logs = [grouped.national, grouped.log] if national_first else [grouped.log, grouped.national]
    first = grouped.told(logs[0], "Withhold it.")
    second = grouped.told(logs[1], "Disclose it.", later=True)
    assert own_part(grouped.log.pk, grouped.force.force_id).replaced == {first.pk}
    assert [one.is_replaced for one in pack_for_force(grouped.force, as_at=LATER).advice] == [True, False]
    found = {entry.advice.pk: entry.is_replaced for entry in referral_file(grouped.log).given}
    assert found == {first.advice_id: True, second.advice_id: False}
    assert told_without_answer(grouped.log) == {grouped.force.pk: LATER.date()}
    number = grouped.national.log_number
    names = [number, ""] if national_first else ["", number]
    assert _pack_of_lead(grouped) == [("Withhold it.", names[0], True), ("Disclose it.", names[1], False)]


def test_a_leads_pack_names_national_advice_its_forces_were_not_told_of(grouped: Grouped) -> None:
    grouped.told(grouped.log, "Withhold it.")
    advise(grouped.national, grouped.by, text="Disclose it.", at=LATER, today=LATER.date())
    national = grouped.national.log_number
    assert _pack_of_lead(grouped) == [("Withhold it.", "", False), ("Disclose it.", national, False)]


def test_what_was_not_told_to_the_force_replaces_nothing(grouped: Grouped) -> None:
    first = grouped.told(grouped.log, "Withhold it.")
    advise(grouped.national, grouped.by, text="Disclose it.", at=LATER, today=LATER.date())
    assert own_part(grouped.log.pk, grouped.force.force_id).replaced == frozenset()
    assert told_without_answer(grouped.log) == {grouped.force.pk: TODAY}
    entries = referral_file(grouped.log).given
    assert [entry.is_replaced for entry in entries if entry.advice.pk == first.advice_id] == [False]


def test_uptake_is_asked_of_what_holds_and_what_was_recorded_stays(grouped: Grouped, client: Client) -> None:
    first = grouped.told(grouped.log, "Withhold it.")
    second = grouped.told(grouped.national, "Disclose it.", later=True)
    address = grouped.log.get_absolute_url()
    old, new = (f"{address}told/{one.pk}/uptake/" for one in (first, second))
    for user in (grouped.by, contact()):
        client.force_login(user)
        page = client.get(address).content.decode()
        assert REPLACED in page
        assert old not in page
        assert new in page
    record_uptake(told_id=first.pk, by=grouped.by, at=LATER, today=TODAY, uptake=Uptake.ADOPTED)
    page = client.get(address).content.decode()
    assert "Adopted" in page
    assert old in page
