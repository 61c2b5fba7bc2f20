"""Issue: frozen whole, sent once, and never changed again."""

import hashlib
from datetime import date
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from foitracker.casework.refusals import NotPossible
from foitracker.mail.models import OutboxMessage
from foitracker.mail.tasks import send_outbox
from foitracker.printing.render import render_pdf
from foitracker.working_days.queries import current_calendar
from requests_app.letters.facts import collect_facts
from requests_app.letters.render import TEMPLATE_VERSION, render_html
from requests_app.models import Applicant, Authority, Despatch, Letter, LetterStatus
from requests_app.operations.issue import issue_letter
from requests_app.queries.clock import clock_of
from requests_app.rules.casework.workflow import Outcome, Status
from tests import factories
from tests.factories import Staff

from .part_refusal import AT, WORKED, approved_part_refusal, drafted_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_issue_freezes_the_letter_and_closes_the_case(staff: Staff) -> None:
    worked = approved_part_refusal(staff)

    letter = issue_letter(
        letter_id=worked.letter.pk, by=staff.officer, at=AT, on=WORKED, despatch=Despatch.COLLECTED
    )

    letter.refresh_from_db()
    worked.case.refresh_from_db()
    assert (worked.case.status, worked.case.outcome) == (Status.CLOSED, Outcome.PARTLY_DISCLOSED)
    assert worked.case.responded_on == worked.case.closed_on == WORKED
    days = current_calendar().count_working_days(worked.case.received_on, WORKED)
    assert worked.case.answer_days == days > 0
    assert letter.sha256 == hashlib.sha256(bytes(letter.pdf)).hexdigest()
    assert letter.template_version == TEMPLATE_VERSION
    assert letter.facts["letter_date"] == "2026-03-16"
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(letter.pdf)).pages)
    for needed in (worked.case.reference, "16 March 2026", "Section 31(1)(a)", "Information Commissioner"):
        assert needed in text


def test_the_same_facts_give_the_same_bytes(staff: Staff) -> None:
    worked = approved_part_refusal(staff)
    letter = factories.issue(staff, worked.letter, WORKED)

    again = render_pdf(render_html(collect_facts(letter, letter_date=WORKED, today=WORKED)))

    assert again == bytes(letter.pdf)


@pytest.mark.parametrize(
    "change", [{"html": "<p>else</p>"}, {"answer": "else"}, {"status": "draft"}, {"pdf": b"x"}]
)
def test_the_database_refuses_to_change_an_issued_letter(staff: Staff, change: dict[str, object]) -> None:
    letter = factories.issue(staff, approved_part_refusal(staff).letter, WORKED)
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).delete()


def test_a_letter_is_not_issued_before_it_is_approved(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    with pytest.raises(NotPossible, match="once it is Approved"):
        factories.issue(staff, worked.letter, WORKED)


def test_what_changed_after_approval_has_to_be_approved_again(staff: Staff) -> None:
    worked = approved_part_refusal(staff)
    Authority.objects.update(signature_line="Head of Information")
    with pytest.raises(NotPossible, match="changed after this letter was approved"):
        factories.issue(staff, worked.letter, WORKED)
    worked.letter.refresh_from_db()
    assert worked.letter.status == LetterStatus.APPROVED


@pytest.mark.parametrize(
    ("despatch", "missing"), [(Despatch.EMAIL, {"email": ""}), (Despatch.POST, {"postal_address": ""})]
)
def test_there_has_to_be_an_address_for_the_way_of_sending(
    staff: Staff, despatch: Despatch, missing: dict[str, str]
) -> None:
    worked = approved_part_refusal(staff)
    Applicant.objects.filter(pk=worked.case.pk).update(**{"postal_address": "1 Example Street", **missing})
    with pytest.raises(NotPossible) as refused:
        issue_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, on=WORKED, despatch=despatch)
    assert refused.value.field == "despatch"


@pytest.mark.django_db(transaction=True)
def test_an_issued_letter_reaches_the_applicant_once(staff: Staff, smtp_server) -> None:  # type: ignore[no-untyped-def]
    worked = approved_part_refusal(staff)
    issue_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, on=WORKED, despatch=Despatch.EMAIL)

    send_outbox()
    send_outbox()

    (message,) = smtp_server.messages
    assert message["To"] == "p.lowmoor@example.org"
    assert "Lowmoor" not in message["Subject"]
    (attached,) = message.iter_attachments()
    worked.letter.refresh_from_db()
    assert attached.get_content() == bytes(worked.letter.pdf)
    assert OutboxMessage.objects.get().status == OutboxMessage.Status.SENT


def test_an_answered_request_keeps_the_reading_it_was_judged_by(staff: Staff) -> None:
    worked = approved_part_refusal(staff, received_on=date(2026, 2, 28))  # a Saturday
    factories.issue(staff, worked.letter, WORKED)
    worked.case.refresh_from_db()
    judged = worked.case.due_on

    Authority.objects.update(deems_next_working_day=True)

    assert clock_of(worked.case, WORKED).response_due == judged == date(2026, 3, 30)
