"""Where requests stand: open, overdue, with the approver, on hold, without an officer."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from foitracker.accounts.permission_names import Permission
from foitracker.casework.measures import Tile, overdue_by
from foitracker.casework.overdue import is_overdue
from foitracker.pages.words import overdue_since
from requests_app.measures.view import IS_OPEN, RequestMeasure, RequestView
from requests_app.models import (
    COUNTS,
    FoiRequest,
    IssueHold,
    LapseWarning,
    Letter,
    LetterDespatch,
    LetterStatus,
)
from requests_app.queries.took_part import is_kept_from_approving, kept_from_approving
from requests_app.rules.casework.workflow import WAITING_STATUSES, Status

#: What the register's field of officers is set to for requests no one has.
NOBODY = "none"

OPEN = RequestMeasure(
    code="open",
    name="Open",
    condition=lambda view: IS_OPEN,
    holds=lambda case, view: not case.is_closed,
    tone="progress",
    shape="half",
    tiles=(Tile("My open requests", Permission.WORK_CASE, mine=True),),
    filters={},
)

OVERDUE = RequestMeasure(
    code="overdue",
    name="Overdue",
    condition=lambda view: IS_OPEN & overdue_by("due_on", view.today),
    holds=lambda case, view: not case.is_closed and is_overdue(case.due_on, view.today),
    tone="bad",
    shape="triangle",
    mark=lambda case, view: overdue_since(case.due_on, view.today) if case.due_on else "",
    tiles=(
        Tile("Mine and overdue", Permission.WORK_CASE, mine=True),
        Tile("Overdue requests", Permission.ASSIGN, but_not=Permission.WORK_CASE),
    ),
)


def _to_approve(view: RequestView) -> Q:
    submitted = Letter.objects.filter(foi_request=OuterRef("pk"), status=LetterStatus.SUBMITTED)
    waits = Q(Exists(submitted), status=Status.AWAITING_APPROVAL)
    return waits & ~kept_from_approving(view.user, "reference") if view.user else waits


def _is_to_approve(case: FoiRequest, view: RequestView) -> bool:
    """Whether a letter waits that the person who asks, if somebody does, is not kept from approving."""
    return (
        case.status == Status.AWAITING_APPROVAL
        and any(letter.status == LetterStatus.SUBMITTED for letter in case.letters.all())
        and not (view.user and is_kept_from_approving(view.user, case))
    )


TO_APPROVE = RequestMeasure(
    code="to_approve",
    name="Letters to approve",
    condition=_to_approve,
    holds=_is_to_approve,
    tone="wait",
    shape="diamond",
    tiles=(Tile("Letters I can approve", Permission.APPROVE),),
    permission=Permission.APPROVE,
)

AWAITING_APPROVAL = RequestMeasure(
    code="awaiting_approval",
    name="Awaiting approval",
    condition=lambda view: Q(status=Status.AWAITING_APPROVAL),
    holds=lambda case, view: case.status == Status.AWAITING_APPROVAL,
    tone="wait",
    shape="diamond",
    filters={"status": Status.AWAITING_APPROVAL.value},
)

_HELD = Exists(IssueHold.objects.filter(foi_request=OuterRef("pk"), ended_at__isnull=True))

_ADVISED = Exists(
    IssueHold.objects.filter(foi_request=OuterRef("pk"), ended_at__isnull=True, advised_at__isnull=False)
)

TO_ISSUE = RequestMeasure(
    code="to_issue",
    name="Letters to issue",
    condition=lambda view: Q(status=Status.READY_TO_ISSUE) & ~Q(_HELD),
    holds=lambda case, view: (
        case.status == Status.READY_TO_ISSUE and all(hold.ended_at for hold in case.holds.all())
    ),
    tone="good",
    shape="arrow",
    tiles=(Tile("Letters to issue", Permission.ISSUE),),
)

ADVICE_CAME = RequestMeasure(
    code="advice_came",
    name="Advice to take up",
    condition=lambda view: IS_OPEN & Q(_ADVISED),
    holds=lambda case, view: (
        not case.is_closed and any(hold.advised_at and not hold.ended_at for hold in case.holds.all())
    ),
    tone="wait",
    shape="diamond",
    tiles=(
        Tile("Mine, with advice to take up", Permission.WORK_CASE, mine=True),
        Tile("Answers that advice sent back or holds", Permission.APPROVE),
    ),
)


def has_undelivered_letter(case: FoiRequest) -> bool:
    """Return whether a letter of a request was sent and no despatch of it counts."""
    sent = [
        list(letter.despatches.all()) for letter in case.letters.all() if letter.status == LetterStatus.ISSUED
    ]
    return any(despatches and not any(one.counts for one in despatches) for despatches in sent)


def undelivered_letters() -> QuerySet[LetterDespatch]:
    """Return the despatches that failed of letters of which none counts."""
    return LetterDespatch.objects.filter(
        ~COUNTS,
        ~Exists(LetterDespatch.objects.filter(COUNTS, letter=OuterRef("letter"))),
        letter__status=LetterStatus.ISSUED,
    )


NOT_DELIVERED = RequestMeasure(
    code="not_delivered",
    name="A letter did not arrive",
    condition=lambda view: (
        IS_OPEN & Q(Exists(undelivered_letters().filter(letter__foi_request=OuterRef("pk"))))
    ),
    holds=lambda case, view: not case.is_closed and has_undelivered_letter(case),
    tone="bad",
    shape="triangle",
    tiles=(
        Tile("My letters that did not arrive", Permission.WORK_CASE, mine=True),
        Tile("Letters that did not arrive", Permission.SEND_LETTER_AGAIN, but_not=Permission.WORK_CASE),
    ),
)

UNASSIGNED = RequestMeasure(
    code="no_officer",
    name="Without an officer",
    condition=lambda view: IS_OPEN & Q(officer__isnull=True),
    holds=lambda case, view: not case.is_closed and case.officer_id is None,
    tone="info",
    shape="ring",
    tiles=(Tile("Without an officer", Permission.ASSIGN),),
    filters={"officer": NOBODY, "status": ""},
)

LAPSING = RequestMeasure(
    code="lapsing",
    name="Lapsing soon",
    condition=lambda view: Q(
        Exists(LapseWarning.objects.filter(foi_request=OuterRef("pk"))), status__in=WAITING_STATUSES
    ),
    holds=lambda case, view: case.status in WAITING_STATUSES and bool(case.lapse_warnings.all()),
    tone="wait",
    shape="triangle",
)
