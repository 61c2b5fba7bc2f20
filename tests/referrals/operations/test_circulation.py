"""One advice to every force it concerns: each told once, of its own log, and of no other force."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.mail import get_connection
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.casework.refusals import NotPossible
from foitracker.mail.models import OutboxMessage
from foitracker.mail.operations import send_next_due
from referrals.models import AdviceTold, Correspondence, Force, Referral
from referrals.operations.advice import circulate, draft_advice
from referrals.operations.intake import add_force
from referrals.rules.vocabulary import ForceRole, Marking, Trigger
from referrals.rules.workflow import ReferralStatus
from requests_app.models import FoiRequest, IssueHold
from requests_app.operations.consultation import check_not_held, place_hold
from tests import factories
from tests.conftest import Mailbox
from tests.referrals.factories import adviser, entry, referral
from tests.referrals.operations.advised import ADVICE, AT, TODAY, advise, mailbox, national_log

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def grouped(under: Referral, *forces: Force, **log: object) -> Referral:
    """Return a national log grouped under another one."""
    found = national_log(*forces, by=adviser(), **log)
    found.national_log = under
    found.save()
    return found


def sent() -> int:
    """Hand what is queued to the mail server; return how many."""
    through = get_connection()
    number = 0
    while send_next_due(at=AT, through=through):
        number += 1
    through.close()
    return number


def test_each_force_is_told_by_a_message_of_its_own(smtp_server: Mailbox) -> None:
    by = adviser()
    log = national_log(mailbox("Larch"), mailbox("Alder"), mailbox("Hazel", email=""), by=by)
    advice = advise(log, by, marking=Marking.OFFICIAL_SENSITIVE)
    told = circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY)
    assert {str(one.told_to.force): one.by_email for one in told} == {
        "Alder Constabulary": True,
        "Hazel Constabulary": False,
        "Larch Constabulary": True,
    }
    assert sent() == 2
    for name, other, message in zip(
        ("Alder", "Larch"), ("Larch", "Alder"), smtp_server.messages, strict=True
    ):
        words = message.as_string() + message.get_content()  # type: ignore[attr-defined]
        assert message["To"] == f"foi.{name.lower()}@example.org"
        assert message["Subject"] == f"CRU log {log.log_number}"
        assert f"Your reference: {name.upper()}/1" in words
        assert other.lower() not in words.lower()
        assert "hazel" not in words.lower()
        body = message.get_content().replace("\r\n", "\n").strip()  # type: ignore[attr-defined]
        assert ADVICE in body
        assert "Exemptions suggested: 31(1)(a)" in body
        assert body.splitlines()[0] == body.splitlines()[-1] == "OFFICIAL-SENSITIVE"
    keys = set(OutboxMessage.objects.values_list("key", flat=True))
    assert keys == {f"advice-{advice.pk}-{one.told_to_id}" for one in told if one.by_email}


def test_it_is_kept_among_each_forces_correspondence_and_on_the_trail_once() -> None:
    by = adviser()
    log = national_log(mailbox("Larch"), mailbox("Hazel", email=""), by=by)
    advice = advise(log, by)
    circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY)
    letters = {one.with_force.force.short: one for one in Correspondence.objects.all() if one.with_force}
    assert {name: one.kind for name, one in letters.items()} == {
        "Larch": "circulation",
        "Hazel": "circulation",
    }
    assert letters["Larch"].message_key == OutboxMessage.objects.get().key
    assert letters["Hazel"].message_key == ""
    event = Entry.objects.get(event="advice_circulated")
    assert event.detail["told"] == ["Hazel Constabulary", "Larch Constabulary"]
    assert event.detail["by_email"] == 1
    assert ADVICE[:10] not in str(event.detail)


def test_a_second_circulation_tells_only_who_came_later() -> None:
    by = adviser()
    log = national_log(mailbox("Larch"), by=by)
    advice = advise(log, by)
    circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY)
    assert circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY) == []
    add_force(
        referral_id=log.pk,
        by=by,
        at=AT,
        today=TODAY,
        entry=entry(mailbox("Alder"), role=ForceRole.LOGGED_WITH, trigger=Trigger.CORRESPONDENCE),
    )
    (told,) = circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY)
    assert told.told_to.force.short == "Alder"
    assert OutboxMessage.objects.count() == AdviceTold.objects.count() == 2
    assert Entry.objects.filter(event="advice_circulated").count() == 2


def test_only_the_forces_chosen_are_told_and_none_that_it_does_not_concern() -> None:
    by = adviser()
    log = national_log(larch := mailbox("Larch"), mailbox("Alder"), by=by)
    other = referral()
    advice = advise(log, by)
    with pytest.raises(NotPossible, match="not concerned"):
        circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY, force_ids=[other.forces.get().pk])
    (told,) = circulate(
        advice_id=advice.pk, by=by, at=AT, today=TODAY, force_ids=[log.forces.get(force=larch).pk]
    )
    assert told.told_to.force == larch


def test_grouped_logs_are_told_with_their_own_number_and_are_advised_on(smtp_server: Mailbox) -> None:
    by = adviser()
    log = national_log(mailbox("Larch"), by=by)
    member = grouped(log, mailbox("Alder"))
    closed = grouped(log, mailbox("Hazel"))
    Referral.objects.filter(pk=closed.pk).update(status="closed", closed_on=TODAY, closing="withdrawn")
    advice = advise(log, by)
    told = circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY)
    assert {one.told_to.force.short for one in told} == {"Larch", "Alder"}
    member.refresh_from_db()
    assert (member.status, member.advised_on, member.reply_by) == (ReferralStatus.ADVISED, TODAY, None)
    event = Entry.objects.get(event="national_advice_told")
    assert (event.subject, event.detail["version"]) == (member.reference, member.version)
    sent()
    message = next(one for one in smtp_server.messages if one["To"] == "foi.alder@example.org")
    assert message["Subject"] == f"CRU log {member.log_number}"
    assert f"on the national log {log.log_number}" in " ".join(message.get_content().split())  # type: ignore[attr-defined]


def test_a_grouped_log_whose_forces_are_left_out_still_awaits_advice() -> None:
    by = adviser()
    log = national_log(larch := mailbox("Larch"), by=by)
    member = grouped(log, mailbox("Alder"))
    advice = advise(log, by)
    circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY, force_ids=[log.forces.get(force=larch).pk])
    member.refresh_from_db()
    assert (member.status, member.version) == (ReferralStatus.LOGGED, 1)


def ours(member: Referral, case: FoiRequest) -> None:
    """Make a log that of a request of our own."""
    Referral.objects.filter(pk=member.pk).update(own_request=case)
    member.forces.update(reference=case.reference)


def test_national_advice_reaches_our_own_request_behind_a_grouped_log() -> None:
    by, officer = adviser(), factories.person(Role.OFFICER)
    log = national_log(mailbox("Larch"), by=by)
    member = grouped(log, mailbox("Alder"))
    case = factories.request_with_items("1", officer=officer)
    ours(member, case)
    place_hold(case_id=case.pk, by=officer, at=AT, awaited=member.title, page=member.get_absolute_url())
    circulate(advice_id=advise(log, by).pk, by=by, at=AT, today=TODAY)
    with pytest.raises(NotPossible, match="Record first whether it is adopted"):
        check_not_held(case)
    assert not OutboxMessage.objects.filter(to="foi.alder@example.org").exists()  # it is read on the casefile


def test_requests_of_our_own_are_locked_before_the_trail() -> None:
    """Whoever works on one of them holds it and waits for the trail: who has the trail may not wait for them."""
    by, officer = adviser(), factories.person(Role.OFFICER)
    log = national_log(mailbox("Larch"), by=by)
    for name in ("Alder", "Hazel"):
        case = factories.request()
        member = grouped(log, mailbox(name))
        ours(member, case)
        place_hold(case_id=case.pk, by=officer, at=AT, awaited=member.title, page="/")
    advice = advise(log, by)
    with CaptureQueriesContext(connection) as captured:
        circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY)
    locks = [query["sql"] for query in captured if "FOR UPDATE" in query["sql"]]
    first_of_the_trail = next(n for n, sql in enumerate(locks) if "audit_head" in sql)
    before = [sql for sql in locks[:first_of_the_trail] if 'FROM "requests_app_foirequest"' in sql]
    assert "IN (" in before[0]
    assert IssueHold.objects.filter(advised_at__isnull=False).count() == 2


def test_a_draft_and_advice_that_was_replaced_are_not_circulated() -> None:
    by = adviser()
    log = national_log(mailbox("Larch"), by=by)
    draft = draft_advice(referral_id=log.pk, by=by, at=AT, text="Words")
    with pytest.raises(NotPossible, match="draft"):
        circulate(advice_id=draft.pk, by=by, at=AT, today=TODAY)
    first = advise(log, by)
    advise(log, by, text="Later words.")
    with pytest.raises(NotPossible, match="Advice 2 has taken the place"):
        circulate(advice_id=first.pk, by=by, at=AT, today=TODAY)


def test_telling_forty_five_forces_takes_no_more_statements_than_telling_three() -> None:
    by = adviser()
    counts = []
    for number, trees in ((3, "Elm"), (45, "Oak")):
        log = national_log(*(mailbox(f"{trees}{n}") for n in range(number)), by=by)
        for n in range(number):
            grouped(log, mailbox(f"{trees}grouped{n}"))
        advice = advise(log, by)
        with CaptureQueriesContext(connection) as captured:
            told = circulate(advice_id=advice.pk, by=by, at=AT, today=TODAY)
        assert len(told) == 2 * number
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 26


@pytest.mark.django_db(transaction=True)
def test_two_advisers_circulating_at_once_tell_each_force_once() -> None:
    log = national_log(*(mailbox(f"Elm{n}") for n in range(5)), by=adviser())
    grouped(log, mailbox("Alder"))
    advice = advise(log, adviser())
    people = [adviser(), adviser()]
    barrier = Barrier(2)

    def tell(number: int) -> int:
        try:
            barrier.wait()
            return len(circulate(advice_id=advice.pk, by=people[number], at=AT, today=TODAY))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(tell, range(2)))
    assert sorted(told) == [0, 6]
    assert AdviceTold.objects.count() == OutboxMessage.objects.count() == 6
