"""The pages of a promise to an applicant and of what was said, and where promises are shown."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app.models import ContactTask, FoiRequest
from tests import factories
from tests.factories import Staff

from .casework import Desk, day, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

PROMISED = "Whether the map will be sent."


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return factories.request(by=staff.intake, officer=staff.officer)


@pytest.fixture
def desk(staff: Staff, case: FoiRequest) -> Desk:
    return Desk(staff.officer, case)


def promise(desk: Desk, days: int = 3) -> ContactTask:
    due_on = timezone.localdate() + timedelta(days=days)
    assert desk.post("promises/add/", {"promised": PROMISED, **day("due_on", due_on)}).status_code == 302
    return ContactTask.objects.latest("pk")


def closed(case: FoiRequest) -> None:
    FoiRequest.objects.filter(pk=case.pk).update(
        status="closed", outcome="withdrawn", closed_on=date(2026, 3, 9)
    )


def test_a_promise_stands_on_the_casefile_until_it_is_kept(desk: Desk, case: FoiRequest) -> None:
    assert "Promise to contact the applicant" in text_of(desk.get(""))
    task = promise(desk)
    page = text_of(desk.get(""))
    assert PROMISED in page
    assert f"promises/{task.pk}/said/" in page
    form = desk.get(f"promises/{task.pk}/said/")
    assert PROMISED in text_of(form)
    assert form.context["form"].initial["said_on"] == timezone.localdate()
    said = {"said": "By telephone: it will.", **day("said_on", timezone.localdate())}
    assert desk.post(f"promises/{task.pk}/said/", said).status_code == 302
    page = text_of(desk.get(""))
    assert f"promises/{task.pk}/said/" not in page
    assert "By telephone: it will." in page  # on the timeline


def test_a_promise_without_an_entry_of_what_was_said_stays_open(desk: Desk) -> None:
    task = promise(desk)
    refused = desk.post(f"promises/{task.pk}/said/", {"said": "", **day("said_on", timezone.localdate())})
    assert refused.status_code == 422
    assert "A promise is not closed without it" in text_of(refused)
    task.refresh_from_db()
    assert task.closed_at is None


def test_a_date_before_today_is_refused_and_nothing_is_lost(desk: Desk, case: FoiRequest) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    refused = desk.post("promises/add/", {"promised": PROMISED, **day("due_on", yesterday)})
    assert refused.status_code == 422
    assert "is in the past" in text_of(refused)
    assert PROMISED in text_of(refused)
    assert not case.contact_tasks.exists()


def test_what_was_closed_meanwhile_shows_what_was_typed(desk: Desk, staff: Staff, case: FoiRequest) -> None:
    task = promise(desk)
    said = {"said": "By telephone: it will.", **day("said_on", timezone.localdate())}
    desk.post(f"promises/{task.pk}/said/", said)
    assert desk.get(f"promises/{task.pk}/said/").status_code == 404
    late = desk.post(f"promises/{task.pk}/said/", {**said, "said": "By letter: it will not."})
    assert late.status_code == 409
    assert "By letter: it will not." in text_of(late)


def test_a_closed_request_offers_it_too(desk: Desk, case: FoiRequest) -> None:
    closed(case)
    assert "promises/add/" in text_of(desk.get(""))
    task = promise(desk)
    assert f"promises/{task.pk}/said/" in text_of(desk.get(""))


def test_a_reader_of_requests_sees_the_promise_and_no_link(
    desk: Desk, staff: Staff, case: FoiRequest
) -> None:
    task = promise(desk)
    page = text_of(Desk(staff.intake, case).get(""))
    assert PROMISED in page
    assert f"promises/{task.pk}/said/" not in page
    assert "promises/add/" not in page


@pytest.mark.parametrize("is_closed", [False, True])
def test_the_figure_of_promises_due_opens_them_of_closed_requests_too(
    desk: Desk, case: FoiRequest, is_closed: bool
) -> None:
    promise(desk, days=0)
    if is_closed:
        closed(case)
    figure = desk.client.get(reverse("dashboard:my_work")).context["figures"]["my_contact_due"]
    assert (figure.label, figure.count) == ("Promises to applicants due", 1)
    assert case.reference in text_of(desk.client.get(figure.url))


def test_a_promise_whose_day_has_not_come_is_not_counted(desk: Desk) -> None:
    promise(desk, days=1)
    figure = desk.client.get(reverse("dashboard:my_work")).context["figures"]["my_contact_due"]
    assert figure.count == 0


def test_the_filter_of_the_register_finds_those_of_open_requests(desk: Desk, case: FoiRequest) -> None:
    other = factories.request()
    promise(desk, days=0)
    page = text_of(desk.client.get(reverse("requests_app:register"), {"needs": "contact_due"}))
    assert case.reference in page
    assert other.reference not in page
    closed(case)
    assert case.reference not in text_of(
        desk.client.get(reverse("requests_app:register"), {"needs": "contact_due"})
    )
