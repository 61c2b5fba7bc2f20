"""What every change of a request shares: lock it, see that it may be changed now, move it on."""

from foitracker.accounts.models import User
from foitracker.casework.record import lock
from foitracker.casework.refusals import NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from foitracker.pages.words import short_date
from requests_app.models import FoiRequest
from requests_app.rules.casework.workflow import (
    EDITABLE_STATUSES,
    STATUS_LABELS,
    WORKFLOW,
    Status,
    Transition,
)


def lock_case(*, pk: int, seen_version: int | None = None) -> FoiRequest:
    """Lock a request until the transaction ends and return it as it is now. Raises CaseChanged; see `lock`."""
    return lock(FoiRequest, pk=pk, seen_version=seen_version)


def check_editable(case: FoiRequest) -> None:
    """Raise TransitionNotAllowed unless the content of the case may be changed now.

    What has been submitted or approved is fixed; it has to be returned first.
    """
    if case.status not in EDITABLE_STATUSES:
        way_on = (
            "Correct the issued letter to reopen it." if case.is_closed else "Return it for more work first."
        )
        raise TransitionNotAllowed(
            f"The request is “{STATUS_LABELS[Status(case.status)]}”, so it cannot be changed. {way_on}"
        )


def check_unanswered(case: FoiRequest) -> None:
    """Raise NotPossible for a request that has had its answer and is open to correct it."""
    if case.responded_on:
        raise NotPossible(
            f"The request was answered on {short_date(case.responded_on)} and is open only to correct that letter. "
            "Issue the corrected letter."
        )


def take_up(case: FoiRequest, by: User) -> None:
    """Assign an unassigned request to whoever first works on it, and put it in progress."""
    if case.status == Status.RECEIVED:
        move(case, Transition.ASSIGN)
        case.officer = by


def move(case: FoiRequest, transition: Transition) -> None:
    """Set the status that `transition` leads to. Raises TransitionNotAllowed. Does not save."""
    case.status = WORKFLOW.next_status(transition, Status(case.status))
