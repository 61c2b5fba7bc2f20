"""The pages of advice and of what is written about a log, as an adviser sends them."""

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from foitracker.accounts.roles import Role
from foitracker.audit.models import RecordedAccess
from foitracker.mail.models import OutboxMessage
from referrals.models import (
    Advice,
    AdviceTold,
    Consultation,
    Correspondence,
    ForceContact,
    Referral,
    ReferralForce,
)
from referrals.operations.advice import circulate
from referrals.operations.consultation import consult
from referrals.operations.triage import close_referral
from referrals.rules.vocabulary import ForceRole, Scope
from referrals.rules.workflow import Closing, ReferralStatus
from tests import factories
from tests.referrals.factories import adviser, entry, referral
from tests.referrals.operations.advised import ADVICE, AT, TODAY, advise, lead, mailbox, national_log

pytestmark = [pytest.mark.django_db, pytest.mark.services]


class Desk:
    """One adviser's signed-in browser, on one log."""

    def __init__(self, log: Referral) -> None:
        self.client, self.log = Client(), log
        self.client.force_login(adviser())

    def url(self, page: str) -> str:
        return self.log.get_absolute_url() + page

    def get(self, page: str) -> Any:
        return self.client.get(self.url(page))

    def post(self, page: str, **data: Any) -> Any:
        """Send a form as a page would that was opened just now."""
        version = Referral.objects.values_list("version", flat=True).get(pk=self.log.pk)
        return self.client.post(self.url(page), {"seen_version": version, **data})

    def messages(self, page: str = "") -> str:
        return text_of(self.get(page))


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def day(name: str, value: date) -> dict[str, int]:
    return {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}


@pytest.fixture
def desk() -> Desk:
    return Desk(national_log(mailbox("Larch"), mailbox("Hazel", email=""), by=adviser()))


def words(**changed: Any) -> dict[str, Any]:
    return {"text": ADVICE, "exemptions": "s31(1)(a)(b)\n40(2)+(3A)(a)", "marking": "official", **changed}


def test_advice_is_given_and_circulated_in_one_step(desk: Desk) -> None:
    page = text_of(desk.get("advise/"))
    assert "2 forces to be told" in page
    assert "no mailbox is recorded: tell it yourself" in page
    response = desk.post("advise/", **words(then="circulate"))
    assert response.status_code == 302
    advice = Advice.objects.get()
    assert advice.exemptions == ["31(1)(a)", "31(1)(b)", "40(2)+(3A)(a)"]
    assert AdviceTold.objects.filter(advice=advice).count() == 2
    said = desk.messages()
    assert "2 forces are told, 1 by e-mail." in said
    assert "No mailbox is recorded for Hazel" in said


def test_a_draft_is_kept_shown_again_and_given_later(desk: Desk) -> None:
    desk.post("advise/", **words(then="draft", text="Half a [insert]"))
    draft = Advice.objects.get()
    assert not draft.is_given
    page = text_of(desk.get("advise/"))
    assert "Half a [insert]" in page
    assert "31(1)(a), 31(1)(b), 40(2)+(3A)(a)" in page
    refused = desk.post("advise/", **words(then="give", text="Half a [insert]"))
    assert refused.status_code == 422
    assert "Fill in what is still open" in text_of(refused)
    desk.post("advise/", **words(then="give"))
    draft.refresh_from_db()
    assert draft.is_given
    assert not AdviceTold.objects.exists()


def test_a_page_sent_without_a_button_tells_nobody(desk: Desk) -> None:
    desk.post("advise/", **words())
    assert not Advice.objects.get().is_given


def test_an_obsolete_exemption_comes_back_at_its_field_with_the_current_one(desk: Desk) -> None:
    response = desk.post("advise/", **words(then="circulate", exemptions="40(3)(a)(i)"))
    assert response.status_code == 422
    page = text_of(response)
    assert "40(3A)(a)" in page
    assert ADVICE.split("\n", maxsplit=1)[0] in page
    assert not Advice.objects.exists()


