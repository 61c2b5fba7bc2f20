"""What is said of a return, and its approval by a second manager."""

from datetime import datetime

from django.db import connection, transaction

from dashboard.returns.events import RETURN_APPROVED, RETURN_COMMENTED
from dashboard.returns.models import Approval, Commentary, Copy, Return
from dashboard.returns.operations.packs import send_to_print
from dashboard.returns.queries.reading import approval_of, commentary_of
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible, SettingsChanged
from foitracker.identity.operations import check_published
from requests_app.queries.authority import authority


@transaction.atomic
def write_commentary(
    *,
    by: User,
    at: datetime,
    return_id: int,
    text: str,
    seen_commentary: int | None = None,
    identity_confirmed: bool = False,
) -> Commentary:
    """Write, or write anew, what is said of a return. It is printed on every copy, so it names nobody.

    `seen_commentary` is the key of the commentary the writer began from, 0 for none. With `identity_confirmed` the
    writer says that what may tell who somebody is tells neither who an applicant nor who an officer is. Raises
    NotPermitted; NotPossible for no text, for one that names a user or may tell who an applicant is, and once the
    return is approved; SettingsChanged when the commentary was written anew since.
    """
    check_can(Permission.OVERSEE, by)
    of = _open_return(return_id)
    if seen_commentary is not None and seen_commentary != key_of(commentary_of(of)):
        raise SettingsChanged
    text = text.strip()
    if not text:
        raise NotPossible("Enter what the figures say.", field="text")
    left_in = check_published(text, confirmed=identity_confirmed, field="text")
    written = Commentary.objects.create(said_of=of, text=text, written_by=by, written_at=at)
    detail = {"left_in": left_in} if left_in else {}
    record_event(
        event=RETURN_COMMENTED, by=by, at=at, subject=of.audit_subject, detail=detail, words={"text": text}
    )
    return written


@transaction.atomic
def approve_return(*, by: User, at: datetime, return_id: int, seen_commentary: int) -> Approval:
    """Approve a return with its commentary; from then on all who see the figures of the team see it.

    `seen_commentary` is the key of the commentary the approver read, 0 for none. Raises NotPermitted; NotPossible when
    it is approved already, when the commentary was written anew since, and for whoever made it or wrote the
    commentary, unless the authority lets people approve their own (the trail then says so).
    """
    check_can(Permission.OVERSEE, by)
    of = _open_return(return_id)
    commentary = commentary_of(of)
    if key_of(commentary) != seen_commentary:
        raise NotPossible("The commentary was changed after you opened this page. Read it, then approve.")
    own = is_own(of, commentary, by)
    if own and not allows_own_approval():
        raise NotPossible(
            "You made this return or wrote its commentary. Another manager approves it, so that two people have "
            "looked at what is published."
        )
    for copy in Copy:
        send_to_print(of, copy)
    approval = Approval.objects.create(approved=of, commentary=commentary, approved_by=by, approved_at=at)
    record_event(event=RETURN_APPROVED, by=by, at=at, subject=of.audit_subject, detail={"own": own})
    return approval


def key_of(commentary: Commentary | None) -> int:
    """Return what a page holds of the commentary it was made from: its key, 0 for none."""
    return commentary.pk if commentary else 0


def is_own(of: Return, commentary: Commentary | None, user: User) -> bool:
    """Return whether somebody made a return or wrote its commentary in force."""
    return user.pk in (of.made_by_id, commentary.written_by_id if commentary else None)


def allows_own_approval() -> bool:
    """Return whether the authority lets whoever decided approve (its setting for answers holds for returns too)."""
    settings = authority()
    return bool(settings and settings.allows_own_approval)


def _open_return(return_id: int) -> Return:
    """Return a return that is not approved and that nobody else writes about until the transaction ends.

    The tracker's role may not lock a row that is never changed, so the lock is one by name. Raises NotPossible.
    """
    of = Return.objects.get(pk=return_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [of.audit_subject])
    if approval_of(of) is not None:
        raise NotPossible("This return is approved. What changes since is shown when it is counted again.")
    return of
