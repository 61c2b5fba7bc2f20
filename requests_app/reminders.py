"""What people are reminded of about requests. Each kind is a measure and a date; it has no rule of its own."""

from datetime import date
from typing import Any

from django.db.models import DateField, Exists, F, Func, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.queries import absences_on
from foitracker.audit.queries import approving, deciding
from foitracker.casework.measures import Viewpoint
from foitracker.pages.words import in_words, weekday_in_words, working_days_words
from foitracker.reminders.kinds import (
    AtOnce,
    CaseReminder,
    CaseSource,
    EverybodyWhoMay,
    ReminderKind,
    WhoeverHasIt,
    WhoeverIsNamed,
    WhoeverMayThere,
)
from foitracker.reminders.steps import Steps
from foitracker.working_days.queries import current_calendar
from requests_app.measures import (
    ADVICE_CAME,
    NOT_DELIVERED,
    OVERDUE,
    REQUESTS,
    UNASSIGNED,
    RequestMeasure,
    RequestView,
)
from requests_app.measures.dates import (
    CLARIFICATION_AWAITED,
    CONTACT_DUE,
    EXTENDED,
    FEE_AWAITED,
    IN_TIME,
    NOT_DRAFTED,
    NOTICE_DUE,
    REVIEW_DUE,
    REVIEW_OVERDUE,
)
from requests_app.measures.stages import (
    APPROVAL_FELL,
    APPROVAL_LATE,
    APPROVAL_WAITS,
    DRAFT_LATE,
    NOT_ACKNOWLEDGED,
    NOT_ISSUED,
    OFFICER_AWAY,
    OFFICER_GONE,
    QUIET,
    RETURNED,
    SEARCH_LATE,
    last_activity,
)
from requests_app.measures.view import letters
from requests_app.models import ContactTask, IssueHold, LetterDespatch, LetterStatus
from requests_app.rules.casework.reference import RequestReference


def _address(reference: RequestReference) -> str:
    return reverse("requests_app:casefile", args=[reference.year, reference.number])


SOURCE = CaseSource(
    measures=REQUESTS,
    view=RequestView,
    reference=F("reference"),
    title=lambda case: f"Request {case}",
    address=lambda case: _address(RequestReference.parse(case)),
)

OFFICER = WhoeverHasIt("officer", "The officer, and who covers for them", Permission.WORK_CASE, "officer")
MANAGERS = EverybodyWhoMay("managers", "Managers", Permission.OVERSEE)
APPROVERS = WhoeverMayThere("approvers", "Those who can approve it", Permission.APPROVE)
APPROVER = WhoeverIsNamed(
    "approver",
    "Whoever approved it",
    Permission.APPROVE,
    lambda: Subquery(approving(OuterRef("reference")).order_by("-sequence").values("actor")[:1]),
)


def _was_not_involved(user: User) -> Q:
    """A review is for somebody who was not involved in the answer (s.45 Code, para 5)."""
    reference = OuterRef("reference")
    return ~Q(Exists(deciding(reference).filter(actor=user))) & ~Q(
        Exists(approving(reference).filter(actor=user))
    )


REVIEWERS = WhoeverMayThere(
    "reviewers", "Those who can review it", Permission.CARRY_OUT_REVIEW, there=_was_not_involved
)


def _days_left(day: date, left: int) -> str:
    """How long there is to a day, as words beside the case."""
    if left < 0:
        return f"was due on {weekday_in_words(day)}, {working_days_words(-left)} ago"
    if left == 0 and not current_calendar().is_working_day(day):  # an estimate may name any day (s.17(2))
        return f"due on {weekday_in_words(day)}, which is not a working day"
    if left == 0:
        return f"due today, {weekday_in_words(day)}"
    return f"due in {working_days_words(left)}, on {weekday_in_words(day)}"


def _answer(day: date, left: int) -> str:
    return f"answer {_days_left(day, left)}"


def _since(words: str) -> Any:
    return lambda day, left: f"{words} {weekday_in_words(day)}"


def _latest(found: "QuerySet[Any]", column: str) -> Any:
    """The day of the latest of these rows of a request, as an expression."""
    days = found.order_by().values("foi_request").annotate(latest=Max(column)).values("latest")
    return TruncDate(Subquery(days))


