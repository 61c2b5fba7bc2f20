"""The pages that group logs and remove one again."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import Referral
from referrals.operations.grouping import group
from referrals.operations.triage import close_referral
from referrals.rules.vocabulary import Scope
from tests.factories import person
from tests.referrals.factories import AT, RECEIVED, WORDING, adviser, referral
from tests.referrals.operations.advised import advise

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def by() -> User:
    return adviser()


@pytest.fixture
def client(client: Client, by: User) -> Client:
    client.force_login(by)
    return client


@pytest.fixture
def log(by: User) -> Referral:
    return referral(by=by, forces=["Kent Police"])


@pytest.fixture
def same(by: User) -> Referral:
    return referral(by=by, forces=["Essex Police"], wording=f"Dear team,\n{WORDING} By rank.")


def _url(log: Referral, page: str = "group") -> str:
    return reverse(f"referrals:{page}", args=[log.year, log.number])


def _text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def _post(client: Client, log: Referral, page: str = "group", **data: object) -> HttpResponse:
    log.refresh_from_db()
    return client.post(_url(log, page), {"seen_version": log.version, **data})


def test_similar_logs_are_offered_unticked_with_what_differs(
    client: Client, log: Referral, same: Referral
) -> None:
    referral(by=log.logged_by, wording="Something else: dogs, their handlers and their kennels.")
    page = _text(client.get(_url(log)))
    assert f'value="{same.pk}"' in page
    assert page.count('class="govuk-checkboxes__input"') == 1
    assert "checked" not in page
    assert "% alike" in page
    assert '<span class="app-compare__differs"><bdi>By rank.</bdi></span>' in page


def test_ticked_logs_are_grouped(client: Client, log: Referral, same: Referral) -> None:
    response = _post(client, log, members=[same.pk])
    assert response.status_code == 302
    assert response["Location"] == f"{log.get_absolute_url()}#group"
    same.refresh_from_db()
    assert same.national_log == log
    assert "1 log is grouped under" in _text(client.get(log.get_absolute_url()))


@pytest.mark.parametrize("typed", ["{n}/{y}", "000{n}/20{y}", " CRU Ref: {n}/{y} ;{n}/{y}, "])
def test_a_log_in_other_words_is_grouped_by_its_number_in_any_form(
    client: Client, by: User, log: Referral, typed: str
) -> None:
    other = referral(by=by, wording=f"Two more questions. {WORDING}")
    number = typed.format(n=other.number, y=other.year % 100)
    assert _post(client, log, numbers=number).status_code == 302
    other.refresh_from_db()
    assert other.national_log == log


def test_an_unrelated_log_named_by_its_number_is_doubted_first(
    client: Client, by: User, log: Referral
) -> None:
    other = referral(by=by, wording="Quite another wording, about helicopters.")
    response = _post(client, log, numbers=other.log_number)
    assert response.status_code == 422
    page = _text(response)
    assert f"Log {other.log_number} is only 0% alike." in page
    assert "Group it all the same" in page
    assert page.count('name="all_the_same"') == 1
    other.refresh_from_db()
    assert other.national_log is None
    mistyped = _post(client, log, numbers=f"{other.log_number}, 4711/26", all_the_same="on")
    assert mistyped.status_code == 422
    assert _text(mistyped).count(" checked") == 1
    assert _post(client, log, numbers=other.log_number, all_the_same="on").status_code == 302
    other.refresh_from_db()
    assert other.national_log == log


def test_a_log_that_was_advised_on_is_doubted_and_a_ticked_one_is_not(
    client: Client, by: User, log: Referral, same: Referral
) -> None:
    assert "Group it all the same" not in _text(client.get(_url(log)))
    advise(same, by)
    refused = _post(client, log, numbers=same.log_number)
    assert refused.status_code == 422
    assert f"Log {same.log_number} was advised on already, on 06/03/2026." in _text(refused)
    assert "% alike." not in _text(refused)
    assert _post(client, log, members=[same.pk], numbers=same.log_number).status_code == 302


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Tick at least one log, or enter its number."),
        ({"numbers": "4711/26"}, "There is no log 4711/26. Check the number."),
        ({"numbers": "none"}, "is not a CRU log number"),
        ({"members": ["0"]}, "no longer offered"),
    ],
)
def test_nothing_to_group_is_said(client: Client, log: Referral, data: dict[str, str], message: str) -> None:
    response = _post(client, log, **data)
    assert response.status_code == 422
    assert message in _text(response)


def test_the_log_itself_cannot_be_named(client: Client, log: Referral) -> None:
    response = _post(client, log, numbers=log.log_number)
    assert response.status_code == 422
    assert "This log itself is among the numbers." in _text(response)


def test_what_cannot_be_grouped_is_shown_with_the_reason_and_no_box(
    client: Client, by: User, log: Referral, same: Referral
) -> None:
    closed = referral(by=by)
    close_referral(referral_id=closed.pk, by=by, at=AT, today=RECEIVED, closing="withdrawn", reason="So.")
    national = referral(by=by)
    group(referral_id=national.pk, member_ids=[same.pk], by=by, at=AT)
    page = _text(client.get(_url(log)))
    assert "It is closed. Its advice may still serve; to group it, reopen it first." in page
    assert f"It is grouped under log {national.log_number}. Open that one and group this log there." in page
    assert page.count('class="govuk-checkboxes__input"') == 1  # the national log's


def test_a_refusal_keeps_what_was_ticked(client: Client, by: User, log: Referral, same: Referral) -> None:
    leads = referral(by=by, forces=["Surrey Police"])
    group(referral_id=leads.pk, member_ids=[referral(by=by).pk], by=by, at=AT)
    response = _post(client, log, members=[leads.pk])
    assert response.status_code == 422
    page = _text(response)
    assert f"Log {leads.log_number} leads a group itself." in page
    assert page.count(" checked>") == 1


def test_somebody_elses_change_is_shown_first(
    client: Client, by: User, log: Referral, same: Referral
) -> None:
    version = log.version
    group(referral_id=log.pk, member_ids=[referral(by=by).pk], by=by, at=AT)
    response = client.post(_url(log), {"seen_version": version, "members": [same.pk]})
    assert response.status_code == 409
    assert "This case has changed since you opened the page" in _text(response)
    same.refresh_from_db()
    assert same.national_log is None


def test_a_closed_or_grouped_log_has_no_such_page(
    client: Client, by: User, log: Referral, same: Referral
) -> None:
    group(referral_id=same.pk, member_ids=[log.pk], by=by, at=AT)
    response = client.get(_url(log))
    assert response.status_code == 409
    assert f"grouped under log {same.log_number} itself" in _text(response)
    close_referral(referral_id=same.pk, by=by, at=AT, today=RECEIVED, closing="withdrawn", reason="So.")
    assert client.get(_url(same)).status_code == 409


def test_a_log_is_taken_out_of_its_group(client: Client, by: User, log: Referral, same: Referral) -> None:
    group(referral_id=log.pk, member_ids=[same.pk], by=by, at=AT)
    page = client.get(_url(same, "ungroup"))
    assert page.context["form"].initial["scope"] == Scope.SINGLE
    assert f"advice on log {log.log_number} stays on record" in _text(page)
    assert _post(client, same, "ungroup", scope="single").status_code == 302
    same.refresh_from_db()
    assert (same.national_log, same.scope) == (None, "single")


def test_a_log_in_no_group_cannot_be_taken_out(client: Client, log: Referral) -> None:
    response = client.get(_url(log, "ungroup"))
    assert response.status_code == 409
    assert "This log stands in no group." in _text(response)
    assert _post(client, log, "ungroup", scope="single").status_code == 422


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_it_takes_an_adviser(client: Client, log: Referral, same: Referral, role: Role) -> None:
    client.force_login(person(role))
    for page in ("group", "ungroup"):
        assert client.get(_url(log, page)).status_code == 403
        assert _post(client, log, page, members=[same.pk]).status_code == 403
