"""The operation on triage sheets: keep the one a meeting went through, so that the next begins where it ended."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from requests_app.events.supervision import TRIAGE_SHEET_KEPT
from requests_app.models import TriageSheet
from requests_app.queries.triage import last_sheet, new_requests, new_since


@transaction.atomic
def keep_sheet(
    *, by: User, at: datetime, today: date, since: datetime, until: datetime, follows: int | None
) -> TriageSheet:
    """Keep the sheet with the requests logged after `since` and up to `until`, which the meeting of today went through.

    `follows` is the key of the sheet that was the last when the page was opened; None for none. Raises NotPossible
    when somebody kept another one since, for moments in the wrong order or to come, and for a sheet that begins later
    than the last one ended (`new_since`): what was logged between them would be on none.
    """
    check_can(Permission.OVERSEE, by)
    if not since <= until <= at:
        raise NotPossible("These are not the times of a sheet. Open the triage sheet again.")
    last = last_sheet()
    sheet = TriageSheet(since=since, until=until, held_on=today, previous=last, kept_by=by)
    if (last.pk if last else None) != follows or (last and until < last.until):
        raise _kept_meanwhile()
    if since > new_since(last, today):
        raise NotPossible(
            "This sheet begins later than the last one ended, so requests logged between would be on no sheet. Open "
            "the triage sheet again, without a later date."
        )
    try:
        with transaction.atomic():
            sheet.save()
    except IntegrityError as error:
        raise _kept_meanwhile() from error
    detail = {"held_on": today, "requests": new_requests(by, since, until).count()}
    record_event(event=TRIAGE_SHEET_KEPT, by=by, at=at, subject=sheet.audit_subject, detail=detail)
    return sheet


def _kept_meanwhile() -> NotPossible:
    return NotPossible(
        "Somebody kept a triage sheet after you opened this page. Open the triage sheet again."
    )
