"""The casefile: what it shows to whom, what it offers next, and what it never shows."""

import re
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import ROLES_FOR
from foitracker.accounts.roles import Role
from foitracker.audit.operations import record_event
from requests_app.events.decision import HOLDING_SET
from requests_app.letters.kinds import invalid
from requests_app.models import Despatch, FoiRequest, Letter, LinkKind
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.decision import FigureDraft, decide_items, record_search, set_figures
from requests_app.operations.exemption import Reasons, claim_exemption
from requests_app.operations.intake import Identity, link_requests, write_note
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import LetterText, draft_letter, submit_letter
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.clock.clarification_effect import ClockEffect
from tests import factories
from tests.factories import AT, RECEIVED, Staff
from tests.queries import queries_of
from tests.requests_app.operations.part_refusal import WORKED, approved_part_refusal, drafted_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]

#: The bar for every page of a case, whatever its size.
MOST_QUERIES = 25


@pytest.fixture
def officer() -> User:
    return factories.person(Role.OFFICER)


def _page(client: Client, user: User, case: FoiRequest, query: str = "") -> HttpResponse:
    client.force_login(user)
    return client.get(case.get_absolute_url() + query)


def _steps(response: HttpResponse) -> list[str]:
    return [step.label for step in response.context["steps"]]


def test_who_asked_is_nowhere_on_the_page(client: Client, officer: User) -> None:
    identity = Identity(
        name="Perpetua Lowmoor",
        organisation="Lowmoor Research",
        email="p@lowmoor.example.org",
        postal_address="7 Hidden Lane",
        salutation="Dr Lowmoor",
    )
    page = _page(client, officer, factories.request(identity=identity)).content.decode()
    for part in ("Perpetua", "Lowmoor", "lowmoor", "Hidden Lane"):
        assert part not in page
    assert "See who asked (recorded)" in page


def test_an_unknown_reference_is_not_found(client: Client, officer: User) -> None:
    client.force_login(officer)
    for path in ("/requests/2026/99999/", f"/requests/2026/{'9' * 30}/", f"/requests/{'9' * 30}/1/"):
        assert client.get(path).status_code == 404


def test_a_new_request_is_acknowledged_assigned_and_split_first(client: Client, officer: User) -> None:
    response = _page(client, officer, factories.request())
    assert _steps(response) == ["Acknowledge it", "Assign an officer", "Split it into items"]


def test_an_invalid_request_is_written_about_first(client: Client, officer: User) -> None:
    response = _page(client, officer, factories.request(identity=Identity(name="Q", email="q@example.org")))
    assert _steps(response)[:2] == ["Write to the applicant about what is missing", "Complete who asked"]


def test_an_applicant_who_was_told_what_is_missing_is_not_written_to_again(
    client: Client, officer: User
) -> None:
    factories.authority()
    case = factories.request(identity=Identity(name="Q", email="q@example.org"))
    letter = draft_letter(case_id=case.pk, by=officer, at=AT, kind=invalid.KIND, text=LetterText())
    issue_letter(letter_id=letter.pk, by=officer, at=AT, on=RECEIVED, despatch=Despatch.EMAIL)
    steps = _steps(_page(client, officer, case))
    assert steps == ["Complete who asked", "Assign an officer", "Split it into items"]


def test_items_are_searched_for_and_decided_then_answered(client: Client, officer: User) -> None:
    case = factories.request_with_items("1", "2", officer=officer)
    assert {"Record a search", "Decide the items"} <= set(_steps(_page(client, officer, case)))
    _decide_all(case, officer)
    assert _steps(_page(client, officer, case))[-1] == "Write the answer"


def _decide_all(case: FoiRequest, officer: User) -> None:
    ids = list(case.items.values_list("pk", flat=True))
    decide_items(case_id=case.pk, item_ids=ids, by=officer, at=AT, disposition=Disposition.DISCLOSED)


def test_what_a_role_may_not_do_says_who_may(client: Client, officer: User) -> None:
    case = factories.request_with_items("1", officer=officer)
    response = _page(client, factories.person(Role.AUDITOR), case)
    assert all("Your role does not let you" in step.reason for step in response.context["steps"])
    page = response.content.decode()
    for link in ("items/decide/", "note/", "assign/", "details/", "applicant/"):
        assert f"{case.get_absolute_url()}{link}" not in page


def test_whoever_decided_is_told_why_they_cannot_approve(client: Client) -> None:
    staff = factories.staff()
    worked = drafted_part_refusal(staff)
    submit_letter(letter_id=worked.letter.pk, by=staff.decision_maker, at=AT, today=WORKED)
    (step,) = _page(client, staff.decision_maker, worked.case).context["steps"]
    assert "You took part in this decision" in step.reason
    (step,) = _page(client, factories.person(Role.MANAGER), worked.case).context["steps"]
    assert (step.label, step.reason) == ("Check and approve the letter", "")


def test_an_authority_may_let_deciders_approve(client: Client) -> None:
    staff = factories.staff()
    factories.authority(allows_own_approval=True)
    worked = drafted_part_refusal(staff)
    submit_letter(letter_id=worked.letter.pk, by=staff.decision_maker, at=AT, today=WORKED)
    (step,) = _page(client, staff.decision_maker, worked.case).context["steps"]
    assert step.reason == ""


def test_an_approved_letter_is_issued_next(client: Client) -> None:
    worked = approved_part_refusal(factories.staff())
    assert _steps(_page(client, worked.staff.officer, worked.case)) == ["Issue the letter"]


