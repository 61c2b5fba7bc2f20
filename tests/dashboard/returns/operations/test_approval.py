"""Commentary and approval: who may, what is refused, what others see before and after, and what the trail says."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from dashboard.returns.kinds import BY_CODE
from dashboard.returns.models import Approval, Commentary, Copy, Return
from dashboard.returns.operations import packs
from dashboard.returns.operations.approval import approve_return, write_commentary
from dashboard.returns.operations.making import make_return
from dashboard.returns.operations.packs import print_pack
from dashboard.returns.queries.reading import commentary_of, known_returns
from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.casework.refusals import NotPossible
from foitracker.statistics.periods import quarter
from tests import factories
from tests.dashboard.returns.population import AT
from tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def maker() -> User:
    factories.staff()
    return person(Role.MANAGER, name="Ottoline Farthing")


@pytest.fixture
def other() -> User:
    return person(Role.MANAGER)


@pytest.fixture
def of(maker: User) -> Return:
    return make_return(by=maker, at=AT, kind=BY_CODE["s45"], period=quarter(2026, 7))


def test_another_manager_approves_and_then_all_readers_see_it(of: Return, maker: User, other: User) -> None:
    officer = person(Role.OFFICER)
    said = write_commentary(by=maker, at=AT, return_id=of.pk, text="A quiet quarter.")
    assert not known_returns(officer).exists()
    approve_return(by=other, at=AT, return_id=of.pk, seen_commentary=said.pk)
    assert known_returns(officer).get() == of
    assert Entry.objects.get(event="return_approved").detail["own"] is False


def test_whoever_made_it_or_wrote_its_commentary_does_not_approve(
    of: Return, maker: User, other: User
) -> None:
    with pytest.raises(NotPossible, match="Another manager approves it"):
        approve_return(by=maker, at=AT, return_id=of.pk, seen_commentary=0)
    said = write_commentary(by=other, at=AT, return_id=of.pk, text="A quiet quarter.")
    with pytest.raises(NotPossible, match="Another manager approves it"):
        approve_return(by=other, at=AT, return_id=of.pk, seen_commentary=said.pk)


def test_where_the_authority_lets_people_approve_their_own_the_trail_says_so(of: Return, maker: User) -> None:
    factories.authority(allows_own_approval=True)
    approve_return(by=maker, at=AT, return_id=of.pk, seen_commentary=0)
    entry = Entry.objects.get(event="return_approved")
    assert entry.detail["own"] is True
    assert "which the settings allow" in entry.declared.sentence(entry.detail, {})


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DECISION_MAKER, Role.AUDITOR])
def test_only_those_who_oversee_write_and_approve(of: Return, role: Role) -> None:
    with pytest.raises(NotPermitted):
        write_commentary(by=person(role), at=AT, return_id=of.pk, text="A quiet quarter.")
    with pytest.raises(NotPermitted):
        approve_return(by=person(role), at=AT, return_id=of.pk, seen_commentary=0)


def test_a_commentary_written_since_is_read_first(of: Return, maker: User, other: User) -> None:
    write_commentary(by=maker, at=AT, return_id=of.pk, text="A quiet quarter.")
    with pytest.raises(NotPossible, match="changed after you opened this page"):
        approve_return(by=other, at=AT, return_id=of.pk, seen_commentary=0)


def test_approved_it_is_finished(of: Return, maker: User, other: User) -> None:
    approve_return(by=other, at=AT, return_id=of.pk, seen_commentary=0)
    for again in (
        lambda: approve_return(by=other, at=AT, return_id=of.pk, seen_commentary=0),
        lambda: write_commentary(by=maker, at=AT, return_id=of.pk, text="Later."),
    ):
        with pytest.raises(NotPossible, match="This return is approved"):
            again()
    for rows in (Approval.objects.all(), Return.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("  ", "Enter what the figures say"),
        ("Thanks to ottoline   FARTHING, all was in time.", "names no officer: Ottoline Farthing"),
        ("Farthing’s team caught up.", "may name an officer by surname: Ottoline Farthing"),
        ("Write to p.lowmoor@example.org.", "may identify the applicant"),
    ],
)
def test_a_commentary_names_nobody(of: Return, maker: User, text: str, says: str) -> None:
    with pytest.raises(NotPossible, match=says):
        write_commentary(by=maker, at=AT, return_id=of.pk, text=text)
    assert not Commentary.objects.exists()


def test_a_name_is_no_part_of_a_word_and_a_surname_that_is_something_else_stays(
    of: Return, maker: User
) -> None:
    person(Role.OFFICER, name="Ann Art")
    write_commentary(by=maker, at=AT, return_id=of.pk, text="By urgent articles, Ann artfully farthings.")
    assert Entry.objects.filter(event="return_commented").latest("sequence").detail.get("left_in") is None
    write_commentary(by=maker, at=AT, return_id=of.pk, text="Farthing Street moved.", identity_confirmed=True)
    assert Entry.objects.filter(event="return_commented").latest("sequence").detail["left_in"] == {"name": 1}


def test_what_tells_of_no_applicant_may_stay_once_that_is_confirmed(
    client: Client, of: Return, maker: User
) -> None:
    client.force_login(maker)
    sent = {"text": "Write to figures@example.org for more."}
    assert client.post(f"/returns/{of.pk}/commentary/", sent).status_code == 422
    assert (
        client.post(f"/returns/{of.pk}/commentary/", {**sent, "not_the_applicant": "on"}).status_code == 302
    )
    assert commentary_of(of)


def test_the_last_commentary_is_in_force_and_the_first_is_kept(of: Return, maker: User) -> None:
    write_commentary(by=maker, at=AT, return_id=of.pk, text="A quiet quarter.")
    last = write_commentary(by=maker, at=AT + timedelta(hours=1), return_id=of.pk, text="A busy quarter.")
    assert commentary_of(of) == last
    assert of.commentaries.count() == 2


def test_two_who_write_at_once_do_not_replace_each_other(client: Client, of: Return, maker: User) -> None:
    client.force_login(maker)
    address = f"/returns/{of.pk}/commentary/"
    seen = client.get(address).context["form"].initial["seen_version"]
    first = write_commentary(by=person(Role.MANAGER), at=AT, return_id=of.pk, text="A quiet quarter.")
    page = client.post(address, {"text": "A busy quarter.", "seen_version": seen})
    assert page.status_code == 409
    assert commentary_of(of) == first
    shown = page.content.decode()
    assert "A busy quarter." in shown
    assert "A quiet quarter." in shown
    again = {"text": "A busy quarter.", "seen_version": page.context["form"].data["seen_version"]}
    assert client.post(address, again).status_code == 302
    kept = commentary_of(of)
    assert kept
    assert kept.text == "A busy quarter."


def test_a_pack_is_printed_once_for_each_state(of: Return, maker: User) -> None:
    first = print_pack(of.pk, Copy.PUBLICATION, at=AT)
    assert print_pack(of.pk, Copy.PUBLICATION, at=AT) == first
    write_commentary(by=maker, at=AT, return_id=of.pk, text="A quiet quarter.")
    assert print_pack(of.pk, Copy.PUBLICATION, at=AT) != first
    assert Entry.objects.filter(event="return_printed").count() == 2


def test_a_pack_is_kept_as_of_what_it_prints(
    of: Return, maker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commentary is written after the worker has looked whether the pack is there."""
    found, prints = packs.pack_of, []

    def written_meanwhile(*looked_for: Any) -> Any:
        write_commentary(by=maker, at=AT, return_id=of.pk, text="A quiet quarter.")
        return found(*looked_for)

    monkeypatch.setattr(packs, "pack_of", written_meanwhile)
    monkeypatch.setattr(packs, "pack_pdf", lambda printed: prints.append(printed.commentary) or b"%PDF")
    kept = print_pack(of.pk, Copy.PUBLICATION, at=AT)
    assert (kept.edition, prints) == ("draft-0", [""])


