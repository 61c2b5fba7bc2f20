"""The pages of supervision: what they show, empty and full, and the printed triage sheet."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from requests_app.measures.periods.view import PeriodView
from requests_app.models import FoiRequest, RecoveryPlan, Soundness, TriageSheet
from requests_app.operations.dip_sample import assess_letter, draw_sample
from requests_app.operations.recovery import change_text, make_plan
from requests_app.operations.triage import keep_sheet
from requests_app.queries.dip_sample import is_as_drawn
from requests_app.queries.recovery import old_requests, recovery_weeks
from requests_app.queries.triage import beginning_of
from tests import factories
from tests.factories import IDENTITY, RECEIVED, Staff, person
from tests.foitracker.printing.test_pdf import read
from tests.requests_app.operations.part_refusal import WORKED
from tests.requests_app.overseen import LATER, answered, supervised
from tests.requests_app.rules.clock.clock_cases import CALENDAR

from .casework import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

PAGES = ("supervision", "supervision_reviews", "supervision_actions", "dip_samples", "dip_sample_draw",
         "recovery_plans", "recovery_make", "triage", "triage_sheets")  # fmt: skip


@pytest.fixture
def manager(client: Client, staff: Staff) -> User:
    user = person(Role.MANAGER)
    client.force_login(user)
    return user


def new(staff: Staff, number: int) -> list[FoiRequest]:
    now = timezone.now()
    day = timezone.localdate()
    return [
        factories.request(by=staff.intake, received_on=day, at=now, identity=IDENTITY) for _ in range(number)
    ]


def test_every_page_reads_well_while_there_is_nothing(client: Client, manager: User) -> None:
    for name in PAGES:
        page = client.get(reverse(f"requests_app:{name}"))
        assert page.status_code == 200, name
        assert text_of(page).count("<h1") == 1
    assert client.get(reverse("improvement:points")).status_code == 200
    assert "No request has been logged" in text_of(client.get(reverse("requests_app:triage_print")))
    assert (
        "No request has been logged"
        in read(client.get(reverse("requests_app:triage_pdf")).content).pages[0].extract_text()
    )


def test_every_page_shows_what_there_is(client: Client, staff: Staff, manager: User) -> None:
    case = factories.request(by=staff.intake)
    overseen = supervised(staff, case)
    for name in PAGES:
        assert client.get(reverse(f"requests_app:{name}")).status_code == 200, name
    assert "Search again." in text_of(client.get(case.get_absolute_url()))
    sample = text_of(client.get(reverse("requests_app:dip_sample", args=[overseen.sampled.sample_id])))
    assert "it gives the same letters" in sample
    plan = text_of(client.get(reverse("requests_app:recovery_plan", args=[overseen.plan.pk])))
    assert "Text for publication" in plan
    assert "Planned to be open" in plan


def test_43_new_requests_print_with_the_heading_on_each_page_and_nobody_named(
    client: Client, staff: Staff, manager: User
) -> None:
    new(staff, 43)
    pdf = read(client.get(reverse("requests_app:triage_pdf")).content)
    texts = [page.extract_text() for page in pdf.pages]
    assert 1 <= len(texts) <= 3
    for page, text in zip(pdf.pages, texts, strict=True):
        assert page.mediabox.width > page.mediabox.height
        assert "Refer?" in text
    whole = " ".join(texts)
    assert (
        sum(reference in whole for reference in FoiRequest.objects.values_list("reference", flat=True)) == 43
    )
    assert "Unassigned" in whole
    assert "Not assessed" in whole
    html = text_of(client.get(reverse("requests_app:triage_print")))
    for text in (whole, html):
        assert "Lowmoor" not in text


def test_the_next_sheet_begins_where_the_last_one_ended(client: Client, staff: Staff, manager: User) -> None:
    new(staff, 2)
    page = client.get(reverse("requests_app:triage"))
    assert page.context["page_obj"].paginator.count == 2
    sent = {name: page.context[f"{name}_sent"] for name in ("since", "until")}
    keep = reverse("requests_app:triage_keep")
    assert client.post(keep, {**sent, "follows": ""}).status_code == 302
    assert client.post(keep, {**sent, "follows": ""}).status_code == 302  # sent twice, or by two at once
    assert TriageSheet.objects.count() == 1
    assert client.get(reverse("requests_app:triage")).context["page_obj"].paginator.count == 0
    kept = client.get(reverse("requests_app:triage"), {"sheet": TriageSheet.objects.get().pk})
    assert kept.context["page_obj"].paginator.count == 2
    assert client.get(reverse("requests_app:triage"), {"since": "nonsense"}).status_code == 400
    assert client.get(reverse("requests_app:triage"), {"sheet": "99"}).status_code == 404
    assert client.post(keep, {"since": "x", "until": "y"}).status_code == 302


def test_a_sheet_that_would_leave_requests_out_is_not_kept(client: Client, manager: User) -> None:
    now = timezone.now()
    given: dict[str, Any] = {"by": manager, "at": now, "today": timezone.localdate(), "until": now}
    with pytest.raises(NotPossible, match="on no sheet"):
        keep_sheet(**given, since=now - timedelta(days=1), follows=None)  # the first one is of a week
    first = keep_sheet(
        **{**given, "until": now - timedelta(days=3)}, since=now - timedelta(days=9), follows=None
    )
    with pytest.raises(NotPossible, match="on no sheet"):
        keep_sheet(**given, since=first.until + timedelta(microseconds=1), follows=first.pk)
    later = {"since": timezone.localdate().strftime("%d/%m/%Y")}
    page = text_of(client.get(reverse("requests_app:triage"), later))
    assert "cannot be kept" in page
    assert "Keep as the sheet" not in page
    assert "Keep as the sheet" in text_of(client.get(reverse("requests_app:triage")))
    keep_sheet(**given, since=first.until, follows=first.pk)


def test_a_sheet_that_does_not_follow_the_last_is_refused(staff: Staff) -> None:
    manager, now = person(Role.MANAGER), timezone.now()
    given = {"by": manager, "at": now, "today": now.date(), "since": now - timedelta(days=8), "until": now}
    keep_sheet(**given, follows=None)
    with pytest.raises(NotPossible, match="after you opened"):
        keep_sheet(**given, follows=None)


def test_a_sample_is_drawn_again_from_its_seed_and_assessed_once_by_somebody_else(staff: Staff) -> None:
    worked = answered(staff)
    manager, at = person(Role.MANAGER), factories.at(LATER)
    sample = draw_sample(by=manager, at=at, today=LATER, period_from=WORKED, period_to=WORKED, share=10)
    one = sample.letters.get()
    assert (one.letter, one.officer) == (worked.letter, staff.officer)
    assert is_as_drawn(sample)
    User.objects.filter(pk=staff.officer.pk).update(roles=["officer", "manager"])
    User.objects.filter(pk=staff.decision_maker.pk).update(roles=["decision_maker", "manager"])
    for who in (staff.officer, staff.decision_maker):
        who.refresh_from_db()
        with pytest.raises(NotPermitted, match="took part"):
            assess_letter(sampled_id=one.pk, by=who, at=at, result=Soundness.SOUND)
    with pytest.raises(NotPossible, match="comment"):
        assess_letter(sampled_id=one.pk, by=manager, at=at, result=Soundness.NOT_SOUND)
    assess_letter(sampled_id=one.pk, by=manager, at=at, result=Soundness.SOUND)
    with pytest.raises(NotPossible, match="already been assessed"):
        assess_letter(sampled_id=one.pk, by=manager, at=at, result=Soundness.SOUND)
    with pytest.raises(NotPossible, match="nothing to sample"):
        draw_sample(by=manager, at=at, today=LATER, period_from=LATER, period_to=LATER, share=10)


def test_a_plan_keeps_its_list_and_counts_what_is_still_open(staff: Staff) -> None:
    manager = person(Role.MANAGER)
    cases = [factories.request(by=staff.intake) for _ in range(4)]
    at = factories.at(LATER)
    plan = make_plan(by=manager, at=at, today=LATER, clear_by=LATER + timedelta(days=14))
    with pytest.raises(NotPossible, match="one a day"):
        make_plan(by=manager, at=at, today=LATER, clear_by=LATER + timedelta(days=14))
    factories.request(by=staff.intake)
    FoiRequest.objects.filter(pk=cases[0].pk).update(responded_on=LATER + timedelta(days=2))
    weeks = recovery_weeks(plan, LATER + timedelta(days=8), CALENDAR)
    assert weeks[0].actual == 4
    assert weeks[1].actual == 3
    assert weeks[-1].planned == 0
    assert weeks[-1].actual is None
    assert RecoveryPlan.objects.get().planned.count() == 4
    over = recovery_weeks(plan, LATER + timedelta(days=30), CALENDAR)
    assert over[-1].week > plan.clear_by
    assert over[-1].actual == 3


@pytest.mark.parametrize("today", [LATER, date(2026, 6, 6), date(2026, 5, 25)])
def test_old_on_a_saturday_or_a_bank_holiday_is_what_the_figures_call_old(staff: Staff, today: date) -> None:
    days = [RECEIVED + timedelta(days=number) for number in range(40, 75)]
    edges = [max(day for day in days if CALENDAR.count_working_days(day, today) == age) for age in (20, 21)]
    cases = [factories.request(by=staff.intake) for _ in edges]
    for case, day in zip(cases, edges, strict=True):
        FoiRequest.objects.filter(pk=case.pk).update(received_on=day)
    view = PeriodView(today, None, from_on=RECEIVED, to_on=today)
    assert list(old_requests(today, CALENDAR)) == [cases[1]]
    assert edges[1] < view.twenty_days_ago <= edges[0]


def test_the_text_of_a_plan_names_no_officer_and_says_what_was_left_in(
    client: Client, manager: User, staff: Staff
) -> None:
    person(Role.OFFICER, name="Ottoline Farthing")
    factories.request(by=staff.intake)
    plan = make_plan(by=manager, at=factories.at(LATER), today=LATER, clear_by=LATER + timedelta(days=14))
    with pytest.raises(NotPossible, match="may identify the applicant"):
        change_text(plan_id=plan.pk, by=manager, at=factories.at(LATER), text="Ask foi@example.org.")
    url = reverse("requests_app:recovery_text", args=[plan.pk])
    sure = {"not_the_applicant": "on"}
    named = client.post(url, {"text": "Ottoline Farthing answers.", **sure})
    assert named.status_code == 422
    assert "it names no officer: Ottoline Farthing" in text_of(named)
    assert "they may stay" not in text_of(named)
    street = {"text": "Farthing Street has moved. Ask foi@example.org."}
    assert "they may stay" in text_of(client.post(url, street))
    masked = client.post(url, {"text": "Farthing Street has moved.", "mask": "yes"})
    assert "**** Street" in masked.content.decode()
    surname = client.post(url, {"text": "Farthing Street has moved."})
    assert surname.status_code == 422
    assert "None of these tells who an applicant or an officer is" in text_of(surname)
    assert client.post(url, {**street, **sure}).status_code == 302
    assert timeline(plan.audit_subject)[0].detail["left_in"] == {"email": 1, "name": 1}


def test_a_day_off_is_no_day_to_clear_by(staff: Staff) -> None:
    factories.request(by=staff.intake)
    with pytest.raises(NotPossible, match="not a working day"):
        make_plan(
            by=person(Role.MANAGER), at=factories.at(LATER), today=LATER, clear_by=LATER + timedelta(days=3)
        )


def test_the_beginning_of_a_day_is_the_authoritys() -> None:
    assert beginning_of(LATER).utcoffset() == timedelta(hours=1)