def _halfway(view: Viewpoint) -> Any:
    """The day halfway between asking and the last day for the answer."""
    return Func(
        F("awaited_since"),
        Func(F("lapses_on"), F("awaited_since"), template="(%(expressions)s) / 2", arg_joiner=" - "),
        template="(%(expressions)s)",
        arg_joiner=" + ",
        output_field=DateField(),
    )


def _failed_on(view: Viewpoint) -> Any:
    failed = LetterDespatch.objects.filter(letter__foi_request=OuterRef("pk")).exclude(failure="")
    days = failed.order_by().values("letter__foi_request").annotate(latest=Max("failed_at")).values("latest")
    return TruncDate(Subquery(days))


def _advised_on(view: Viewpoint) -> Any:
    holds = IssueHold.objects.filter(foi_request=OuterRef("pk"), ended_at__isnull=True)
    return _latest(holds, "advised_at")


def _promised_for(view: Viewpoint) -> Any:
    """The day of the promise that has waited longest."""
    promises = ContactTask.objects.filter(foi_request=OuterRef("pk"), closed_at__isnull=True).order_by(
        "due_on"
    )
    return Subquery(promises.values("due_on")[:1])


def _away_since(view: Viewpoint) -> Any:
    away = absences_on(view.today).filter(person=OuterRef("officer")).order_by("from_on")
    return Subquery(away.values("from_on")[:1])


def _kind(
    code: str,
    heading: str,
    measure: RequestMeasure,
    *,
    about: Any,
    offsets: tuple[int, ...],
    says: Any,
    to: tuple[Any, ...] = (OFFICER,),
    every: int | None = None,
    at_once: AtOnce = AtOnce.NEVER,
    cannot_be_muted: bool = False,
) -> ReminderKind:
    """Declare a kind. `about` is a column of the request, or makes an expression from the view."""
    audiences = to if MANAGERS in to else (*to, MANAGERS)
    return CaseReminder(
        code=code,
        heading=heading,
        says=says,
        steps=Steps(offsets, every),
        audiences=audiences,
        usual=tuple(audience.code for audience in to),
        at_once=at_once,
        cannot_be_muted=cannot_be_muted,
        source=SOURCE,
        measure=measure,
        about=(lambda view: F(about)) if isinstance(about, str) else about,
    )


