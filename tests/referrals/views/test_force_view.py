"""A force contact's pages: their force's part of the logs, and nothing of another force by any address."""

import csv
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from pypdf import PdfReader

from foitracker.audit.models import Entry, RecordedAccess
from foitracker.audit.queries import accesses
from referrals import urls
from referrals.models import AdviceTold
from referrals.queries.force_view import own_logs, own_part
from referrals.rules.vocabulary import ForceRole, Scope, Trigger
from tests.referrals.factories import entry, involved, referral
from tests.referrals.views.own_force import HIDDEN, Shared, contact, shared

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def both() -> Shared:
    return shared()


@pytest.fixture
def visitor(client: Client) -> Client:
    """Signed in for Lancashire Constabulary."""
    client.force_login(contact())
    return client


def text_of(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Type") == "application/pdf":
        return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages).split())
    # The token against forged requests is another one in every answer.
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", body.decode("utf-8", "replace"))


def hidden_words(response: Any) -> list[str]:
    text = text_of(response)
    return [word for word in HIDDEN if word in text]


def below_a_log(own: Shared, log: Any, *keys: int) -> Iterator[tuple[URLPattern, str]]:
    """Return every address below the number of a log; where one takes a key, with each of `keys`."""
    for page in urls.referral_pages:
        names = set(page.pattern.converters)
        for key in keys if names else [0]:
            arguments = {"year": log.year, "number": log.number} | dict.fromkeys(names, key)
            yield page, reverse(f"referrals:{page.name}", kwargs=arguments)


def test_the_list_holds_the_force_s_own_logs(both: Shared, visitor: Client) -> None:
    response = visitor.get(reverse("referrals:log"))
    page = text_of(response)
    assert response.status_code == 200
    assert "Lancashire Constabulary" in page
    assert both.log.log_number in page
    assert both.foreign.get_absolute_url() not in page
    assert hidden_words(response) == []


def test_the_file_holds_the_same(both: Shared, visitor: Client) -> None:
    response = visitor.get(reverse("referrals:log_csv"))
    rows = list(csv.DictReader(StringIO(text_of(response).lstrip("\ufeff"))))
    assert [row["log number"] for row in rows] == [both.log.log_number]
    assert rows[0]["your reference"] == "LANCS/1"
    assert rows[0]["standing"] == "Advice given"


def test_the_log_is_shown_with_what_concerns_the_force(both: Shared, visitor: Client) -> None:
    response = visitor.get(both.log.get_absolute_url())
    page = text_of(response)
    for words in (
        "LANCS/1", "Patrol maps", "lollipop map", "larkspuradvice", "31(1)(a)", "OFFICIAL", "lavenderletter",
        "Drones", "4 March 2026", "Referred by",
    ):  # fmt: skip
        assert words in page, words
    assert hidden_words(response) == []


