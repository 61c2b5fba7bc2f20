"""A request of our own referred: logged blind, its answer held, its clock going on."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import CaseChanged, NotPossible
from referrals.models import AdviceTold, ApplicantMark, Referral, ReferralForce, ReferralUnit
from referrals.operations.intake import change_force
from referrals.operations.own_request import (
    OwnReferral,
    follow_own_clocks,
    refer_own_request,
    take_up_advice,
)
from referrals.operations.triage import close_referral, reopen_referral
from referrals.queries.forces import find_force
from referrals.rules.vocabulary import Trigger, Uptake
from referrals.rules.workflow import Closing
from requests_app.models import FoiRequest, IssueHold
from requests_app.operations.consultation import check_not_held, override_hold
from tests import factories
from tests.factories import RECEIVED, Staff
from tests.referrals.factories import entry
from tests.referrals.operations.advised import advise

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TOLD = OwnReferral("Patrol plans", "1. the patrol plan\n2. the map that goes with it", Trigger.ADVICE)


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    ReferralUnit.objects.update(own_force=find_force("National Police Chiefs' Council"))
    return factories.request_with_items("1", "2", officer=staff.officer)


def refer(staff: Staff, case: FoiRequest, told: OwnReferral = TOLD, **fields: object) -> Referral:
    now = timezone.now()
    return refer_own_request(
        case_id=case.pk, by=staff.officer, at=now, today=timezone.localdate(), referral=told, **fields
    )  # type: ignore[arg-type]


def test_it_is_logged_like_any_forces_and_the_answer_waits(staff: Staff, case: FoiRequest) -> None:
    due = case.due_on
    logged = refer(staff, case)
    involved = ReferralForce.objects.get(referral=logged)
    assert (involved.reference, involved.request_received_on) == (case.reference, RECEIVED)
    assert (involved.deadline, involved.stated_due_on) == (due, None)
    hold = IssueHold.objects.get(foi_request=case)
    assert (hold.awaited, hold.page) == (f"CRU log {logged.log_number}", logged.get_absolute_url())
    case.refresh_from_db()
    assert case.due_on == due  # the clock does not stop


def test_the_applicant_is_a_mark_and_nothing_else(staff: Staff, case: FoiRequest) -> None:
    first = refer(staff, case)
    assert ApplicantMark.objects.filter(referral=first).count() == 2
    told = OwnReferral("Patrol plans", "Perpetua Lowmoor asks for the plan", Trigger.ADVICE)
    other = factories.request_with_items("1", officer=staff.officer)
    with pytest.raises(NotPossible, match="own applicant") as refused:
        refer(staff, other, told, identity_confirmed=True)
    assert "Lowmoor" not in str(refused.value)


def test_we_read_advice_on_our_own_casefile(staff: Staff, case: FoiRequest) -> None:
    logged = refer(staff, case)
    client = Client()
    client.force_login(factories.person(Role.CRU_ADVISER))
    page = client.get(f"{logged.get_absolute_url()}advise/").content.decode()
    assert (
        f'it reads the advice on <a class="govuk-link" href="{case.get_absolute_url()}">its casefile' in page
    )
    assert "tell it yourself" not in page
    given = advise(logged, factories.person(Role.CRU_ADVISER), at=timezone.now(), today=timezone.localdate())
    address = f"{logged.get_absolute_url()}advice/{given.pk}/circulate/"
    page = client.get(address).content.decode()
    assert "Every force concerned has been told" in page  # when it was given
    assert "On our own casefile" in page


def test_it_is_with_the_unit_once_at_a_time(staff: Staff, case: FoiRequest) -> None:
    logged = refer(staff, case)
    with pytest.raises(NotPossible, match=f"already, as CRU log {logged.log_number}"):
        refer(staff, case)
    assert Referral.objects.count() == 1


def test_a_page_made_before_somebody_changed_the_request_is_refused(staff: Staff, case: FoiRequest) -> None:
    with pytest.raises(CaseChanged):
        refer(staff, case, seen_version=case.version - 1)
    assert not Referral.objects.exists()


def _closed_and_reopened(log: Referral, *, closing: Closing = Closing.WITHDRAWN) -> None:
    by, now = factories.person(Role.CRU_ADVISER), timezone.now()
    common = {"referral_id": log.pk, "by": by, "at": now}
    close_referral(**common, today=timezone.localdate(), closing=closing, reason="By mistake.")
    assert not IssueHold.objects.filter(ended_at=None).exists()
    reopen_referral(**common, reason="It was closed by mistake.")


def test_the_answer_waits_again_for_advice_taken_up_again(staff: Staff, case: FoiRequest) -> None:
    log = refer(staff, case)
    _closed_and_reopened(log)
    with pytest.raises(NotPossible, match=f"waiting for advice: {log.title}"):
        check_not_held(case)
    assert IssueHold.objects.get(ended_at=None).page == log.get_absolute_url()


def test_an_officer_who_went_on_without_the_advice_is_not_held_again(staff: Staff, case: FoiRequest) -> None:
    log = refer(staff, case)
    override_hold(
        case_id=case.pk,
        hold_id=IssueHold.objects.get().pk,
        by=staff.officer,
        at=timezone.now(),
        reason="The time limit runs out today.",
    )
    _closed_and_reopened(log)
    check_not_held(case)


def test_an_answer_that_had_its_advice_is_not_held_again(staff: Staff, case: FoiRequest) -> None:
    log = refer(staff, case)
    advise(log, factories.person(Role.CRU_ADVISER), at=timezone.now(), today=timezone.localdate())
    take_up_advice(
        told_id=AdviceTold.objects.get().pk,
        by=staff.officer,
        at=timezone.now(),
        today=timezone.localdate(),
        uptake=Uptake.ADOPTED,
    )
    _closed_and_reopened(log, closing=Closing.ADVISED)
    check_not_held(case)


def test_somebody_has_to_say_which_force_we_are(staff: Staff, case: FoiRequest) -> None:
    ReferralUnit.objects.update(own_force=None)
    with pytest.raises(NotPossible, match="Settings, Referrals"):
        refer(staff, case)


def test_a_mandatory_referral_names_its_criterion(staff: Staff, case: FoiRequest) -> None:
    with pytest.raises(NotPossible):
        refer(staff, case, OwnReferral("Patrol plans", "the patrol plan", Trigger.MANDATORY))
    assert not Referral.objects.exists()
    assert not IssueHold.objects.exists()


def test_the_casefile_leads_to_the_page_and_the_page_to_the_log(
    staff: Staff, case: FoiRequest, client: Client
) -> None:
    client.force_login(staff.officer)
    address = f"/referrals/refer/{case.year}/{case.number}/"
    assert address in client.get(case.get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    assert "The statutory clock does not stop" in page
    posted = {
        "subject": TOLD.subject,
        "wording": TOLD.wording,
        "trigger": "advice",
        "seen_version": case.version,
    }
    missing = client.post(address, {**posted, "trigger": ""})
    assert missing.status_code == 422
    assert TOLD.subject in missing.content.decode()
    assert client.post(address, posted).status_code == 302
    page = client.get(case.get_absolute_url()).content.decode()
    assert Referral.objects.get().get_absolute_url() in page
    assert address not in page  # not while the advice is awaited


def test_what_we_know_of_the_applicant_is_masked_before_anybody_reads_it(
    staff: Staff, client: Client
) -> None:
    words = "I am Perpetua Lowmoor, p.lowmoor@example.org. Please send me the patrol plan."
    case = factories.request(words=words, by=staff.intake)
    client.force_login(staff.officer)
    page = client.get(f"/referrals/refer/{case.year}/{case.number}/").content.decode()
    assert "Please send me the patrol plan" in page
    assert "Lowmoor" not in page
    assert "p.lowmoor" not in page


def test_our_own_part_of_the_log_stays_ours(staff: Staff, case: FoiRequest) -> None:
    """Otherwise the advice would not find its way back to the request."""
    log = refer(staff, case)
    involved = log.forces.select_related("force").get()
    for change in ({"reference": "another"}, {"of": "Durham Constabulary"}):
        given = {"of": involved.force, "reference": case.reference, **change}
        with pytest.raises(NotPossible, match="our own request"):
            change_force(
                referral_id=log.pk,
                involved_id=involved.pk,
                by=factories.person(Role.CRU_ADVISER),
                at=timezone.now(),
                today=timezone.localdate(),
                entry=entry(**given, came=timezone.localdate()),
            )


def test_the_log_follows_our_own_clock(staff: Staff, case: FoiRequest) -> None:
    logged = refer(staff, case)
    assert follow_own_clocks(at=timezone.now()) == 0
    later = timezone.localdate() + timedelta(days=60)
    FoiRequest.objects.filter(pk=case.pk).update(due_on=later)
    assert follow_own_clocks(at=timezone.now()) == 1
    involved = ReferralForce.objects.get(referral=logged)
    assert involved.deadline == later
    before, logged = logged.reply_by, Referral.objects.get(pk=logged.pk)
    assert logged.reply_by != before
    assert timeline(logged.reference)[0].detail["deadlines"][0]["after"] == later.isoformat()
    assert follow_own_clocks(at=timezone.now()) == 0  # a second run changes nothing
    FoiRequest.objects.filter(pk=case.pk).update(due_on=None)  # the clock is stopped
    assert follow_own_clocks(at=timezone.now()) == 0
    FoiRequest.objects.filter(pk=case.pk).update(due_on=case.due_on)
    assert follow_own_clocks(at=timezone.now()) == 1
    assert ReferralForce.objects.get(referral=logged).stated_due_on is None
