"""The applicant of a request of our own, found and masked in what is kept on the logs about it."""

import pytest
from django.utils import timezone

from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from referrals.models import Consultation, PortfolioLead, Referral, ReferralUnit
from referrals.operations.advice import circulate, give_advice
from referrals.operations.consultation import consult
from referrals.operations.own_request import OwnReferral, refer_own_request
from referrals.operations.triage import close_referral
from referrals.queries.force_view import own_part
from referrals.queries.forces import find_force
from referrals.queries.pack_facts import pack_for_force, pack_for_lead
from referrals.rules.vocabulary import Trigger
from referrals.rules.workflow import Closing
from requests_app.models import FoiRequest
from requests_app.operations.intake import Identity, complete_identity
from requests_app.operations.masking import mask_applicant
from tests import factories
from tests.factories import AT, Staff, person

pytestmark = [pytest.mark.django_db, pytest.mark.services]

NAME = "Perpetua Quill"
SAID = f"What {NAME} asked of the unit."


@pytest.fixture
def log(staff: Staff) -> Referral:
    ReferralUnit.objects.update(own_force=find_force("National Police Chiefs' Council"))
    case = factories.request_with_items(
        "1", "2", officer=staff.officer, identity=Identity(email="x@example.org")
    )
    told = OwnReferral(f"Patrols of {NAME}", SAID, Trigger.ADVICE)
    now, today = timezone.now(), timezone.localdate()
    return refer_own_request(
        case_id=case.pk, by=staff.officer, at=now, today=today, referral=told, identity_confirmed=True
    )


def become_known(staff: Staff) -> FoiRequest:
    case = FoiRequest.objects.get()
    complete_identity(case_id=case.pk, by=staff.officer, at=AT, identity=Identity(name=NAME))
    case.refresh_from_db()
    return case


def test_who_asks_is_masked_on_the_log_once_it_is_known(staff: Staff, log: Referral) -> None:
    case = become_known(staff)
    assert case.identity_found["referrals"] >= 2
    mask_applicant(case_id=case.pk, by=staff.officer, at=AT)
    log.refresh_from_db()
    assert (log.subject, log.wording) == ("Patrols of ****", "What **** asked of the unit.")


def test_events_of_the_log_are_shown_masked(staff: Staff, log: Referral) -> None:
    now = timezone.now()
    close_referral(
        referral_id=log.pk,
        by=person(Role.CRU_ADVISER),
        at=now,
        today=timezone.localdate(),
        closing=Closing.WITHDRAWN,
        reason=f"{NAME} withdrew it.",
        identity_confirmed=True,
    )
    become_known(staff)
    said = " ".join(str(entry.facts) for entry in timeline(log.reference))
    assert NAME not in said
    assert "**** withdrew it." in said


def test_a_pack_is_blind_to_who_became_known_later(staff: Staff, log: Referral) -> None:
    adviser, lead = person(Role.CRU_ADVISER), PortfolioLead.objects.first()
    assert lead
    now, today = timezone.now(), timezone.localdate()
    consult(
        referral_id=log.pk,
        lead_id=lead.pk,
        by=adviser,
        at=now,
        today=today,
        question=f"What of {NAME}?",
        reply_by=today,
        identity_confirmed=True,
    )
    become_known(staff)
    facts = pack_for_lead(Consultation.objects.get(), as_at=now)
    assert NAME not in str(facts)
    assert facts.question
    assert facts.question.text == "What of ****?"


def test_a_force_is_shown_nothing_of_who_became_known_later(staff: Staff, log: Referral) -> None:
    """The page of a force contact and the pack read the same masked part."""
    adviser, now, today = person(Role.CRU_ADVISER), timezone.now(), timezone.localdate()
    given = {"by": adviser, "at": now, "today": today}
    advice = give_advice(referral_id=log.pk, text=SAID, identity_confirmed=True, **given)
    circulate(advice_id=advice.pk, **given)
    become_known(staff)
    involved = log.forces.get()
    part = own_part(log.pk, involved.force_id)
    shown = [part.wording, part.involvement.referral.subject, *(one.advice.text for one in part.told)]
    assert "What **** asked" in part.wording
    assert NAME not in str(shown)
    assert NAME not in str(pack_for_force(involved, as_at=now))
