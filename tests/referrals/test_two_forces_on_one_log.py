"""Two forces on one log, a portfolio lead, and canaries: what belongs to one of them reaches none of the others."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible
from foitracker.mail.models import OutboxMessage
from foitracker.mail.tasks import send_outbox
from referrals.models import Advice, Consultation, Force, ForceContact, ForceName, Referral, ReferralForce
from referrals.operations.advice import circulate, give_advice
from referrals.operations.consultation import consult
from referrals.operations.correspondence import chase, record_correspondence
from referrals.operations.intake import add_force, change_details, change_force, log_referral
from referrals.operations.other_forces import OtherForcesNamed
from referrals.rules.force_names import normalise
from referrals.rules.vocabulary import Scope
from tests.conftest import Mailbox
from tests.factories import person
from tests.referrals.factories import AT, RECEIVED, details, entry
from tests.referrals.operations.advised import TODAY, lead, mailbox
from tests.referrals.views.test_new_referral import NEW, filled, of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]

NORTH, SOUTH = "NTH-2026-5511", "STH/26/9933"
NORTH_WORDS, SOUTH_WORDS = "the northern canary plan", "the southern canary plan"
WHEN = {"at": AT, "today": TODAY}


def named(name: str) -> Force:
    force = mailbox(name)
    for called in (force.name, force.short):
        ForceName.objects.create(force=force, name=called, normalised=normalise(called), kind="official")
    return force


@pytest.fixture
def adviser() -> User:
    return person(Role.CRU_ADVISER)


@pytest.fixture
def north() -> Force:
    return named("Northmark")


@pytest.fixture
def south() -> Force:
    return named("Southmark")


@pytest.fixture
def log(adviser: User, north: Force, south: Force) -> Referral:
    """Both forces, each with wording of its own; a third wording is the log's."""
    return log_referral(
        by=adviser,
        at=AT,
        today=RECEIVED,
        details=details(scope=Scope.SEVERAL, wording="the plan of patrols"),
        forces=[
            entry(north, reference=NORTH, wording=NORTH_WORDS),
            entry(south, reference=SOUTH, wording=SOUTH_WORDS),
        ],
    )


def on(log: Referral, force: Force) -> ReferralForce:
    return log.forces.get(force=force)


def contact_of(force: Force, adviser: User) -> Client:
    user = person(Role.FORCE_CONTACT)
    ForceContact.objects.create(user=user, force=force, since=AT, made_by=adviser)
    client = Client()
    client.force_login(user)
    return client


def pasted(force: Force, reference: str) -> Iterator[str]:
    """Headers as they stand in what a force sent."""
    yield f"Subject: Your referral\nOur ref: {reference.replace('-', ' ').replace('/', '-').lower()}\n"
    yield f"From: FOI <{force.email.upper()}>"


@pytest.mark.parametrize("number", [0, 1], ids=["reference", "mailbox"])
def test_what_was_pasted_from_one_force_enters_nothing_that_another_reads(
    log: Referral, adviser: User, north: Force, south: Force, number: int
) -> None:
    header = list(pasted(north, NORTH))[number]
    common: dict[str, Any] = {"referral_id": log.pk, "by": adviser, "names_confirmed": True}
    attempts = {
        "advice": lambda: give_advice(
            **common, **WHEN, text=f"Withhold it.\n{header}", identity_confirmed=True
        ),
        "correspondence": lambda: record_correspondence(
            **common,
            **WHEN,
            direction="in",
            dated_on=TODAY,
            text=header,
            with_force_id=on(log, south).pk,
            identity_confirmed=True,
        ),
        "chaser": lambda: chase(
            **common, **WHEN, text=header, force_ids=[on(log, south).pk], identity_confirmed=True
        ),
        "the log's words": lambda: change_details(
            **common, **WHEN, details=details(scope=Scope.SEVERAL, wording=header), identity_confirmed=True
        ),
        "another force's words": lambda: change_force(
            **common,
            **WHEN,
            involved_id=on(log, south).pk,
            entry=entry(south, reference=SOUTH, wording=header),
            identity_confirmed=True,
        ),
    }
    for attempt in attempts.values():
        with pytest.raises(NotPossible, match="of Northmark"):
            attempt()
    question = {key: value for key, value in common.items() if key != "names_confirmed"}
    with pytest.raises(NotPossible, match="or a portfolio lead"):
        consult(**question, **WHEN, lead_id=lead().pk, question=header, identity_confirmed=True)
    assert not OutboxMessage.objects.exists()
    assert not Advice.objects.exists()
    assert not Consultation.objects.exists()


def test_a_force_is_written_to_about_its_own_reference(log: Referral, adviser: User, north: Force) -> None:
    chase(
        referral_id=log.pk,
        by=adviser,
        **WHEN,
        text=f"We wait for your answer on {NORTH}.",
        force_ids=[on(log, north).pk],
    )
    assert NORTH in OutboxMessage.objects.get().body


def test_a_name_is_shown_and_confirmed_or_taken_out_and_that_is_recorded(
    log: Referral, adviser: User
) -> None:
    given: dict[str, Any] = {
        "referral_id": log.pk,
        "by": adviser,
        **WHEN,
        "text": "As Southmark did in 2019.",
    }
    with pytest.raises(OtherForcesNamed, match=r"“Southmark” of Southmark \(line 1\)") as refused:
        give_advice(**given)
    assert refused.value.field == "names_confirmed"
    advice = give_advice(**given, names_confirmed=True)
    assert timeline(log.reference)[0].detail["forces_named"] == ["Southmark"]
    circulate(advice_id=advice.pk, by=adviser, **WHEN)


