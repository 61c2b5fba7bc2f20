"""Cases are reached through `visible_to(user)`: who sees what, and that no page goes round it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from referrals.models import Referral
from requests_app.models import FoiRequest
from scripts.check_cases import leaks, main
from tests import factories
from tests.referrals import logs

pytestmark = [pytest.mark.django_db, pytest.mark.services]

CASEWORK = {Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.CRU_ADVISER, Role.REVIEWER, Role.MANAGER}
READERS = CASEWORK | {Role.AUDITOR}


@pytest.mark.parametrize("role", list(Role))
def test_readers_see_every_case_and_nobody_else_any(role: Role) -> None:
    case, log = factories.request(), logs.log("Fernshire")
    user = factories.person(role)
    if role in READERS:
        assert list(FoiRequest.objects.visible_to(user)) == [case]
        assert list(Referral.objects.visible_to(user)) == [log]
    else:
        with pytest.raises(NotPermitted, match="see requests"):
            FoiRequest.objects.visible_to(user)
    if role in (Role.ADMINISTRATOR, Role.OUTSIDE_READER):
        with pytest.raises(NotPermitted, match="see the referrals"):
            Referral.objects.visible_to(user)


def test_a_force_contact_sees_the_logs_its_force_is_on() -> None:
    ours, both, theirs = logs.log("Fernshire"), logs.log("Moorland", "Fernshire"), logs.log("Moorland")
    contact = factories.person(Role.FORCE_CONTACT)
    assert not Referral.objects.visible_to(contact).exists()
    logs.force("Fernshire").contacts.create(user=contact, since=logs.AT)
    assert set(Referral.objects.visible_to(contact)) == {ours, both}
    assert theirs not in Referral.objects.visible_to(contact)


def test_who_is_not_signed_in_or_no_longer_active_sees_none() -> None:
    gone = factories.person(Role.OFFICER, is_active=False)
    for user in (AnonymousUser(), gone):
        with pytest.raises(NotPermitted):
            FoiRequest.objects.visible_to(user)
        with pytest.raises(NotPermitted):
            Referral.objects.visible_to(user)


def test_it_narrows_what_was_found_before() -> None:
    first, _ = factories.request(), factories.request()
    reader = factories.person(Role.AUDITOR)
    assert list(FoiRequest.objects.filter(pk=first.pk).visible_to(reader)) == [first]


@pytest.mark.parametrize(
    "line",
    [
        "FoiRequest.objects.get(pk=1)",
        "case = Referral.objects",
        "Referral._default_manager.all()",
        "get_object_or_404(FoiRequest, pk=1)",
        "def view():\n    return list(FoiRequest.objects.filter(pk=1))",
    ],
)
def test_a_page_that_goes_round_it_is_found(line: str) -> None:
    assert list(leaks(line))


@pytest.mark.parametrize(
    "line", ["find_request(user, 2026, 1)", "Letter.objects.all()", "FoiRequest.DoesNotExist", "case.objects"]
)
def test_what_does_not_go_round_it_is_left_alone(line: str) -> None:
    assert not list(leaks(line))


def test_no_page_goes_round_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0, capsys.readouterr().err
