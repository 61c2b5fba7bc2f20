"""Requests in every state that a measure of them could tell apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, product

from foitracker.accounts.models import Absence, User
from foitracker.accounts.roles import Role
from requests_app.models import (
    ContactTask,
    Despatch,
    FoiRequest,
    HoldEnding,
    IssueHold,
    LapseWarning,
    Letter,
    LetterStatus,
    RecordedClockEvent,
    Regime,
    ReturnReason,
    SearchRecord,
    SupervisionReview,
)
from requests_app.operations.advice import advice_came
from requests_app.operations.consultation import place_hold
from requests_app.operations.delivery import record_letter_returned, send_letter_again
from requests_app.operations.intake import write_note
from requests_app.operations.issue import issue_letter
from requests_app.operations.response import return_letter, submit_letter
from requests_app.rules.casework.workflow import OPEN_STATUSES, WAITING_STATUSES, Outcome, Status
from requests_app.rules.clock.kinds.regulator import COMPLAINT_MADE, DECISION_NOTICE, NOTICES
from tests import factories
from tests.factories import Staff, person
from tests.requests_app.operations.part_refusal import AT, WORKED, approved_part_refusal, drafted_part_refusal

#: A Sunday; the Monday after it is a bank holiday in Scotland.
TODAY = date(2026, 11, 29)
_DUE = (None, -2, -1, 0, 1)
#: Days around the third and around the tenth working day from then.
_TO_COME = (3, 4, 5, 6, 13, 14, 15, 16)
#: Days from which on the eighth, twelfth and fifteenth working day comes around then, also after a pause of four.
_STARTED = (-18, -17, -16, -14, -13, -12, -11, -25, -24, -23)


@dataclass(frozen=True)
class People:
    """Those who took part in deciding some of the requests, and one who did not."""

    officer: User
    decision_maker: User
    outsider: User

    @property
    def everybody(self) -> Sequence[User]:
        return (self.officer, self.decision_maker, self.outsider)


def measured_requests() -> People:
    """Make requests of every status, due day and officer, and some whose letters wait to be approved or issued."""
    staff = factories.staff()
    people = People(staff.officer, staff.decision_maker, person(Role.DECISION_MAKER))
    numbers = count(3001)
    cases = [
        _request(next(numbers), status, days, officer, by=staff.intake)
        for status, days, officer in product(
            Status, _DUE, (None, people.officer, people.decision_maker, people.outsider)
        )
    ]
    FoiRequest.objects.bulk_create(cases)
    LapseWarning.objects.bulk_create(
        LapseWarning(foi_request=case, lapses_on=TODAY + timedelta(days=case.number % 5), warned_at=AT)
        for case in cases
        if case.status in (*WAITING_STATUSES, Status.IN_PROGRESS) and case.number % 3
    )
    for by in (staff.officer, staff.decision_maker):
        worked = drafted_part_refusal(staff)
        submit_letter(letter_id=worked.letter.pk, by=by, at=AT, today=WORKED)
    drafted_part_refusal(staff)
    approved_part_refusal(staff)
    _held(staff)
    _not_delivered(staff)
    _promised(cases, people.officer)
    _supervised(cases, people.officer)
    _come_back(staff)
    _dated(staff, numbers)
    _last_done(staff, numbers)
    _with_somebody_who_is_not_there(staff, numbers)
    _begun(staff, numbers)
    _with_the_regulator(staff, numbers)
    _with_steps_required(staff, numbers)
    _closed_with_something_left(staff, numbers)
    return people


def _begun(staff: Staff, numbers: Iterator[int]) -> None:
    """Requests around the end of the next five working days, with a search and without, with an officer and without."""
    for days, officer, is_begun in product((-1, 0, 6, 7, 8, 9), (None, staff.officer), (False, True)):
        status = Status.IN_PROGRESS if officer else Status.RECEIVED
        case = _request(next(numbers), status, days, officer, by=staff.intake)
        case.save()
        if is_begun:
            SearchRecord.objects.create(
                foi_request=case,
                searched="Shared drive",
                searched_by="Patrol team",
                searched_on=TODAY,
                criteria="Patrol",
                recorded_by=staff.intake,
                recorded_at=AT,
            )


def _with_the_regulator(staff: Staff, numbers: Iterator[int]) -> None:
    """Complaints that wait for a decision notice, were decided on the day, were withdrawn, or came after a notice."""
    complaint, notice = COMPLAINT_MADE.code, DECISION_NOTICE.code
    courses: list[list[tuple[str, int, bool]]] = [
        [(complaint, -9, False)],
        [(complaint, -9, False), (notice, -9, False)],
        [(complaint, -9, False), (notice, -2, False)],
        [(notice, -20, False), (complaint, -9, False)],
        [(complaint, -9, False), (notice, -2, True)],
        [(complaint, -9, True)],
    ]
    for course in courses:
        case = _request(next(numbers), Status.CLOSED, None, staff.officer, by=staff.intake)
        case.save()
        for kind, days, is_withdrawn in course:
            event = {"foi_request": case, "kind": kind, "on": _day(days), "recorded_by": staff.intake}
            row = RecordedClockEvent.objects.create(recorded_at=AT, **event)
            if is_withdrawn:
                RecordedClockEvent.objects.create(
                    recorded_at=AT, replaced_row=row, is_withdrawn=True, correction_reason="Not so.", **event
                )


def _with_steps_required(staff: Staff, numbers: Iterator[int]) -> None:
    """Notices of each kind with a day to comply by around today or none, on open and closed requests; one withdrawn."""
    for kind, days, status in product(NOTICES, (-1, 0, 1, None), (Status.CLOSED, Status.IN_PROGRESS)):
        case = _request(next(numbers), status, None, staff.officer, by=staff.intake)
        case.save()
        event = {
            "foi_request": case,
            "kind": kind.code,
            "on": _day(-20),
            "comply_by": None if days is None else _day(days),
            "recorded_by": staff.intake,
            "recorded_at": AT,
        }
        row = RecordedClockEvent.objects.create(**event)
        if days == 1 and kind is NOTICES[0]:
            RecordedClockEvent.objects.create(
                replaced_row=row, is_withdrawn=True, correction_reason="Not so.", **event
            )


def _closed_with_something_left(staff: Staff, numbers: Iterator[int]) -> None:
    """Closed requests with a letter in draft, one abandoned, and advice that is awaited, or was not waited for."""
    for status in (LetterStatus.DRAFT, LetterStatus.ABANDONED):
        case = _request(next(numbers), Status.CLOSED, None, staff.officer, by=staff.intake)
        case.save()
        Letter.objects.create(
            foi_request=case,
            kind="acknowledgement",
            is_answer=False,
            status=status,
            drafted_by=staff.officer,
            drafted_at=AT,
        )
    over = {
        "ended_at": AT,
        "ended_by": staff.officer,
        "ending": HoldEnding.OVERRIDDEN,
        "override_reason": "So.",
    }
    for ended in ({}, over):
        case = _request(next(numbers), Status.CLOSED, None, staff.officer, by=staff.intake)
        case.save()
        IssueHold.objects.create(
            foi_request=case, awaited="CRU log 2/26", page="/", placed_by=staff.officer, placed_at=AT, **ended
        )


def _come_back(staff: Staff) -> None:
    """Letters that were taken back: one that was submitted, one approved; and one that was submitted again since."""
    for worked in (drafted_part_refusal(staff), drafted_part_refusal(staff)):
        submit_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, today=WORKED)
        return_letter(letter_id=worked.letter.pk, by=staff.decision_maker, at=AT, reason="Say more.")
    submit_letter(letter_id=worked.letter.pk, by=staff.officer, at=AT, today=WORKED)
    fell = approved_part_refusal(staff)
    return_letter(letter_id=fell.letter.pk, by=staff.decision_maker, at=AT, reason="It changed.")


def _dated(staff: Staff, numbers: Iterator[int]) -> None:
    """Requests whose dates lie around today: due, notice, beginning, end of waiting, review."""
    by, working, waiting = staff.intake, Status.IN_PROGRESS, Status.AWAITING_CLARIFICATION
    dated: list[tuple[Status, dict[str, object]]] = [(working, {"due_on": _day(days)}) for days in _TO_COME]
    dated += [
        (working, {"due_on": _day(due), "notice_due_on": _day(notice), "regime": regime})
        for due, notice, regime in product((-1, 0, 1), (-1, 0, 1), Regime)
    ]
    dated += [
        (status, {"due_on": _day(5), "started_on": _day(started), "paused_days": paused})
        for started, paused, status in product(_STARTED, (0, 4), (working, Status.READY_TO_ISSUE))
    ]
    dated += [(status, {"lapses_on": _day(30)}) for status in (working, waiting, Status.AWAITING_FEE)]
    dated += [(Status.CLOSED, {"review_due_on": _day(days)}) for days in (-2, -1, 0, 1)]
    FoiRequest.objects.bulk_create(
        _request(next(numbers), status, None, staff.officer, by=by, **fields) for status, fields in dated
    )


def _last_done(staff: Staff, numbers: Iterator[int]) -> None:
    """Requests on which something was done around ten working days ago, late in the evening."""
    for days in range(-18, -11):
        case = _request(next(numbers), Status.IN_PROGRESS, 1, staff.officer, by=staff.intake)
        case.save()
        at = datetime.combine(_day(days), time(23, 30), UTC)
        write_note(case_id=case.pk, by=staff.officer, at=at, text="Asked again.")


def _with_somebody_who_is_not_there(staff: Staff, numbers: Iterator[int]) -> None:
    """Requests with people who have left or are away, with cover and without, and with cover who is not there."""
    left, changed_role = person(Role.OFFICER, is_active=False), person(Role.INTAKE)
    alone, covered, badly_covered, deserted, back = (person(Role.OFFICER) for _ in range(5))
    _away(alone, -1, 0, None)
    _away(covered, -1, 0, staff.officer)
    _away(badly_covered, -1, 0, alone)
    _away(deserted, -1, 0, left)
    _away(back, -1, 0, None, ended_at=AT)
    for officer in (left, changed_role, alone, covered, badly_covered, deserted, back):
        _request(next(numbers), Status.IN_PROGRESS, 1, officer, by=staff.intake).save()


def _away(who: User, first: int, last: int, cover: User | None, **fields: object) -> None:
    Absence.objects.create(
        person=who,
        from_on=_day(first),
        to_on=_day(last),
        cover=cover,
        entered_by=who,
        entered_at=AT,
        **fields,
    )


def _day(days: int) -> date:
    return TODAY + timedelta(days=days)


def _held(staff: Staff) -> None:
    """Approved, and advice is awaited; and a draft with advice that has come."""
    awaited = {"by": staff.officer, "at": AT, "awaited": "CRU log 1/26", "page": "/"}
    place_hold(case_id=approved_part_refusal(staff).case.pk, **awaited)
    advice_came(case_id=drafted_part_refusal(staff).case.pk, **awaited)


def _not_delivered(staff: Staff) -> None:
    """An answer that came back, and one that was sent again since."""
    given = {"by": staff.officer, "at": AT}
    for is_sent_again in (False, True):
        letter_id = approved_part_refusal(staff).letter.pk
        issue_letter(letter_id=letter_id, on=WORKED, despatch=Despatch.COLLECTED, **given)
        record_letter_returned(letter_id=letter_id, reason=ReturnReason.NOT_CALLED_FOR, **given)
        if is_sent_again:
            send_letter_again(letter_id=letter_id, today=WORKED, despatch=Despatch.EMAIL, **given)


def _promised(cases: Sequence[FoiRequest], officer: User) -> None:
    """Promises of days before, on and after today, on open and closed requests; some of them kept."""
    kept = {"said": "It is on its way.", "said_on": TODAY, "closed_by": officer, "closed_at": AT}
    ContactTask.objects.bulk_create(
        ContactTask(
            foi_request=case,
            promised="When the answer will be sent.",
            due_on=TODAY + timedelta(days=case.number % 4 - 2),
            promised_by=officer,
            promised_at=AT,
            **(kept if case.number % 5 == 0 else {}),
        )
        for case in cases
        if case.number % 3 == 0
    )


def _supervised(cases: Sequence[FoiRequest], officer: User) -> None:
    """Reviews of ten working days ago and around that, on open and closed requests; some with an action, some done."""
    done = {"done": "Done.", "done_on": TODAY, "done_by": officer, "done_at": AT}
    SupervisionReview.objects.bulk_create(
        SupervisionReview(
            foi_request=case,
            reviewed_on=_day(-case.number % 6 - 17),
            reviewed_by=officer,
            reviewed_at=AT,
            direction="Search again.",
            **(
                {"action": "Chase it.", "action_due_on": _day(case.number % 3 - 1), "action_by": officer}
                if case.number % 4
                else {}
            ),
            **(done if case.number % 5 == 0 and case.number % 4 else {}),
        )
        for case in cases
        if case.number % 2 == 0
    )


def _request(
    number: int, status: Status, days: int | None, officer: User | None, *, by: User, **fields: object
) -> FoiRequest:
    ended = {} if status in OPEN_STATUSES else {"closed_on": TODAY, "outcome": Outcome.WITHDRAWN}
    usual = {
        "received_on": date(2026, 10, 5),
        "channel": "email",
        "subject": f"{status}, due {days}, {officer}",
        "words": "Please send me the plan.",
        "due_on": None if days is None else _day(days),
        "logged_at": datetime(2026, 10, 5, 9, 0, tzinfo=UTC),
    }
    return FoiRequest(
        number=number,
        year=2026,
        reference=f"{number}/2026",
        status=status,
        officer=officer,
        logged_by=by,
        **{**usual, **ended, **fields},
    )
