"""What still waits in a log that is about to be closed."""

import pytest

from referrals.operations.advice import circulate
from referrals.operations.grouping import group
from referrals.operations.uptake import record_uptake
from referrals.queries.unfinished import unfinished
from referrals.rules.vocabulary import Uptake
from tests.referrals.factories import adviser, referral
from tests.referrals.operations.advised import AT, TODAY, advise, mailbox, national_log

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_it_is_the_advice_that_holds_a_force_has_to_be_told_of() -> None:
    by = adviser()
    log = referral(by=by)
    first = advise(log, by)
    circulate(advice_id=first.pk, by=by, at=AT, today=TODAY)
    assert unfinished(log) == ["What Lancashire Constabulary did with the advice is not recorded."]
    advise(log, by, text="On reflection, disclose it.")
    assert unfinished(log) == ["Lancashire Constabulary has not been told of the advice."]


def test_forces_of_grouped_logs_are_told_before_the_national_log_is_closed() -> None:
    by = adviser()
    national, member = referral(by=by), referral(by=by, forces=["Kent Police"])
    advice = advise(national, by)
    circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY)
    group(referral_id=national.pk, member_ids=[member.pk], by=by, at=AT)
    waiting = f"Kent Police, on log {member.log_number}, has not been told of the advice."
    assert waiting in unfinished(national)
    assert unfinished(member) == []
    circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY)
    assert waiting not in unfinished(national)
    missing = f"What Kent Police (log {member.log_number}) did with the advice is not recorded."
    assert missing in unfinished(national)
    assert unfinished(member) == ["What Kent Police did with the advice is not recorded."]
    told = advice.told.get(told_to__referral=member)
    record_uptake(told_id=told.pk, by=by, at=AT, today=TODAY, uptake=Uptake.ADOPTED)
    assert missing not in unfinished(national)


def test_many_forces_whose_uptake_is_missing_are_counted() -> None:
    by = adviser()
    forces = [mailbox(name) for name in ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch")]
    log = national_log(*forces, by=by)
    circulate(advice_id=advise(log, by).pk, by=by, at=AT, today=TODAY)
    (said,) = unfinished(log)
    assert said.startswith("What 7 forces did with the advice is not recorded: Alder Constabulary, ")
    assert said.endswith("Fir Constabulary and 2 more.")
