"""The outbox: every message with what became of it, masked; what did not arrive is sent again."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.mail.models import OutboxMessage
from foitracker.mail.operations import queue_message
from foitracker.mail.tasks import send_outbox
from foitracker.reminders.operations.messages import AT_ONCE as NOTICE
from referrals.models import Force, PortfolioLead, Referral
from referrals.operations.advice import circulate
from referrals.operations.consultation import consult
from referrals.operations.correspondence import chase
from requests_app.operations.delivery import LETTER
from tests.conftest import Mailbox
from tests.factories import AT, Staff, issue, person
from tests.referrals.factories import referral
from tests.referrals.operations.advised import AT as ADVISED_AT
from tests.referrals.operations.advised import TODAY, advise, lead, mailbox
from tests.requests_app.operations.part_refusal import WORKED, approved_part_refusal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]

OUTBOX = "/outbox/"


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(person(Role.MANAGER))
    return client


@pytest.fixture
def told(smtp_server: Mailbox) -> OutboxMessage:
    """Advice to a force whose mailbox the server does not know."""
    adviser = person(Role.CRU_ADVISER)
    force = mailbox("Northmark")
    log = referral(by=adviser, forces=[force])
    circulate(advice_id=advise(log, adviser).pk, by=adviser, at=ADVISED_AT, today=TODAY)
    smtp_server.refused.add(force.email)
    send_outbox()
    return OutboxMessage.objects.get()


def test_a_letter_is_shown_with_its_request_and_nobodys_address(
    staff: Staff, manager: Client, smtp_server: Mailbox
) -> None:
    worked = approved_part_refusal(staff)
    issue(staff, worked.letter, WORKED)
    smtp_server.refused.add("p.lowmoor@example.org")
    send_outbox()
    page = manager.get(OUTBOX).content.decode()
    assert worked.case.get_absolute_url() in page
    assert "Refused by the mail server" in page
    assert "the address was refused (550)" in page
    assert "p…@….org" in page
    assert f"{worked.case.get_absolute_url()}letters/{worked.letter.pk}/again/" in page
    file = b"".join(manager.get(f"{OUTBOX}download/")).decode()
    (row,) = csv.DictReader(StringIO(file.lstrip("\ufeff")))
    assert (row["about"], row["to"]) == (worked.case.reference, "p…@….org")
    for text in (page, file):
        assert "lowmoor" not in text.lower()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("state=queued", 1),
        ("state=failed", 1),
        ("state=undelivered", 1),
        ("state=sent", 0),
        ("kind=advice", 1),
        ("about=0001%2F2026", 1),
        ("first=01/01/2027", 0),
    ],
)
def test_the_filters_narrow_it(manager: Client, told: OutboxMessage, query: str, count: int) -> None:
    with transaction.atomic():
        queue_message(
            kind=NOTICE,
            about="0001/2026",
            page="/",
            key="notice",
            to="a@example.org",
            subject="",
            body="",
            attachments=[],
            at=AT,
        )
    OutboxMessage.objects.filter(kind="notice").update(status="queued", sent_at=None, next_attempt_at=AT)
    response = manager.get(f"{OUTBOX}?{query}")
    assert len(response.context["rows"]) == count


def test_a_filter_that_cannot_be_is_told(manager: Client) -> None:
    assert manager.get(f"{OUTBOX}?about=Perpetua+Lowmoor").status_code == 400


def test_it_costs_as_many_queries_at_any_size(
    manager: Client, told: OutboxMessage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        with transaction.atomic():
            queue_message(
                kind=LETTER if number % 2 else NOTICE,
                about="0001/2026",
                page="/",
                key=f"notice-{number}",
                to="a@example.org",
                subject="",
                body="",
                attachments=[],
                at=AT,
            )
    OutboxMessage.objects.filter(about="0001/2026").update(status="sent", sent_at=AT, next_attempt_at=None)
    with django_assert_max_num_queries(12):
        page = manager.get(OUTBOX)
    assert len(page.context["rows"]) == 31


def test_advice_that_was_refused_does_not_read_as_told_and_is_sent_again(
    told: OutboxMessage, client: Client, smtp_server: Mailbox
) -> None:
    adviser = person(Role.CRU_ADVISER)
    client.force_login(adviser)
    log = Referral.objects.get()
    page = client.get(log.get_absolute_url()).content.decode()
    again = reverse("outbox:again", args=[told.pk])
    assert page.count("Refused by the mail server") == 2  # beside the advice and the correspondence
    assert "E-mail of 06/03/2026 did not arrive" in page
    assert "Told 06/03/2026" not in page
    assert again in page
    Force.objects.filter(short="Northmark").update(email="foi@northmark.example.org")
    assert client.get(again).status_code == 200
    assert client.post(again).status_code == 302
    send_outbox()
    assert smtp_server.recipients == [["foi@northmark.example.org"]]
    assert smtp_server.messages[0]["Subject"] == log.title
    page = client.get(log.get_absolute_url()).content.decode()
    assert "Refused by the mail server" not in page
    assert "Handed to the mail server" in page
    assert timeline(log.reference)[0].event == "message_sent_again"
    assert client.post(again).status_code == 422  # once is enough
    assert OutboxMessage.objects.count() == 2


def test_a_question_and_a_chaser_go_to_the_mailbox_as_it_is_now(client: Client, smtp_server: Mailbox) -> None:
    adviser = person(Role.CRU_ADVISER)
    client.force_login(adviser)
    log = referral(by=adviser, forces=[mailbox("Northmark")])
    common = {"referral_id": log.pk, "by": adviser, "at": ADVISED_AT}
    asked = consult(**common, today=TODAY, lead_id=lead().pk, question="Is it published?")
    chase(
        **common,
        today=TODAY + timedelta(days=1),
        text="Please reply.",
        force_ids=[log.forces.get().pk],
        consultation_ids=[asked.pk],
    )
    send_outbox()
    Force.objects.filter(short="Northmark").update(email="foi@new.example.org")
    PortfolioLead.objects.filter(pk=asked.lead_id).update(email="lead@new.example.org")
    for message in list(OutboxMessage.objects.order_by("pk")):
        assert client.post(reverse("outbox:returned", args=[message.pk])).status_code == 302
        assert client.post(reverse("outbox:again", args=[message.pk])).status_code == 302
    send_outbox()
    assert [to for (to,) in smtp_server.recipients[3:]] == [
        "lead@new.example.org",
        *sorted(to for (to,) in smtp_server.recipients[4:]),
    ]
    assert {to for (to,) in smtp_server.recipients[3:]} == {"foi@new.example.org", "lead@new.example.org"}


def test_what_is_on_its_way_has_not_come_back(manager: Client, staff: Staff) -> None:
    with transaction.atomic():
        message = queue_message(
            kind=NOTICE,
            about="",
            page="",
            key="n",
            to="a@example.org",
            subject="",
            body="",
            attachments=[],
            at=AT,
        )
    OutboxMessage.objects.filter(pk=message.pk).update(
        status="queued", sent_at=None, next_attempt_at=AT + timedelta(days=4000)
    )
    refused = manager.post(reverse("outbox:returned", args=[message.pk]))
    assert refused.status_code == 422
    assert "was not handed to the mail server" in refused.content.decode()


def test_a_letter_is_dealt_with_on_its_own_page(staff: Staff, manager: Client, smtp_server: Mailbox) -> None:
    issue(staff, approved_part_refusal(staff).letter, WORKED)
    send_outbox()
    message = OutboxMessage.objects.get()
    assert manager.post(reverse("outbox:returned", args=[message.pk])).status_code == 422
    message.refresh_from_db()
    assert message.status == "sent"
