"""Issuing a letter: after this nothing about it changes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permissions import check_can
from foitracker.casework.overdue import is_overdue
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.printing.render import render_pdf
from foitracker.working_days.calendar import CalendarNotCovered
from requests_app.events.response import LETTER_ISSUED
from requests_app.letters.facts import collect_facts
from requests_app.letters.frozen import HASHES, hashes_of
from requests_app.letters.kind import IssueEffect
from requests_app.letters.kinds import kind_of
from requests_app.letters.render import TEMPLATE_VERSION, render_html
from requests_app.models import Despatch, FoiRequest, Letter, LetterStatus
from requests_app.operations.casework import move
from requests_app.operations.clock import refresh_due
from requests_app.operations.consultation import check_not_held
from requests_app.operations.delivery import check_address, close_answered, despatch_letter
from requests_app.operations.response import check_complete, digest_of, lock_letter
from requests_app.queries.identity import applicant_of
from requests_app.rules.casework.lateness import LateReason, LateStep
from requests_app.rules.casework.workflow import Transition


@dataclass(frozen=True)
class Lateness:
    """Why an answer goes out after its limit, and the step at which the time was lost."""

    reason: LateReason
    step: LateStep


@transaction.atomic
def issue_letter(
    *,
    letter_id: int,
    by: User,
    at: datetime,
    on: date,
    despatch: Despatch,
    lateness: Lateness | None = None,
    seen_version: int | None = None,
) -> Letter:
    """Issue a letter dated `on`: freeze it whole, send it, and do to the case what its kind declares.

    An answer has to be approved; another letter needs no second person. All of it is one transaction:
    the e-mail waits in the outbox and leaves only once it is committed. The first answer, when it is late, needs its
    `lateness`. Raises LetterIncomplete; NotPossible when the case differs from what was approved, there is no address
    for the way of sending, or the reason of lateness is missing.
    """
    letter, case = lock_letter(letter_id, seen_version)
    kind = kind_of(letter.kind)
    check_can(kind.may_issue, by)
    check_address(applicant_of(case), despatch)
    _check_ready(letter, case, on)
    if not letter.is_answer:
        letter.decided_by = letter.approved_by = by
        letter.decided_at = letter.approved_at = at
    if kind.on_issue is IssueEffect.ANSWERS:
        _give_lateness(case, on, lateness)
        _close(case, on)
    _freeze(letter, by=by, at=at, on=on)
    despatch_letter(letter, despatch, by=by, at=at, on=on)
    if letter.corrected_letter:
        Letter.objects.filter(pk=letter.corrected_letter.pk).update(status=LetterStatus.SUPERSEDED)
        refresh_due(case, field="on")
    detail = {
        "kind": letter.kind,
        "despatch": despatch,
        "letter": letter.pk,
        **{name: getattr(letter, name) for name in HASHES},
        "outcome": case.outcome,
        "late_reason": case.late_reason or None,
        "late_step": case.late_step or None,
        "supersedes": letter.corrected_letter.sha256 if letter.corrected_letter else None,
    }
    save_with_event(case, event=LETTER_ISSUED, by=by, at=at, detail=detail)
    return letter


def _check_ready(letter: Letter, case: FoiRequest, on: date) -> None:
    wanted = LetterStatus.APPROVED if letter.is_answer else LetterStatus.DRAFT
    if letter.status != wanted:
        raise NotPossible(
            f"The letter is “{letter.get_status_display()}”. It can be issued once it is {wanted.label}."
        )
    if letter.is_answer:
        check_not_held(case)
    if case.is_closed:
        raise NotPossible("The request is closed. Only a corrected answer can be issued now.")
    if on < case.received_on:
        raise NotPossible("A letter cannot be dated before the request was received.", field="on")
    try:
        facts = collect_facts(letter, letter_date=on, today=on)
    except CalendarNotCovered as error:  # the last day to ask for a review lies beyond the calendar
        raise NotPossible(str(error), field="on") from error
    check_complete(facts)
    if letter.is_answer and digest_of(facts) != letter.approved_digest:
        raise NotPossible(
            "The case, the settings or the letter's wording changed after this letter was approved. "
            "Return it for more work and have it approved again."
        )


def is_late(case: FoiRequest, on: date) -> bool:
    """Return whether a first answer on a day would be late: after the limit, or after one a late question took away.

    FOIA s.10(1).
    """
    if case.responded_on is not None:
        return False
    return case.missed_on is not None or is_overdue(case.due_on, on)


def _give_lateness(case: FoiRequest, on: date, lateness: Lateness | None) -> None:
    if not is_late(case, on):
        return
    if lateness is None:
        raise NotPossible(
            "This answer is late. Say why, and at which step the time was lost.", field="late_reason"
        )
    case.late_reason, case.late_step = lateness.reason, lateness.step


def _freeze(letter: Letter, *, by: User, at: datetime, on: date) -> None:
    facts = collect_facts(letter, letter_date=on, today=on)
    letter.html = render_html(facts)
    letter.pdf = render_pdf(letter.html)
    letter.facts = facts.as_json()
    for name, digest in hashes_of(letter).items():
        setattr(letter, name, digest)
    letter.template_version = TEMPLATE_VERSION
    letter.status = LetterStatus.ISSUED
    letter.issued_by, letter.issued_at, letter.issued_on = by, at, on
    letter.save()


def _close(case: FoiRequest, on: date) -> None:
    """Close the case with the outcome of its items; the day of its first answer stops the clock and stays."""
    move(case, Transition.ISSUE)
    close_answered(case, on)
    if case.responded_on is None:
        case.responded_on = on
        refresh_due(case, field="on")  # how many days the answer took