def test_of_two_advices_told_the_first_says_that_the_later_took_its_place(
    both: Shared, visitor: Client
) -> None:
    replaced = "A later advice took its place."
    pages = [both.log.get_absolute_url(), reverse("referrals:pack", args=[both.log.year, both.log.number])]
    assert [text_of(visitor.get(page)).count(replaced) for page in pages] == [0, 0]
    later = both.told_other.advice
    told = {"told_on": both.told.told_on, "told_at": both.told.told_at, "told_by": both.told.told_by}
    AdviceTold.objects.create(advice=later, told_to=both.own, **told)
    assert [text_of(visitor.get(page)).count(replaced) for page in pages] == [1, 1]
    assert own_part(both.log.pk, both.own.force_id).replaced == {both.told.pk}


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_force_s_log_is_not_there_by_any_address_and_the_attempt_is_on_the_trail(
    both: Shared, visitor: Client, method: str
) -> None:
    entries = Entry.objects.count()
    before = RecordedAccess.objects.count()
    tried = 0
    for page, address in below_a_log(both, both.foreign, both.foreign.forces.get().pk, both.told_other.pk):
        absent = address.replace(f"/{both.foreign.number}/", "/99999/", 1)
        hidden, none = getattr(visitor, method)(address), getattr(visitor, method)(absent)
        assert (hidden.status_code, none.status_code) == (404, 404), page.name
        assert text_of(hidden) == text_of(none), page.name
        tried += 1
    looks = accesses(subject=both.foreign.reference)
    assert tried >= len(urls.referral_pages)
    assert len(looks) == tried == RecordedAccess.objects.count() - before
    assert Entry.objects.count() == entries
    assert {(look.event, look.actor_id) for look in looks} == {
        ("referral_refused", int(visitor.session["_auth_user_id"]))
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_about_the_shared_log_tells_of_the_other_force(
    both: Shared, visitor: Client, method: str
) -> None:
    keys = (both.own.pk, both.other.pk, both.told.pk, both.told_other.pk)
    leaks = {}
    for _page, address in below_a_log(both, both.log, *keys):
        response = getattr(visitor, method)(address)
        assert response.status_code in {200, 302, 403, 404, 405, 409, 422}, address
        if found := hidden_words(response):
            leaks[address] = found
    assert leaks == {}


def test_no_page_beside_the_logs_tells_of_another_force(both: Shared, visitor: Client) -> None:
    let_in = set()
    for page in (*urls.log_pages, *urls.statistics_pages, *urls.settings_pages):
        arguments = dict.fromkeys(page.pattern.converters, 1)
        response = visitor.get(reverse(f"referrals:{page.name}", kwargs=arguments))
        assert hidden_words(response) == [], page.name
        if response.status_code not in {403, 405}:
            let_in.add(page.name)
    assert let_in == {"log", "log_csv"}


def test_the_forms_of_another_force_on_the_shared_log_are_not_there(both: Shared, visitor: Client) -> None:
    known = {page.name for page in urls.referral_pages}
    at = [both.log.year, both.log.number]
    for name, key in (("uptake", both.told_other.pk), ("outcome", both.other.pk)):
        if name in known:
            for method in (visitor.get, visitor.post):
                assert method(reverse(f"referrals:{name}", args=[*at, key])).status_code == 404, name


def test_the_pack_is_the_force_s_own(both: Shared, visitor: Client) -> None:
    address = reverse("referrals:pack", args=[both.log.year, both.log.number])
    pack = visitor.get(address)
    text = text_of(pack)
    assert "LANCS/1" in text
    assert "larkspuradvice" in text
    assert hidden_words(pack) == []
    consultation = both.log.consultations.get()
    for query in ({"for": both.other.pk}, {"lead": consultation.pk}, {"for": "x"}):
        assert visitor.get(address, query).status_code == 404
    assert [look.event for look in accesses(subject=both.log.reference)].count("referral_refused") == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lollipop", True),
        ("lancs/1", True),
        ("patrol", True),
        ("kumquatwording", False),
        ("kestrelreference", False),
        ("larkspuradvice", False),
    ],
)
def test_a_search_looks_only_in_what_the_contact_may_read(
    both: Shared, visitor: Client, words: str, found: bool
) -> None:
    response = visitor.get(reverse("referrals:log"), {"q": words})
    assert (both.log.get_absolute_url() in text_of(response)) is found


def test_a_log_number_is_found_in_any_form_when_it_is_the_force_s(both: Shared, visitor: Client) -> None:
    number, _, year = both.log.log_number.partition("/")
    response = visitor.get(reverse("referrals:log"), {"q": f"CRU Ref: {number.zfill(6)}/{year}"})
    assert both.log.get_absolute_url() in text_of(response)
    response = visitor.get(reverse("referrals:log"), {"q": both.foreign.log_number})
    assert both.foreign.get_absolute_url() not in text_of(response)


@pytest.mark.parametrize(("state", "there"), [("advised", True), ("awaited", False), ("ended", False)])
def test_the_list_is_narrowed_by_where_the_log_stands_for_the_force(
    both: Shared, visitor: Client, state: str, there: bool
) -> None:
    response = visitor.get(reverse("referrals:log"), {"state": state})
    assert (both.log.get_absolute_url() in text_of(response)) is there


