"""What every operation on a case shares: lock it, check that no one has changed it since, record what was done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from foitracker.accounts.models import User
from foitracker.audit.operations import record_act
from requests_app.models import FoiRequest
from requests_app.rules.workflow import (
    EDITABLE_STATUSES,
    STATUS_LABELS,
    Act,
    Status,
    TransitionNotAllowed,
    next_status,
)


class NotPossible(Exception):
    """The operation is refused; the message says why and what to do.

    `field` names the input at fault, if any.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class VersionedCase(Protocol):
    """A record whose version rises with every change: a request, or a log of the apps above."""

    version: int

    @property
    def reference(self) -> str: ...

    @property
    def title(self) -> str: ...

    def get_absolute_url(self) -> str: ...

    def get_status_display(self) -> str: ...


class CaseChanged(Exception):
    """Someone changed the case after the page was opened. Holds the version seen and the one it has now."""

    def __init__(self, case: VersionedCase, seen_version: int) -> None:
        super().__init__(f"{case.title} was changed after you opened this page.")
        self.case: Any = case
        self.seen_version = seen_version


def lock_case(*, pk: int, seen_version: int | None = None) -> FoiRequest:
    """Lock a request until the transaction ends and return it as it is now.

    `seen_version` is the version the page was made from; None when there was no page. Raises CaseChanged
    when the two differ. The request row is always locked first and the audit trail last.
    """
    case = FoiRequest.objects.select_for_update().get(pk=pk)
    if seen_version is not None and case.version != seen_version:
        raise CaseChanged(case, seen_version)
    return case


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
            f"The request was answered on {case.responded_on:%d/%m/%Y} and is open only to correct that letter. Issue "
            "the corrected letter."
        )


def take_up(case: FoiRequest, by: User) -> None:
    """Assign an unassigned request to whoever first works on it, and put it in progress."""
    if case.status == Status.RECEIVED:
        move(case, Act.ASSIGN)
        case.officer = by


def move(case: FoiRequest, act: Act) -> None:
    """Set the status that the transition leads to. Raises TransitionNotAllowed. Does not save."""
    case.status = next_status(act, Status(case.status))


def record(
    case: FoiRequest, *, act: str, by: User | None, at: datetime, detail: Mapping[str, Any] | None = None
) -> FoiRequest:
    """Save the case with its next version and write the one event of the operation.

    `by` is None when the system did it by itself.
    """
    case.version += 1
    case.save()
    record_act(
        act=act, by=by, at=at, subject=case.reference, detail={**(detail or {}), "version": case.version}
    )
    return case
