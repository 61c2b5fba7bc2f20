"""Operations of administration: the authority's own particulars, and the regulators over it by date."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings import change_values, check_unchanged
from foitracker.pages.words import short_date
from requests_app.events.settings import (
    AUTHORITY_CHANGED,
    REGULATOR_CONFIRMED,
    REGULATOR_RECORDED,
    REGULATOR_REMOVED,
)
from requests_app.models import Authority, FoiRequest, Regulator
from requests_app.rules.casework.workflow import Status

#: What the trail calls the settings.
SUBJECT = "authority"


@transaction.atomic
def change_authority(
    *, by: User, at: datetime, values: Mapping[str, str | bool | int], seen_version: int | None = None
) -> Authority:
    """Save the authority's settings; letters issued before keep what they printed.

    `values` holds the columns of `Authority`. `seen_version` is the last event on the settings when the page was
    opened. The trail keeps the old and the new value of what changed; nothing is recorded when nothing did.
    Raises SettingsChanged.
    """
    check_can(Permission.CHANGE_SETTINGS, by)
    authority = Authority.objects.select_for_update().first() or Authority(id=1)
    check_unchanged(SUBJECT, seen_version)
    changed = change_values(authority, values)
    if changed or authority._state.adding:
        authority.save()
        if "deems_next_working_day" in changed:
            _let_due_dates_follow()
        record_event(event=AUTHORITY_CHANGED, by=by, at=at, subject=SUBJECT, detail={"changed": changed})
    return authority


def _let_due_dates_follow() -> None:
    """Due dates of open requests count as computed with no calendar, so the next pass computes them again."""
    unanswered = FoiRequest.objects.exclude(status=Status.CLOSED).filter(responded_on__isnull=True)
    unanswered.update(calendar_version="")


@transaction.atomic
def record_regulator(
    *,
    by: User,
    at: datetime,
    today: date,
    from_date: date,
    name: str,
    telephone: str,
    website: str,
    address: str = "",
    is_address_confirmed: bool = False,
) -> Regulator:
    """Record who hears complaints under FOIA s.50 from a day on.

    Letters print the postal address only once it is confirmed, which it then was `today`. Raises NotPossible when
    another one is recorded for that day.
    """
    check_can(Permission.CHANGE_SETTINGS, by)
    regulator, created = Regulator.objects.get_or_create(
        from_date=from_date,
        defaults={
            "name": name,
            "address": address,
            "address_confirmed_on": today if address.strip() and is_address_confirmed else None,
            "telephone": telephone,
            "website": website,
        },
    )
    if not created:
        raise NotPossible(f"{regulator.name} is already recorded from that day.", field="from_date")
    detail = {"name": name, "from_date": from_date.isoformat()}
    record_event(event=REGULATOR_RECORDED, by=by, at=at, subject=SUBJECT, detail=detail)
    return regulator


@transaction.atomic
def confirm_regulator_address(
    *, by: User, at: datetime, today: date, regulator_id: int, address: str, telephone: str, website: str
) -> Regulator:
    """Record that a regulator's postal address was confirmed with it, corrected where it was wrong.

    From then on letters print it. Letters issued before keep what they printed. Raises NotPossible without an address.
    """
    check_can(Permission.CHANGE_SETTINGS, by)
    if not address.strip():
        raise NotPossible("Enter the postal address that was confirmed.", field="address")
    regulator = Regulator.objects.select_for_update().get(pk=regulator_id)
    regulator.address, regulator.address_confirmed_on = address, today
    regulator.telephone, regulator.website = telephone, website
    regulator.save()
    detail = {
        "name": regulator.name,
        "from_date": regulator.from_date.isoformat(),
        "address": ", ".join(address.split("\n")),
    }
    record_event(event=REGULATOR_CONFIRMED, by=by, at=at, subject=SUBJECT, detail=detail)
    return regulator


@transaction.atomic
def remove_regulator(*, by: User, at: datetime, regulator_id: int, today: date) -> None:
    """Remove a regulator recorded for a day in the future.

    Raises NotPossible for one who is or was in office: letters of that time name them.
    """
    check_can(Permission.CHANGE_SETTINGS, by)
    regulator = Regulator.objects.select_for_update().get(pk=regulator_id)
    if regulator.from_date <= today:
        raise NotPossible(
            f"{regulator.name} has been in office since {short_date(regulator.from_date)}. "
            "Record the successor instead."
        )
    detail = {"name": regulator.name, "from_date": regulator.from_date.isoformat()}
    regulator.delete()
    record_event(event=REGULATOR_REMOVED, by=by, at=at, subject=SUBJECT, detail=detail)
