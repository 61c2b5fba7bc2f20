"""Printing packs: ordered on a page, printed by a job, once for each state of a return."""

import hashlib
from datetime import datetime
from functools import partial

from celery import current_app
from django.db import transaction

from dashboard.returns.documents.pack import pack_pdf
from dashboard.returns.documents.printed import printed
from dashboard.returns.events import RETURN_PRINTED
from dashboard.returns.models import Copy, Pack, Return
from dashboard.returns.queries.reading import as_it_stands, edition_of, pack_of
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event

PRINT_TASK = "dashboard.returns.tasks.print_return"


def order_pack(of: Return, copy: Copy, *, by: User) -> None:
    """Have a pack printed once the caller's transaction is committed; one that is printed already stays."""
    check_can(Permission.OVERSEE, by)
    send_to_print(of, copy)


def send_to_print(of: Return, copy: Copy) -> None:
    """Hand the printing of a pack to a worker when the transaction is committed."""
    transaction.on_commit(partial(current_app.send_task, PRINT_TASK, args=[of.pk, copy.value]), robust=True)


def print_pack(return_id: int, copy: Copy, *, at: datetime) -> Pack:
    """Print a pack as the return stands and keep it, or return the one that is there.

    It takes seconds and no lock while it is set. Two workers at once make the same pack, and one of them is kept.
    """
    of = Return.objects.select_related("made_by").get(pk=return_id)
    commentary, approval = as_it_stands(of)
    edition = edition_of(commentary, approval)
    found = pack_of(of, copy, edition)
    if found is not None:
        return found
    content = pack_pdf(printed(of, commentary, approval, for_public=copy == Copy.PUBLICATION))
    return _keep(of, copy, edition, content, at=at)


@transaction.atomic
def _keep(of: Return, copy: Copy, edition: str, content: bytes, *, at: datetime) -> Pack:
    sha256 = hashlib.sha256(content).hexdigest()
    kept, is_new = Pack.objects.get_or_create(
        printed_of=of,
        copy=copy,
        edition=edition,
        defaults={"pdf": content, "sha256": sha256, "printed_at": at},
    )
    if is_new:
        detail = {"copy": copy.value, "sha256": sha256}
        record_event(event=RETURN_PRINTED, by=None, at=at, subject=of.audit_subject, detail=detail)
    return kept
