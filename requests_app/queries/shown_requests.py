"""What readers outside the team are shown, and who they are. Who asked is masked in all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, OuterRef, QuerySet, Subquery

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.events import Access
from foitracker.audit.models import RecordedAccess
from foitracker.identity.traces import find_traces_of, mask
from requests_app.models import Applicant, FoiRequest, ShownRequest
from requests_app.queries.identity import known_details
from requests_app.rules.casework.workflow import WAITING_STATUSES

#: Where the words of a request are longer, a row shows their beginning and folds the whole away.
OPENING = 400


@dataclass(frozen=True)
class ShownRow:
    """All that a reader outside the team is told of a request. `opening` is the beginning of words that are long."""

    reference: str
    subject: str
    words: str
    opening: str
    due_on: date | None
    is_paused: bool


@dataclass(frozen=True)
class Showing:
    """A reader whom a request is shown to, and when they last read it. A person who `is_gone` sees nothing."""

    pk: int
    reader: User
    shown_at: datetime
    last_read_at: datetime | None
    is_gone: bool


def outside_readers() -> QuerySet[User]:
    """Return the active readers outside the team, by name."""
    readers = User.objects.filter(is_active=True, roles__contains=[str(Role.OUTSIDE_READER)])
    return readers.order_by("name", "pk")


def not_shown_yet(case: FoiRequest) -> QuerySet[User]:
    """Return the readers outside the team who are not shown a request."""
    return outside_readers().exclude(pk__in=case.showings.filter(ended_at__isnull=True).values("reader"))


def shown_to(user: User) -> QuerySet[ShownRequest]:
    """Return the open requests that a reader outside the team is shown, soonest due first."""
    return (
        ShownRequest.objects.visible_to(user)
        .select_related("foi_request")
        .only(*(f"foi_request__{name}" for name in ("reference", "subject", "words", "due_on", "status")))
        .order_by(F("foi_request__due_on").asc(nulls_last=True), "foi_request_id")
    )


def shown_rows(shown: Sequence[ShownRequest]) -> list[ShownRow]:
    """Return what a reader is told of requests, the applicant's details masked wherever they still stand."""
    applicants = Applicant.objects.in_bulk([one.foi_request_id for one in shown])
    return [_row(one.foi_request, applicants.get(one.foi_request_id)) for one in shown]


def _row(case: FoiRequest, applicant: Applicant | None) -> ShownRow:
    known = known_details(applicant) if applicant else ()
    subject, words = (mask(text, find_traces_of(text, known)) for text in (case.subject, case.words))
    return ShownRow(
        reference=case.reference,
        subject=subject,
        words=words,
        opening=_opening(words),
        due_on=case.due_on,
        is_paused=case.status in WAITING_STATUSES,
    )


def _opening(words: str) -> str:
    """The beginning of long words, up to the end of a word; empty where they are short."""
    if len(words) <= OPENING:
        return ""
    cut = words[:OPENING]
    return f"{cut.rpartition(' ')[0] or cut}…"


def showings_of(case: FoiRequest, *, read_as: Access) -> list[Showing]:
    """Return the readers whom a request is shown to, in the order they were chosen.

    `read_as` is what their reading is recorded as: when each last read it is read from the accesses.
    """
    readings = RecordedAccess.objects.filter(
        event=read_as.code,
        subject=case.reference,
        actor=OuterRef("reader"),
        at__gte=OuterRef("shown_at"),
    ).order_by("-id")
    standing = case.showings.filter(ended_at__isnull=True).select_related("reader")
    return [
        Showing(
            pk=one.pk,
            reader=one.reader,
            shown_at=one.shown_at,
            last_read_at=getattr(one, "last_read_at", None),
            is_gone=not one.reader.has_role(Role.OUTSIDE_READER),
        )
        for one in standing.annotate(last_read_at=Subquery(readings.values("at")[:1]))
    ]