def test_another_force_s_advice_leaves_the_log_awaiting_ours(client: Client) -> None:
    both = shared()
    both.told.delete()
    client.force_login(contact())
    response = client.get(reverse("referrals:log"), {"state": "awaited"})
    assert "Advice awaited" in text_of(response)
    assert "You have not been told of advice yet" in text_of(client.get(both.log.get_absolute_url()))


def test_the_list_is_paged_and_sorted(client: Client) -> None:
    logs = [referral(subject=f"Number {n}") for n in range(55)]
    client.force_login(contact())
    first = text_of(client.get(reverse("referrals:log"), {"sort": "log"}))
    last = text_of(client.get(reverse("referrals:log"), {"sort": "log", "page": 2}))
    assert logs[0].get_absolute_url() in first
    assert logs[-1].get_absolute_url() in last
    assert logs[-1].get_absolute_url() not in first
    assert client.get(reverse("referrals:log"), {"state": "nonsense"}).status_code == 400


whose_wording = pytest.mark.parametrize(
    ("role", "scope", "shown"),
    [
        (ForceRole.LOGGED_WITH, Scope.SEVERAL, True),  # it turned to the unit with this request
        (ForceRole.CONSULTED, Scope.SINGLE, False),  # another force's request
        (ForceRole.CONSULTED, Scope.NATIONAL, True),  # every force was asked this
    ],
)


@whose_wording
def test_the_wording_of_the_log_is_shown_to_those_it_is_the_wording_of(
    role: ForceRole, scope: Scope, shown: bool
) -> None:
    trigger = "" if role == ForceRole.CONSULTED else Trigger.ADVICE
    log = referral(forces=["Lancashire", entry("Kent", role=role, trigger=trigger)], scope=scope)
    part = own_part(log.pk, involved(log, "Kent").force_id)
    assert (part.wording == log.wording) is shown
    assert part.wording == (log.wording if shown else "")


@whose_wording
def test_a_search_finds_the_wording_of_the_log_only_for_those_it_is_the_wording_of(
    role: ForceRole, scope: Scope, shown: bool
) -> None:
    trigger = "" if role == ForceRole.CONSULTED else Trigger.ADVICE
    kent = entry("Kent", role=role, trigger=trigger)
    referral(forces=["Lancashire", kent], scope=scope, wording="Please send the lollipop map.")
    assert own_logs(kent.force_id, text="lollipop").exists() is shown


def test_a_search_of_a_force_with_a_wording_of_its_own_is_not_in_that_of_the_log(both: Shared) -> None:
    found = own_logs(both.other.force_id, text="lollipop")
    assert not found.exists(), "what another force was asked"
    assert own_logs(both.other.force_id, text="kumquatwording").filter(referral=both.log).exists()


@pytest.mark.parametrize("name", ["log", "log_csv", "referral"])
def test_a_contact_without_a_force_is_told_so(both: Shared, client: Client, name: str) -> None:
    client.force_login(contact(force=None))
    at = [both.log.year, both.log.number] if name == "referral" else []
    response = client.get(reverse(f"referrals:{name}", args=at))
    assert response.status_code == 403
    assert "not tied to a force yet" in text_of(response)
    assert hidden_words(response) == []


def test_a_contact_sees_no_request_of_the_authority(visitor: Client) -> None:
    for name in ("requests_app:register", "trail:trail"):
        assert visitor.get(reverse(name)).status_code == 403


@pytest.mark.parametrize(
    ("query", "said"), [({}, "Your force is on no log yet"), ({"q": "drones"}, "No log matches")]
)
def test_an_empty_list_says_what_that_means(visitor: Client, query: dict[str, str], said: str) -> None:
    page = text_of(visitor.get(reverse("referrals:log"), query))
    assert "No logs." in page
    assert said in page
    assert "Download this list" not in page
