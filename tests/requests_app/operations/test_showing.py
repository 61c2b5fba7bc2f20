"""Requests shown to a reader outside the team: who is shown what, until when, and that reading it is recorded."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.models import RecordedAccess
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import CaseChanged, NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.events.showing import SHOWN_REQUEST_READ
from requests_app.models import FoiRequest, ShownRequest
from requests_app.operations.closure import close_unanswered
from requests_app.operations.intake import Identity, complete_identity
from requests_app.operations.showing import end_showing, record_reading, show_request
from requests_app.queries.shown_requests import not_shown_yet, showings_of, shown_rows, shown_to
from requests_app.rules.casework.workflow import Outcome
from tests import factories
from tests.factories import AT, RECEIVED, Staff

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def reader(db: None) -> User:
    return factories.person(Role.OUTSIDE_READER)


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return factories.request(by=staff.intake, officer=staff.officer)


def show(staff: Staff, case: FoiRequest, reader: User, version: int | None = None) -> ShownRequest:
    return show_request(case_id=case.pk, by=staff.intake, at=AT, reader=reader, seen_version=version)


def close(staff: Staff, case: FoiRequest) -> None:
    close_unanswered(
        case_id=case.pk, by=staff.officer, at=AT, on=RECEIVED, outcome=Outcome.WITHDRAWN, reason="By letter"
    )


def listed(reader: User) -> list[str]:
    return [row.reference for row in shown_rows(list(shown_to(reader)))]


def test_a_reader_is_shown_what_was_shown_to_them_and_nothing_else(
    staff: Staff, case: FoiRequest, reader: User
) -> None:
    factories.request(by=staff.intake)
    other = factories.person(Role.OUTSIDE_READER)
    show(staff, case, reader)
    assert listed(reader) == [case.reference]
    assert listed(other) == []


def test_it_is_ended_and_shown_again(staff: Staff, case: FoiRequest, reader: User) -> None:
    showing = show(staff, case, reader)
    assert reader not in not_shown_yet(case)
    end_showing(case_id=case.pk, showing_id=showing.pk, by=staff.officer, at=AT)
    assert listed(reader) == []
    assert reader in not_shown_yet(case)
    with pytest.raises(NotPossible, match="no longer shown"):
        end_showing(case_id=case.pk, showing_id=showing.pk, by=staff.officer, at=AT)
    show(staff, case, reader)
    assert listed(reader) == [case.reference]
    told = [(entry.title, entry.facts[0]) for entry in timeline(case.reference)[:3]]
    assert told == [
        ("Shown outside the team", ("Reader", reader.name)),
        ("No longer shown outside the team", ("Reader", reader.name)),
        ("Shown outside the team", ("Reader", reader.name)),
    ]


def test_it_leaves_the_list_when_the_request_closes(staff: Staff, case: FoiRequest, reader: User) -> None:
    show(staff, case, reader)
    close(staff, case)
    assert listed(reader) == []
    with pytest.raises(TransitionNotAllowed, match="closed"):
        show(staff, case, factories.person(Role.OUTSIDE_READER))


def test_it_is_shown_once_to_an_active_reader(staff: Staff, case: FoiRequest, reader: User) -> None:
    show(staff, case, reader)
    gone = factories.person(Role.OUTSIDE_READER, is_active=False)
    for somebody, why in (
        (reader, "already shown"),
        (gone, "not an active"),
        (staff.officer, "not an active"),
    ):
        with pytest.raises(NotPossible, match=why) as refused:
            show(staff, case, somebody)
        assert refused.value.field == "reader"
    with pytest.raises(IntegrityError, match="request_shown_once_to_a_reader"), transaction.atomic():
        ShownRequest.objects.create(foi_request=case, reader=reader, shown_by=staff.intake, shown_at=AT)


def test_whoever_lost_the_role_or_left_sees_nothing(staff: Staff, case: FoiRequest, reader: User) -> None:
    show(staff, case, reader)
    for fields in ({"roles": [Role.INTAKE]}, {"roles": []}, {"is_active": False}):
        left = factories.person(Role.OUTSIDE_READER)
        show(staff, case, left)
        User.objects.filter(pk=left.pk).update(**fields)
        left.refresh_from_db()
        with pytest.raises(NotPermitted):
            shown_to(left)
    shown = showings_of(case, read_as=SHOWN_REQUEST_READ)
    assert [one.is_gone for one in shown] == [False, True, True, True]


def test_somebody_who_changed_the_request_is_seen(staff: Staff, case: FoiRequest, reader: User) -> None:
    with pytest.raises(CaseChanged):
        show(staff, case, reader, version=case.version - 1)


def test_the_words_are_masked_for_them_even_where_the_copy_still_names_the_applicant(
    staff: Staff, reader: User
) -> None:
    case = factories.request(
        by=staff.intake,
        subject="Map for Leander Quill",
        words="Leander Quill asks for the map.",
        identity=Identity(),
    )
    named = Identity(name="Leander Quill", email="lq@example.org")
    complete_identity(case_id=case.pk, by=staff.officer, at=AT, identity=named)
    case.refresh_from_db()
    assert "Quill" in case.words
    show(staff, case, reader)
    (row,) = shown_rows(list(shown_to(reader)))
    assert (row.subject, row.words) == ("Map for ****", "**** asks for the map.")


def test_long_words_are_cut_at_a_word(staff: Staff, reader: User) -> None:
    show(staff, factories.request(by=staff.intake, words="Please send me maps. " * 100), reader)
    (row,) = shown_rows(list(shown_to(reader)))
    assert row.opening.endswith(("Please…", "send…", "me…", "maps.…"))
    assert len(row.opening) <= 401
    assert len(row.words) > 2000


def test_each_reading_is_recorded_for_its_request(staff: Staff, case: FoiRequest, reader: User) -> None:
    other = factories.request(by=staff.intake)
    for one in (case, other):
        show(staff, one, reader)
    assert showings_of(case, read_as=SHOWN_REQUEST_READ)[0].last_read_at is None
    for hours in (1, 2):
        record_reading(references=[case.reference], by=reader, at=AT + timedelta(hours=hours))
    assert showings_of(case, read_as=SHOWN_REQUEST_READ)[0].last_read_at == AT + timedelta(hours=2)
    assert showings_of(other, read_as=SHOWN_REQUEST_READ)[0].last_read_at is None
    assert set(RecordedAccess.objects.values_list("event", "subject", "actor")) == {
        ("shown_request_read", case.reference, reader.pk)
    }


def test_the_database_keeps_who_was_shown_what(staff: Staff, case: FoiRequest, reader: User) -> None:
    showing = show(staff, case, reader)
    rows = ShownRequest.objects.filter(pk=showing.pk)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        rows.update(shown_at=AT + timedelta(days=1))
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        rows.delete()
    with pytest.raises(IntegrityError, match="showing_ended_by_and_when"), transaction.atomic():
        rows.update(ended_at=AT)
    end_showing(case_id=case.pk, showing_id=showing.pk, by=staff.officer, at=AT)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        rows.update(ended_at=None, ended_by=None)
