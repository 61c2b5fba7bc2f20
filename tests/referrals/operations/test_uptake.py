"""What forces did with advice and how they answered; a force contact speaks for its own force alone."""

from datetime import date
from typing import Any

import pytest

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.casework.refusals import NotPossible
from referrals.models import AdviceTold, ForceContact
from referrals.operations.advice import circulate
from referrals.operations.intake import change_force
from referrals.operations.uptake import record_outcome, record_uptake
from referrals.rules.vocabulary import ForceOutcome, Uptake
from tests.factories import person
from tests.referrals.factories import adviser, entry, referral, triaged
from tests.referrals.operations.advised import AT, TODAY, advise, mailbox, national_log
from tests.referrals.operations.test_deadlines import proclaim

pytestmark = [pytest.mark.django_db, pytest.mark.services]

LATER = date(2026, 3, 27)


@pytest.fixture
def told() -> AdviceTold:
    by = adviser()
    log = national_log(mailbox("Larch"), mailbox("Alder"), by=by)
    circulate(advice_id=advise(log, by).pk, by=by, at=AT, today=TODAY)
    return AdviceTold.objects.get(told_to__force__short="Larch")


def test_what_a_force_did_is_kept_with_the_reason_and_may_be_put_right(told: AdviceTold) -> None:
    by = adviser()
    with pytest.raises(NotPossible, match="Say why"):
        record_uptake(told_id=told.pk, by=by, at=AT, today=LATER, uptake=Uptake.DEPARTED)
    record_uptake(
        told_id=told.pk,
        by=by,
        at=AT,
        today=LATER,
        uptake=Uptake.DEPARTED,
        reason="The figures are published.",
    )
    record_uptake(told_id=told.pk, by=by, at=AT, today=LATER, uptake=Uptake.ADOPTED)
    told.refresh_from_db()
    assert (told.uptake, told.uptake_reason, told.uptake_on, told.uptake_by) == ("adopted", "", LATER, by)
    event = Entry.objects.filter(event="uptake_recorded").latest("sequence")
    assert (event.detail["uptake_before"], event.detail["force"]) == ("departed", "Larch Constabulary")
    assert event.subject == told.told_to.referral.reference


def test_a_force_contact_speaks_for_its_own_force_only(told: AdviceTold) -> None:
    contact = person(Role.FORCE_CONTACT)
    ForceContact.objects.create(user=contact, force=told.told_to.force, since=AT)
    record_uptake(told_id=told.pk, by=contact, at=AT, today=LATER, uptake=Uptake.ADOPTED)
    record_outcome(
        referral_force_id=told.told_to_id,
        by=contact,
        at=AT,
        today=LATER,
        outcome=ForceOutcome.REFUSED,
        on=LATER,
    )
    other = AdviceTold.objects.get(told_to__force__short="Alder")
    with pytest.raises(NotPermitted):
        record_uptake(told_id=other.pk, by=contact, at=AT, today=LATER, uptake=Uptake.ADOPTED)
    with pytest.raises(NotPermitted):
        record_outcome(
            referral_force_id=other.told_to_id,
            by=contact,
            at=AT,
            today=LATER,
            outcome=ForceOutcome.REFUSED,
            on=LATER,
        )
    with pytest.raises(NotPermitted):
        record_uptake(told_id=told.pk, by=person(Role.OFFICER), at=AT, today=LATER, uptake=Uptake.ADOPTED)


def test_a_force_that_has_answered_no_longer_sets_the_day_advice_is_due() -> None:
    log = referral(
        forces=[
            entry("Lancashire", request_received_on=date(2026, 2, 16)),
            entry("Kent", request_received_on=date(2026, 2, 26)),
        ]
    )
    by, first = adviser(), log.forces.order_by("pk")[0]
    before = log.reply_by
    said = {"referral_force_id": first.pk, "by": by, "at": AT, "today": LATER}
    with pytest.raises(NotPossible, match="future"):
        record_outcome(**said, outcome=ForceOutcome.NOT_HELD, on=date(2026, 4, 1))
    with pytest.raises(NotPossible, match="cannot have answered before"):
        record_outcome(**said, outcome=ForceOutcome.NOT_HELD, on=date(2026, 2, 13))
    with pytest.raises(NotPossible, match="Enter the day"):
        record_outcome(**said, outcome=ForceOutcome.NOT_HELD, on=None)
    record_outcome(**said, outcome=ForceOutcome.NOT_HELD, on=date(2026, 3, 5))
    log.refresh_from_db()
    assert before is not None
    assert log.reply_by is not None
    assert log.reply_by > before
    record_outcome(**said, outcome=None, on=None)
    log.refresh_from_db()
    assert log.reply_by == before


def test_a_force_that_has_answered_stays_on_its_log() -> None:
    """Though nobody wrote to it: its outcome is the outcome of this force and of no other."""
    by = adviser()
    log = referral(by=by, forces=[entry("Lancashire", request_received_on=date(2026, 2, 16))])
    row = log.forces.get()
    record_outcome(
        referral_force_id=row.pk, by=by, at=AT, today=LATER, outcome=ForceOutcome.DISCLOSED, on=LATER
    )
    changed: dict[str, Any] = {
        "referral_id": log.pk,
        "involved_id": row.pk,
        "by": by,
        "at": AT,
        "today": LATER,
    }

    with pytest.raises(NotPossible, match=r"Lancashire Constabulary .*stays on the log") as refused:
        change_force(**changed, entry=entry("Kent", request_received_on=date(2026, 2, 16)))
    assert refused.value.field == "force"
    row.refresh_from_db()
    assert (str(row.force), row.outcome) == ("Lancashire Constabulary", ForceOutcome.DISCLOSED)

    asked = date(2026, 2, 16)
    change_force(**changed, entry=entry("Lancashire", request_received_on=asked, reference="LAN/1"))
    record_outcome(referral_force_id=row.pk, by=by, at=AT, today=LATER, outcome=None, on=None)
    change_force(**changed, entry=entry("Kent", request_received_on=asked))
    assert str(log.forces.get().force) == "Kent Police"


def test_a_force_that_has_answered_keeps_the_limit_it_was_judged_by() -> None:
    """Whatever is done on the log after a bank holiday was proclaimed; a force that has not answered follows it."""
    by = adviser()
    asked = date(2026, 2, 16)
    log = referral(
        by=by,
        forces=[
            entry("Lancashire", request_received_on=asked),
            entry("Kent", request_received_on=asked),
        ],
    )
    answered, waiting = log.forces.order_by("pk")
    limit = answered.due_on
    assert limit == waiting.due_on == date(2026, 3, 16)
    record_outcome(
        referral_force_id=answered.pk, by=by, at=AT, today=LATER, outcome=ForceOutcome.REFUSED, on=LATER
    )
    proclaim(date(2026, 3, 10))

    triaged(log, by=by)

    answered.refresh_from_db()
    waiting.refresh_from_db()
    assert (answered.due_on, waiting.due_on) == (limit, date(2026, 3, 18))
