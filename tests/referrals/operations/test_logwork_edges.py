"""Work on logs at its edges: the last possible day, whoever is no longer there, and what a closed log takes."""

from datetime import date, timedelta
from typing import Any

import pytest

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from referrals.models import AdviceTold, PortfolioLead, Referral, ReferralUnit
from referrals.operations import force_register
from referrals.operations.advice import circulate
from referrals.operations.consultation import consult
from referrals.operations.correspondence import record_correspondence
from referrals.operations.grouping import group, ungroup
from referrals.operations.own_request import OwnReferral, refer_own_request
from referrals.operations.triage import assign_referral, close_referral
from referrals.operations.unit import set_completeness
from referrals.operations.uptake import record_outcome, record_uptake
from referrals.queries.forces import find_force
from referrals.queries.unit import unit
from referrals.rules.vocabulary import ForceOutcome, Scope, Trigger, Uptake
from referrals.rules.workflow import Closing
from requests_app.models import FoiRequest
from requests_app.operations.closure import close_unanswered
from requests_app.rules.casework.workflow import Outcome
from tests import factories
from tests.referrals.factories import adviser, entry, referral
from tests.referrals.operations.advised import AT, TODAY, advise, lead, mailbox, national_log

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def by() -> User:
    return adviser()


def close(log: Referral, by: User) -> None:
    close_referral(
        referral_id=log.pk, by=by, at=AT, today=TODAY, closing=Closing.WITHDRAWN, reason="By telephone."
    )


# --- what forces did ----------------------------------------------------------------------------------------


def test_a_force_can_answer_on_the_day_it_had_the_request(by: User) -> None:
    asked = date(2026, 2, 16)
    row = referral(by=by, forces=[entry("Lancashire", request_received_on=asked)]).forces.get()
    given: dict[str, Any] = {"referral_force_id": row.pk, "by": by, "at": AT, "today": TODAY}
    kept = record_outcome(**given, outcome=ForceOutcome.NOT_HELD, on=asked)
    assert kept.outcome_on == asked
    with pytest.raises(NotPossible, match="cannot have answered before"):
        record_outcome(**given, outcome=ForceOutcome.NOT_HELD, on=asked - timedelta(days=1))


@pytest.mark.parametrize("uptake", [Uptake.IN_PART, Uptake.DEPARTED])
def test_advice_that_was_not_adopted_as_it_was_takes_a_reason(by: User, uptake: Uptake) -> None:
    log = national_log(mailbox("Larch"), by=by)
    circulate(advice_id=advise(log, by).pk, by=by, at=AT, today=TODAY)
    given: dict[str, Any] = {"told_id": AdviceTold.objects.get().pk, "by": by, "at": AT, "today": TODAY}
    with pytest.raises(NotPossible, match="not adopted as it was") as refused:
        record_uptake(**given, uptake=uptake, reason="to follow")
    assert refused.value.field == "reason"
    assert record_uptake(**given, uptake=uptake, reason="Half of it is public.").uptake == uptake


# --- consultation and correspondence ------------------------------------------------------------------------


def test_a_lead_can_be_asked_to_reply_today_and_not_about_a_closed_log(by: User) -> None:
    log = referral(by=by)
    given: dict[str, Any] = {"by": by, "at": AT, "today": TODAY, "question": "Is there any harm?"}
    asked = consult(referral_id=log.pk, lead_id=lead().pk, reply_by=TODAY, **given)
    assert asked.reply_by == TODAY
    other = PortfolioLead.objects.create(portfolio="Another", post="Desk", email="")
    close(log, by)
    with pytest.raises(TransitionNotAllowed, match="Reopen it first"):
        consult(referral_id=log.pk, lead_id=other.pk, **given)


def test_a_letter_is_with_a_force_or_with_a_lead(by: User) -> None:
    log = referral(by=by)
    asked = consult(
        referral_id=log.pk, by=by, at=AT, today=TODAY, lead_id=lead().pk, question="Is there any harm?"
    )
    with pytest.raises(NotPossible, match="not with both") as refused:
        record_correspondence(
            referral_id=log.pk,
            by=by,
            at=AT,
            today=TODAY,
            direction="in",
            dated_on=TODAY,
            text="They wrote.",
            with_force_id=log.forces.get().pk,
            consultation_id=asked.pk,
        )
    assert refused.value.field == "whom"


@pytest.mark.parametrize(("days", "possible"), [(366, True), (367, False)])
def test_a_letter_is_at_most_a_year_older_than_its_log(by: User, days: int, possible: bool) -> None:
    log = referral(by=by)
    dated_on = log.received_on - timedelta(days=days)
    given: dict[str, Any] = {"referral_id": log.pk, "by": by, "at": AT, "today": TODAY}
    if possible:
        kept = record_correspondence(**given, direction="out", dated_on=dated_on, text="We had written.")
        assert kept.dated_on == dated_on
        return
    with pytest.raises(NotPossible, match="Check the year"):
        record_correspondence(**given, direction="out", dated_on=dated_on, text="We had written.")


