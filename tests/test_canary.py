"""Who asks, typed into every place of a case, corrected, and then looked for wherever anything is kept or shown."""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import redis
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from pypdf import PdfReader

from foitracker.accounts.roles import Role
from foitracker.mail.models import OutboxMessage
from referrals.models import AdviceTold, Referral, ReferralUnit
from referrals.queries.forces import find_force
from requests_app.models import FoiRequest, Letter
from requests_app.operations.calendar_feed import create_feed
from requests_app.operations.response import approve_letter, submit_letter
from tests.factories import Staff, authority, person
from tests.referrals.operations.advised import advise
from tests.requests_app.views.casework import Desk, day
from tests.test_routes import routes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]

NAME, EMAIL, ADDRESS = (
    "Zebedee Quillfeather",
    "z.quillfeather@example.org",
    "37 Larkspur Close, Fareham PO14 9ZZ",
)
#: What must be found nowhere else.
CANARIES = ("Quillfeather", "quillfeather@example.org", "37 Larkspur", "PO14 9ZZ")
SAYING = f"{NAME} ({EMAIL}) of {ADDRESS} says so."
WORDS = f"""Dear FOI team,

1. How many patrols were there in 2025, as {NAME} asked before?
2. What did they cost?

Yours faithfully,
{NAME}
{ADDRESS}
{EMAIL}"""
#: The tables that may hold it: who asks, their sealed words, what was sent to them.
ALLOWED = {
    "requests_app_applicant",
    "requests_app_sealedwords",
    "requests_app_letter",
    "mail_outboxmessage",
    "mail_outboxattachment",
}


def log(desk_of: Client) -> FoiRequest:
    form = {
        **day("received_on", date(2026, 3, 2)),
        "channel": "email",
        "regime": "FOIA",
        "subject": f"Patrols, asked by {NAME}",
        "priority": "high",
        "priority_reason": SAYING,
        "words": WORDS,
        "name": NAME,
        "email": EMAIL,
        "postal_address": ADDRESS.replace(", ", "\n").replace(" PO14", "\nPO14"),
        "intake_key": "7b0c2f8e-0d6f-4f9b-9a51-0c5c1d1f0a11",
    }
    page = reverse("requests_app:new_request")
    refused = desk_of.post(page, form)
    assert {"subject", "words", "priority_reason"} <= refused.context["form"].errors.keys()
    form |= {"subject": "Patrols", "priority_reason": "A court waits for it."}
    form |= {"traces_seen": refused.context["form"]["traces_seen"].value()}
    assert desk_of.post(page, form).status_code == 302
    return FoiRequest.objects.get()


def type_and_correct(desk: Desk, page: str, data: dict[str, Any], *texts: str, confirm: bool = False) -> None:
    """Type the canary into each of `texts`, see it refused, and send what it should have been."""
    send = desk.confirm if confirm else desk.post
    for text in texts:
        refused = desk.post(page, {**data, text: SAYING})
        assert refused.status_code == 422, (page, text)
        assert "Write “the applicant” instead" in refused.content.decode(), (page, text)
    assert send(page, data).status_code == 302, page


