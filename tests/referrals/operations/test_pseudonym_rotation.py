"""A new key: every mark is carried over once, whoever stops it when, and the matches stay."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from foitracker.audit.models import Entry
from foitracker.identity.models import PseudonymKey
from foitracker.identity.pseudonym import make_mark
from referrals.models import ApplicantMark, Referral
from referrals.operations import pseudonym_rotation
from referrals.operations.identity import record_marks
from referrals.operations.pseudonym_rotation import Rotation, rotate_pseudonym_key
from referrals.queries.same_applicant import same_applicant
from tests.referrals.logs import log

pytestmark = [pytest.mark.django_db, pytest.mark.services]

KEYS = [f"key {number} of the tests, long enough by itself" for number in (1, 2, 3)]
AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
PEOPLE = ["Perpetua Lowmoor", "Rowan Ashdown", "Perpetua Lowmoor", "Basil Harebell", "Rowan Ashdown"]


@pytest.fixture
def logs(settings: Any) -> list[Referral]:
    """Five logs of three people, marked under the first key; then a second key is added."""
    settings.REFERRAL_PSEUDONYM_KEYS = KEYS[:1]
    logs = [log() for _ in PEOPLE]
    for case, name in zip(logs, PEOPLE, strict=True):
        record_marks(case, name=name, email=f"{name.replace(' ', '.')}@example.org")
    settings.REFERRAL_PSEUDONYM_KEYS = KEYS[:2]
    return logs


def entries() -> list[dict[str, Any]]:
    return list(Entry.objects.filter(event="pseudonym_key_rotated").values_list("detail", flat=True))


def matched(logs: list[Referral]) -> list[set[int]]:
    return [{logs.index(case) for case in logs if case.pk in _others(one)} for one in logs]


def _others(case: Referral) -> set[int]:
    return {found.pk for found in same_applicant(case)}


def test_matches_stay_and_new_marks_match_the_old(logs: list[Referral]) -> None:
    before = matched(logs)
    assert before == [{2}, {4}, {0}, set(), {1}]
    digests = set(ApplicantMark.objects.values_list("digest", flat=True))

    assert rotate_pseudonym_key(at=AT, chunk=3) == Rotation(key=2, carried_over=10, recorded=True)

    assert matched(logs) == before
    assert not digests & set(ApplicantMark.objects.values_list("digest", flat=True))
    newcomer = log()
    record_marks(newcomer, name="Basil Harebell")
    assert _others(newcomer) == {logs[3].pk}


def test_it_is_told_once_and_a_second_run_changes_nothing(logs: list[Referral]) -> None:
    rotate_pseudonym_key(at=AT)
    kept = list(ApplicantMark.objects.order_by("pk").values_list("pk", "key", "digest"))
    assert rotate_pseudonym_key(at=AT) == Rotation(key=2, carried_over=0, recorded=False)
    assert list(ApplicantMark.objects.order_by("pk").values_list("pk", "key", "digest")) == kept
    assert entries() == [{"key": 2, "marks": 10}]


def test_two_keys_at_once_are_the_same_as_one_after_the_other(logs: list[Referral], settings: Any) -> None:
    settings.REFERRAL_PSEUDONYM_KEYS = KEYS
    rotate_pseudonym_key(at=AT)
    at_once = list(ApplicantMark.objects.order_by("pk").values_list("digest", flat=True))
    expected = []
    for name in PEOPLE:
        case = log()
        record_marks(case, name=name, email=f"{name.replace(' ', '.')}@example.org")
        expected += (
            ApplicantMark.objects.filter(referral=case).order_by("pk").values_list("digest", flat=True)
        )
    assert at_once == expected


def test_the_next_run_goes_on_where_one_was_stopped(
    logs: list[Referral], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrap, seen = pseudonym_rotation.wrap, []

    def stopped(mark: Any, keys: Any) -> Any:
        if len(seen) == 5:
            raise KeyboardInterrupt
        seen.append(mark)
        return wrap(mark, keys)

    monkeypatch.setattr(pseudonym_rotation, "wrap", stopped)
    with pytest.raises(KeyboardInterrupt):
        rotate_pseudonym_key(at=AT, chunk=3)
    assert ApplicantMark.objects.filter(key=2).count() == 3
    assert entries() == []

    monkeypatch.setattr(pseudonym_rotation, "wrap", wrap)
    assert rotate_pseudonym_key(at=AT, chunk=3) == Rotation(key=2, carried_over=7, recorded=True)
    assert entries() == [{"key": 2, "marks": 10}]
    assert matched(logs) == [{2}, {4}, {0}, set(), {1}]


def test_stopped_just_before_the_end_it_is_told_by_the_next_run(
    logs: list[Referral], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(**_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pseudonym_rotation, "record_event", stopped)
        with pytest.raises(KeyboardInterrupt):
            rotate_pseudonym_key(at=AT)
    assert entries() == []
    assert rotate_pseudonym_key(at=AT) == Rotation(key=2, carried_over=0, recorded=True)
    assert entries() == [{"key": 2, "marks": 10}]


def test_a_mark_that_came_late_under_the_old_key_is_carried_over(logs: list[Referral]) -> None:
    rotate_pseudonym_key(at=AT)
    late = log()
    old = make_mark("name", "basil harebell", KEYS[:1])
    ApplicantMark.objects.create(referral=late, kind="name", key=old.key, digest=old.digest)
    assert rotate_pseudonym_key(at=AT) == Rotation(key=2, carried_over=1, recorded=True)
    assert _others(late) == {logs[3].pk}


def test_with_one_key_there_is_nothing_to_do(settings: Any) -> None:
    settings.REFERRAL_PSEUDONYM_KEYS = KEYS[:1]
    record_marks(log(), name=PEOPLE[0])
    assert rotate_pseudonym_key(at=AT) == Rotation(key=1, carried_over=0, recorded=False)
    assert entries() == []


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_carry_each_mark_over_once(logs: list[Referral]) -> None:
    together = Barrier(2)

    def run() -> Rotation:
        together.wait(timeout=20)
        try:
            return rotate_pseudonym_key(at=AT, chunk=1)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(run) for _ in range(2)]
        done = [one.result(timeout=60) for one in runs]
    assert sum(run.carried_over for run in done) == 10
    assert entries() == [{"key": 2, "marks": 10}]
    assert matched(logs) == [{2}, {4}, {0}, set(), {1}]


def test_the_command_says_what_it_did(logs: list[Referral], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("rotate_pseudonym_key")
    call_command("rotate_pseudonym_key")
    assert capsys.readouterr().out == (
        "All marks are under key 2. Carried over: 10.\nNothing to do: all marks are under key 2.\n"
    )


def test_the_command_refuses_wrong_keys_and_changes_nothing(logs: list[Referral], settings: Any) -> None:
    settings.REFERRAL_PSEUDONYM_KEYS = [KEYS[2], KEYS[1]]
    with pytest.raises(CommandError, match="Key 1 of REFERRAL_PSEUDONYM_KEYS is not the one"):
        call_command("rotate_pseudonym_key")
    assert not ApplicantMark.objects.filter(key=2).exists()
    assert PseudonymKey.objects.count() == 1
