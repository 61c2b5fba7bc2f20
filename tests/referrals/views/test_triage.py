"""Triage, assignment, closing and reopening on their pages."""

from typing import Any

import pytest
from django.test import Client

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import Criterion, Referral
from tests import factories as people
from tests.referrals.factories import AT, adviser, referral, triaged
from tests.requests_app.views.casework import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def kim() -> User:
    return adviser(name="Kim Fernhollow")


@pytest.fixture
def kites() -> Criterion:
    return Criterion.objects.create(
        code="kites", title="Kites", words=["kite"], flags=["round_robin"], made_at=AT
    )


class LogDesk:
    """One person's browser, on one log."""

    def __init__(self, user: User, log: Referral) -> None:
        self.client, self.log = Client(), log
        self.client.force_login(user)

    def get(self, page: str) -> Any:
        return self.client.get(self.log.get_absolute_url() + page)

    def post(self, page: str, **data: Any) -> Any:
        seen = Referral.objects.values_list("version", flat=True).get(pk=self.log.pk)
        return self.client.post(
            self.log.get_absolute_url() + page, {"seen_version": seen, **data}, follow=True
        )


def weighed(**said: Any) -> dict[str, Any]:
    return {"priority": "low", "reason": "Nothing presses.", **said}


def test_the_page_says_why_a_criterion_is_suggested_and_that_low_does_not_vanish(
    kim: User, kites: Criterion
) -> None:
    page = text_of(LogDesk(kim, referral(by=kim, wording="How many kites?")).get("triage/"))
    assert "Suggested because <bdi>the wording says “kites”</bdi>" in page
    assert "It does not disappear" in page
    assert "after 15 working days without advice it is shown as ageing" in page


def test_a_suggestion_is_ticked_or_set_aside_with_a_reason(kim: User, kites: Criterion) -> None:
    desk = LogDesk(kim, referral(by=kim, wording="How many kites?"))
    undecided = desk.post("triage/", **weighed())
    assert undecided.status_code == 422
    assert "Kites: choose whether it applies" in text_of(undecided)
    without = desk.post("triage/", **weighed(), **{f"decision_{kites.pk}": "set_aside"})
    assert "Kites: say why it does not apply" in text_of(without)
    aside = {f"decision_{kites.pk}": "set_aside", f"why_{kites.pk}": "Toys are meant."}
    done = desk.post("triage/", **weighed(**aside, adviser=kim.pk))
    assert "Priority low is recorded. Advice is due by Monday 16 March 2026" in text_of(done)
    log = Referral.objects.get()
    assert (log.status, log.adviser, log.priority_reason) == ("in_hand", kim, "Nothing presses.")
    assert log.criterion_decisions.get().reason == "Toys are meant."


def test_a_flag_ticked_on_the_page_asks_about_its_criterion(kim: User, kites: Criterion) -> None:
    desk = LogDesk(kim, referral(by=kim))
    asked = desk.post("triage/", **weighed(flags=["round_robin"]))
    assert asked.status_code == 422
    assert "Kites: choose whether it applies" in text_of(asked)
    assert "flag: Sent to many forces" in text_of(asked)


def test_another_criterion_can_be_ticked(kim: User, kites: Criterion) -> None:
    desk = LogDesk(kim, referral(by=kim))
    desk.post("triage/", **weighed(others=[kites.pk]))
    assert desk.log.criterion_decisions.get().applies
    shown = text_of(desk.get("triage/"))
    assert "No longer suggested; decided before." in shown


def test_a_reason_that_may_tell_who_asks_is_pointed_out_and_masked(kim: User) -> None:
    desk = LogDesk(kim, referral(by=kim))
    telling = weighed(reason="Ring 01632 960123 first")
    assert "telephone number" in text_of(desk.post("triage/", **telling))
    assert "Ring **** first" in text_of(desk.post("triage/", **telling, mask="yes"))


def test_what_was_typed_survives_somebody_elses_act(kim: User) -> None:
    log = referral(by=kim)
    desk = LogDesk(kim, log)
    triaged(log, by=kim)
    conflict = desk.post("triage/", **{**weighed(reason="Typed by me."), "seen_version": 1})
    assert conflict.status_code == 409
    page = text_of(conflict)
    assert "Typed by me." in page
    assert "Triaged" in page


def test_a_manager_assigns_but_does_not_triage(kim: User) -> None:
    desk = LogDesk(people.person(Role.MANAGER), referral(by=kim))
    assert desk.get("triage/").status_code == 403
    assert "is with Kim Fernhollow now" in text_of(desk.post("assign/", adviser=kim.pk))
    assert desk.post("assign/", adviser="").status_code == 422


def test_closing_shows_what_is_unfinished_and_asks_why(kim: User) -> None:
    desk = LogDesk(kim, referral(by=kim))
    without = desk.post("close/", closing="withdrawn")
    assert "Say why the log is closed without advice" in text_of(without)
    unadvised = desk.post("close/", closing="advised")
    assert "No advice has been given on this log" in text_of(unadvised)
    done = desk.post("close/", closing="withdrawn", reason="The force withdrew it.")
    assert "is closed. It stays in the list." in text_of(done)


def test_a_closed_log_is_reopened_with_a_reason(kim: User) -> None:
    desk = LogDesk(kim, referral(by=kim))
    assert desk.get("reopen/").status_code == 409
    desk.post("close/", closing="withdrawn", reason="The force withdrew it.")
    assert desk.post("reopen/", reason="").status_code == 422
    done = desk.post("reopen/", reason="The force wrote again.")
    assert "is in hand again" in text_of(done)
    assert "The force wrote again." in text_of(done), "on its timeline"