# --- advisers, groups and advice ----------------------------------------------------------------------------


def test_a_log_is_given_to_an_adviser_who_is_still_there_and_only_while_it_is_open(by: User) -> None:
    log, gone = referral(by=by), adviser(is_active=False)
    with pytest.raises(NotPossible, match="active CRU adviser"):
        assign_referral(referral_id=log.pk, by=by, at=AT, adviser=gone)
    close(log, by)
    with pytest.raises(TransitionNotAllowed, match="Reopen it first"):
        assign_referral(referral_id=log.pk, by=by, at=AT, adviser=by)


def test_a_closed_log_stays_in_its_group(by: User) -> None:
    national, member = referral(by=by, forces=["Kent"]), referral(by=by, forces=["Essex"])
    group(referral_id=national.pk, member_ids=[member.pk], by=by, at=AT)
    close(member, by)
    with pytest.raises(TransitionNotAllowed, match="Reopen it first"):
        ungroup(referral_id=member.pk, by=by, at=AT, scope=Scope.SINGLE)


def test_a_grouped_log_that_had_advice_of_its_own_keeps_the_day_of_that(by: User) -> None:
    national, member = national_log(mailbox("Larch"), by=by), referral(by=by, forces=["Essex"])
    earlier = TODAY - timedelta(days=1)
    advise(member, by, today=earlier)
    group(referral_id=national.pk, member_ids=[member.pk], by=by, at=AT)
    circulate(advice_id=advise(national, by).pk, by=by, at=AT, today=TODAY)
    member.refresh_from_db()
    assert member.advised_on == earlier


def test_advice_on_a_closed_log_is_told_to_nobody(by: User) -> None:
    log = national_log(mailbox("Larch"), by=by)
    advice = advise(log, by)
    close_referral(referral_id=log.pk, by=by, at=AT, today=TODAY, closing=Closing.ADVISED)
    with pytest.raises(TransitionNotAllowed, match="Reopen it first"):
        circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY)
    assert not AdviceTold.objects.exists()


def test_a_closed_request_of_ours_is_not_referred() -> None:
    ReferralUnit.objects.update(own_force=find_force("National Police Chiefs' Council"))
    officer = factories.person(Role.OFFICER)
    case: FoiRequest = factories.request_with_items("1", officer=officer)
    close_unanswered(
        case_id=case.pk, by=officer, at=AT, on=TODAY, outcome=Outcome.WITHDRAWN, reason="By telephone."
    )
    told = OwnReferral("Patrol plans", "1. the patrol plan", Trigger.ADVICE)
    with pytest.raises(NotPossible, match="no answer to take advice on"):
        refer_own_request(case_id=case.pk, by=officer, at=AT, today=TODAY, referral=told)
    assert not Referral.objects.exists()


# --- the register and the unit ------------------------------------------------------------------------------


@pytest.fixture
def administrator() -> User:
    return factories.person(Role.ADMINISTRATOR)


def test_a_new_name_can_be_borne_from_today(administrator: User) -> None:
    given: dict[str, Any] = {"by": administrator, "at": AT, "today": TODAY}
    kent = find_force("Kent")
    renamed = force_register.rename_force(
        **given, force_id=kent.pk, name="Kent and Medway Police", from_on=TODAY
    )
    assert renamed.name == "Kent and Medway Police"


def test_a_force_can_merge_into_one_whose_last_day_that_is(administrator: User) -> None:
    surrey, sussex = find_force("Surrey"), find_force("Sussex")
    given: dict[str, Any] = {"by": administrator, "at": AT}
    force_register.end_force(**given, force_id=sussex.pk, from_on=TODAY + timedelta(days=1))
    merged = force_register.end_force(**given, force_id=surrey.pk, from_on=TODAY, into_id=sussex.pk)
    assert (merged.to_on, merged.succeeded_by) == (TODAY - timedelta(days=1), sussex)


def test_a_name_does_not_end_before_it_begins(administrator: User) -> None:
    kent = find_force("Kent")
    given: dict[str, Any] = {"by": administrator, "at": AT, "force_id": kent.pk}
    name = force_register.add_name(**given, name="Garden of England Police", from_on=TODAY)
    with pytest.raises(NotPossible, match="It began on 06/03/2026") as refused:
        force_register.end_name(**given, name_id=name.pk, to_on=TODAY - timedelta(days=1))
    assert refused.value.field == "to_on"
    force_register.end_name(**given, name_id=name.pk, to_on=TODAY)
    name.refresh_from_db()
    assert name.to_on == TODAY


def test_the_log_can_be_complete_up_to_today(administrator: User) -> None:
    set_completeness(by=administrator, at=AT, today=TODAY, data_complete_to=TODAY)
    assert unit().data_complete_to == TODAY
