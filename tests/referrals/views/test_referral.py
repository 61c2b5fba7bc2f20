"""The page of a log: all that is recorded about it, for whom, in a fixed number of queries."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import Criterion, Direction, ForceContact, Referral
from referrals.operations.advice import circulate, draft_advice
from referrals.operations.consultation import consult, record_reply
from referrals.operations.correspondence import record_correspondence
from referrals.operations.grouping import group
from referrals.operations.triage import close_referral
from referrals.operations.uptake import record_outcome, record_uptake
from referrals.queries.referral_file import LETTERS_SHOWN
from referrals.rules.vocabulary import Flag, ForceOutcome, ForceRole, Trigger, Uptake
from tests import factories
from tests.referrals import logs
from tests.referrals.factories import AT, RECEIVED, adviser, entry, involved, referral, triaged
from tests.referrals.operations.advised import ADVICE, TODAY, advise, lead

pytestmark = [pytest.mark.django_db, pytest.mark.services]

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_a_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """A week after the logs of the factories came."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def by() -> User:
    return adviser(name="Rowena Askrigg")


@pytest.fixture
def client(client: Client, by: User) -> Client:
    client.force_login(by)
    return client


def _text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def _page(client: Client, log: Referral) -> str:
    return _text(client.get(log.get_absolute_url()))


def _steps(client: Client, log: Referral) -> dict[str, str]:
    """The next steps and, of each, the reason it is not open to this person."""
    return {step.label: step.reason for step in client.get(log.get_absolute_url()).context["steps"]}


def test_what_is_asked_of_whom_and_by_when(client: Client, by: User) -> None:
    kent = entry("Kent Police", reference="KP/1", request_received_on=RECEIVED, wording="In Kent, how many?")
    essex = entry("Essex Police", stated_due_on=date(2026, 3, 27), trigger=Trigger.MANDATORY)
    criterion = Criterion.objects.filter(ended_at__isnull=True).first()
    log = referral(by=by, forces=[kent, essex], subject="Drones over prisons", criteria=[criterion])
    page = _page(client, log)
    assert f"CRU log {log.log_number}" in page
    assert "Drones over prisons" in page
    assert log.wording in page
    assert "KP/1" in page
    assert "In Kent, how many?" in page
    # Kent's limit is worked out (20 working days), that of Essex is as it says, and the earlier one counts.
    assert "31/03/2026" in page
    assert "Worked out" in page
    assert "As the force says" in page
    assert f"{reverse('requests_app:due')}?received=2026-03-02" in page
    assert "Friday 20 March 2026" in page
    assert "5 working days before the first deadline. <bdi>Essex</bdi>: Friday 27 March 2026." in page
    assert "Mandatory referral" in page


def test_without_a_deadline_the_day_follows_from_receipt(client: Client, by: User) -> None:
    page = _page(client, referral(by=by))
    assert "No force&#x27;s deadline is known, so advice is due 10 working days after the log came." in page


def test_an_old_log_is_ageing_and_overdue(client: Client, by: User) -> None:
    came = RECEIVED - timedelta(days=28)
    page = _page(client, referral(by=by, received_on=came, forces=[entry("Kent Police", came=came)]))
    assert "Ageing: no log without advice is to wait longer than 15 working days" in page
    assert "Overdue since " in page


def test_criteria_are_shown_as_decided_or_as_suggested(client: Client, by: User) -> None:
    applies, aside = Criterion.objects.filter(ended_at__isnull=True).exclude(flags=[])[:2]
    flags = [*applies.flags, *aside.flags]
    log = referral(by=by, flags=flags, wording="Nothing that any criterion is suggested by.")
    page = _page(client, log)
    assert page.count("Suggested, not decided") == len({applies.pk, aside.pk})
    assert "(illustrative)" in page
    triaged(log, by=by, applies=[applies.pk], set_aside={aside.pk: "Published already."}, flags=flags)
    page = _page(client, log)
    assert "Suggested, not decided" not in page
    assert "Applies" in page
    assert "Set aside" in page
    assert "Published already." in page


def test_consultations_show_what_is_late(client: Client, by: User) -> None:
    log = referral(by=by)
    asked = consult(
        referral_id=log.pk, by=by, at=AT, today=RECEIVED, lead_id=lead().pk, question="Is it published?",
        reply_by=RECEIVED + timedelta(days=2),
    )  # fmt: skip
    assert "Late" in _page(client, log)
    assert "Chase the lead for Invented portfolio" in _steps(client, log)
    record_reply(
        consultation_id=asked.pk, by=by, at=AT, today=TODAY, replied_on=TODAY, reply="It is, since May."
    )
    page = _page(client, log)
    assert "Replied" in page
    assert "It is, since May." in page


