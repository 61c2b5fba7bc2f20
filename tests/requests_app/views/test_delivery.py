"""The pages of delivery: beside the letter, on the casefile, sent again and come back."""

import pytest
from django.test import Client

from foitracker.accounts.roles import Role
from foitracker.mail.tasks import send_outbox
from requests_app.models import Applicant, Letter
from requests_app.rules.casework.workflow import Status
from tests.conftest import Mailbox
from tests.factories import Staff, issue, person
from tests.requests_app.operations.part_refusal import WORKED, WorkedCase, approved_part_refusal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


@pytest.fixture
def sent(staff: Staff, smtp_server: Mailbox) -> WorkedCase:
    worked = approved_part_refusal(staff)
    issue(staff, worked.letter, WORKED)
    return worked


def letter_page(worked: WorkedCase) -> str:
    return f"{worked.case.get_absolute_url()}letters/{worked.letter.pk}/"


def test_a_refused_letter_says_so_everywhere_and_is_sent_again(
    sent: WorkedCase, smtp_server: Mailbox, client: Client
) -> None:
    smtp_server.refused.add("p.lowmoor@example.org")
    send_outbox()
    client.force_login(sent.staff.officer)
    casefile = client.get(sent.case.get_absolute_url()).content.decode()
    for words in (
        "Answer not delivered",
        "Send again: part refusal",
        "Refused by the mail server",
        "Did not arrive",
    ):
        assert words in casefile, words
    assert "Answered" not in casefile
    page = client.get(letter_page(sent)).content.decode()
    assert "Send it again" in page
    assert "The address given was wrong" in page
    again = f"{letter_page(sent)}again/"
    assert "Check or correct the address first" in client.get(again).content.decode()
    assert client.post(again, {"despatch": ""}).status_code == 422
    Applicant.objects.filter(pk=sent.case.pk).update(email="new@example.org")
    done = client.post(again, {"despatch": "email"}, follow=True).content.decode()
    assert "queued to send again" in done
    send_outbox()
    assert smtp_server.recipients == [["new@example.org"]]
    sent.case.refresh_from_db()
    assert sent.case.status == Status.CLOSED


def test_intake_enters_that_it_came_back_and_the_officer_that_the_address_was_wrong(
    sent: WorkedCase, client: Client
) -> None:
    send_outbox()
    client.force_login(sent.staff.intake)
    returned = f"{letter_page(sent)}returned/"
    assert client.get(returned).status_code == 200
    assert client.post(returned, {}).status_code == 422
    assert client.post(returned, {"reason": "full"}).status_code == 302
    sent.case.refresh_from_db()
    assert sent.case.status == Status.UNDELIVERED
    despatch = Letter.objects.get(pk=sent.letter.pk).despatches.get()
    wrong = f"{letter_page(sent)}sent/{despatch.pk}/wrong-address/"
    assert client.get(wrong).status_code == 403
    client.force_login(sent.staff.officer)
    assert wrong in client.get(letter_page(sent)).content.decode()
    assert client.get(wrong).status_code == 200
    assert client.post(wrong).status_code == 302
    sent.case.refresh_from_db()
    assert (sent.case.status, sent.case.responded_on) == (Status.CLOSED, WORKED)


def test_what_waits_says_so_and_offers_nothing_yet(sent: WorkedCase, client: Client) -> None:
    Letter.objects.get(pk=sent.letter.pk).despatches.select_related(
        "message"
    ).get().message.__class__.objects.update(
        status="queued", sent_at=None, next_attempt_at="2026-03-16T12:00Z"
    )
    client.force_login(person(Role.OFFICER))
    page = client.get(letter_page(sent)).content.decode()
    assert "Waiting to be sent" in page
    assert "Record that it came back" not in page
