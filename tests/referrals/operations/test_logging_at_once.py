"""Two advisers at once: different numbers, one log for one form, one log for one number."""

from datetime import date
from uuid import uuid4

import pytest

from referrals.models import LogCounter, Referral
from referrals.operations.intake import AlreadyLogged, LogNumberTaken, SameReferralLogged
from requests_app.rules.casework.reference import LogNumber
from tests.referrals.factories import adviser, referral
from tests.requests_app.operations.test_at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


def test_numbers_are_given_once_and_without_a_gap() -> None:
    kim, lee = adviser(), adviser()

    def log_ten(by: object) -> None:
        for _ in range(10):
            referral(by=by)  # type: ignore[arg-type]

    assert at_once(lambda: log_ten(kim), lambda: log_ten(lee)) == [None, None]
    assert sorted(Referral.objects.values_list("number", flat=True)) == list(range(1, 21))
    assert LogCounter.objects.get(year=2026).last_number == 20


def test_one_form_sent_twice_at_once_is_one_log() -> None:
    kim, key = adviser(), uuid4()

    def send() -> object:
        return referral(by=kim, log={"intake_key": key})

    results = at_once(send, send)
    assert sorted(type(result).__name__ for result in results) == ["AlreadyLogged", "Referral"]
    (again,) = [result for result in results if isinstance(result, AlreadyLogged)]
    assert again.referral == Referral.objects.get()
    assert referral(by=kim).log_number == "2/26", "the number of the second form is not lost"


@pytest.mark.parametrize("same_form", [True, False])
def test_the_same_words_sent_twice_at_once_are_one_log(same_form: bool) -> None:
    kim, key = adviser(), uuid4()

    def send() -> object:
        return referral(by=kim, log={"is_another": False, "intake_key": key if same_form else uuid4()})

    refusal = AlreadyLogged if same_form else SameReferralLogged
    assert {type(result) for result in at_once(send, send)} == {Referral, refusal}
    assert Referral.objects.count() == 1


def test_one_number_brought_over_twice_at_once_is_one_log() -> None:
    kim = adviser()

    def bring_over(written: str) -> object:
        came = date(2018, 6, 4)
        return referral(by=kim, received_on=came, log={"existing": LogNumber.parse(written)})

    results = at_once(lambda: bring_over("636/18"), lambda: bring_over("000636/18"))
    assert sorted(type(result).__name__ for result in results) == ["LogNumberTaken", "Referral"]
    (taken,) = [result for result in results if isinstance(result, LogNumberTaken)]
    assert taken.existing == Referral.objects.get()