def test_the_pages_of_the_way_from_making_to_approval(client: Client, maker: User, other: User) -> None:
    client.force_login(maker)
    page = client.post("/returns/make/s45/", {"period": "2026-09-30"})
    of = Return.objects.get()
    assert page["Location"] == of.get_absolute_url()
    page = client.post(f"/returns/{of.pk}/commentary/", {"text": "A quiet quarter."})
    assert page.status_code == 302
    page = client.get(of.get_absolute_url()).content.decode()
    assert "A quiet quarter." in page
    assert "Approve: not available" in page
    client.force_login(other)
    said = commentary_of(of)
    assert said
    page = client.post(f"/returns/{of.pk}/approve/", {"seen_commentary": said.pk})
    assert page.status_code == 302
    client.force_login(person(Role.OFFICER))
    page = client.get(of.get_absolute_url()).content.decode()
    assert "A quiet quarter." in page
    assert maker.name not in page
    assert other.name not in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/returns/make/s46/", 404),
        ("/returns/999/", 404),
        ("/returns/?kind=s46", 400),
        ("/returns/?page=99", 200),
        ("/returns/999/lines/received/", 404),
    ],
)
def test_an_address_made_up_by_hand(client: Client, maker: User, address: str, status: int) -> None:
    client.force_login(maker)
    assert client.get(address).status_code == status


@pytest.mark.parametrize("period", ["", "2026-12-31", "2026-09-31", "September"])
def test_a_period_that_is_none_is_said(client: Client, maker: User, period: str) -> None:
    client.force_login(maker)
    page = client.post("/returns/make/s45/", {"period": period})
    assert page.status_code == 422
    assert "Choose" in page.content.decode()
    assert not Return.objects.exists()
