"""Advice on a request of our own is read and taken up before the answer leaves, however late it comes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from foitracker.mail.models import OutboxMessage
from foitracker.reminders.models import Reminder
from foitracker.reminders.operations.sweep import sweep
from referrals.models import Advice, AdviceTold, Referral, ReferralUnit
from referrals.operations.advice import circulate
from referrals.operations.grouping import group
from referrals.operations.own_request import OwnReferral, refer_own_request, take_up_advice
from referrals.operations.triage import close_referral
from referrals.operations.uptake import record_uptake
from referrals.queries.forces import find_force
from referrals.rules.vocabulary import Trigger, Uptake
from referrals.rules.workflow import Closing
from requests_app.measures import ADVICE_CAME, REQUESTS, TO_ISSUE, RequestView
from requests_app.models import Despatch, FoiRequest, IssueHold, Letter, LetterStatus, ReturnReason
from requests_app.operations.consultation import override_hold
from requests_app.operations.correction import correct_letter
from requests_app.operations.delivery import record_letter_returned, send_letter_again
from requests_app.operations.issue import issue_letter
from requests_app.rules.casework.workflow import Status
from tests import factories
from tests.factories import Staff, person
from tests.referrals.factories import referral
from tests.referrals.operations.advised import advise
from tests.requests_app.operations.part_refusal import WORKED, WorkedCase, drafted_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]

WITHHOLD = "Withhold the times of patrols as well."


@pytest.fixture
def adviser() -> User:
    return person(Role.CRU_ADVISER)


@pytest.fixture
def worked(staff: Staff) -> WorkedCase:
    """A drafted answer, and its request with the unit."""
    ReferralUnit.objects.update(own_force=find_force("Lancashire Constabulary"))
    worked = drafted_part_refusal(staff)
    refer_own_request(
        case_id=worked.case.pk,
        by=staff.officer,
        at=factories.at(WORKED, 10),
        today=WORKED,
        referral=OwnReferral("Patrol plans", "the patrol plan", Trigger.ADVICE),
    )
    return worked


@pytest.fixture
def approved(worked: WorkedCase) -> WorkedCase:
    """Approved while the advice is awaited."""
    factories.submit(worked.staff, worked.letter, WORKED)
    factories.approve(worked.staff, worked.letter, WORKED)
    return worked


def give(adviser: User, hour: int = 15, text: str = WITHHOLD) -> Advice:
    log = Referral.objects.get(own_request__isnull=False)
    return advise(log, adviser, at=factories.at(WORKED, hour), today=WORKED, text=text)


def take_up(worked: WorkedCase, advice: Advice, uptake: Uptake = Uptake.ADOPTED, reason: str = "") -> None:
    take_up_advice(
        told_id=AdviceTold.objects.get(advice=advice).pk,
        by=worked.staff.officer,
        at=factories.at(WORKED, 17),
        today=WORKED,
        uptake=uptake,
        reason=reason,
    )


def issue(worked: WorkedCase) -> None:
    issue_letter(
        letter_id=worked.letter.pk,
        by=worked.staff.officer,
        at=factories.at(WORKED, 18),
        on=WORKED,
        despatch=Despatch.COLLECTED,
    )


def stands(worked: WorkedCase) -> tuple[str, str]:
    worked.case.refresh_from_db()
    worked.letter.refresh_from_db()
    return worked.case.status, worked.letter.status


def told(worked: WorkedCase, hour: int) -> list[str]:
    """Look at the request at an hour; return whom the e-mails went to that do not wait for the next digest."""
    sweep(at=factories.at(WORKED, hour), only=[worked.case.reference])
    return sorted(OutboxMessage.objects.filter(kind="reminder").values_list("to", flat=True))


def issuable() -> int:
    return REQUESTS.rows(TO_ISSUE, RequestView(WORKED)).count()


def test_approved_while_advice_is_awaited_it_is_not_issued_unread(
    approved: WorkedCase, adviser: User
) -> None:
    """The attack: a letter was approved, the advice said to withhold, and the letter left all the same."""
    assert issuable() == 0  # awaited
    advice = give(adviser)
    assert stands(approved) == (Status.IN_PROGRESS, LetterStatus.DRAFT)
    with pytest.raises(NotPossible, match="once it is Approved"):
        issue(approved)
    with pytest.raises(NotPossible, match="Record first whether it is adopted"):
        factories.submit(approved.staff, approved.letter, WORKED)
    take_up(approved, advice, Uptake.DEPARTED, "The times are published already.")
    factories.submit(approved.staff, approved.letter, WORKED)
    factories.approve(approved.staff, approved.letter, WORKED)
    assert issuable() == 1
    issue(approved)
    assert stands(approved) == (Status.CLOSED, LetterStatus.ISSUED)
    told = AdviceTold.objects.get()
    assert (told.uptake, told.uptake_reason) == ("departed", "The times are published already.")


def test_the_letter_comes_back_by_the_system_with_its_reason(
    approved: WorkedCase, adviser: User, client: Client
) -> None:
    give(adviser)
    came, returned = timeline(approved.case.reference)[:2]
    assert (came.event, came.actor, came.detail["returned"]) == ("advice_came", adviser, True)
    assert (returned.event, returned.actor) == ("letter_returned", None)
    assert "Read it" in returned.words["reason"]
    client.force_login(approved.staff.officer)
    page = client.get(approved.case.get_absolute_url()).content.decode()
    assert WITHHOLD in page
    assert "Record how the advice was used" in page
    assert "Advice on CRU log" in page
    letter = client.get(f"{approved.case.get_absolute_url()}letters/{approved.letter.pk}/").content.decode()
    assert WITHHOLD in letter
    assert "Submit for approval: not available" in letter


def test_officer_and_approver_are_told_at_once_and_of_nobody(approved: WorkedCase, adviser: User) -> None:
    sweep(at=factories.at(WORKED, 7))
    give(adviser)
    sweep(at=factories.at(WORKED, 18), only=[approved.case.reference])
    staff = approved.staff
    sent = {message.to: message for message in OutboxMessage.objects.filter(kind="reminder")}
    assert set(sent) == {staff.officer.email, staff.decision_maker.email}
    for message in sent.values():
        assert approved.case.reference in message.body
        assert "APPROVAL NO LONGER STANDS" in message.body
        for text in (message.subject, message.body, message.html):
            assert not [word for word in ("Lowmoor", "p.lowmoor", "patrol", "times") if word in text]
    assert REQUESTS.figures(RequestView(WORKED, staff.officer))["my_advice_came"].count == 1
    assert REQUESTS.figures(RequestView(WORKED, staff.decision_maker))["advice_came"].count == 1


def test_an_answer_that_was_submitted_goes_back_too(worked: WorkedCase, adviser: User) -> None:
    factories.submit(worked.staff, worked.letter, WORKED)
    give(adviser)
    assert stands(worked) == (Status.IN_PROGRESS, LetterStatus.DRAFT)


def test_advice_before_the_answer_is_submitted_sends_nothing_back(worked: WorkedCase, adviser: User) -> None:
    advice = give(adviser)
    assert "letter_returned" not in [entry.event for entry in timeline(worked.case.reference)]
    take_up(worked, advice)
    factories.submit(worked.staff, worked.letter, WORKED)
    assert stands(worked)[0] == Status.AWAITING_APPROVAL
    assert not REQUESTS.rows(ADVICE_CAME, RequestView(WORKED)).exists()


def test_later_advice_ends_a_later_approval_again(approved: WorkedCase, adviser: User) -> None:
    sweep(at=factories.at(WORKED, 7))
    first = give(adviser)
    once = told(approved, 15)
    take_up(approved, first)
    factories.submit(approved.staff, approved.letter, WORKED)
    factories.approve(approved.staff, approved.letter, WORKED)
    assert (
        told(approved, 16)
        == once
        == sorted([approved.staff.officer.email, approved.staff.decision_maker.email])
    )
    corrected = give(adviser, hour=16, text="Disclose it after all.")
    assert stands(approved) == (Status.IN_PROGRESS, LetterStatus.DRAFT)
    assert told(approved, 17) == sorted(2 * once)
    take_up(approved, corrected)
    assert not IssueHold.objects.filter(ended_at=None).exists()


def test_advice_that_was_replaced_need_not_be_taken_up(worked: WorkedCase, adviser: User) -> None:
    give(adviser)
    take_up(worked, give(adviser, hour=16))
    factories.submit(worked.staff, worked.letter, WORKED)


def test_only_the_earlier_of_two_taken_up_lets_nothing_go(worked: WorkedCase, adviser: User) -> None:
    first = give(adviser)
    give(adviser, hour=16)
    take_up(worked, first)
    with pytest.raises(NotPossible, match="Record first"):
        factories.submit(worked.staff, worked.letter, WORKED)


def test_advice_that_comes_after_the_officer_went_on_without_it_is_taken_up_all_the_same(
    approved: WorkedCase, adviser: User
) -> None:
    hold = IssueHold.objects.get()
    override_hold(
        case_id=approved.case.pk,
        hold_id=hold.pk,
        by=approved.staff.officer,
        at=factories.at(WORKED, 14),
        reason="The limit is today.",
    )
    assert issuable() == 1
    give(adviser)
    assert stands(approved) == (Status.IN_PROGRESS, LetterStatus.DRAFT)
    with pytest.raises(NotPossible, match="Record first"):
        override_hold(
            case_id=approved.case.pk,
            hold_id=IssueHold.objects.get(ended_at=None).pk,
            by=approved.staff.officer,
            at=factories.at(WORKED, 16),
            reason="No time to read it.",
        )


def test_closing_the_log_lets_no_unread_advice_go(worked: WorkedCase, adviser: User) -> None:
    advice = give(adviser)
    close_referral(
        referral_id=advice.referral_id,
        by=adviser,
        at=factories.at(WORKED, 16),
        today=WORKED,
        closing=Closing.ADVISED,
    )
    with pytest.raises(NotPossible, match="Record first"):
        factories.submit(worked.staff, worked.letter, WORKED)


def test_national_advice_reaches_our_request_when_we_are_told_of_it(
    approved: WorkedCase, adviser: User
) -> None:
    ours = Referral.objects.get(own_request__isnull=False)
    national = referral(by=adviser, forces=["Durham Constabulary"], received_on=WORKED)
    group(referral_id=national.pk, member_ids=[ours.pk], by=adviser, at=factories.at(WORKED, 13))
    advice = advise(national, adviser, at=factories.at(WORKED, 14), today=WORKED, text=WITHHOLD)
    assert stands(approved)[0] == Status.READY_TO_ISSUE
    circulate(advice_id=advice.pk, by=adviser, at=factories.at(WORKED, 15), today=WORKED)
    assert stands(approved) == (Status.IN_PROGRESS, LetterStatus.DRAFT)


def test_the_officer_says_it_and_not_the_unit(worked: WorkedCase, adviser: User) -> None:
    told = AdviceTold.objects.get(advice=give(adviser))
    given = {"told_id": told.pk, "at": factories.at(WORKED, 17), "today": WORKED, "uptake": Uptake.ADOPTED}
    with pytest.raises(NotPermitted, match="casefile"):
        record_uptake(by=adviser, **given)
    with pytest.raises(NotPermitted):
        take_up_advice(by=adviser, **given)
    with pytest.raises(NotPossible, match="Say why"):
        take_up(worked, told.advice, Uptake.IN_PART)


def test_what_was_done_is_not_changed_under_the_approver(worked: WorkedCase, adviser: User) -> None:
    advice = give(adviser)
    take_up(worked, advice)
    factories.submit(worked.staff, worked.letter, WORKED)
    with pytest.raises(NotPossible, match="Return it"):
        take_up(worked, advice, Uptake.DEPARTED, "It is published.")


def test_a_request_that_was_answered_is_left_as_it_is(approved: WorkedCase, adviser: User) -> None:
    override_hold(
        case_id=approved.case.pk,
        hold_id=IssueHold.objects.get().pk,
        by=approved.staff.officer,
        at=factories.at(WORKED, 14),
        reason="The limit is today.",
    )
    issue(approved)
    give(adviser)
    assert stands(approved) == (Status.CLOSED, LetterStatus.ISSUED)
    sweep(at=factories.at(WORKED, 22), only=[approved.case.reference])
    assert not Reminder.objects.filter(kind__in=["advice_came", "approval_fell"]).exists()


def test_an_answer_that_did_not_arrive_is_not_sent_again_past_unread_advice(
    approved: WorkedCase, adviser: User
) -> None:
    override_hold(
        case_id=approved.case.pk,
        hold_id=IssueHold.objects.get().pk,
        by=approved.staff.officer,
        at=factories.at(WORKED, 14),
        reason="The limit is today.",
    )
    issue(approved)
    given: dict[str, Any] = {
        "letter_id": approved.letter.pk,
        "by": approved.staff.officer,
        "at": factories.at(WORKED, 19),
    }
    record_letter_returned(**given, reason=ReturnReason.NOT_CALLED_FOR)
    advice = give(adviser, hour=20)
    assert stands(approved) == (Status.UNDELIVERED, LetterStatus.ISSUED)
    again = {**given, "today": WORKED, "despatch": Despatch.COLLECTED}
    with pytest.raises(NotPossible, match="Advice received"):
        send_letter_again(**again)
    take_up(approved, advice, Uptake.DEPARTED, "It is published.")
    with pytest.raises(NotPossible, match="Correct it"):
        send_letter_again(**again)
    correct_letter(**given, correction="The advice was read.")
    assert stands(approved)[0] == Status.IN_PROGRESS


def test_the_page_records_it_for_the_officer(worked: WorkedCase, adviser: User, client: Client) -> None:
    told = AdviceTold.objects.get(advice=give(adviser))
    case = worked.case
    address = f"/referrals/refer/{case.year}/{case.number}/advice/{told.pk}/"
    client.force_login(worked.staff.officer)
    assert address in client.get(case.get_absolute_url()).content.decode()
    assert WITHHOLD in client.get(address).content.decode()
    case.refresh_from_db()
    sent = {"uptake": "in_part", "reason": "", "seen_version": case.version}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, {**sent, "reason": "The rest is published."}).status_code == 302
    assert "Adopted in part" in client.get(case.get_absolute_url()).content.decode()
    client.force_login(person(Role.INTAKE))
    assert address not in client.get(case.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 403


def test_advice_on_another_request_is_not_taken_up_here(
    worked: WorkedCase, adviser: User, client: Client
) -> None:
    told = AdviceTold.objects.get(advice=give(adviser))
    other = factories.request(by=worked.staff.intake)
    client.force_login(worked.staff.officer)
    address = f"/referrals/refer/{other.year}/{other.number}/advice/{told.pk}/"
    assert client.get(address).status_code == 404
    assert FoiRequest.objects.count() == 2
    assert Letter.objects.count() == 1
    assert timezone.now() - told.told_at > timedelta(0)
