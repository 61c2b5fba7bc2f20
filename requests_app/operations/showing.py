"""Operations on what a reader outside the team is shown: show them a request, end it, and record what they read.

Nothing waits for such a reader, and they change nothing.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.audit.operations import record_access
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.events.showing import REQUEST_SHOWN, SHOWING_ENDED, SHOWN_REQUEST_READ
from requests_app.models import FoiRequest, ShownRequest
from requests_app.operations.casework import lock_case


def check_can_be_shown(case: FoiRequest) -> None:
    """Raise TransitionNotAllowed for a closed request: it is on nobody's list."""
    if case.is_closed:
        raise TransitionNotAllowed(
            "The request is closed. Readers outside the team are shown open requests only."
        )


@transaction.atomic
def show_request(
    *, case_id: int, by: User, at: datetime, reader: User, seen_version: int | None = None
) -> ShownRequest:
    """Put an open request on the list of a reader outside the team.

    Raises NotPossible for somebody who is no such reader, or who is shown it already; TransitionNotAllowed for a
    closed request.
    """
    check_can(Permission.SHOW_REQUEST, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    check_can_be_shown(case)
    if not can(Permission.READ_SHOWN, reader):
        raise NotPossible(f"{reader.name} is not an active reader outside the team.", field="reader")
    if case.showings.filter(reader=reader, ended_at__isnull=True).exists():
        raise NotPossible(f"This request is already shown to {reader.name}.", field="reader")
    showing = ShownRequest.objects.create(foi_request=case, reader=reader, shown_by=by, shown_at=at)
    save_with_event(case, event=REQUEST_SHOWN, by=by, at=at, detail={"reader": reader})
    return showing


@transaction.atomic
def end_showing(
    *, case_id: int, showing_id: int, by: User, at: datetime, seen_version: int | None = None
) -> ShownRequest:
    """Take a request off the list of a reader outside the team. Raises NotPossible when it is off it already."""
    check_can(Permission.SHOW_REQUEST, by)
    case = lock_case(pk=case_id, seen_version=seen_version)
    showing = case.showings.select_related("reader").filter(pk=showing_id, ended_at__isnull=True).first()
    if showing is None:
        raise NotPossible("This request is no longer shown to this reader. Go back to the request.")
    showing.ended_by, showing.ended_at = by, at
    showing.save()
    save_with_event(case, event=SHOWING_ENDED, by=by, at=at, detail={"reader": showing.reader})
    return showing


def record_reading(*, references: Iterable[str], by: User, at: datetime) -> None:
    """Record that a reader outside the team was shown each of these requests on a page of their list."""
    check_can(Permission.READ_SHOWN, by)
    for reference in references:
        record_access(event=SHOWN_REQUEST_READ, by=by, at=at, subject=reference)