KINDS: tuple[ReminderKind, ...] = (
    _kind(
        "overdue", "Overdue", OVERDUE, about="due_on", offsets=(-1,), every=5, says=_answer,
        to=(OFFICER, MANAGERS), at_once=AtOnce.WHEN_MOVED, cannot_be_muted=True,
    ),
    _kind(
        "not_delivered", "A letter did not arrive", NOT_DELIVERED, about=_failed_on, offsets=(0,),
        says=_since("a letter did not arrive: known since"), at_once=AtOnce.ALWAYS,
    ),
    _kind(
        "approval_fell", "Approval no longer stands", APPROVAL_FELL, offsets=(0,),
        about=lambda view: _latest(letters(status=LetterStatus.DRAFT, approval_fell=True), "returned_at"),
        says=_since("back in draft after approval, since"), to=(OFFICER, APPROVER), at_once=AtOnce.ALWAYS,
    ),
    _kind(
        "advice_came", "Advice has arrived", ADVICE_CAME, about=_advised_on, offsets=(0,),
        says=_since("advice arrived on"), at_once=AtOnce.ALWAYS,
    ),
    _kind(
        "due_soon", "Due soon", IN_TIME, about="due_on", offsets=(10, 5, 3, 1, 0), says=_answer,
        at_once=AtOnce.WHEN_MOVED,
    ),
    _kind(
        "no_draft", "Due soon, without a draft", NOT_DRAFTED, about="due_on", offsets=(3,), says=_answer,
        to=(MANAGERS,),
    ),
    _kind(
        "notice_due", "Notice under section 17", NOTICE_DUE, about="notice_due_on", offsets=(3, 1, 0),
        says=lambda day, left: f"any refusal notice under section 17 {_days_left(day, left)}, although time was "
        "extended",
    ),
    _kind(
        "extension_ending", "Extension ending", EXTENDED, about="due_on", offsets=(7,),
        says=lambda day, left: f"the extension ends: answer {_days_left(day, left)}",
    ),
    _kind(
        "not_acknowledged", "Not acknowledged", NOT_ACKNOWLEDGED, offsets=(-1,),
        about="received_on",
        says=_since("acknowledgement not sent; received on"),
    ),
    _kind(
        "search_late", "Search not back", SEARCH_LATE, offsets=(-1,),
        about="started_on",
        says=_since("no search recorded; the time limit began on"),
    ),
    _kind(
        "draft_late", "No draft", DRAFT_LATE, offsets=(-1,),
        about="started_on",
        says=_since("no answer drafted; the time limit began on"),
    ),
    _kind(
        "approval_late", "Not approved", APPROVAL_LATE, offsets=(-1,),
        about="started_on",
        says=_since("no answer approved; the time limit began on"),
    ),
    _kind(
        "returned", "Returned to you", RETURNED, offsets=(0,),
        about=lambda view: _latest(letters(status=LetterStatus.DRAFT, approval_fell=False), "returned_at"),
        says=_since("returned for more work on"),
    ),
    _kind(
        "approval_waits", "Waiting for approval", APPROVAL_WAITS, offsets=(-2,),
        about=lambda view: _latest(letters(status=LetterStatus.SUBMITTED), "decided_at"),
        says=_since("a letter has waited for approval since"), to=(APPROVERS,),
    ),
    _kind(
        "not_issued", "Approved, not issued", NOT_ISSUED, offsets=(-1,),
        about=lambda view: _latest(letters(status=LetterStatus.APPROVED), "approved_at"),
        says=_since("approved and not issued since"),
    ),
    _kind(
        "clarification_halfway", "Clarification not answered", CLARIFICATION_AWAITED, about=_halfway, offsets=(0,),
        says=lambda day, left: "clarification not answered, and half the time for it is over",
    ),
    _kind(
        "clarification_lapsing", "About to lapse, or lapsed", CLARIFICATION_AWAITED, about="lapses_on", offsets=(5, -1),
        says=lambda day, left: (
            f"lapsed: clarification was awaited until {in_words(day)}" if left < 0
            else f"lapses if no clarification comes by {weekday_in_words(day)}"
        ),
    ),
    _kind(
        "fee_unpaid", "Fee not paid", FEE_AWAITED, about="lapses_on", offsets=(30, 5, -1),
        says=lambda day, left: (
            f"lapsed: the fee could be paid until {in_words(day)}" if left < 0
            else f"the fee is not paid; it can be until {weekday_in_words(day)}"
        ),
    ),
    _kind(
        "contact_due", "Contact promised", CONTACT_DUE, about=_promised_for, offsets=(0, -1), every=5,
        says=_since("the applicant was promised contact by"),
    ),
    _kind(
        "quiet", "No recent activity", QUIET, offsets=(-1,),
        about=lambda view: Coalesce(TruncDate(Subquery(last_activity().values("at")[:1])), F("received_on")),
        says=_since("nothing has been recorded since"),
    ),
    _kind(
        "review_overdue", "Internal review overdue", REVIEW_OVERDUE, about="review_due_on", offsets=(-1,), every=5,
        says=lambda day, left: f"internal review {_days_left(day, left)}", to=(REVIEWERS,), cannot_be_muted=True,
    ),
    _kind(
        "review_due", "Internal review due", REVIEW_DUE, about="review_due_on", offsets=(10, 5, 3, 1, 0),
        says=lambda day, left: f"internal review {_days_left(day, left)}", to=(REVIEWERS,),
    ),
    _kind(
        "no_officer", "Without an officer", UNASSIGNED, about="received_on", offsets=(0,), every=5,
        says=_since("no officer; received on"), to=(MANAGERS,),
    ),
    _kind(
        "officer_gone", "With somebody who has left", OFFICER_GONE, about="received_on", offsets=(0,), every=5,
        says=_since("the officer can no longer work on it; received on"), to=(MANAGERS,),
    ),
    _kind(
        "officer_away", "Officer away without cover", OFFICER_AWAY, about=_away_since, offsets=(0,), every=5,
        says=_since("the officer is away without cover, since"), to=(MANAGERS,),
    ),
)  # fmt: skip