def test_links_are_seen_from_both_ends(client: Client, officer: User) -> None:
    first, second = factories.request(subject="The first"), factories.request(subject="The second")
    link_requests(case_id=second.pk, by=officer, at=AT, other=first, kind=LinkKind.FOLLOW_UP_TO)
    (link,) = _page(client, officer, second).context["found"].links
    assert (link.label, link.other, link.pk is None) == ("Follow-up to", first, False)
    (link,) = _page(client, officer, first).context["found"].links
    assert (link.label, link.other, link.pk) == ("Original of the follow-up", second, None)


def test_the_timeline_goes_back_page_by_page(client: Client, officer: User) -> None:
    case = factories.request()
    for _ in range(60):
        record_event(
            event=HOLDING_SET, by=officer, at=AT, subject=case.reference, detail={"from": "", "to": "held"}
        )
    latest = _page(client, officer, case)
    found = latest.context["found"]
    assert (len(found.events), found.more_events) == (50, True)
    earlier = _page(client, officer, case, f"?before={found.events[-1].sequence}").context["found"]
    assert (len(earlier.events), earlier.more_events) == (11, False)
    assert earlier.events[-1].event == "request_logged"


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "١"])
def test_a_place_in_the_timeline_that_is_none_is_left_out(client: Client, officer: User, before: str) -> None:
    response = _page(client, officer, factories.request(), f"?before={before}&notes_before={before}")
    assert len(response.context["found"].events) == 1


def test_notes_go_back_page_by_page(client: Client, officer: User) -> None:
    case = factories.request()
    for number in range(55):
        write_note(case_id=case.pk, by=officer, at=AT, text=f"Note number {number}")
    found = _page(client, officer, case).context["found"]
    assert (len(found.notes), found.more_notes) == (50, True)
    earlier = _page(client, officer, case, f"?notes_before={found.notes[-1].pk}").context["found"]
    assert len(earlier.notes) == 5


def _with_everything(staff: Staff, times: int) -> FoiRequest:
    """A request with everything the page shows, this often, awaiting approval by no one who decided it."""
    worked = drafted_part_refusal(staff)
    case, officer, common = (
        worked.case,
        staff.officer,
        {"case_id": worked.case.pk, "by": staff.officer, "at": AT},
    )
    for number in range(times):
        day = date(2026, 3, 3 + number)
        ask_clarification(**common, asked_on=day, question="Which?", today=WORKED)
        answer_clarification(
            **common,
            answered_on=day,
            answer="That one.",
            effect=ClockEffect.NARROWS,
            effect_reason="It could be answered.",
            excluded_item_ids=[],
            today=WORKED,
        )
    for number in range(2 * times):
        record_search(
            **common,
            searched=f"System {number}",
            searched_by="The records team",
            searched_on=WORKED,
            criteria="patrol",
            result="",
            holding=Holding.HELD,
            today=WORKED,
        )
        for item_id in worked.items.values():
            figures = [FigureDraft(label, RECEIVED, WORKED, number) for label in "ABC"]
            set_figures(
                **common,
                item_id=item_id,
                unit_of_count="patrols",
                criteria=["all"],
                caveat="",
                figures=figures,
            )
        write_note(**common, text="A note")
        other = factories.request(by=officer)
        link_requests(**common, other=other, kind=LinkKind.RELATED_TO)
    for section, limb in (("40", "40(2)+(3A)(a)"), ("38", "38(1)(a)")):
        claim_exemption(
            **common, section=section, limbs=[limb], item_ids=list(worked.items.values()), reasons=Reasons()
        )
    return FoiRequest.objects.get(pk=case.pk)


def test_the_page_takes_as_many_queries_at_any_size(client: Client) -> None:
    staff = factories.staff()
    little, much = _with_everything(staff, 1), _with_everything(staff, 4)
    client.force_login(staff.decision_maker)
    found = client.get(much.get_absolute_url()).context["found"]
    assert (len(found.clarifications), len(found.searches), len(found.links)) == (4, 9, 8)
    assert (len(found.claims), len(found.items[0].figure_tables)) == (3, 8)
    few = queries_of(client, little.get_absolute_url())
    assert queries_of(client, much.get_absolute_url()) == few <= MOST_QUERIES


def test_awaiting_approval_takes_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    staff = factories.staff()
    worked = drafted_part_refusal(staff)
    submit_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, today=WORKED)
    client.force_login(staff.decision_maker)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(worked.case.get_absolute_url())


def test_an_issued_letter_shows_its_file_and_its_way(client: Client) -> None:
    staff = factories.staff()
    worked = approved_part_refusal(staff)
    issue_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, on=WORKED, despatch=Despatch.EMAIL)
    page = _page(client, staff.officer, worked.case).content.decode()
    letter = Letter.objects.get(pk=worked.letter.pk)
    assert letter.sha256 in page
    assert f"letters/{letter.pk}/pdf/" in page
    assert "Waiting to be sent" in page


@pytest.mark.parametrize("role", sorted(ROLES_FOR[Permission.VIEW_CASES]))
def test_every_link_that_is_offered_opens(client: Client, role: Role) -> None:
    staff = factories.staff()
    user = factories.person(role)
    waiting = factories.request(identity=Identity(name="Q"))
    ask_clarification(
        case_id=waiting.pk, by=staff.officer, at=AT, asked_on=RECEIVED, question="Which?", today=RECEIVED
    )
    for case in (
        factories.request(),
        waiting,
        drafted_part_refusal(staff).case,
        approved_part_refusal(staff).case,
    ):
        page = _page(client, user, case).content.decode()
        links = {link for link in re.findall(r'href="(/[^"#]*)', page) if not link.startswith("/static/")}
        assert len(links) > 2
        for link in links:
            assert client.get(link, follow=True).status_code == 200, link


def test_administrators_have_no_casework(client: Client) -> None:
    response: Any = _page(client, factories.person(Role.ADMINISTRATOR), factories.request())
    assert response.status_code == 403
    assert "Your role does not let you see requests" in response.content.decode()
