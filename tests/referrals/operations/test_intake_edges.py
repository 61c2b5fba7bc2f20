"""What is recorded of a log at its edges: days that follow one another, and what a closed log takes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from foitracker.accounts.models import User
from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from referrals.models import Criterion, Referral
from referrals.operations.intake import add_force, change_details, change_force
from referrals.operations.triage import close_referral
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from referrals.rules.workflow import Closing
from requests_app.rules.casework.reference import LogNumber
from tests.referrals.factories import AT, RECEIVED, adviser, details, entry, involved, referral, triaged
from tests.referrals.operations.advised import TODAY, advise

pytestmark = [pytest.mark.django_db, pytest.mark.services]

LANCASHIRE, KENT = "Lancashire Constabulary", "Kent Police"
CAME = date(2026, 3, 4)


@pytest.fixture
def by() -> User:
    return adviser()


def correct(log: Referral, by: User, **said: Any) -> Referral:
    given = {"scope": log.scope, "received_on": log.received_on, **said}
    return change_details(referral_id=log.pk, by=by, at=AT, today=date(2026, 3, 9), details=details(**given))


def test_a_log_that_was_advised_on_did_not_come_after_that(by: User) -> None:
    log = referral(by=by)
    advise(log, by)
    log.refresh_from_db()
    with pytest.raises(NotPossible, match="Advice was given on 06/03/2026") as refused:
        correct(log, by, received_on=date(2026, 3, 9))
    assert refused.value.field == "received_on"
    assert correct(log, by, received_on=TODAY).received_on == TODAY


def test_of_several_forces_each_keeps_its_day_when_the_log_turns_out_to_be_older(by: User) -> None:
    log = referral(by=by, forces=[LANCASHIRE, KENT], received_on=CAME)
    correct(log, by, received_on=RECEIVED)
    assert {row.first_contact_on for row in log.forces.all()} == {CAME}


def test_a_force_that_sent_no_form_still_has_none_when_the_day_of_the_log_is_corrected(by: User) -> None:
    log = referral(by=by, forces=[entry(LANCASHIRE, role=ForceRole.LOGGED_WITH)], received_on=CAME)
    correct(log, by, received_on=RECEIVED)
    row = log.forces.get()
    assert (row.first_contact_on, row.form_received_on) == (RECEIVED, None)


def test_a_form_does_not_come_to_lie_before_the_request_it_is_about(by: User) -> None:
    log = referral(by=by, forces=[entry(LANCASHIRE, came=CAME, request_received_on=CAME)], received_on=CAME)
    with pytest.raises(NotPossible, match="received its request on 04/03/2026") as refused:
        correct(log, by, received_on=RECEIVED)
    assert refused.value.field == "received_on"


def test_a_force_is_counted_on_the_first_of_its_form_and_its_letter(by: User) -> None:
    wrote_first = entry(LANCASHIRE, came=CAME, wrote_on=RECEIVED)
    log = referral(by=by, forces=[wrote_first], today=CAME)
    assert involved(log, LANCASHIRE).first_contact_on == RECEIVED
    assert involved(log, LANCASHIRE).form_received_on == CAME


def test_a_force_that_was_only_consulted_sent_no_form() -> None:
    consulted = entry(KENT, role=ForceRole.CONSULTED, form_received_on=RECEIVED)
    with pytest.raises(NotPossible, match="Leave the day of its form empty") as refused:
        referral(forces=[LANCASHIRE, consulted])
    assert refused.value.field == "form_received_on"


def test_a_criterion_that_was_set_aside_makes_no_referral_mandatory(by: User) -> None:
    one = Criterion.objects.create(code="kites", title="Kites", made_at=AT)
    log = referral(by=by, forces=[entry(KENT, trigger=Trigger.MANDATORY)], criteria=[one])
    with pytest.raises(NotPossible, match="Kent Police referred because it must"):
        triaged(log, by=by, set_aside={one.pk: "It is not about kites."})
    assert log.criterion_decisions.get().applies


def test_a_force_of_another_log_is_not_changed_here(by: User) -> None:
    log, other = referral(by=by), referral(by=by)
    with pytest.raises(NotPossible, match="no longer on the log"):
        change_force(
            referral_id=log.pk,
            involved_id=other.forces.get().pk,
            by=by,
            at=AT,
            today=RECEIVED,
            entry=entry(KENT),
        )


def _details(log: Referral, by: User) -> None:
    correct(log, by, subject="Kites")


def _another_force(log: Referral, by: User) -> None:
    common: dict[str, Any] = {"referral_id": log.pk, "by": by, "at": AT, "today": RECEIVED}
    add_force(**common, entry=entry(KENT), scope=Scope.SEVERAL)


def _the_force(log: Referral, by: User) -> None:
    row = log.forces.get()
    change_force(
        referral_id=log.pk, involved_id=row.pk, by=by, at=AT, today=RECEIVED, entry=entry(LANCASHIRE)
    )


@pytest.mark.parametrize("step", [_details, _another_force, _the_force])
def test_a_closed_log_is_not_changed(by: User, step: Callable[[Referral, User], None]) -> None:
    log = referral(by=by)
    close_referral(
        referral_id=log.pk, by=by, at=AT, today=RECEIVED, closing=Closing.WITHDRAWN, reason="By telephone."
    )
    with pytest.raises(TransitionNotAllowed, match="Reopen it first"):
        step(log, by)
    log.refresh_from_db()
    assert (log.subject, log.forces.count(), log.version) == ("Patrols", 1, 2)


@pytest.mark.parametrize(
    ("received_on", "possible"), [(date(2025, 12, 31), True), (date(2024, 12, 31), False)]
)
def test_a_number_is_of_the_year_its_form_came_or_of_the_next(received_on: date, possible: bool) -> None:
    brought_over = {"log": {"existing": LogNumber(636, 2026)}, "received_on": received_on, "today": RECEIVED}
    if possible:
        assert referral(**brought_over).log_number == "636/26"  # type: ignore[arg-type]
        return
    with pytest.raises(NotPossible, match="did not come in 2024") as refused:
        referral(**brought_over)  # type: ignore[arg-type]
    assert refused.value.field == "received_on"
