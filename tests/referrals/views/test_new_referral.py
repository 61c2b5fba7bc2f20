"""Logging a referral on its page, and changing what was logged."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from referrals.models import ApplicantMark, Criterion, ForceName, Referral
from referrals.operations.triage import close_referral
from referrals.rules.vocabulary import ForceRole, Scope
from referrals.rules.workflow import Closing
from requests_app.rules.casework.reference import LogNumber
from tests import factories as people
from tests.referrals.factories import AT, RECEIVED, adviser, entry, force, involved, referral
from tests.requests_app.views.casework import day, rows, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

NEW = "/referrals/new/"


@pytest.fixture
def kim() -> User:
    return adviser(name="Kim Fernhollow")


@pytest.fixture
def desk(kim: User) -> Client:
    client = Client()
    client.force_login(kim)
    return client


def of(name: str, **said: Any) -> dict[str, Any]:
    """Return what the row of one force posts."""
    return {"force": name, "role": "referred_by", "trigger": "advice", **said}


def filled(*forces: dict[str, Any], **said: Any) -> dict[str, Any]:
    """Return what the page posts."""
    usual = {
        "intake_key": str(uuid4()),
        "subject": "Patrols",
        "wording": "How many patrols?",
        "scope": "single",
        **day("received_on", RECEIVED),
    }
    return rows(*(forces or [of("Lancashire Police")]), **{**usual, **said})


def test_the_page_offers_every_name_a_force_is_found_by(desk: Client) -> None:
    page = text_of(desk.get(NEW))
    alias = ForceName.objects.filter(kind="alias").select_related("force")[0]
    assert f'<option value="{escape(alias.name)}">{escape(alias.force.name)}</option>' in page
    assert 'list="force-names"' in page


def test_two_forces_are_logged_with_what_each_of_them_said(desk: Client) -> None:
    response = desk.post(
        NEW,
        filled(
            of("Lancashire Police", reference="L-17", request_received_on="23/2/2026"),
            of("Kent", role="logged_with", wording="How many patrols in Kent?", wrote_on="3 3 2026"),
            scope="several",
        ),
        follow=True,
    )
    log = Referral.objects.get()
    assert response.redirect_chain == [(log.get_absolute_url(), 302)]
    assert "The referral is logged as 1/26. Advice is due by Monday 16 March 2026" in text_of(response)
    lancashire, kent = involved(log, "Lancashire Constabulary"), involved(log, "Kent Police")
    assert (lancashire.form_received_on, lancashire.reference) == (RECEIVED, "L-17")
    assert (kent.form_received_on, kent.first_contact_on) == (None, date(2026, 3, 3))
    assert kent.wording == "How many patrols in Kent?"


def test_a_tight_deadline_is_said(desk: Client) -> None:
    response = desk.post(NEW, filled(of("Kent", request_received_on="4/2/2026")), follow=True)
    assert "That is tight" in text_of(response)


def test_rows_are_added_without_losing_a_word_or_saving_anything(desk: Client) -> None:
    page = text_of(desk.post(NEW, filled(rearrange="more", subject="Kept words")))
    assert 'name="rows-1-force"' in page
    assert 'value="Lancashire Police"' in page
    assert 'value="Kept words"' in page
    assert not Referral.objects.exists()


def test_the_criteria_are_suggested_with_why_and_never_ticked(desk: Client) -> None:
    one = Criterion.objects.create(code="kites", title="Kites", words=["kite"], made_at=AT)
    page = text_of(desk.post(NEW, filled(rearrange="check", wording="How many kites?")))
    assert "1 is suggested." in page
    assert "Suggested because <bdi>the wording says “kites”</bdi>" in page
    assert f'value="{one.pk}" id="id_criteria_1" aria' in page, "it stands first, without a tick"
    assert not Referral.objects.exists()
    assert "Nothing in the words or flags suggests one" in text_of(desk.post(NEW, filled(rearrange="check")))


def test_a_mandatory_referral_is_logged_with_its_criterion(desk: Client) -> None:
    refused = desk.post(NEW, filled(of("Kent", trigger="mandatory")))
    assert refused.status_code == 422
    assert "Tick the criterion that applies" in text_of(refused)
    one = Criterion.objects.filter(ended_at__isnull=True)[0]
    desk.post(NEW, filled(of("Kent", trigger="mandatory"), criteria=[one.pk]))
    assert Referral.objects.get().criterion_decisions.get().criterion == one


@pytest.mark.parametrize(
    ("forces", "said", "message"),
    [
        ([of("Atlantis Police")], {}, "Force 1: “Atlantis Police” is not the name of a force we know"),
        ([of("National")], {}, "is a scope, not a force"),
        ([of("Kent", trigger="")], {}, "Force 1: Choose why the force turned to the unit"),
        ([of("Kent", form_received_on="31/2/2026")], {}, "Force 1: Enter a real date"),
        ([of("Kent"), of("Lancashire Police")], {}, "Choose “Several forces”"),
        ([of("Kent"), of("Kent Police")], {"scope": "several"}, "Kent Police is there twice"),
        ([of("Kent")], {"existing_number": "nonsense"}, "“nonsense” is not a CRU log number"),
        ([of("Kent")], {"applicant_email": "nobody"}, "Enter an e-mail address"),
        ([of("Kent")], {"wording": "Ring 01632 960123"}, "telephone number"),
        ([of("Kent", wording="Ring 01632 960123")], {}, "telephone number"),
        ([of("Kent")], day("received_on", date(2999, 1, 1)), "is in the future"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    desk: Client, forces: list[dict[str, Any]], said: dict[str, Any], message: str
) -> None:
    response = desk.post(NEW, filled(*forces, **{"subject": "Kept words", **said}))
    page = text_of(response)
    assert response.status_code == 422
    assert message in page.replace("&quot;", '"').replace("&#x27;", "'")
    assert 'value="Kept words"' in page
    assert "<title>Error: New referral" in page
    assert not Referral.objects.exists()


def test_a_number_that_is_taken_leads_to_its_log(desk: Client) -> None:
    taken = referral(received_on=date(2018, 6, 4), log={"existing": LogNumber.parse("636/18")})
    response = desk.post(NEW, filled(existing_number="Log Number 000636/18"))
    assert response.status_code == 422
    assert f'href="{taken.get_absolute_url()}">Open log 636/18</a>' in text_of(response)
    assert Referral.objects.get() == taken


def test_what_was_found_is_masked_on_request_and_can_then_be_saved(desk: Client) -> None:
    typed = filled(of("Kent", wording="Ring 01632 960123"), wording="Write to p.lowmoor@example.org")
    page = text_of(desk.post(NEW, typed))
    assert "Mask what was found" in page
    masked = text_of(desk.post(NEW, {**typed, "mask": "yes"}))
    assert "Write to ****" in masked
    assert "Ring ****" in masked
    assert "lowmoor" not in masked
    assert not Referral.objects.exists()


def test_what_is_confirmed_not_to_tell_may_stay(desk: Client) -> None:
    desk.post(NEW, filled(wording="Call the desk on 01632 960123", not_the_applicant="on"))
    assert "01632 960123" in Referral.objects.get().wording


def test_who_asks_is_marked_and_neither_shown_nor_kept(desk: Client) -> None:
    said = {"applicant_email": "p.lowmoor@example.org", "applicant_name": "Perpetua Lowmoor"}
    response = desk.post(NEW, filled(**said), follow=True)
    assert "owmoor" not in text_of(response)
    assert ApplicantMark.objects.count() == 2
    assert "owmoor" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_a_form_sent_twice_logs_once_and_other_words_are_not_lost(desk: Client) -> None:
    typed = filled()
    desk.post(NEW, typed)
    again = desk.post(NEW, typed, follow=True)
    assert "Log 1/26 was already made from this form" in text_of(again)
    other = desk.post(NEW, {**typed, "wording": "How many vans?"})
    assert other.status_code == 409
    assert "How many vans?" in text_of(other)
    assert Referral.objects.count() == 1
    key = other.context["form"]["intake_key"].value()
    desk.post(NEW, {**typed, "wording": "How many vans?", "intake_key": key})
    assert Referral.objects.count() == 2


def test_the_same_words_from_the_same_force_days_later_are_asked_about(desk: Client) -> None:
    """Back and New referral again: the page has a new key, the referral is the same."""
    desk.post(NEW, filled(wording="How many patrols?"))
    first = Referral.objects.get()
    again = filled(wording=" how MANY\r\npatrols? ")
    assert "is_another" not in text_of(desk.get(NEW))
    refused = desk.post(NEW, again)
    page = text_of(refused)
    assert refused.status_code == 422
    assert "Log 1/26 already has these words and one of these forces" in page
    assert f'href="{first.get_absolute_url()}">Open log 1/26</a>' in page
    assert 'href="#id_is_another"' in page, "the summary leads to the box"
    assert 'name="is_another" id="id_is_another"' in page
    ticked = {**again, "is_another": "on"}
    for unfinished in ({"subject": ""}, {"rearrange": "more"}, {"mask": "yes"}):
        page = text_of(desk.post(NEW, {**ticked, **unfinished}))
        assert 'name="is_another" id="id_is_another" checked' in page, "the tick is not lost"
    assert Referral.objects.count() == 1
    desk.post(NEW, ticked)
    assert Referral.objects.count() == 2


def test_a_force_put_on_a_form_sent_before_is_not_lost(desk: Client) -> None:
    """Back, a second force entered, sent again: the words are the same, the referral is not."""
    first, key = of("Lancashire Police"), str(uuid4())
    desk.post(NEW, filled(first, intake_key=key))
    again = desk.post(
        NEW, filled(first, of("Kent Police", reference="K-99"), scope="several", intake_key=key)
    )
    assert again.status_code == 409
    assert "K-99" in text_of(again)
    assert "to correct that log, change it there" in text_of(again)
    assert 'name="is_another"' in text_of(again)


def test_the_page_starts_without_a_day_and_with_one_force(desk: Client) -> None:
    form = desk.get(NEW).context["form"]
    assert form["received_on"].value() is None
    assert len(form.rows.forms) == 1


NO_DAY = {"received_on_0": "", "received_on_1": "", "received_on_2": ""}


def test_a_day_left_empty_is_the_earliest_on_which_a_force_turned_to_us(desk: Client) -> None:
    """A force that is only consulted does not turn to us: its letters answer ours."""
    forces = [
        of("Lancashire Police", form_received_on="4/3/2026", wrote_on="3/3/2026"),
        of("Kent", role="logged_with", wrote_on="5/3/2026"),
        of("Surrey Police", role="consulted", trigger="", wrote_on="2/3/2026"),
    ]
    desk.post(NEW, filled(*forces, scope="several", **NO_DAY))
    log = Referral.objects.get()
    assert log.received_on == date(2026, 3, 3)
    assert involved(log, "Lancashire Constabulary").form_received_on == date(2026, 3, 4)
    assert involved(log, "Kent Police").first_contact_on == date(2026, 3, 5)


def test_with_no_day_at_all_it_came_today(desk: Client) -> None:
    desk.post(NEW, filled(**NO_DAY))
    log = Referral.objects.get()
    assert log.received_on == log.forces.get().form_received_on == timezone.localdate()


def test_a_day_to_come_is_refused_where_it_was_typed(desk: Client) -> None:
    page = text_of(desk.post(NEW, filled(of("Kent", form_received_on="1/1/2999"), **NO_DAY)))
    assert "Kent Police: 01/01/2999, the day of its form or letter, is in the future" in page
    assert not Referral.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.INTAKE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_do_not_log(role: Role) -> None:
    client = Client()
    client.force_login(people.person(role))
    assert client.get(NEW).status_code == 403


def test_details_are_changed_on_their_page(desk: Client, kim: User) -> None:
    log = referral(by=kim)
    page = log.get_absolute_url() + "details/"
    sent = {
        "seen_version": log.version,
        "subject": "Vans",
        "wording": "How many vans?",
        "scope": "single",
        **day("received_on", date(2026, 2, 27)),
    }
    response = desk.post(page, sent, follow=True)
    assert "The details are saved. Advice is due by Friday 13 March 2026" in text_of(response)
    log.refresh_from_db()
    assert (log.subject, log.forces.get().form_received_on) == ("Vans", date(2026, 2, 27))
    conflict = desk.post(page, sent)
    assert conflict.status_code == 409
    assert "Details of the log changed" in text_of(conflict)
    assert "<strong><bdi>How many vans?</bdi></strong>" in text_of(conflict), "as it is now"


def test_a_force_is_added_and_changed_on_its_page(desk: Client, kim: User) -> None:
    log = referral(by=kim)
    base = log.get_absolute_url()
    assert desk.get(base + "forces/add/").context["form"]["scope"].value() == Scope.SEVERAL
    added = desk.post(base + "forces/add/", {**of("Kent"), "scope": "several"}, follow=True)
    assert "Kent Police is on the log" in text_of(added)
    row = involved(log, "Kent Police")
    page = f"{base}forces/{row.pk}/"
    shown = desk.get(page).context["form"]
    assert (shown["force"].value(), shown["wrote_on"].value()) == ("Kent Police", None)
    desk.post(page, {**of("Kent"), "role": "consulted", "trigger": "", "scope": "single"})
    row.refresh_from_db()
    log.refresh_from_db()
    assert (row.role, row.first_contact_on, log.scope) == (ForceRole.CONSULTED, None, Scope.SINGLE)


def test_a_letter_before_the_form_keeps_its_day(desk: Client, kim: User) -> None:
    log = referral(by=kim, forces=[entry("Kent", role=ForceRole.LOGGED_WITH)])
    page = f"{log.get_absolute_url()}forces/{log.forces.get().pk}/"
    assert desk.get(page).context["form"]["wrote_on"].value() == RECEIVED
    desk.post(page, {**of("Kent"), "form_received_on": "4/3/2026", "wrote_on": "2/3/2026", "scope": "single"})
    row = log.forces.get()
    assert (row.first_contact_on, row.form_received_on) == (RECEIVED, date(2026, 3, 4))


def test_a_force_of_another_log_is_not_found(desk: Client, kim: User) -> None:
    log, other = referral(by=kim), referral(by=kim, forces=[force("Kent")])
    response = desk.get(f"{log.get_absolute_url()}forces/{other.forces.get().pk}/")
    assert response.status_code == 404


@pytest.mark.parametrize("page", ["details/", "forces/add/", "triage/", "assign/", "close/"])
def test_a_closed_log_says_why_it_cannot_be_changed(desk: Client, kim: User, page: str) -> None:
    log = referral(by=kim)
    close_referral(
        referral_id=log.pk, by=kim, at=AT, today=RECEIVED, closing=Closing.WITHDRAWN, reason="Withdrawn."
    )
    response = desk.get(log.get_absolute_url() + page)
    assert response.status_code == 409
    assert "The log is “Closed”" in text_of(response)
