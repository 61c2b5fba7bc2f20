"""Logging at the edges that no page reaches by itself."""

from datetime import date

import pytest

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.models import RecordedAccess
from foitracker.casework.refusals import NotPossible
from requests_app.models import AccessReason, FoiRequest
from requests_app.operations.intake import Details, log_request, see_identity, write_note
from tests import factories
from tests.factories import AT, IDENTITY

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def test_a_day_whose_limit_the_calendar_does_not_reach_is_refused_whole() -> None:
    details = Details(received_on=date(2030, 12, 30), channel="post", subject="Plans")
    with pytest.raises(NotPossible, match="outside the working-day calendar") as refusal:
        log_request(
            by=factories.person(Role.INTAKE),
            at=AT,
            today=date(2031, 1, 2),
            details=details,
            words="Which plans?",
            identity=IDENTITY,
        )
    assert refusal.value.field == "received_on"
    assert not FoiRequest.objects.exists()


def test_an_officer_who_cannot_work_a_case_is_refused() -> None:
    with pytest.raises(NotPossible, match="active officer"):
        factories.request(officer=factories.person(Role.MANAGER))


def test_identity_is_not_given_to_who_may_not_see_it() -> None:
    case = factories.request()
    with pytest.raises(NotPermitted):
        see_identity(case_id=case.pk, by=factories.person(Role.MANAGER), at=AT, reason=AccessReason.WRITE)
    assert not RecordedAccess.objects.exists()


def test_a_note_has_words() -> None:
    case = factories.request()
    with pytest.raises(NotPossible, match="Write the note"):
        write_note(case_id=case.pk, by=factories.person(Role.OFFICER), at=AT, text=" \n")