def test_the_page_shows_the_name_with_a_box_that_confirms_it(
    log: Referral, adviser: User, client: Client
) -> None:
    client.force_login(adviser)
    address = reverse("referrals:advise", args=[log.year, log.number])
    assert "names_confirmed" not in client.get(address).content.decode()
    sent = {"text": "As Southmark did in 2019.", "marking": "official", "then": "give"}
    refused = client.post(address, sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert page.count('name="names_confirmed"') == 1
    assert "“Southmark” of Southmark (line 1)" in page
    assert client.post(address, {**sent, "names_confirmed": "on"}).status_code == 302
    assert Advice.objects.get().is_given


def test_the_page_of_a_new_referral_does_the_same(
    adviser: User, north: Force, south: Force, client: Client
) -> None:
    client.force_login(adviser)
    sent = filled(
        of(north.name, reference=NORTH),
        of(south.name),
        scope="several",
        wording="What Southmark and others did",
    )
    refused = client.post(NEW, sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "“Southmark” of Southmark (line 1)" in page
    assert page.count('name="names_confirmed"') == 1
    assert client.post(NEW, {**sent, "names_confirmed": "on"}).status_code == 302
    assert Referral.objects.get().forces.count() == 2


def test_a_reference_that_is_in_the_words_already_keeps_a_force_from_joining_with_it(
    adviser: User, north: Force, south: Force
) -> None:
    log = log_referral(
        by=adviser,
        at=AT,
        today=RECEIVED,
        details=details(wording=f"the plan, as in {SOUTH}"),
        forces=[entry(north, reference=NORTH)],
    )
    joining = {"referral_id": log.pk, "by": adviser, **WHEN, "scope": Scope.SEVERAL}
    with pytest.raises(NotPossible, match="of Southmark"):
        add_force(**joining, entry=entry(south, reference=SOUTH, came=TODAY))
    assert log.forces.count() == 1
    add_force(**joining, entry=entry(south, reference="STH/26/1", came=TODAY))


def test_advice_given_before_a_force_joined_is_not_circulated_with_its_reference(
    adviser: User, north: Force, south: Force
) -> None:
    log = log_referral(
        by=adviser,
        at=AT,
        today=RECEIVED,
        details=details(),
        forces=[entry(north, reference=NORTH)],
    )
    advice = give_advice(referral_id=log.pk, by=adviser, **WHEN, text=f"See {SOUTH}.")
    add_force(
        referral_id=log.pk,
        by=adviser,
        **WHEN,
        scope=Scope.SEVERAL,
        entry=entry(south, reference=SOUTH, came=TODAY),
    )
    with pytest.raises(NotPossible, match="of Southmark"):
        circulate(advice_id=advice.pk, by=adviser, **WHEN)
    assert not OutboxMessage.objects.exists()


def test_nothing_of_one_force_is_in_anything_the_other_or_a_lead_is_given(
    log: Referral, adviser: User, north: Force, south: Force, smtp_server: Mailbox
) -> None:
    """The canaries: reference, mailbox and own wording of each, through advice, chaser, consultation and packs."""
    advice = give_advice(referral_id=log.pk, by=adviser, **WHEN, text="Withhold the places.")
    circulate(advice_id=advice.pk, by=adviser, **WHEN)
    chase(
        referral_id=log.pk,
        by=adviser,
        at=AT,
        today=TODAY + timedelta(days=1),
        text="Please answer.",
        force_ids=[on(log, north).pk, on(log, south).pk],
    )
    asked = consult(referral_id=log.pk, by=adviser, **WHEN, lead_id=lead().pk, question="Is it published?")
    send_outbox()

    canaries = {
        north: [NORTH, north.email, NORTH_WORDS, "Northmark"],
        south: [SOUTH, south.email, SOUTH_WORDS, "Southmark"],
    }
    for own, other in ((north, south), (south, north)):
        client = contact_of(own, adviser)
        seen = _pages(client, log) + _mail(smtp_server, own.email)
        assert canaries[own][0] in seen
        assert canaries[own][2] in seen
        assert not [word for word in canaries[other] if word.lower() in seen.lower()], own

    seen = _mail(smtp_server, "lead@example.org")
    client = Client()
    client.force_login(adviser)
    pack = reverse("referrals:pack", args=[log.year, log.number])
    seen += _pdf(client.get(f"{pack}?lead={asked.pk}").content)
    never = [NORTH, SOUTH, north.email, south.email]
    assert "Is it published?" in seen
    assert not [word for word in never if word.lower() in seen.lower()]


def _pages(client: Client, log: Referral) -> str:
    """All that a force contact can open: page, list, search, export, pack, calendar and statistics, as text."""
    at = [log.year, log.number]
    text = client.get(reverse("referrals:referral", args=at)).content.decode()
    text += client.get(reverse("referrals:log")).content.decode()
    for search in ("", "canary", NORTH, SOUTH):
        text += b"".join(client.get(reverse("referrals:log_csv"), {"q": search})).decode()
    text += _pdf(client.get(reverse("referrals:pack", args=at)).content)
    for name in ("requests_app:calendar_feed_page", "referrals:statistics", "referrals:consult"):
        arguments = at if name == "referrals:consult" else []
        assert client.get(reverse(name, args=arguments)).status_code == 403
    return text


def _mail(server: Mailbox, address: str) -> str:
    text = ""
    for message, recipients in zip(server.messages, server.recipients, strict=True):
        if recipients == [address]:
            headers = "\n".join(f"{name}: {value}" for name, value in message.items() if name != "To")
            text += headers
            for part in message.walk():
                if part.get_content_type() == "text/plain":
                    text += part.get_content()  # type: ignore[attr-defined]
                if part.get_content_type() == "application/pdf":
                    text += _pdf(part.get_content())  # type: ignore[attr-defined]
    return text


def _pdf(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)