def test_what_looks_like_the_applicant_is_masked_on_the_page(desk: Desk) -> None:
    telling = "Write to Miss Lowmoor at p.lowmoor@somewhere.org first."
    response = desk.post("advise/", **words(then="circulate", text=telling))
    assert response.status_code == 422
    assert "Mask what was found" in text_of(response)
    assert "Save as a draft" in text_of(response)
    masked = desk.post("advise/", **words(mask="yes", text=telling))
    page = text_of(masked)
    assert "p.lowmoor" not in page
    assert "****" in page
    assert not Advice.objects.exists()


def test_a_closed_log_says_so_instead_of_a_form(desk: Desk) -> None:
    close_referral(
        referral_id=desk.log.pk,
        by=adviser(),
        at=AT,
        today=TODAY,
        closing=Closing.WITHDRAWN,
        reason="All of them withdrew it.",
    )
    for page in ("advise/", "consult/"):
        response = desk.get(page)
        assert response.status_code == 409
        assert "Reopen it first" in text_of(response)
    assert desk.get("correspondence/add/").status_code == 200


def test_a_conflict_shows_what_was_done_meanwhile_and_keeps_what_was_typed(desk: Desk) -> None:
    advise(desk.log, adviser())
    response = desk.client.post(desk.url("advise/"), {"seen_version": 1, **words(then="give", text="Mine.")})
    assert response.status_code == 409
    page = text_of(response)
    assert "Advice given" in page
    assert "Mine." in page


def test_circulating_offers_those_not_told_and_shows_the_others(desk: Desk) -> None:
    advice = advise(desk.log, adviser())
    larch, hazel = (desk.log.forces.get(force__short=name) for name in ("Larch", "Hazel"))
    page = f"advice/{advice.pk}/circulate/"
    assert text_of(desk.get(page)).count("checked") == 2
    desk.post(page, forces=[larch.pk])
    assert [one.told_to for one in AdviceTold.objects.all()] == [larch]
    left = text_of(desk.get(page))
    assert "Told already" in left
    assert f'value="{hazel.pk}"' in left
    assert f'value="{larch.pk}"' not in left
    none = desk.post(page)
    assert none.status_code == 422
    assert "Choose at least one force" in text_of(none)
    desk.post(page, forces=[hazel.pk])
    assert "Every force concerned has been told" in text_of(desk.get(page))
    again = desk.post(page, forces=[hazel.pk])
    assert again.status_code == 302
    assert AdviceTold.objects.count() == 2


def test_a_draft_or_advice_of_another_log_has_no_page_to_circulate_it(desk: Desk) -> None:
    other = advise(referral(), adviser())
    assert desk.get(f"advice/{other.pk}/circulate/").status_code == 404
    desk.post("advise/", **words(then="draft"))
    draft = Advice.objects.get(referral=desk.log)
    assert desk.get(f"advice/{draft.pk}/circulate/").status_code == 404


def test_a_lead_is_consulted_chased_and_replies(desk: Desk) -> None:
    expert = lead()
    lead(portfolio="Disused portfolio", is_in_use=False)
    page = text_of(desk.get("consult/"))
    assert "Invented portfolio" in page
    assert "Disused portfolio" not in page
    reply_by = date(2099, 3, 13)
    response = desk.post("consult/", lead=expert.pk, question="Any harm?", **day("reply_by", reply_by))
    assert response.status_code == 302
    found = Consultation.objects.get()
    assert (found.question, found.reply_by) == ("Any harm?", reply_by)
    assert f'value="{expert.pk}"' not in text_of(desk.get("consult/"))
    desk.post("chase/", whom=[f"lead-{found.pk}"], text="Please reply.")
    assert OutboxMessage.objects.filter(key__startswith="chaser-lead").count() == 1
    assert f'value="lead-{found.pk}"' not in text_of(desk.get("chase/"))
    reply = f"consultations/{found.pk}/reply/"
    assert "Any harm?" in text_of(desk.get(reply))
    desk.post(reply, reply="None that we know.", **day("replied_on", found.asked_on))
    found.refresh_from_db()
    assert found.reply == "None that we know."
    assert "Record what came later" in text_of(desk.get(reply))


