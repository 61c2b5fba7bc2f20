"""Promises to applicants: made for a day to come, closed with what was said, and kept as they were made."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from foitracker.audit.queries import timeline
from foitracker.casework.refusals import CaseChanged, NotPossible
from requests_app.measures import CONTACT_DUE, REQUESTS, RequestView
from requests_app.models import ContactTask, FoiRequest
from requests_app.operations.closure import close_unanswered
from requests_app.operations.contact_tasks import close_contact, promise_contact
from requests_app.operations.intake import Identity, complete_identity
from requests_app.operations.masking import mask_applicant
from requests_app.queries.contact_tasks import open_promises
from requests_app.rules.casework.workflow import Outcome
from tests import factories
from tests.factories import AT, RECEIVED, Staff

pytestmark = [pytest.mark.django_db, pytest.mark.services]

DUE = RECEIVED + timedelta(days=3)


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return factories.request(by=staff.intake, officer=staff.officer)


def promise(staff: Staff, case: FoiRequest, due_on: date = DUE, **given: Any) -> ContactTask:
    return promise_contact(
        **{
            "case_id": case.pk,
            "by": staff.officer,
            "at": AT,
            "promised": "When the answer will be sent.",
            "due_on": due_on,
            "today": RECEIVED,
            **given,
        }
    )


def close(staff: Staff, task: ContactTask, **given: Any) -> ContactTask:
    return close_contact(
        **{
            "case_id": task.foi_request_id,
            "task_id": task.pk,
            "by": staff.officer,
            "at": factories.at(DUE),
            "said": "By telephone: on 27 March.",
            "said_on": DUE,
            "today": DUE,
            **given,
        }
    )


def test_a_promise_stands_until_what_was_said_is_recorded(staff: Staff, case: FoiRequest) -> None:
    task = promise(staff, case)
    assert list(open_promises(case)) == [task]
    close(staff, task)
    assert not open_promises(case).exists()
    task.refresh_from_db()
    assert (task.said, task.said_on, task.closed_by) == ("By telephone: on 27 March.", DUE, staff.officer)
    made, promised = timeline(case.reference)[:2]
    assert (promised.title, promised.words) == (
        "Contact promised to the applicant",
        {"promised": "When the answer will be sent."},
    )
    assert (made.title, made.words) == ("Promised contact made", {"said": "By telephone: on 27 March."})


@pytest.mark.parametrize("said", ["", "  \n"])
def test_it_is_not_closed_without_an_entry_of_what_was_said(
    staff: Staff, case: FoiRequest, said: str
) -> None:
    task = promise(staff, case)
    with pytest.raises(NotPossible, match="what the applicant was told") as refused:
        close(staff, task, said=said)
    assert refused.value.field == "said"
    assert open_promises(case).exists()


def test_nothing_is_promised_without_words_or_for_a_day_that_is_over(staff: Staff, case: FoiRequest) -> None:
    with pytest.raises(NotPossible) as refused:
        promise(staff, case, promised=" ")
    assert refused.value.field == "promised"
    with pytest.raises(NotPossible, match="01/03/2026 is in the past") as refused:
        promise(staff, case, RECEIVED - timedelta(days=1))
    assert refused.value.field == "due_on"
    assert promise(staff, case, RECEIVED).due_on == RECEIVED


@pytest.mark.parametrize("days", [-4, 1])
def test_nothing_was_said_before_the_promise_or_in_the_future(
    staff: Staff, case: FoiRequest, days: int
) -> None:
    task = promise(staff, case)
    with pytest.raises(NotPossible, match="between 02/03/2026") as refused:
        close(staff, task, said_on=DUE + timedelta(days=days))
    assert refused.value.field == "said_on"


def test_it_is_closed_once_and_on_its_own_request(staff: Staff, case: FoiRequest) -> None:
    task, other = promise(staff, case), factories.request(by=staff.intake)
    with pytest.raises(NotPossible, match="already been recorded"):
        close(staff, task, case_id=other.pk)
    close(staff, task)
    with pytest.raises(NotPossible, match="already been recorded"):
        close(staff, task, said="Something else.")


def test_a_closed_request_can_be_promised_something_and_its_clock_is_left_alone(
    staff: Staff, case: FoiRequest
) -> None:
    close_unanswered(
        case_id=case.pk, by=staff.officer, at=AT, on=RECEIVED, outcome=Outcome.WITHDRAWN, reason="By letter"
    )
    case.refresh_from_db()
    before = (case.status, case.due_on, case.closed_on)
    close(staff, promise(staff, case))
    case.refresh_from_db()
    assert (case.status, case.due_on, case.closed_on) == before


def test_both_see_that_somebody_changed_the_request(staff: Staff, case: FoiRequest) -> None:
    task = promise(staff, case, seen_version=case.version)
    with pytest.raises(CaseChanged):
        promise(staff, case, seen_version=case.version)
    with pytest.raises(CaseChanged):
        close(staff, task, seen_version=case.version)


@pytest.mark.parametrize(("days", "counted"), [(-1, False), (0, True), (1, True)])
def test_it_is_due_from_its_day_on_until_it_is_closed(
    staff: Staff, case: FoiRequest, days: int, counted: bool
) -> None:
    task, view = promise(staff, case), RequestView(DUE + timedelta(days=days), staff.officer)
    assert REQUESTS.rows(CONTACT_DUE, view, mine=True).exists() == counted
    close(staff, task)
    assert not REQUESTS.rows(CONTACT_DUE, view, mine=True).exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"promised": "Something else."},
        {"due_on": DUE + timedelta(days=30)},
        {"promised_at": AT + timedelta(days=1)},
    ],
)
def test_the_database_keeps_what_was_promised(
    staff: Staff, case: FoiRequest, changed: dict[str, Any]
) -> None:
    task = promise(staff, case)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        ContactTask.objects.filter(pk=task.pk).update(**changed)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        ContactTask.objects.filter(pk=task.pk).delete()


def test_the_database_keeps_a_closed_promise_closed(staff: Staff, case: FoiRequest) -> None:
    task = close(staff, promise(staff, case))
    opened = {"said": "", "said_on": None, "closed_by": None, "closed_at": None}
    for changed in (opened, {"said_on": DUE - timedelta(days=1)}, {"closed_by": staff.intake}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            ContactTask.objects.filter(pk=task.pk).update(**changed)


@pytest.mark.parametrize("missing", ["said", "said_on", "closed_by", "closed_at"])
def test_the_database_takes_no_promise_closed_by_halves(staff: Staff, case: FoiRequest, missing: str) -> None:
    closed = {"said": "On 27 March.", "said_on": DUE, "closed_by": staff.officer, "closed_at": AT}
    closed[missing] = "" if missing == "said" else None
    task = promise(staff, case)
    with pytest.raises(IntegrityError, match="contact_task_closed_whole"), transaction.atomic():
        ContactTask.objects.filter(pk=task.pk).update(**closed)


def test_who_asks_is_found_in_both_texts_later_and_masked_in_what_was_said(
    staff: Staff, case: FoiRequest
) -> None:
    task = promise(staff, case, promised="Whether Leander Quill gets the map.")
    close(staff, task, said="Leander Quill was told by telephone.")
    named = Identity(name="Leander Quill", email="lq@example.org")
    complete_identity(case_id=case.pk, by=staff.officer, at=AT, identity=named)
    case.refresh_from_db()
    assert case.identity_found == {"promises to the applicant": 2}
    mask_applicant(case_id=case.pk, by=staff.officer, at=AT)
    task.refresh_from_db()
    assert (task.promised, task.said) == (
        "Whether Leander Quill gets the map.",
        "**** was told by telephone.",
    )
    told = [event.words for event in timeline(case.reference) if event.event.startswith("contact_")]
    assert told == [{"said": "**** was told by telephone."}, {"promised": "Whether **** gets the map."}]
