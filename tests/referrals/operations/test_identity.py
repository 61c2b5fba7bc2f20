"""What keeps a log blind: the check of what is typed, and marks that the database alone says nothing with."""

from typing import Any

import pytest
from django.db import connection

from foitracker.audit.models import Entry
from foitracker.casework.refusals import NotPossible
from foitracker.identity.models import PseudonymKey
from foitracker.identity.operations import PseudonymKeysWrong, check_masked
from foitracker.identity.pseudonym import make_mark, normalise_email
from referrals.models import ApplicantMark
from referrals.operations.identity import record_marks
from requests_app.operations.intake import Identity
from requests_app.queries.identity import known_identity_of
from tests import factories
from tests.referrals.logs import log

pytestmark = [pytest.mark.django_db, pytest.mark.services]

KEYS = [f"key {number} of the tests, long enough by itself" for number in (1, 2)]
EMAIL, NAME = "p.lowmoor@example.org", "Perpetua Lowmoor"


@pytest.fixture(autouse=True)
def _keys(settings: Any) -> None:
    settings.REFERRAL_PSEUDONYM_KEYS = KEYS[:1]


def marks(case: Any) -> dict[str, str]:
    return dict(ApplicantMark.objects.filter(referral=case).values_list("kind", "digest"))


# --- the check ------------------------------------------------------------------------------------


def test_clean_words_need_no_confirmation() -> None:
    assert check_masked("How many patrols were there?", "", confirmed=False, field="wording") == {}


def test_what_may_tell_is_refused_with_line_and_kind() -> None:
    with pytest.raises(NotPossible) as refused:
        check_masked("The plan.\nYours sincerely\nPerpetua Lowmoor", confirmed=False, field="wording")
    assert refused.value.field == "wording"
    assert str(refused.value).startswith(
        "This may identify the applicant: line 3, name “Perpetua Lowmoor”. Mask it"
    )


def test_confirmed_it_stays_and_only_kinds_are_counted() -> None:
    left = check_masked(f"Ring 07700 900123\n{EMAIL}", "at ZZ99 1AA and ZZ99 1AB", confirmed=True, field="")
    assert left == {"email": 1, "telephone": 1, "postcode": 2}


def test_our_own_applicant_may_not_stay_whatever_is_confirmed() -> None:
    with pytest.raises(NotPossible) as refused:
        check_masked(
            "The plan\nthat Perpetua Lowmoor wants", confirmed=True, known_identity=[NAME], field="x"
        )
    assert str(refused.value).startswith("This tells who our own applicant is: line 2, who")
    assert "Lowmoor" not in str(refused.value)


def test_a_surname_alone_may_stay_once_confirmed_and_is_never_shown() -> None:
    with pytest.raises(NotPossible) as refused:
        check_masked("The plan of Lowmoor", confirmed=False, known_identity=[NAME], field="wording")
    assert "Lowmoor" not in str(refused.value)
    left = check_masked("The plan of Lowmoor", confirmed=True, known_identity=[NAME], field="wording")
    assert left == {"perhaps_our_applicant": 1}


def test_what_we_hold_of_an_applicant_is_compared_and_leaves_no_look() -> None:
    address = "Oxlip House\n12 Harebell Way\nFernhollow"
    case = factories.request(identity=Identity(name=NAME, email=EMAIL, postal_address=address))
    before = Entry.objects.count()
    assert known_identity_of(case) == (NAME, EMAIL, "12 Harebell Way")
    assert Entry.objects.count() == before


# --- marks ----------------------------------------------------------------------------------------


def test_marks_of_the_same_applicant_are_equal_and_nothing_else_is_kept() -> None:
    one, other, stranger = log(), log(), log()
    assert record_marks(one, email=EMAIL, name=NAME) == ("email", "name")
    record_marks(other, email="P.Lowmoor+foi@example.org", name="Ms LOWMOOR, Perpetua")
    record_marks(stranger, email="q.lowmoor@example.org", name="Quentin Lowmoor")
    assert marks(one) == marks(other)
    assert not set(marks(one).values()) & set(marks(stranger).values())
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {quoted} t WHERE t::text ILIKE %s", ["%lowmoor%"])  # noqa: S608
            assert cursor.fetchone() == (0,), table


def test_the_database_alone_cannot_confirm_a_guess(settings: Any) -> None:
    """With all that the database holds, and the settings but for the keys, the right guess looks like a wrong one."""
    case = log()
    record_marks(case, email=EMAIL)
    settings.REFERRAL_PSEUDONYM_KEYS = []
    held = {*marks(case).values(), *PseudonymKey.objects.values_list("check_value", flat=True)}
    for pretended in [*held, settings.SECRET_KEY, "", str(ApplicantMark.objects.get().key)]:
        guess = make_mark("email", normalise_email(EMAIL), [pretended])
        assert guess.digest not in held


@pytest.mark.parametrize(("email", "name"), [("", ""), ("", "Perpetua"), ("", "Mr Lowmoor"), ("  ", " ")])
def test_too_little_makes_no_mark(email: str, name: str) -> None:
    assert record_marks(log(), email=email, name=name) == ()
    assert not ApplicantMark.objects.exists()


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(NotPossible, match="Enter an e-mail address") as refused:
        record_marks(log(), email="lowmoor", name=NAME)
    assert refused.value.field == "applicant_email"
    assert not ApplicantMark.objects.exists()


def test_a_mark_of_the_same_kind_is_replaced_and_the_other_stays() -> None:
    case = log()
    record_marks(case, email=EMAIL, name=NAME)
    before = marks(case)
    assert record_marks(case, email="other@example.org") == ("email",)
    after = marks(case)
    assert after["name"] == before["name"]
    assert after["email"] != before["email"]


# --- keys -----------------------------------------------------------------------------------------


def test_a_missing_key_is_said(settings: Any) -> None:
    settings.REFERRAL_PSEUDONYM_KEYS = KEYS
    record_marks(log(), name=NAME)
    settings.REFERRAL_PSEUDONYM_KEYS = KEYS[:1]
    with pytest.raises(PseudonymKeysWrong, match=r"has 1 key\(s\), but marks of applicants were made with 2"):
        record_marks(log(), name=NAME)


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        (["another key of the tests, long enough too"], 1),
        ([KEYS[1], KEYS[0]], 1),
        ([KEYS[0], "another key of the tests, long enough too"], 2),
    ],
)
def test_a_wrong_key_or_place_is_said_without_repeating_it(
    settings: Any, keys: list[str], number: int
) -> None:
    settings.REFERRAL_PSEUDONYM_KEYS = KEYS[: len(keys)]
    record_marks(log(), name=NAME)
    settings.REFERRAL_PSEUDONYM_KEYS = keys
    with pytest.raises(PseudonymKeysWrong) as wrong:
        record_marks(log(), name=NAME)
    assert str(wrong.value).startswith(f"Key {number} of REFERRAL_PSEUDONYM_KEYS is not the one")
    assert not any(key in str(wrong.value) for key in [*keys, *KEYS])
    assert ApplicantMark.objects.count() == 1
