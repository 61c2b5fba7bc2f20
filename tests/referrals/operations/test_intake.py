"""Logging referrals: numbers, forces, days, and what is refused with what to do instead."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from referrals.models import Correspondence, Criterion, LogCounter, Referral
from referrals.operations.intake import (
    AlreadyLogged,
    LogNumberTaken,
    add_force,
    change_details,
    change_force,
)
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from requests_app.rules.casework.reference import LogNumber
from tests import factories as people
from tests.referrals.factories import AT, RECEIVED, adviser, details, entry, force, involved, referral

pytestmark = [pytest.mark.django_db, pytest.mark.services]

LANCASHIRE, KENT = "Lancashire Constabulary", "Kent Police"


def test_a_log_gets_the_next_number_of_the_year_it_came_in() -> None:
    first, second, older = referral(), referral(), referral(received_on=date(2025, 12, 30), today=RECEIVED)
    assert [log.log_number for log in (first, second, older)] == ["1/26", "2/26", "1/25"]
    assert timeline(first.reference).get().event == "referral_logged"


def test_two_forces_stand_on_one_log_each_with_its_own_particulars() -> None:
    log = referral(
        forces=[
            entry("Lancashire Police", reference="L-17", request_received_on=date(2026, 2, 23)),
            entry(KENT, role=ForceRole.LOGGED_WITH, wording="How many patrols in Kent?"),
        ]
    )
    lancashire, kent = involved(log, LANCASHIRE), involved(log, KENT)
    assert log.scope == Scope.SEVERAL
    assert (lancashire.reference, lancashire.due_on) == ("L-17", date(2026, 3, 24))
    assert (kent.form_received_on, kent.first_contact_on, kent.due_on) == (None, RECEIVED, None)
    assert kent.wording == "How many patrols in Kent?"


def test_a_padded_number_that_is_taken_is_refused_and_names_the_log() -> None:
    first = referral(received_on=date(2018, 6, 4), log={"existing": LogNumber.parse("636/18")})
    with pytest.raises(LogNumberTaken, match="Log 636/18 is already there") as refusal:
        referral(log={"existing": LogNumber.parse("CRU Ref: 000636/18")})
    assert refusal.value.existing == first
    assert refusal.value.field == "existing_number"
    assert Referral.objects.count() == 1


def test_a_number_brought_over_is_not_given_out_again() -> None:
    referral(log={"existing": LogNumber.parse("636/26")})
    assert referral().log_number == "637/26"


def test_a_number_of_a_year_to_come_is_refused() -> None:
    with pytest.raises(NotPossible, match="still to come"):
        referral(log={"existing": LogNumber.parse("636/62")})
    assert not LogCounter.objects.filter(year=2062).exists()


@pytest.mark.parametrize("number", ["636/18", "636/24", "636/25"])
def test_a_number_of_another_year_than_the_form_is_refused(number: str) -> None:
    with pytest.raises(NotPossible, match="did not come in 2026") as refusal:
        referral(log={"existing": LogNumber.parse(number)})
    assert refusal.value.field == "received_on"


def test_a_form_of_december_can_have_been_logged_in_january() -> None:
    log = referral(received_on=date(2025, 12, 31), log={"existing": LogNumber.parse("3/26")}, today=RECEIVED)
    assert (log.log_number, log.received_on.year) == ("3/26", 2025)


def test_a_form_sent_twice_logs_once() -> None:
    key = uuid4()
    first = referral(log={"intake_key": key})
    with pytest.raises(AlreadyLogged) as again:
        referral(log={"intake_key": key})
    assert again.value.referral == first


@pytest.mark.parametrize(
    ("forces", "scope", "says"),
    [
        ([LANCASHIRE, "Lancashire Police"], Scope.SEVERAL, "is there twice"),
        ([LANCASHIRE, KENT], Scope.SINGLE, "2 forces turned to the unit"),
        ([LANCASHIRE], Scope.SEVERAL, "two or more"),
        ([], Scope.SINGLE, "No force has turned to the unit"),
        ([], Scope.SEVERAL, "No force has turned to the unit"),
    ],
)
def test_scope_and_forces_have_to_agree(forces: list[str], scope: str, says: str) -> None:
    with pytest.raises(NotPossible, match=says):
        referral(forces=forces, scope=scope)
    assert not Referral.objects.exists()
    assert not Entry.objects.filter(event="referral_logged").exists()


def test_a_consulted_force_does_not_make_it_several() -> None:
    log = referral(forces=[LANCASHIRE, entry(KENT, role=ForceRole.CONSULTED)])
    assert log.scope == Scope.SINGLE
    assert involved(log, KENT).first_contact_on is None


def test_a_national_log_needs_no_force() -> None:
    assert referral(forces=[]).scope == Scope.NATIONAL


def test_further_correspondence_is_about_a_national_log() -> None:
    with pytest.raises(NotPossible, match="needs a national log"):
        referral(forces=[entry(KENT, trigger=Trigger.CORRESPONDENCE)])
    log = referral(forces=[entry(KENT, trigger=Trigger.CORRESPONDENCE)], scope=Scope.NATIONAL)
    assert involved(log, KENT).trigger == Trigger.CORRESPONDENCE


def test_a_mandatory_referral_needs_a_criterion_that_applies() -> None:
    mandatory = entry(LANCASHIRE, trigger=Trigger.MANDATORY)
    with pytest.raises(NotPossible, match="Tick the criterion") as refusal:
        referral(forces=[mandatory])
    assert refusal.value.field == "criteria"
    criterion = Criterion.objects.filter(ended_at__isnull=True)[0]
    log = referral(forces=[mandatory], criteria=[criterion])
    assert log.criterion_decisions.get().applies


def test_a_criterion_that_was_replaced_cannot_be_ticked() -> None:
    old = Criterion.objects.create(code="old", title="Old", made_at=AT, ended_at=AT)
    with pytest.raises(NotPossible, match="changed since"):
        referral(criteria=[old])


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"form_received_on": RECEIVED - timedelta(days=1)}, "before the log's first day"),
        ({"form_received_on": RECEIVED + timedelta(days=1)}, "in the future"),
        ({"request_received_on": RECEIVED + timedelta(days=1)}, "in the future"),
        ({"request_received_on": date(2004, 12, 31)}, "1 January 2005"),
        (
            {"request_received_on": date(2026, 2, 25), "stated_due_on": date(2026, 2, 24)},
            "before it received the request",
        ),
        ({"stated_due_on": date(2062, 3, 31)}, "31/03/2062, is years away"),
        ({"stated_due_on": date(1996, 3, 31)}, "31/03/1996, is years away"),
        ({"form_received_on": None}, "Enter the day the form"),
        ({"trigger": ""}, "Choose why"),
        ({"role": ForceRole.CONSULTED, "trigger": Trigger.ADVICE}, "only consulted"),
    ],
)
def test_days_and_parts_that_cannot_be_are_refused(said: dict[str, object], says: str) -> None:
    with pytest.raises(NotPossible, match=says) as refusal:
        referral(forces=[entry(LANCASHIRE, **said)], scope=Scope.SINGLE)
    assert LANCASHIRE in str(refusal.value)


def test_a_request_cannot_come_to_a_force_after_its_form_about_it() -> None:
    late = entry(LANCASHIRE, request_received_on=date(2026, 3, 3))
    with pytest.raises(NotPossible, match="cannot have received its request on 03/03/2026"):
        referral(forces=[late], today=date(2026, 3, 5))


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"received_on": RECEIVED + timedelta(days=1), "today": RECEIVED}, "in the future"),
        ({"received_on": date(2004, 12, 31)}, "in force since"),
        ({"subject": " "}, "subject"),
        ({"wording": "\n"}, "what is asked"),
        ({"flags": ["nonsense"]}, "not a flag"),
        ({"topic_id": 999_999}, "no longer there"),
        ({"scope": "galactic"}, "Choose whom"),
    ],
)
def test_details_that_cannot_be_are_refused(said: dict[str, object], says: str) -> None:
    with pytest.raises(NotPossible, match=says):
        referral(**said)  # type: ignore[arg-type]


def test_a_force_that_had_ended_is_refused_naming_its_successor() -> None:
    kent, old = force(KENT), force("Dorset Police")
    old.to_on, old.succeeded_by = date(2020, 3, 31), kent
    old.save()
    with pytest.raises(NotPossible, match=r"Dorset Police ended on 31/03/2020. Choose Kent Police"):
        referral(forces=[old])
    early = referral(forces=[old], received_on=date(2020, 3, 31))
    assert early.forces.get().force == old


def test_a_force_that_had_not_begun_is_refused() -> None:
    kent = force(KENT)
    kent.from_on = date(2026, 3, 3)
    kent.save()
    with pytest.raises(NotPossible, match="Kent Police began on 03/03/2026"):
        referral(forces=[kent])


def test_only_who_may_can_log_change_and_add() -> None:
    officer, log = people.person(Role.OFFICER), referral()
    with pytest.raises(NotPermitted):
        referral(by=officer)
    common = {"referral_id": log.pk, "by": officer, "at": AT, "today": RECEIVED}
    with pytest.raises(NotPermitted):
        change_details(**common, details=details())  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        add_force(**common, entry=entry(KENT))  # type: ignore[arg-type]


def test_an_officer_can_refer_a_request_of_our_own() -> None:
    officer, case = people.person(Role.OFFICER), people.request()
    log = referral(by=officer, log={"own_request": case})
    assert log.own_request == case
    assert timeline(log.reference).get().detail["own_request"] == case.reference


def test_the_trail_holds_no_wording() -> None:
    log = referral(wording="Question about the badger patrol", subject="Badgers")
    change_details(
        referral_id=log.pk,
        by=adviser(),
        at=AT,
        today=RECEIVED,
        details=details(wording="Question about the otter patrol", subject="Otters"),
    )
    told = " ".join(str(one.detail) for one in timeline(log.reference))
    assert "badger" not in told.lower()
    assert "otter" not in told.lower()
    assert "wording" in told


def test_a_corrected_day_takes_the_only_force_with_it() -> None:
    log = referral(received_on=date(2026, 3, 4))
    change_details(
        referral_id=log.pk, by=adviser(), at=AT, today=date(2026, 3, 4), details=details(received_on=RECEIVED)
    )
    row = log.forces.get()
    assert (row.first_contact_on, row.form_received_on) == (RECEIVED, RECEIVED)


def test_a_log_cannot_come_after_the_form_of_one_of_its_forces() -> None:
    log = referral(forces=[LANCASHIRE, KENT])
    with pytest.raises(NotPossible, match="Correct the day of the force first"):
        change_details(
            referral_id=log.pk,
            by=adviser(),
            at=AT,
            today=date(2026, 3, 9),
            details=details(scope=Scope.SEVERAL, received_on=date(2026, 3, 4)),
        )


def test_a_second_force_makes_a_single_log_one_of_several() -> None:
    log = referral()
    common = {"referral_id": log.pk, "by": adviser(), "at": AT, "today": RECEIVED, "entry": entry(KENT)}
    with pytest.raises(NotPossible, match="Choose “Several forces”"):
        add_force(**common)  # type: ignore[arg-type]
    add_force(**common, scope=Scope.SEVERAL)  # type: ignore[arg-type]
    log.refresh_from_db()
    assert (log.scope, log.forces.count(), log.version) == (Scope.SEVERAL, 2, 2)


def test_a_force_that_is_there_is_not_added_again() -> None:
    log = referral()
    with pytest.raises(NotPossible, match="is there twice"):
        add_force(
            referral_id=log.pk,
            by=adviser(),
            at=AT,
            today=RECEIVED,
            entry=entry("Lancashire Police"),
            scope=Scope.SEVERAL,
        )


def test_changing_a_force_moves_the_day_advice_is_due_by() -> None:
    log = referral()
    assert log.reply_by == date(2026, 3, 16)
    change_force(
        referral_id=log.pk,
        involved_id=log.forces.get().pk,
        by=adviser(),
        at=AT,
        today=RECEIVED,
        entry=entry(LANCASHIRE, request_received_on=date(2026, 2, 16)),
    )
    log.refresh_from_db()
    assert (log.forces.get().due_on, log.reply_by) == (date(2026, 3, 16), date(2026, 3, 9))


def test_the_wrong_force_is_replaced_by_the_right_one() -> None:
    log = referral()
    change_force(
        referral_id=log.pk,
        involved_id=log.forces.get().pk,
        by=adviser(),
        at=AT,
        today=RECEIVED,
        entry=entry(KENT),
    )
    assert log.forces.get().force == force(KENT)


def test_the_trail_says_which_force_stood_there_and_why_it_had_turned_to_us() -> None:
    log, kim = referral(forces=[entry(LANCASHIRE)]), adviser()
    common = {"referral_id": log.pk, "involved_id": log.forces.get().pk, "by": kim, "at": AT}
    written = entry(KENT, role=ForceRole.LOGGED_WITH, wrote_on=RECEIVED)
    change_force(**common, today=RECEIVED, entry=written)
    changed = timeline(log.reference).filter(event="force_changed")
    latest = changed.order_by("sequence").last()
    assert latest is not None
    assert latest.detail["before"] == {"force": LANCASHIRE, "role": "referred_by"}
    said = latest.declared.sentence(latest.detail, latest.words)
    assert "Before: Lancashire Constabulary, Referred by." in said
    change_force(**common, today=RECEIVED, entry=replace(written, reference="K-2"))
    latest = changed.order_by("sequence").last()
    assert latest is not None
    assert "before" not in latest.detail


def test_a_force_that_was_written_to_stays_on_the_log() -> None:
    log, kim = referral(), adviser()
    row = log.forces.get()
    Correspondence.objects.create(
        referral=log,
        with_force=row,
        direction="in",
        dated_on=RECEIVED,
        text="More.",
        recorded_by=kim,
        recorded_at=AT,
    )
    with pytest.raises(NotPossible, match="so it stays on the log"):
        change_force(referral_id=log.pk, involved_id=row.pk, by=kim, at=AT, today=RECEIVED, entry=entry(KENT))


def test_a_log_that_others_are_grouped_under_stays_national() -> None:
    national = referral(scope=Scope.NATIONAL)
    Referral.objects.filter(pk=referral(scope=Scope.NATIONAL).pk).update(national_log=national)
    with pytest.raises(NotPossible, match="Take it out of the group first"):
        change_details(
            referral_id=national.pk, by=adviser(), at=AT, today=RECEIVED, details=details(scope=Scope.SINGLE)
        )


def test_a_number_is_allocated_in_the_logs_own_transaction() -> None:
    """A refused log leaves no gap."""
    with pytest.raises(NotPossible):
        referral(forces=[entry(LANCASHIRE, trigger=Trigger.MANDATORY)])
    assert connection.in_atomic_block
    assert referral().log_number == "1/26"
