"""A portfolio lead is asked by reference only: what leaves the unit says nothing about the applicant."""

import io
from datetime import date, timedelta

import pytest
from django.core.mail import get_connection
from pypdf import PdfReader

from foitracker.audit.models import Entry
from foitracker.casework.refusals import NotPossible
from foitracker.mail.models import OutboxMessage
from foitracker.mail.operations import send_next_due
from referrals.models import Consultation, Correspondence
from referrals.operations.consultation import consult, record_reply
from tests.conftest import Mailbox
from tests.referrals.factories import WORDING, adviser, entry, referral
from tests.referrals.operations.advised import AT, TODAY, lead

pytestmark = [pytest.mark.django_db, pytest.mark.services]

QUESTION = "Would naming the squirrel tactic tell how it works?"


def asked(**given: object) -> Consultation:
    log = given.pop("log", None) or referral(
        forces=[entry("Lancashire", reference="LANCS/77")],
        log={"applicant_email": "p.lowmoor@example.org", "applicant_name": "Perpetua Lowmoor"},
    )
    usual = {"by": adviser(), "at": AT, "today": TODAY, "question": QUESTION}
    return consult(referral_id=log.pk, lead_id=(given.pop("lead", None) or lead()).pk, **{**usual, **given})


def test_the_lead_gets_the_number_the_question_the_wording_and_the_pack_alone(smtp_server: Mailbox) -> None:
    found = asked()
    through = get_connection()
    send_next_due(at=AT, through=through)
    through.close()
    (message,) = smtp_server.messages
    log = found.referral
    assert message["To"] == "lead@example.org"
    assert message["Subject"] == f"CRU log {log.log_number}"
    body, pack = message.iter_parts()  # type: ignore[attr-defined]
    words = " ".join(body.get_content().split())
    assert words.startswith("OFFICIAL ")
    assert words.endswith(" OFFICIAL")
    assert QUESTION in words
    assert WORDING in words
    assert "reply by 13/03/2026" in words
    assert pack.get_filename() == f"cru-{log.number}-26-pack.pdf"
    printed = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pack.get_content())).pages)
    assert QUESTION in " ".join(printed.split())
    for told in ("Lowmoor", "p.lowmoor", "LANCS", "77"):
        assert told not in words
        assert told not in printed


def test_it_is_kept_and_the_trail_names_the_portfolio_only() -> None:
    found = asked()
    letter = Correspondence.objects.get()
    assert (letter.kind, letter.direction, letter.consultation) == ("consultation", "out", found)
    assert letter.message_key == OutboxMessage.objects.get().key
    event = Entry.objects.get(event="lead_consulted")
    assert event.detail["lead"] == "Invented portfolio"
    assert event.detail["reply_by"] == "2026-03-13"
    assert "squirrel" not in str(event.detail)


def test_a_lead_without_a_mailbox_is_asked_by_other_means() -> None:
    asked(lead=lead(email=""))
    assert Correspondence.objects.get().message_key == ""
    assert not OutboxMessage.objects.exists()


def test_it_cannot_be_asked_twice_nor_with_no_time_nor_of_one_out_of_use() -> None:
    found = asked()
    with pytest.raises(NotPossible, match="has not replied yet"):
        asked(log=found.referral, lead=found.lead)
    with pytest.raises(NotPossible, match="has passed"):
        asked(lead=lead(portfolio="Another"), reply_by=TODAY - timedelta(days=1))
    with pytest.raises(NotPossible, match="no longer in use"):
        asked(lead=lead(portfolio="Gone", is_in_use=False))
    with pytest.raises(NotPossible, match="still open"):
        asked(lead=lead(portfolio="Third"), question="[insert the question]")


def test_a_reply_is_kept_once_with_its_day() -> None:
    found = asked()
    reply = {"consultation_id": found.pk, "by": adviser(), "at": AT, "today": date(2026, 3, 20)}
    with pytest.raises(NotPossible, match="between 06/03/2026"):
        record_reply(**reply, replied_on=date(2026, 3, 5), reply="Yes.")
    with pytest.raises(NotPossible, match="between"):
        record_reply(**reply, replied_on=date(2026, 3, 21), reply="Yes.")
    record_reply(**reply, replied_on=date(2026, 3, 12), reply="Yes, it would.")
    found.refresh_from_db()
    assert (found.replied_on, found.reply) == (date(2026, 3, 12), "Yes, it would.")
    assert Correspondence.objects.filter(direction="in", kind="consultation", consultation=found).exists()
    with pytest.raises(NotPossible, match="as correspondence"):
        record_reply(**reply, replied_on=date(2026, 3, 12), reply="Again.")
    assert "would" not in str(Entry.objects.get(event="consultation_replied").detail)