def test_forces_are_chased_and_then_not_offered_today(desk: Desk) -> None:
    larch, hazel = (desk.log.forces.get(force__short=name) for name in ("Larch", "Hazel"))
    desk.post("chase/", whom=[f"force-{larch.pk}", f"force-{hazel.pk}"], text="Please reply.")
    assert "2 chased, 1 by e-mail." in desk.messages()
    assert "Nobody can be chased now" in text_of(desk.get("chase/"))


def test_a_letter_from_a_force_says_from_when_it_is_counted() -> None:
    forces = ["Lancashire", entry("Kent", role=ForceRole.CONSULTED)]
    log = referral(forces=forces, scope=Scope.NATIONAL)
    desk, kent = Desk(log), log.forces.get(role=ForceRole.CONSULTED)
    desk.post(
        "correspondence/add/",
        direction="in",
        whom=f"force-{kent.pk}",
        text="We have had it too. What do you advise?",
        asks_advice="on",
        **day("dated_on", TODAY),
    )
    kent.refresh_from_db()
    assert kent.first_contact_on == TODAY
    assert "Kent is counted as in contact from 06/03/2026." in desk.messages()
    desk.post("correspondence/add/", direction="out", whom="", text="Noted.", **day("dated_on", TODAY))
    assert Correspondence.objects.get(direction="out").with_force is None


@pytest.fixture
def told(desk: Desk) -> AdviceTold:
    circulate(advice_id=advise(desk.log, adviser()).pk, by=adviser(), at=AT, today=TODAY)
    return AdviceTold.objects.get(told_to__force__short="Larch")


def test_uptake_and_outcome_are_recorded(desk: Desk, told: AdviceTold) -> None:
    page = f"told/{told.pk}/uptake/"
    refused = desk.post(page, uptake="in_part", reason="")
    assert refused.status_code == 422
    assert "Say why" in text_of(refused)
    desk.post(page, uptake="in_part", reason="The totals were published.")
    told.refresh_from_db()
    assert told.uptake == "in_part"
    outcome = f"forces/{told.told_to_id}/outcome/"
    desk.post(outcome, outcome="refused", **day("on", TODAY))
    involved = ReferralForce.objects.get(pk=told.told_to_id)
    assert (involved.outcome, involved.outcome_on) == ("refused", TODAY)
    desk.post(outcome, outcome="none")
    involved.refresh_from_db()
    assert involved.is_open


def test_uptake_of_a_grouped_log_is_reached_from_the_national_one(desk: Desk) -> None:
    member = national_log(mailbox("Alder"), by=adviser())
    Referral.objects.filter(pk=member.pk).update(national_log=desk.log)
    circulate(advice_id=advise(desk.log, adviser()).pk, by=adviser(), at=AT, today=TODAY)
    told = AdviceTold.objects.get(told_to__referral=member)
    page = f"told/{told.pk}/uptake/"
    assert member.log_number in text_of(desk.get(page))
    member.refresh_from_db()
    response = desk.client.post(desk.url(page), {"seen_version": member.version, "uptake": "adopted"})
    assert response.status_code == 302
    told.refresh_from_db()
    assert told.uptake == "adopted"
    unrelated = Desk(referral())
    assert unrelated.get(page).status_code == 404
    member.refresh_from_db()
    assert member.status == ReferralStatus.ADVISED


def test_the_pack_is_printed_for_a_force_or_a_lead_and_the_look_is_kept(desk: Desk, told: AdviceTold) -> None:
    response = desk.get(f"pack.pdf?for={told.told_to_id}")
    assert response["Content-Type"] == "application/pdf"
    printed = " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).split()
    )
    assert "LARCH/1" in printed
    assert "larkspur" in printed
    assert "Hazel" not in printed
    look = RecordedAccess.objects.get(event="pack_printed")
    assert (look.subject, look.detail) == (desk.log.reference, {"force": "Larch Constabulary"})
    asked = consult(
        referral_id=desk.log.pk, by=adviser(), at=AT, today=TODAY, lead_id=lead().pk, question="Any harm?"
    )
    assert desk.get(f"pack.pdf?lead={asked.pk}").status_code == 200
    chosen = text_of(desk.get("pack.pdf"))
    assert f"?for={told.told_to_id}" in chosen
    assert f"?lead={asked.pk}" in chosen
    for query in ("?for=", "?for=0", "?for=x", "?lead=0", f"?for={referral().forces.get().pk}"):
        assert desk.get(f"pack.pdf{query}").status_code == 404