def test_advice_shows_who_was_told_when_and_what_each_did_with_it(client: Client, by: User) -> None:
    log = referral(by=by, forces=["Kent Police", "Essex Police"])
    given = advise(log, by)
    page = _page(client, log)
    assert ADVICE.split("\n")[0] in page
    assert "2 forces not told yet" in page
    circulate(advice_id=given.pk, by=by, at=AT, today=TODAY, force_ids=[involved(log, "Kent Police").pk])
    told = given.told.get()
    record_uptake(
        told_id=told.pk, by=by, at=AT, today=TODAY, uptake=Uptake.DEPARTED, reason="Ours is public."
    )
    page = _page(client, log)
    assert "1 force not told yet" in page
    assert "1 force told" in page
    assert "Departed from" in page
    assert "Ours is public." in page
    assert "Told 06/03/2026 of advice 1: Departed from" in page


def test_later_advice_stands_before_what_it_replaced(client: Client, by: User) -> None:
    log = referral(by=by)
    advise(log, by, text="The first.")
    advise(log, by, text="The second.")
    draft_advice(referral_id=log.pk, by=by, at=AT, text="The third, unfinished.")
    page = _page(client, log)
    assert page.index("The third, unfinished.") < page.index("The second.") < page.index("The first.")
    assert "A later advice took its place: its words" in page


def test_correspondence_is_paged(client: Client, by: User) -> None:
    log = referral(by=by)
    for number in range(LETTERS_SHOWN + 2):
        record_correspondence(
            referral_id=log.pk, by=by, at=AT, today=TODAY, direction=Direction.IN, dated_on=RECEIVED,
            text=f"Letter {number:02}.", with_force_id=log.forces.get().pk,
        )  # fmt: skip
    page = _page(client, log)
    assert "Letter 21." in page
    assert "Letter 01." not in page
    earlier = _text(client.get(log.get_absolute_url(), {"letters": LETTERS_SHOWN}))
    assert "Letter 01." in earlier
    assert "Letter 21." not in earlier
    assert "Latest correspondence" in earlier


def test_the_group_and_its_advice_are_on_every_log_of_it(client: Client, by: User) -> None:
    national, member, other = (
        referral(by=by, forces=[name]) for name in ("Kent Police", "Essex Police", "Surrey Police")
    )
    group(referral_id=national.pk, member_ids=[member.pk, other.pk], by=by, at=AT)
    given = advise(national, by)
    assert "3 forces not told yet" in _page(client, national)
    assert f'National advice 1 on log <a class="govuk-link" href="{national.get_absolute_url()}"' in _page(
        client, member
    )
    circulate(advice_id=given.pk, by=by, at=AT, today=TODAY)
    page = _page(client, national)
    assert "National log of 2 others" in page
    assert "3 forces told" in page
    page = _page(client, member)
    assert "Grouped under national log" in page
    assert f"of advice 1 on log {national.log_number}" in page
    assert "1 force told" in page
    assert "Surrey Police</th>" not in page


def test_logs_that_ask_the_same_are_shown_with_how_alike_they_are(client: Client, by: User) -> None:
    log, same = referral(by=by), referral(by=by, forces=["Kent Police"])
    page = _page(client, log)
    assert "Nearly the same wording, not grouped with it" in page
    assert "100% alike" in page
    assert same.get_absolute_url() in page
    assert "Look at similar logs" in _steps(client, log)


def test_the_same_applicants_other_logs_are_for_the_unit_alone(client: Client, by: User) -> None:
    marks = {"log": {"applicant_email": "p.lowmoor@example.org"}}
    log = referral(by=by, subject="One", **marks)
    referral(by=by, subject="The other one", wording="Something else altogether: dogs.", **marks)
    page = _page(client, log)
    assert "It is a mark and not a name" in page
    assert "The other one" in page
    assert "lowmoor" not in page.lower()
    for role in (Role.OFFICER, Role.MANAGER, Role.AUDITOR):
        client.force_login(factories.person(role))
        page = _page(client, log)
        assert "Same applicant" not in page
        assert "The other one" not in page


def test_next_steps_follow_the_status(client: Client, by: User) -> None:
    log = referral(by=by)
    assert list(_steps(client, log)) == ["Triage it", "Assign an adviser"]
    triaged(log, by=by)
    assert list(_steps(client, log)) == ["Consult a portfolio lead", "Give advice"]
    draft_advice(referral_id=log.pk, by=by, at=AT, text="To be finished.")
    assert "Finish the draft and give the advice" in _steps(client, log)
    given = advise(log, by)
    assert list(_steps(client, log)) == ["Circulate advice 1", "Close it"]
    circulate(advice_id=given.pk, by=by, at=AT, today=TODAY)
    assert list(_steps(client, log)) == ["Record what Lancashire did with the advice", "Close it"]
    close_referral(referral_id=log.pk, by=by, at=AT, today=TODAY, closing="advised")
    assert list(_steps(client, log)) == ["Reopen it"]
    assert "Give advice" not in _page(client, log)


