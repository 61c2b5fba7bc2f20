"""What is written about a log: a force's letter is contact, and a chaser goes out once a day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foitracker.audit.models import Entry
from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from foitracker.mail.models import OutboxMessage
from referrals.models import Correspondence, Direction, Referral, ReferralForce
from referrals.operations.consultation import consult, record_reply
from referrals.operations.correspondence import chase, record_correspondence
from referrals.operations.triage import close_referral
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from referrals.rules.workflow import Closing
from tests.referrals.factories import RECEIVED, adviser, entry, involved, referral
from tests.referrals.operations.advised import AT, TODAY, lead, mailbox, national_log

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def came_in(log: Referral, with_force: ReferralForce | None = None, **given: object) -> Correspondence:
    usual = {
        "direction": Direction.IN,
        "dated_on": TODAY,
        "text": "We have had it too.",
        "at": AT,
        "today": TODAY,
    }
    return record_correspondence(
        referral_id=log.pk,
        by=adviser(),
        with_force_id=with_force.pk if with_force else None,
        **{**usual, **given},
    )


@pytest.fixture
def asked_of() -> Referral:
    """A national log that Lancashire referred, and on which Kent was only consulted."""
    forces = ["Lancashire", entry("Kent", role=ForceRole.CONSULTED)]
    return referral(forces=forces, scope=Scope.NATIONAL)


def test_a_letter_is_a_forces_first_contact(asked_of: Referral) -> None:
    kent = involved(asked_of, "Kent")
    assert kent.first_contact_on is None
    came_in(asked_of, kent, asks_advice=True)
    kent.refresh_from_db()
    assert kent.first_contact_on == TODAY
    event = Entry.objects.get(event="correspondence_recorded")
    assert event.detail["first_contact_on"] == "2026-03-06"
    assert event.detail["with"] == "Kent Police"
    assert "had it" not in str(event.detail)
    assert (kent.role, kent.trigger) == (ForceRole.LOGGED_WITH, Trigger.CORRESPONDENCE)


def test_the_answer_of_a_force_that_was_only_consulted_is_no_contact(asked_of: Referral) -> None:
    kent = involved(asked_of, "Kent")
    came_in(asked_of, kent)
    kent.refresh_from_db()
    assert (kent.role, kent.first_contact_on) == (ForceRole.CONSULTED, None)
    single = referral(forces=["Lancashire", entry("Kent", role=ForceRole.CONSULTED)])
    with pytest.raises(NotPossible, match="Change its part on the log"):
        came_in(single, involved(single, "Kent"), asks_advice=True)


def test_a_later_letter_changes_nothing_and_an_earlier_one_moves_the_day(asked_of: Referral) -> None:
    kent = involved(asked_of, "Kent")
    came_in(asked_of, kent, asks_advice=True)
    came_in(asked_of, kent, dated_on=date(2026, 3, 9), today=date(2026, 3, 9))
    kent.refresh_from_db()
    assert kent.first_contact_on == TODAY
    came_in(asked_of, kent, dated_on=date(2026, 3, 3))
    kent.refresh_from_db()
    assert kent.first_contact_on == date(2026, 3, 3)
    event = Entry.objects.filter(event="correspondence_recorded").latest("sequence")
    assert event.detail["first_contact_before"] == "2026-03-06"


def test_a_letter_before_the_form_moves_the_log_with_it() -> None:
    log = referral()
    own = log.forces.get()
    came_in(log, own, dated_on=date(2026, 2, 24))
    own.refresh_from_db()
    log.refresh_from_db()
    assert (own.first_contact_on, own.form_received_on) == (date(2026, 2, 24), RECEIVED)
    assert log.received_on == date(2026, 2, 24)
    assert log.reply_by == date(2026, 3, 10)
    event = Entry.objects.get(event="correspondence_recorded")
    assert event.detail["received_before"] == "2026-03-02"


def test_a_letter_is_not_counted_on_a_day_it_cannot_have_come() -> None:
    """The same days are refused of a form; here a slip would move the force into another year's figure."""
    log = referral(forces=[entry("Lancashire", request_received_on=date(2026, 2, 20))])
    lancashire = involved(log, "Lancashire")
    with pytest.raises(NotPossible, match="received its request on 20/02/2026") as refused:
        came_in(log, lancashire, dated_on=date(2026, 2, 19))
    assert refused.value.field == "dated_on"
    came_in(log, lancashire, dated_on=date(2026, 2, 20))
    new = mailbox("Larch", from_on=RECEIVED)
    log = referral(forces=[new])
    with pytest.raises(NotPossible, match="Larch Constabulary began on 02/03/2026"):
        came_in(log, log.forces.get(), dated_on=date(2026, 3, 1))


