"""The applicant's words, sealed as they came, and the copy in which who asks is masked."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.utils import DatabaseError

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry, EventWords, RecordedAccess
from foitracker.audit.queries import altered_words
from foitracker.casework.refusals import NotPossible
from foitracker.identity.traces import find_identity_traces
from requests_app.letters.kinds import acknowledgement
from requests_app.models import AccessReason, ExemptionClaim, FoiRequest, Letter, Masking, Note, SealedWords
from requests_app.operations.decision import ItemDraft, set_items
from requests_app.operations.exemption import Reasons, claim_exemption
from requests_app.operations.intake import Details, Identity, change_details, complete_identity, write_note
from requests_app.operations.masking import (
    leave_applicant_in,
    lift_maskings,
    mask_applicant,
    mask_phrases,
    read_sealed_words,
)
from requests_app.operations.response import LetterText, draft_letter
from requests_app.queries.register import RegisterFilter, register
from tests.factories import AT, RECEIVED, authority, person, request

pytestmark = [pytest.mark.django_db, pytest.mark.services]

NAME = "Perpetua Quill"
WORDS = (
    f"1. How many patrols were there?\n2. Did {NAME} see the log of the heron?\n\nYours sincerely,\n{NAME}"
)


@pytest.fixture
def officer(db: None) -> User:
    authority()
    return person(Role.OFFICER)


def logged(**more: Any) -> FoiRequest:
    traces = find_identity_traces(WORDS, [NAME])
    return request(words=WORDS, identity=Identity(name=NAME, email="pq@example.org"), masked=traces, **more)


def test_the_words_are_sealed_as_they_came_and_the_copy_is_masked() -> None:
    case = logged()
    assert SealedWords.objects.get(foi_request=case).words == WORDS
    assert NAME not in case.words
    assert case.words.count("****") == 2
    entry = Entry.objects.get(event="request_logged")
    assert sum(entry.detail["masked"].values()) == 2


@pytest.mark.parametrize("act", ["UPDATE {} SET words = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_nobody_changes_the_sealed_words(act: str) -> None:
    logged()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(act.format(SealedWords._meta.db_table))


def test_each_reading_is_recorded_with_its_reason(officer: User) -> None:
    case = logged()
    sealed = read_sealed_words(case_id=case.pk, by=officer, at=AT, reason=AccessReason.VALIDITY)
    assert [one.words for one in sealed] == [WORDS]
    entry = RecordedAccess.objects.get(event="sealed_words_read")
    assert (entry.subject, entry.actor, entry.detail) == (case.reference, officer, {"reason": "validity"})


def test_a_search_for_the_name_finds_nothing_and_for_the_matter_finds_it(officer: User) -> None:
    case = logged()
    assert not register(RegisterFilter(text="Quill"), user=officer)
    assert list(register(RegisterFilter(text="heron"), user=officer)) == [case]


@pytest.mark.parametrize("typed", ["cafe bravos", "café Bravo’s", "CAFÉ bravos"])
def test_a_search_minds_neither_accents_nor_apostrophes(typed: str, officer: User) -> None:
    case = request(words="Who inspected the Café Bravo's kitchen?")
    assert list(register(RegisterFilter(text=typed), user=officer)) == [case]


def test_what_is_masked_later_is_masked_in_the_items_and_drafts_too(officer: User) -> None:
    case = request(words="1. Did Odo Fennimore of the Quay complain?\n2. When?")
    set_items(
        case_id=case.pk, by=officer, at=AT, items=[ItemDraft("1", "Did Odo Fennimore of the Quay complain?")]
    )
    draft_letter(
        case_id=case.pk,
        by=officer,
        at=AT,
        kind=acknowledgement.KIND,
        text=LetterText(advice="We told odo  fennimore so."),
    )
    write_note(case_id=case.pk, by=officer, at=AT, text="Odo Fennimore rang.")
    mask_phrases(case_id=case.pk, by=officer, at=AT, phrases=["Odo Fennimore"])
    case.refresh_from_db()
    assert case.words == "1. Did **** of the Quay complain?\n2. When?"
    assert case.items.get().text == "Did **** of the Quay complain?"
    assert Letter.objects.get().advice == "We told **** so."
    assert Note.objects.get().text == "**** rang."
    assert Entry.objects.get(event="words_masked").detail["in_words"] == 1
    assert "Fennimore" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_in_a_claim_what_people_wrote_is_masked_and_no_code_or_day(officer: User) -> None:
    case = request(words="1. Did Odo Fennimore complain in 2025?")
    set_items(case_id=case.pk, by=officer, at=AT, items=[ItemDraft("1", "Did he complain?")])
    answers = {
        "personal_data": "It names Odo Fennimore, who wrote in 2025.",
        "principle": "5(1)(a)",
        "special_data": "none",
    }
    claim_exemption(
        case_id=case.pk,
        by=officer,
        at=AT,
        section="40",
        limbs=["40(2)+(3A)(a)"],
        item_ids=list(case.items.values_list("pk", flat=True)),
        reasons=Reasons(answers=answers),
    )
    mask_phrases(case_id=case.pk, by=officer, at=AT, phrases=["Odo Fennimore", "2025", "none", "5(1)(a)"])
    assert ExemptionClaim.objects.get().answers == answers | {
        "personal_data": "It names ****, who wrote in ****."
    }


def test_what_stands_nowhere_cannot_be_masked(officer: User) -> None:
    case = logged()
    with pytest.raises(NotPossible, match="None of this appears"):
        mask_phrases(case_id=case.pk, by=officer, at=AT, phrases=["Somebody Else"])
    with pytest.raises(NotPossible, match="at least two characters"):
        mask_phrases(case_id=case.pk, by=officer, at=AT, phrases=["a"])


def test_a_masking_can_be_lifted_and_the_items_follow(officer: User) -> None:
    case = logged()
    set_items(
        case_id=case.pk, by=officer, at=AT, items=[ItemDraft("2", "Did **** see the log of the heron?")]
    )
    first = Masking.objects.order_by("start").first()
    assert first is not None
    lift_maskings(case_id=case.pk, by=officer, at=AT, masking_ids=[first.pk])
    case.refresh_from_db()
    assert case.words.count("****") == 1
    assert case.items.get().text == f"Did {NAME} see the log of the heron?"
    first.refresh_from_db()
    assert (first.lifted_by, first.lifted_at) == (officer, AT)
    with pytest.raises(NotPossible, match="Select what"):
        lift_maskings(case_id=case.pk, by=officer, at=AT, masking_ids=[first.pk])


def test_who_asks_is_looked_for_again_once_it_is_known(officer: User) -> None:
    case = request(words=f"Did {NAME} write to you?", identity=Identity(email="x@example.org"))
    write_note(case_id=case.pk, by=officer, at=AT, text=f"{NAME} rang.")
    complete_identity(case_id=case.pk, by=officer, at=AT, identity=Identity(name=NAME))
    case.refresh_from_db()
    assert case.identity_found == {"words": 1, "notes": 1}
    mask_applicant(case_id=case.pk, by=officer, at=AT)
    case.refresh_from_db()
    assert case.identity_found == {}
    assert case.words == "Did **** write to you?"
    assert Note.objects.get().text == "**** rang."


def test_what_was_found_may_stay_for_a_reason(officer: User) -> None:
    case = request(words=f"Did {NAME} write to you?", identity=Identity(email="x@example.org"))
    complete_identity(case_id=case.pk, by=officer, at=AT, identity=Identity(name=NAME))
    with pytest.raises(NotPossible, match="Enter the reason"):
        leave_applicant_in(case_id=case.pk, by=officer, at=AT, reason=" ")
    leave_applicant_in(case_id=case.pk, by=officer, at=AT, reason="It asks about itself.")
    case.refresh_from_db()
    assert (case.identity_found, case.words) == ({}, f"Did {NAME} write to you?")


def test_a_subject_that_named_the_applicant_is_not_in_the_trail_and_is_shown_masked(officer: User) -> None:
    case = request(subject=f"Complaint of {NAME}", identity=Identity(name=NAME))
    change_details(
        case_id=case.pk,
        by=officer,
        at=AT,
        today=AT.date(),
        details=Details(received_on=RECEIVED, channel="email", subject="A complaint"),
    )
    entry = Entry.objects.get(event="details_changed")
    assert NAME not in str(entry.detail)
    assert "Complaint of ****" in str(entry.facts)
    assert NAME not in str(entry.facts)


def test_the_words_of_events_are_masked_once_the_applicant_is_known(officer: User) -> None:
    case = request(subject=f"Complaint of {NAME}", identity=Identity(email="x@example.org"))
    details = Details(received_on=RECEIVED, channel="email", subject="A complaint")
    change_details(case_id=case.pk, by=officer, at=AT, today=AT.date(), details=details)
    complete_identity(case_id=case.pk, by=officer, at=AT, identity=Identity(name=NAME))
    assert NAME not in str(Entry.objects.get(event="details_changed").facts)
    assert altered_words() is None


def test_what_is_masked_in_events_stays_so_whoever_the_applicant_is_found_to_be(officer: User) -> None:
    case = request(subject=f"Complaint of {NAME}", identity=Identity(email="x@example.org"))
    details = Details(received_on=RECEIVED, channel="email", subject="A complaint")
    change_details(case_id=case.pk, by=officer, at=AT, today=AT.date(), details=details)
    for name in (NAME, "Somebody Else", ""):
        identity = Identity(name=name, email="x@example.org")
        complete_identity(case_id=case.pk, by=officer, at=AT, identity=identity)
        assert NAME not in str(Entry.objects.get(event="details_changed").facts), name


def test_phrases_are_masked_in_the_words_of_events_too(officer: User) -> None:
    case = request(subject="Complaint of the heron", identity=Identity(name=NAME))
    details = Details(received_on=RECEIVED, channel="email", subject="A complaint")
    change_details(case_id=case.pk, by=officer, at=AT, today=AT.date(), details=details)
    mask_phrases(case_id=case.pk, by=officer, at=AT, phrases=["the heron"])
    assert "Complaint of ****" in str(Entry.objects.get(event="details_changed").facts)


@pytest.mark.parametrize(
    ("salutation", "found"),
    [
        *(("Dear Dr Fennimore", 1), ("Dr Fennimore", 1), ("dear Dr Fennimore,", 1)),
        *(
            ("Dear Sir or Madam", 0),
            ("Sir / Madam", 0),
            ("Sir or Madam,", 0),
            ("Mr and Mrs", 0),
            ("Lord Mayor", 0),
        ),
        *(("Data Team", 0), ("", 0)),
    ],
)
def test_who_is_only_greeted_is_found_too(officer: User, salutation: str, found: int) -> None:
    case = request(
        words="1. What did Dr Fennimore ask, dear Sir or Madam? Did Mayor and Data Team know? And Mrs?",
        identity=Identity(email="x@example.org"),
    )
    identity = Identity(email="x@example.org", salutation=salutation)
    complete_identity(case_id=case.pk, by=officer, at=AT, identity=identity)
    case.refresh_from_db()
    assert case.identity_found.get("words", 0) == found


def test_words_and_salt_are_erased_together_and_the_hash_says_nothing(officer: User) -> None:
    case = request(subject=f"Complaint of {NAME}")
    details = Details(received_on=RECEIVED, channel="email", subject="A complaint")
    change_details(case_id=case.pk, by=officer, at=AT, today=AT.date(), details=details)
    call_command("erase_event_words", case.reference, reason="The applicant asked for it.", stdout=StringIO())
    erased = Entry.objects.get(event="words_erased")
    assert (erased.subject, erased.detail["texts"]) == (case.reference, 2)
    assert EventWords.objects.get().entry == erased
    assert altered_words() is None


@pytest.mark.parametrize(("subject", "reason"), [("9999/2026", "Asked."), ("", "Asked."), (None, " ")])
def test_nothing_is_erased_without_a_reason_or_a_case(
    officer: User, subject: str | None, reason: str
) -> None:
    case = request(subject=f"Complaint of {NAME}")
    with pytest.raises(CommandError):
        call_command(
            "erase_event_words",
            case.reference if subject is None else subject,
            reason=reason,
            stdout=StringIO(),
        )
    assert not Entry.objects.filter(event="words_erased").exists()