def test_a_grouped_log_leads_to_the_national_one_for_advice(client: Client, by: User) -> None:
    national, member = referral(by=by), referral(by=by)
    triaged(member, by=by)
    group(referral_id=national.pk, member_ids=[member.pk], by=by, at=AT)
    steps = {s.label: s for s in client.get(member.get_absolute_url()).context["steps"]}
    assert steps["Advise on the national log"].url == national.get_absolute_url()
    assert "Give advice" not in steps


def test_who_only_reads_is_told_why_they_cannot_act(client: Client, by: User) -> None:
    log = referral(by=by)
    client.force_login(factories.person(Role.OFFICER))
    assert _steps(client, log)["Triage it"] == (
        "Your role does not let you work on referrals. It takes one of: CRU adviser."
    )
    page = _page(client, log)
    for link in ("triage", "assign", "details", "forces/add", "close", "group", "advise", "consult"):
        assert f"{log.get_absolute_url()}{link}/" not in page


def test_who_has_nothing_to_do_with_referrals_sees_none(client: Client, by: User) -> None:
    log = referral(by=by)
    client.force_login(factories.person(Role.ADMINISTRATOR))
    assert client.get(log.get_absolute_url()).status_code == 403
    client.force_login(by)
    assert client.get(reverse("referrals:referral", args=[2026, 4711])).status_code == 404


def _queries(client: Client, log: Referral) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(log.get_absolute_url()).status_code == 200
    return len(captured)


def _everything(log: Referral, by: User, number: int, names: list[str]) -> None:
    """`number` of everything a page shows, or a log with that many of it grouped under this one."""
    common: dict[str, Any] = {"by": by, "at": AT, "today": TODAY}
    for count in range(number):
        asked = consult(
            referral_id=log.pk,
            lead_id=lead(portfolio=f"Portfolio {log.pk} {count}").pk,
            question="Is it?",
            **common,
        )
        record_correspondence(
            referral_id=log.pk,
            direction=Direction.OUT,
            dated_on=TODAY,
            text="Is it?",
            consultation_id=asked.pk,
            **common,
        )
        record_correspondence(
            referral_id=log.pk,
            direction=Direction.IN,
            dated_on=TODAY,
            text="It is.",
            with_force_id=log.forces.order_by("pk").values_list("pk", flat=True)[0],
            **common,
        )
    members = [referral(by=by, forces=[name]) for name in names[:number]]
    group(referral_id=log.pk, member_ids=[one.pk for one in members], by=by, at=AT)
    for _ in range(number):
        given = advise(log, by)
        for told in circulate(advice_id=given.pk, **common):
            record_uptake(told_id=told.pk, uptake=Uptake.ADOPTED, **common)
    for own in log.forces.all():
        record_outcome(referral_force_id=own.pk, outcome=ForceOutcome.REFUSED, on=TODAY, **common)
    for _ in range(number):
        referral(by=by, log={"applicant_email": "p.lowmoor@example.org"})


def test_it_takes_as_many_queries_for_a_large_log_as_for_a_small_one(client: Client, by: User) -> None:
    flags = [Flag.ROUND_ROBIN, Flag.COVERT_TACTICS]
    own = [entry(name, wording=f"How many drones has {name}?", request_received_on=RECEIVED) for name in
           ("Kent Police", "Essex Police", "Surrey Police", "Sussex Police", "Dorset Police")]  # fmt: skip
    marks = {"applicant_email": "p.lowmoor@example.org"}
    names = ["Cleveland Police", "Durham Constabulary", "Gwent Police", "Norfolk Constabulary"]
    small = referral(by=by, forces=own[:2], flags=flags, log=marks)
    _everything(small, by, 1, names)
    large = referral(by=by, forces=own, flags=flags, log=marks)
    _everything(large, by, 4, names)
    client.get(small.get_absolute_url())
    assert _queries(client, large) == _queries(client, small) <= 35


def test_a_force_contact_is_given_their_forces_part_alone(client: Client, by: User) -> None:
    log = logs.log("Fernshire", "Moorland", scope="several")
    contact = factories.person(Role.FORCE_CONTACT)
    ForceContact.objects.create(user=contact, force=logs.force("Fernshire"), since=AT)
    client.force_login(contact)
    response = client.get(log.get_absolute_url())
    assert response.templates[0].name.startswith("referrals/force_view/")
    assert "Moorland" not in _text(response)
    assert client.get(logs.log("Moorland").get_absolute_url()).status_code == 404


def test_roles_of_a_force_are_told_apart(client: Client, by: User) -> None:
    consulted = entry("Surrey Police", role=ForceRole.CONSULTED)
    page = _page(client, referral(by=by, forces=["Kent Police", consulted]))
    assert "Referred by" in page
    assert "Consulted" in page
    assert "Form received 02/03/2026" in page
    assert "No form received" in page
