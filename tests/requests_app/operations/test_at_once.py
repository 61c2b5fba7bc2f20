"""Two officers at once: nothing is lost or doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from foitracker.casework.refusals import CaseChanged, NotPossible
from foitracker.mail.models import OutboxMessage
from requests_app.models import Despatch, FoiRequest, LetterStatus, ReferenceCounter
from requests_app.operations.clock_events import (
    ClockFact,
    correct_clock_event,
    record_clock_event,
    withdraw_clock_event,
)
from requests_app.operations.decision import decide_item
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import approve_letter
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEES_NOTICE
from tests import factories
from tests.factories import Staff

from .part_refusal import AT, WORKED, approved_part_refusal, drafted_part_refusal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the operations in threads that start together; return each result or exception."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=10)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_numbers_are_given_once_and_without_a_gap(staff: Staff) -> None:
    def log_ten() -> None:
        for _ in range(10):
            factories.request(by=staff.intake)

    results = at_once(log_ten, log_ten, log_ten)

    assert results == [None, None, None]
    assert sorted(FoiRequest.objects.values_list("number", flat=True)) == list(range(1, 31))
    assert ReferenceCounter.objects.get(year=2026).last_number == 30


def test_of_two_approvals_at_once_one_stands(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)
    factories.submit(staff, worked.letter, WORKED)

    def approve() -> object:
        return approve_letter(letter_id=worked.letter.pk, by=staff.decision_maker, at=AT, today=WORKED)

    results = at_once(approve, approve)

    assert sorted(type(result).__name__ for result in results) == ["Letter", "NotPossible"]
    assert worked.case.letters.get().status == LetterStatus.APPROVED


def test_of_two_issues_at_once_one_letter_leaves(staff: Staff) -> None:
    worked = approved_part_refusal(staff)

    def issue() -> object:
        return issue_letter(
            letter_id=worked.letter.pk, by=staff.officer, at=AT, on=WORKED, despatch=Despatch.EMAIL
        )

    results = at_once(issue, issue)

    assert [type(result) for result in results].count(NotPossible) == 1
    assert OutboxMessage.objects.count() == 1


def test_of_two_officers_editing_one_case_the_second_is_told(staff: Staff) -> None:
    worked = drafted_part_refusal(staff)

    def decide(disposition: Disposition) -> Callable[[], object]:
        return lambda: decide_item(
            case_id=worked.case.pk,
            item_id=worked.items["1"],
            by=staff.officer,
            at=AT,
            disposition=disposition,
            seen_version=worked.case.version,
        )

    results = at_once(decide(Disposition.NOT_HELD), decide(Disposition.WITHHELD))

    (changed,) = [result for result in results if isinstance(result, CaseChanged)]
    (kept,) = [result for result in results if not isinstance(result, CaseChanged)]
    assert worked.case.items.get(label="1").disposition == kept.disposition  # type: ignore[attr-defined]
    assert changed.seen_version == worked.case.version
    assert changed.case.version == worked.case.version + 1


def test_of_two_payments_recorded_at_once_one_stands(staff: Staff) -> None:
    case = factories.request(by=staff.intake)
    common = {"case_id": case.pk, "by": staff.officer, "at": AT, "today": WORKED}
    notice = ClockFact(FEES_NOTICE, date(2026, 3, 5), amount=Decimal(10))
    record_clock_event(**common, fact=notice)
    payment = ClockFact(FEE_RECEIVED, date(2026, 3, 9))

    def pay() -> object:
        return record_clock_event(**common, fact=payment)

    results = at_once(pay, pay)

    assert sorted(type(result).__name__ for result in results) == ["NotPossible", "RecordedClockEvent"]
    assert case.recorded_clock_events.filter(kind=FEE_RECEIVED).count() == 1


def test_of_two_corrections_at_once_one_stands(staff: Staff) -> None:
    case = factories.request(by=staff.intake)
    common = {"case_id": case.pk, "by": staff.officer, "at": AT, "today": WORKED}
    notice = ClockFact(FEES_NOTICE, date(2026, 3, 5), amount=Decimal(10))
    recorded = record_clock_event(**common, fact=notice)

    def withdraw() -> object:
        return withdraw_clock_event(**common, event_id=recorded.pk, correction_reason="It was never sent.")

    def correct() -> object:
        later = replace(notice, on=date(2026, 3, 6))
        return correct_clock_event(
            **common, event_id=recorded.pk, fact=later, correction_reason="Sent a day later."
        )

    results = at_once(withdraw, correct)

    assert sorted(type(result).__name__ for result in results) == ["NotPossible", "RecordedClockEvent"]
    assert case.recorded_clock_events.count() == 2