def work(desk: Desk, case: FoiRequest) -> None:
    """Type it into everything an officer writes on the way to a draft of the answer."""
    desk.post("assign/", {"officer": case.logged_by_id})
    details = {
        **day("received_on", date(2026, 3, 2)),
        "channel": "email",
        "regime": "FOIA",
        "subject": "Patrols",
        "interpretation": "Patrols on foot and in cars.",
        "priority": "high",
        "priority_reason": "A court waits for it.",
    }
    type_and_correct(desk, "details/", details, "subject", "interpretation", "priority_reason")
    type_and_correct(desk, "note/", {"text": "Rang the applicant."}, "text")
    rows = {"TOTAL_FORMS": 2, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 500}
    rows |= {"0-label": "1", "0-text": "How many patrols were there in 2025, as **** asked before?"}
    rows |= {"1-label": "2", "1-text": "What did they cost?"}
    type_and_correct(desk, "items/", {f"rows-{name}": value for name, value in rows.items()}, "rows-1-text")
    question = {**day("asked_on", date(2026, 3, 4)), "question": "Which costs?"}
    type_and_correct(desk, "clarifications/ask/", question, "question", confirm=True)
    answer = {
        **day("answered_on", date(2026, 3, 5)),
        "answer": f"The fuel.\n\nRegards,\n{NAME}\n{ADDRESS}",
        "effect": "narrows",
        "effect_reason": "It was clear as it stood.",
    }
    type_and_correct(desk, "clarifications/answer/", answer, "effect_reason", confirm=True)
    search = {
        "searched": "Shared drive",
        "searched_by": "Patrol planning",
        **day("searched_on", date(2026, 3, 10)),
        "criteria": "patrol, cost",
        "result": "Two sheets.",
        "holding": "held",
    }
    type_and_correct(desk, "searches/add/", search, "searched", "searched_by", "criteria", "result")
    promise = {"promised": "When the answer will be sent.", **day("due_on", timezone.localdate())}
    type_and_correct(desk, "promises/add/", promise, "promised")
    said = {"said": "That it will be sent next week.", **day("said_on", timezone.localdate())}
    type_and_correct(desk, f"promises/{case.contact_tasks.get().pk}/said/", said, "said")
    first, second = case.items.all()
    decision = {"disposition": "disclosed", "explanation": "Enclosed."}
    type_and_correct(desk, f"items/{first.pk}/decide/", decision, "explanation")
    part = {"disposition": "partly_disclosed", "explanation": "Enclosed but for the fuel cards."}
    type_and_correct(desk, f"items/{second.pk}/decide/", part, "explanation")
    claim = {
        "limbs": ["31(1)(a)"],
        "items": [second.pk],
        "why_applies": "The cards say where cars are.",
        "prejudice": "would_be_likely",
        "harm": "Offenders would keep away.",
        "factors_for": "It shows what is spent.",
        "factors_against": "Crime would be harder to detect.",
        "balance": "The harm outweighs what would be learnt.",
    }
    texts = ("why_applies", "harm", "factors_for", "factors_against", "balance")
    type_and_correct(desk, "claims/add/31/", claim, *texts)
    draft = {"kind": "part_refusal", "answer": "Most of it is enclosed.", "enclosures": "The sheet"}
    type_and_correct(desk, "letters/draft/answer/", draft, "answer", "enclosures")


def refer(desk: Desk, case: FoiRequest) -> Referral:
    ReferralUnit.objects.update(own_force=find_force("National Police Chiefs' Council"))
    page = reverse("referrals:refer", args=[case.year, case.number])
    form = {
        "trigger": "advice",
        "subject": "Patrols",
        "wording": desk.client.get(page).context["form"].initial["wording"],
        "seen_version": FoiRequest.objects.get().version,
    }
    for name in ("subject", "wording"):
        assert desk.client.post(page, {**form, name: SAYING, "not_the_applicant": "on"}).status_code == 422
    assert desk.client.post(page, form).status_code == 302
    return Referral.objects.get()