def test_drafts_marks_and_other_forces_letters_stay_out_of_every_pack(desk: Desk, told: AdviceTold) -> None:
    desk.post("advise/", **words(then="draft", text="Draughtboard, not finished."))
    hazel = desk.log.forces.get(force__short="Hazel")
    desk.post(
        "correspondence/add/",
        direction="in",
        whom=f"force-{hazel.pk}",
        text="Kestrel letter of Hazel.",
        **day("dated_on", TODAY),
    )
    asked = consult(
        referral_id=desk.log.pk, by=adviser(), at=AT, today=TODAY, lead_id=lead().pk, question="Any harm?"
    )
    for query in (f"for={told.told_to_id}", f"lead={asked.pk}"):
        pages = PdfReader(io.BytesIO(desk.get(f"pack.pdf?{query}").content)).pages
        printed = " ".join(page.extract_text() for page in pages)
        assert "Draughtboard" not in printed
        assert "Kestrel" not in printed


def test_an_officer_may_print_a_pack_and_work_on_nothing(desk: Desk, told: AdviceTold) -> None:
    desk.client.force_login(factories.person(Role.OFFICER))
    assert desk.get(f"pack.pdf?for={told.told_to_id}").status_code == 200
    for page in (
        "advise/",
        "consult/",
        "chase/",
        "correspondence/add/",
        f"advice/{told.advice_id}/circulate/",
        f"told/{told.pk}/uptake/",
        f"forces/{told.told_to_id}/outcome/",
    ):
        assert desk.get(page).status_code == 403


@pytest.fixture
def contact(desk: Desk, told: AdviceTold) -> Client:
    """Signed in for Larch."""
    user = factories.person(Role.FORCE_CONTACT)
    ForceContact.objects.create(user=user, force=told.told_to.force, since=AT)
    desk.client.force_login(user)
    return desk.client


def test_a_force_contact_reports_for_its_own_force(desk: Desk, told: AdviceTold, contact: Client) -> None:
    uptake, outcome = f"told/{told.pk}/uptake/", f"forces/{told.told_to_id}/outcome/"
    for page in (uptake, outcome):
        assert "your force" in text_of(desk.get(page))
    advise(desk.log, adviser(), text="Later words.")
    response = desk.client.post(desk.url(uptake), {"seen_version": 1, "uptake": "adopted"})
    assert response.status_code == 302
    assert desk.client.post(desk.url(outcome), {"outcome": "refused", **day("on", TODAY)}).status_code == 302
    told.refresh_from_db()
    assert (told.uptake, told.told_to.force.short) == ("adopted", "Larch")
    printed = desk.get("pack.pdf")
    assert printed["Content-Type"] == "application/pdf"
    assert RecordedAccess.objects.get(event="pack_printed").detail == {"force": "Larch Constabulary"}


def test_what_is_another_forces_is_not_there_and_the_attempt_is_kept(
    desk: Desk, told: AdviceTold, contact: Client
) -> None:
    other = AdviceTold.objects.get(told_to__force__short="Hazel")
    asked = consult(
        referral_id=desk.log.pk, by=adviser(), at=AT, today=TODAY, lead_id=lead().pk, question="Any harm?"
    )
    pages = (
        f"told/{other.pk}/uptake/",
        f"forces/{other.told_to_id}/outcome/",
        f"pack.pdf?for={other.told_to_id}",
        f"pack.pdf?lead={asked.pk}",
    )
    for number, page in enumerate(pages, start=1):
        assert desk.get(page).status_code == 404
        assert (
            RecordedAccess.objects.filter(event="referral_refused", subject=desk.log.reference).count()
            == number
        )
    assert not RecordedAccess.objects.filter(event="pack_printed").exists()