def test_what_we_wrote_and_what_others_wrote_is_no_contact(asked_of: Referral) -> None:
    kent = involved(asked_of, "Kent")
    came_in(asked_of, kent, direction=Direction.OUT)
    came_in(asked_of)
    kent.refresh_from_db()
    assert kent.first_contact_on is None


def test_days_that_cannot_be_are_refused(asked_of: Referral) -> None:
    with pytest.raises(NotPossible, match="future"):
        came_in(asked_of, dated_on=date(2026, 3, 7))
    with pytest.raises(NotPossible, match="Check the year"):
        came_in(asked_of, dated_on=date(2015, 3, 2))


def test_a_force_or_a_lead_of_another_log_is_refused(asked_of: Referral) -> None:
    other = referral()
    with pytest.raises(NotPossible, match="not on this log"):
        came_in(asked_of, other.forces.get())
    found = consult(
        referral_id=other.pk, by=adviser(), at=AT, today=TODAY, lead_id=lead().pk, question="Any harm?"
    )
    with pytest.raises(NotPossible, match="not about this log"):
        came_in(asked_of, consultation_id=found.pk)


def test_what_arrives_after_the_log_was_closed_is_kept(asked_of: Referral) -> None:
    close_referral(
        referral_id=asked_of.pk,
        by=adviser(),
        at=AT,
        today=TODAY,
        closing=Closing.WITHDRAWN,
        reason="Lancashire withdrew it.",
    )
    kent = involved(asked_of, "Kent")
    came_in(asked_of, kent, asks_advice=True)
    kent.refresh_from_db()
    assert kent.first_contact_on == TODAY


def remind(log: Referral, **given: object) -> list[Correspondence]:
    usual = {"text": "Please tell us what became of the advice.", "at": AT, "today": TODAY}
    return chase(referral_id=log.pk, by=adviser(), **{**usual, **given})


def test_a_force_is_reminded_by_a_message_about_its_own_log_and_once_a_day() -> None:
    log = national_log(mailbox("Larch"), mailbox("Hazel", email=""), by=adviser())
    ids = [one.pk for one in log.forces.all()]
    assert {one.message_key != "" for one in remind(log, force_ids=ids)} == {True, False}
    message = OutboxMessage.objects.get()
    assert (message.to, message.subject) == ("foi.larch@example.org", f"CRU log {log.log_number}")
    assert "Your reference: LARCH/1" in message.body
    assert "hazel" not in message.body.lower()
    with pytest.raises(NotPossible, match="Larch Constabulary: chased today already"):
        remind(log, force_ids=[log.forces.get(force__short="Larch").pk])
    remind(log, force_ids=ids, today=date(2026, 3, 9))
    assert OutboxMessage.objects.count() == 2
    assert Correspondence.objects.filter(kind="chaser").count() == 4


def test_a_lead_is_reminded_until_the_reply_is_in() -> None:
    log, by = referral(), adviser()
    found = consult(referral_id=log.pk, by=by, at=AT, today=TODAY, lead_id=lead().pk, question="Any harm?")
    remind(log, consultation_ids=[found.pk])
    message = OutboxMessage.objects.get(key__startswith="chaser")
    assert "by 13/03/2026" in message.body
    assert message.subject == f"CRU log {log.log_number}"
    with pytest.raises(NotPossible, match="chased today already"):
        remind(log, consultation_ids=[found.pk])
    record_reply(consultation_id=found.pk, by=by, at=AT, today=TODAY, replied_on=TODAY, reply="No harm.")
    with pytest.raises(NotPossible, match="replied on 06/03/2026"):
        remind(log, consultation_ids=[found.pk], today=date(2026, 3, 9))


def test_nobody_is_not_chased_and_a_closed_log_chases_no_lead() -> None:
    log, by = referral(), adviser()
    with pytest.raises(NotPossible, match="Choose whom"):
        remind(log)
    found = consult(referral_id=log.pk, by=by, at=AT, today=TODAY, lead_id=lead().pk, question="Any harm?")
    close_referral(
        referral_id=log.pk, by=by, at=AT, today=TODAY, closing=Closing.WITHDRAWN, reason="It was withdrawn."
    )
    with pytest.raises(TransitionNotAllowed):
        remind(log, consultation_ids=[found.pk])
    assert remind(log, force_ids=[log.forces.get().pk])


def test_chasing_forty_five_forces_takes_no_more_statements_than_chasing_two() -> None:
    counts = []
    for number, trees in ((2, "Elm"), (45, "Oak")):
        log = national_log(*(mailbox(f"{trees}{n}") for n in range(number)), by=adviser())
        by, ids = adviser(), [one.pk for one in log.forces.all()]
        with CaptureQueriesContext(connection) as captured:
            chase(referral_id=log.pk, by=by, at=AT, today=TODAY, text="Please reply.", force_ids=ids)
        counts.append(len(captured))
    assert counts[0] == counts[1]