def kept_in_database() -> dict[str, list[str]]:
    """Every row of every table that holds a canary, by table, as text; bytes too."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            for (row,) in cursor.fetchall():
                text = _with_bytes(row)
                if any(canary.casefold() in text.casefold() for canary in CANARIES):
                    found.setdefault(table, []).append(row[:300])
    return found


def _with_bytes(row: str) -> str:
    """A row as text, its binary columns (written as hex) read too."""
    parts = [row]
    for word in row.split(","):
        if word.startswith('"\\\\x'):
            parts.append(bytes.fromhex(word.strip('")')[3:]).decode("latin-1"))
    return " ".join(parts)


def sign_in_with_every_role_of_casework() -> Client:
    roles = [Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.REVIEWER, Role.CRU_ADVISER, Role.MANAGER]
    client = Client()
    client.force_login(person(*roles, name="Everybody"))
    return client


#: Pages that exist to show who asks, or what was sent to them.
MAY_TELL = {"applicant", "applicant_change", "sealed_words", "letter", "letter_html", "letter_pdf"}


def every_address(case: FoiRequest, referral: Referral, letter: Letter, token: str) -> list[str]:
    """Every page and file of the tracker that a case, its log, its letter and its first row of each kind have."""
    logged = [referral.year, referral.number]
    tried = (
        [],
        [1],
        [token],
        [case.year, case.number],
        logged,
        [*logged, 1],
        [case.year, case.number, letter.pk],
    )
    found = [f"/requests/{case.year}/{case.number + 1}/"]
    for name in routes(get_resolver().url_patterns):
        if name == "account_logout" or name.partition(":")[2] in MAY_TELL:
            continue
        for arguments in tried:
            with suppress(NoReverseMatch):
                found.append(reverse(name, args=arguments))
    return found


def canaries_in(page: HttpResponseBase) -> list[str]:
    """The canaries in what a page, a feed, a download or a PDF says, its headers and title too."""
    body = b"".join(page.streaming_content) if page.streaming else page.content
    text = f"{page.headers} {body.decode('utf-8', 'replace')}"
    if page.headers.get("Content-Type") == "application/pdf":
        pdf = PdfReader(BytesIO(body))
        text = f"{pdf.metadata} {' '.join(sheet.extract_text() for sheet in pdf.pages)}"
    return [canary for canary in CANARIES if canary.casefold() in text.casefold()]


def test_who_asks_is_kept_where_it_belongs_and_nowhere_else(
    staff: Staff, caplog: pytest.LogCaptureFixture, client: Client
) -> None:
    authority()
    caplog.set_level(logging.DEBUG)
    client.force_login(staff.officer)
    case = log(client)
    desk = Desk(staff.officer, case)
    work(desk, case)
    referral = refer(desk, case)
    advise(referral, person(Role.CRU_ADVISER), at=timezone.now(), today=timezone.localdate())
    take_up = reverse("referrals:take_up", args=[case.year, case.number, AdviceTold.objects.get().pk])
    taken = {"uptake": "departed", "reason": SAYING, "not_the_applicant": "on"}
    assert client.post(take_up, taken).status_code == 422
    assert client.post(take_up, {**taken, "reason": "The figures are published."}).status_code == 302
    letter = Letter.objects.get()
    submit_letter(letter_id=letter.pk, by=staff.officer, at=timezone.now(), today=timezone.localdate())
    approve_letter(
        letter_id=letter.pk, by=staff.decision_maker, at=timezone.now(), today=timezone.localdate()
    )
    issue = {
        **day("on", timezone.localdate()),
        "despatch": "email",
        "late_reason": "volume",
        "late_step": "issue",
    }
    issued = desk.post(f"letters/{letter.pk}/issue/", issue)
    assert issued.status_code == 302, issued.content.decode()[:3000]

    assert kept_in_database().keys() <= ALLOWED
    message = OutboxMessage.objects.get(to=EMAIL)
    assert not any(canary in message.subject for canary in CANARIES)
    _, token = create_feed(by=staff.officer, at=timezone.now(), days=30)
    everybody = sign_in_with_every_role_of_casework()
    addresses = every_address(case, referral, letter, token)
    pages = {address: everybody.get(address) for address in addresses}
    assert sum(page.status_code == 200 for page in pages.values()) > 60
    assert {address: found for address, page in pages.items() if (found := canaries_in(page))} == {}
    for searched, is_found in (("Patrols", True), ("Quillfeather", False)):
        page = everybody.get(reverse("requests_app:register"), {"status": "all", "q": searched})
        assert (case.reference in page.content.decode()) == is_found, searched
    assert not [canary for canary in CANARIES if canary in caplog.text]
    assert not _held_by_redis()
    assert not _held_by_sessions()


def _held_by_redis() -> list[str]:
    """The keys of Redis whose name or value, of whatever type, holds a canary."""
    server = redis.Redis.from_url(os.environ["REDIS_URL"])
    read: dict[bytes, Callable[[bytes], Any]] = {
        b"string": server.get,
        b"list": lambda key: server.lrange(key, 0, -1),
        b"set": server.smembers,
        b"hash": server.hgetall,
        b"zset": lambda key: server.zrange(key, 0, -1),
        b"stream": server.xrange,
    }
    return [
        str(key)
        for key in server.scan_iter("*")
        if any(canary in f"{key} {read[server.type(key)](key)}" for canary in CANARIES)
    ]


def _held_by_sessions() -> list[dict[str, Any]]:
    """The sessions that hold a canary; in the table they are encoded."""
    sessions = [session.get_decoded() for session in Session.objects.all()]
    return [held for held in sessions if any(canary in str(held) for canary in CANARIES)]
