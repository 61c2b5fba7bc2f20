"""The same words from the same force within a week: one referral, unless someone says that it is another."""

from datetime import timedelta
from typing import Any

import pytest

from referrals.models import LogCounter, Referral
from referrals.operations.intake import SameReferralLogged
from referrals.operations.triage import close_referral
from referrals.rules.vocabulary import ForceRole, Scope
from referrals.rules.workflow import Closing
from requests_app.rules.casework.reference import LogNumber
from tests.referrals.factories import AT, RECEIVED, adviser, entry, referral

pytestmark = [pytest.mark.django_db, pytest.mark.services]

LANCASHIRE, KENT = "Lancashire Constabulary", "Kent Police"
#: No one said that it is another request.
ASKED = {"is_another": False}


def test_the_same_words_from_one_of_the_same_forces_within_a_week_are_one_referral() -> None:
    first = referral(forces=[LANCASHIRE, KENT], wording="How many patrols?")
    with pytest.raises(SameReferralLogged, match="Log 1/26 already has these words") as refusal:
        referral(forces=[KENT], wording="how  many\nPATROLS?", at=AT + timedelta(days=7), log=ASKED)
    assert (refusal.value.existing, refusal.value.field) == (first, "is_another")
    assert Referral.objects.get() == first
    assert LogCounter.objects.get(year=2026).last_number == 1, "its number is not lost"
    assert referral(forces=[KENT], wording="How many patrols?").log_number == "2/26", "it is another request"


@pytest.mark.parametrize(
    "given",
    [
        {"wording": "How many patrols were there?"},
        {"forces": ["Surrey Police"]},
        {"forces": ["Surrey Police"], "consulted": KENT},
        {"at": AT + timedelta(days=7, seconds=1)},
        {"log": {"is_another": False, "existing": LogNumber.parse("636/26")}},
        {"forces": [], "scope": Scope.NATIONAL},
    ],
)
def test_other_words_another_force_or_a_week_later_make_another_referral(given: dict[str, Any]) -> None:
    usual: dict[str, Any] = {"forces": [KENT], "wording": "How many patrols?", "log": ASKED}
    referral(**usual)
    said = {**usual, **given}
    asked = [entry(name, role=ForceRole.CONSULTED) for name in [said.pop("consulted", None)] if name]
    referral(**{**said, "forces": [*said["forces"], *asked]})
    assert Referral.objects.count() == 2


def test_a_national_log_without_a_force_is_known_again() -> None:
    national: dict[str, Any] = {"forces": [], "scope": Scope.NATIONAL, "log": ASKED}
    referral(**national)
    with pytest.raises(SameReferralLogged):
        referral(**national)


def test_what_was_logged_in_error_may_be_logged_again() -> None:
    wrong = referral(log=ASKED)
    closed = {"closing": Closing.LOGGED_IN_ERROR, "reason": "A slip."}
    close_referral(referral_id=wrong.pk, by=adviser(), at=AT, today=RECEIVED, **closed)  # type: ignore[arg-type]
    assert referral(log=ASKED).log_number == "2/26"
