"""Delivery: an answer that did not arrive has not been given, until it is sent again."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from foitracker.mail import operations as mail
from foitracker.mail.models import OutboxMessage
from foitracker.mail.tasks import send_outbox
from requests_app.letters.kinds import acknowledgement
from requests_app.measures import NOT_DELIVERED, REQUESTS, RequestView
from requests_app.models import Applicant, Despatch, Letter, LetterDespatch, LetterStatus, ReturnReason
from requests_app.operations.correction import abandon_correction, correct_letter
from requests_app.operations.delivery import (
    record_address_at_fault,
    record_letter_returned,
    send_letter_again,
)
from requests_app.operations.issue import Lateness, issue_letter
from requests_app.operations.response import LetterText
from requests_app.queries.clock import clock_of
from requests_app.rules.casework.lateness import LateReason, LateStep
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.rules.clock.statutory_clock import ClockStatus
from tests import factories
from tests.conftest import Mailbox
from tests.factories import Staff, person
from tests.requests_app.operations.part_refusal import WORKED, WorkedCase, approved_part_refusal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]

ADDRESS = "p.lowmoor@example.org"
#: After the limit, which is 31 March 2026.
LATE = date(2026, 4, 7)


@pytest.fixture
def issued(staff: Staff) -> WorkedCase:
    worked = approved_part_refusal(staff)
    worked.letter = factories.issue(staff, worked.letter, WORKED)
    worked.case.refresh_from_db()
    return worked


@pytest.fixture
def refused(issued: WorkedCase, smtp_server: Mailbox) -> WorkedCase:
    """The same, refused by the mail server for good."""
    smtp_server.refused.add(ADDRESS)
    send_outbox()
    issued.case.refresh_from_db()
    return issued


def again(worked: WorkedCase, way: Despatch, on: date) -> LetterDespatch:
    return send_letter_again(
        letter_id=worked.letter.pk, by=worked.staff.officer, at=factories.at(on), today=on, despatch=way
    )


def came_back(worked: WorkedCase, on: date = WORKED) -> LetterDespatch:
    return record_letter_returned(
        letter_id=worked.letter.pk,
        by=worked.staff.officer,
        at=factories.at(on, 18),
        reason=ReturnReason.NO_ADDRESS,
    )


def where_it_stands(worked: WorkedCase) -> tuple[str, str, date | None, date | None]:
    worked.case.refresh_from_db()
    case = worked.case
    return case.status, case.outcome, case.responded_on, case.closed_on


OPEN_AGAIN = (Status.UNDELIVERED, "", None, None)


def test_an_answer_that_the_server_refused_was_not_given(refused: WorkedCase) -> None:
    assert where_it_stands(refused) == OPEN_AGAIN
    assert refused.case.due_on == date(2026, 3, 31)
    assert clock_of(refused.case, WORKED).status is ClockStatus.RUNNING
    assert clock_of(refused.case, LATE).is_overdue
    sent = refused.letter.despatches.get()
    assert (sent.failure, sent.entered_by, sent.counts) == ("refused", None, False)
    entry = timeline(refused.case.reference)[0]
    assert (entry.event, entry.actor, entry.detail["reopened"]) == ("letter_not_delivered", None, True)
    assert entry.detail["error"] == "SMTPRecipientsRefused 550"
    refused.letter.refresh_from_db()
    assert refused.letter.status == LetterStatus.ISSUED  # frozen as it is


def test_the_failure_is_recorded_once_however_often_it_is_told(refused: WorkedCase) -> None:
    version = refused.case.version
    message = OutboxMessage.objects.get()
    with transaction.atomic():
        mail._tell_undelivered(message, factories.at(LATE))
    send_outbox()
    refused.case.refresh_from_db()
    assert refused.case.version == version
    assert refused.letter.despatches.get().failed_at == message.failed_at


def test_it_is_open_in_the_transaction_in_which_the_failure_is_recorded(
    issued: WorkedCase, smtp_server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    smtp_server.refused.add(ADDRESS)

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the worker dies")

    with monkeypatch.context() as patched:
        patched.setattr("requests_app.operations.delivery.save_with_event", fails)
        with pytest.raises(RuntimeError):
            send_outbox()
    assert OutboxMessage.objects.get().status == "queued"
    assert where_it_stands(issued)[0] == Status.CLOSED
    OutboxMessage.objects.update(next_attempt_at=factories.at(LATE))  # the pause is over
    send_outbox()
    assert OutboxMessage.objects.get().status == "failed"
    assert where_it_stands(issued) == OPEN_AGAIN


def test_sent_again_by_post_it_counts_from_that_day(refused: WorkedCase) -> None:
    with pytest.raises(NotPossible, match="no postal address"):
        again(refused, Despatch.POST, LATE)
    Applicant.objects.filter(pk=refused.case.pk).update(postal_address="1 Example Street")
    again(refused, Despatch.POST, LATE)
    assert where_it_stands(refused) == (Status.CLOSED, Outcome.PARTLY_DISCLOSED, LATE, LATE)
    assert clock_of(refused.case, LATE).responded_on == LATE
    assert [one.way for one in refused.letter.despatches.all()] == ["email", "post"]


def test_sent_again_by_e_mail_it_goes_to_the_corrected_address(
    refused: WorkedCase, smtp_server: Mailbox
) -> None:
    Applicant.objects.filter(pk=refused.case.pk).update(email="lowmoor@example.org")
    again(refused, Despatch.EMAIL, LATE)
    assert where_it_stands(refused)[2] == LATE
    send_outbox()
    assert smtp_server.recipients == [["lowmoor@example.org"]]
    (attached,) = smtp_server.messages[0].iter_attachments()  # type: ignore[attr-defined]
    assert attached.get_content() == bytes(Letter.objects.get(pk=refused.letter.pk).pdf or b"")
    first, second = OutboxMessage.objects.order_by("pk")
    assert (second.again_of, second.status) == (first, "sent")


def test_refused_again_it_is_open_again_and_can_be_sent_a_third_time(refused: WorkedCase) -> None:
    again(refused, Despatch.EMAIL, LATE)
    send_outbox()
    assert where_it_stands(refused) == OPEN_AGAIN
    again(refused, Despatch.COLLECTED, LATE)
    assert where_it_stands(refused)[2] == LATE


def test_a_bounce_that_a_person_enters_does_the_same(issued: WorkedCase, smtp_server: Mailbox) -> None:
    with pytest.raises(NotPossible, match="cannot have come back yet"):
        came_back(issued)
    send_outbox()
    sent = came_back(issued)
    assert where_it_stands(issued) == OPEN_AGAIN
    assert (sent.failure, sent.reason, sent.entered_by) == ("returned", "no_address", issued.staff.officer)
    assert OutboxMessage.objects.get().status == "returned"
    with pytest.raises(NotPossible, match="known already"):
        came_back(issued)


def test_what_is_on_its_way_or_has_gone_is_not_sent_again(issued: WorkedCase) -> None:
    with pytest.raises(NotPossible, match="Record first"):
        again(issued, Despatch.COLLECTED, LATE)


def test_where_the_address_given_was_wrong_the_first_day_stands(refused: WorkedCase) -> None:
    sent = refused.letter.despatches.get()
    record_address_at_fault(despatch_id=sent.pk, by=refused.staff.officer, at=factories.at(LATE))
    assert where_it_stands(refused) == (Status.CLOSED, Outcome.PARTLY_DISCLOSED, WORKED, WORKED)
    with pytest.raises(NotPossible, match="once"):
        record_address_at_fault(despatch_id=sent.pk, by=refused.staff.officer, at=factories.at(LATE))
    again(refused, Despatch.COLLECTED, LATE)
    assert where_it_stands(refused)[2] == WORKED


def test_the_first_day_stands_also_when_that_is_said_after_it_was_sent_again(refused: WorkedCase) -> None:
    sent = refused.letter.despatches.get()
    again(refused, Despatch.COLLECTED, LATE)
    record_address_at_fault(despatch_id=sent.pk, by=refused.staff.officer, at=factories.at(LATE))
    assert where_it_stands(refused)[2] == WORKED


def test_only_of_what_failed_it_can_be_said_that_the_address_was_wrong(issued: WorkedCase) -> None:
    sent = issued.letter.despatches.get()
    with pytest.raises(NotPossible):
        record_address_at_fault(despatch_id=sent.pk, by=issued.staff.officer, at=factories.at(LATE))


def test_a_corrected_answer_that_failed_opens_the_request_but_the_first_answer_was_given(
    issued: WorkedCase, smtp_server: Mailbox
) -> None:
    send_outbox()
    staff = issued.staff
    corrected = correct_letter(
        letter_id=issued.letter.pk, by=staff.officer, at=factories.at(LATE), correction="A figure was wrong."
    )
    factories.submit(staff, corrected, LATE)
    factories.approve(staff, corrected, LATE)
    factories.issue(staff, corrected, LATE)
    smtp_server.refused.add(ADDRESS)
    send_outbox()
    assert where_it_stands(issued) == (Status.UNDELIVERED, "", WORKED, None)
    issued.letter = corrected
    again(issued, Despatch.COLLECTED, LATE + timedelta(days=1))
    assert where_it_stands(issued)[2:] == (WORKED, LATE + timedelta(days=1))


def test_a_bounce_while_the_answer_is_being_corrected_starts_the_clock_and_is_there_when_it_is_abandoned(
    issued: WorkedCase, smtp_server: Mailbox
) -> None:
    send_outbox()
    draft = correct_letter(
        letter_id=issued.letter.pk, by=issued.staff.officer, at=factories.at(LATE), correction="Wrong."
    )
    issued.case.refresh_from_db()
    assert issued.case.due_on is None
    came_back(issued)
    assert where_it_stands(issued) == (Status.IN_PROGRESS, "", None, None)
    assert issued.case.due_on == date(2026, 3, 31)
    abandon_correction(
        letter_id=draft.pk, by=issued.staff.officer, at=factories.at(LATE), reason="It was right."
    )
    assert where_it_stands(issued) == OPEN_AGAIN


def test_an_answer_that_did_not_arrive_can_be_corrected(refused: WorkedCase) -> None:
    staff = refused.staff
    corrected = correct_letter(
        letter_id=refused.letter.pk, by=staff.officer, at=factories.at(LATE), correction="Wrong name."
    )
    factories.submit(staff, corrected, LATE)
    factories.approve(staff, corrected, LATE)
    issue_letter(
        letter_id=corrected.pk,
        by=staff.officer,
        at=factories.at(LATE),
        on=LATE,
        despatch=Despatch.COLLECTED,
        lateness=Lateness(LateReason.APPROVAL, LateStep.ISSUE),
    )
    assert where_it_stands(refused) == (Status.CLOSED, Outcome.PARTLY_DISCLOSED, LATE, LATE)


def test_an_acknowledgement_that_failed_moves_no_clock_but_is_on_the_list(
    staff: Staff, smtp_server: Mailbox
) -> None:
    case = factories.request(by=staff.intake)
    factories.take_up(staff, case, WORKED)
    letter = factories.draft(staff, case, LetterText(), WORKED, acknowledgement.KIND)
    factories.issue(staff, letter, WORKED)
    smtp_server.refused.add(ADDRESS)
    send_outbox()
    case.refresh_from_db()
    assert (case.status, case.responded_on) == (Status.IN_PROGRESS, None)
    assert case in REQUESTS.rows(NOT_DELIVERED, RequestView(WORKED, staff.officer), mine=True)


def test_it_is_on_the_lists_until_it_is_sent_again(refused: WorkedCase) -> None:
    manager = person(Role.MANAGER)
    for user, mine in ((refused.staff.officer, True), (manager, False)):
        view = RequestView(WORKED, user)
        assert REQUESTS.figures(view)[f"{'my_' if mine else ''}not_delivered"].count == 1
    again(refused, Despatch.COLLECTED, LATE)
    assert not REQUESTS.rows(NOT_DELIVERED, RequestView(WORKED, manager)).exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda sent: sent.update(on=LATE),
        lambda sent: sent.update(way="post"),
        lambda sent: sent.update(failure="returned"),
        lambda sent: sent.delete(),
    ],
    ids=["its day", "its way", "a failure without when and why", "all of it"],
)
def test_the_database_keeps_a_despatch_as_it_was(issued: WorkedCase, change: Callable[..., object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change(LetterDespatch.objects.filter(letter=issued.letter))
