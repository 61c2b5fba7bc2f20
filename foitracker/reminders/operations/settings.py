"""Setting the reminders of the authority: on which days each kind falls, whom it goes to, when the digest goes out."""

from collections.abc import Collection, Sequence
from datetime import datetime, time

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from foitracker.casework.settings import check_unchanged
from foitracker.pages.words import clock_time
from foitracker.reminders.events import DIGEST_TIME_CHANGED, REMINDER_CHANGED
from foitracker.reminders.kinds import kind_of
from foitracker.reminders.models import KindSetting, ReminderPolicy
from foitracker.reminders.queries import kind_in_force
from foitracker.reminders.steps import in_order

#: What the trail calls these settings.
SUBJECT = "reminders"
#: The furthest a reminder can be from its date, in working days.
FURTHEST = 60


@transaction.atomic
def set_kind(
    *,
    code: str,
    offsets: Sequence[int],
    every: int | None,
    audiences: Collection[str],
    by: User,
    at: datetime,
    seen_version: int | None = None,
) -> KindSetting:
    """Set on which working days a kind of reminder falls and whom it goes to; nothing is recorded when both stay.

    `offsets` and `every` are as for `Steps`. Raises NotPossible for no day, one too far away, or nobody to go to where
    the kind is one that must reach somebody; SettingsChanged.
    """
    check_can(Permission.CHANGE_REMINDERS, by)
    kind = kind_of(code)
    if kind is None:
        raise NotPossible("There is no such reminder.")
    check_unchanged(SUBJECT, seen_version)
    days = in_order(offsets)
    known = [audience.code for audience in kind.audiences if audience.code in audiences]
    if not days or max(map(abs, days)) > FURTHEST:
        raise NotPossible(
            f"Enter at least one day, from {FURTHEST} before to {FURTHEST} after.", field="offsets"
        )
    if not known:
        raise NotPossible("Choose at least one reader: a reminder nobody gets is none.", field="audiences")
    before = kind_in_force(code)
    setting, _ = KindSetting.objects.update_or_create(
        kind=code, defaults={"offsets": list(days), "every": every, "audiences": known}
    )
    after = kind_in_force(code)
    if after and after != before:
        detail = {
            "kind": kind.heading,
            "days": days_in_words(days, every),
            "readers": ", ".join(after.readers),
        }
        record_event(event=REMINDER_CHANGED, by=by, at=at, subject=SUBJECT, detail=detail)
    return setting


def days_in_words(offsets: Sequence[int], every: int | None) -> str:
    """Return steps in words: “5, 3 and 1 before, on the day, 1 after and every 5 from then on”."""
    before = [str(offset) for offset in offsets if offset > 0]
    after = [str(-offset) for offset in offsets if offset < 0]
    parts = [f"{', '.join(before)} before"] if before else []
    parts += ["on the day"] if 0 in offsets else []
    parts += [f"{', '.join(after)} after"] if after else []
    parts += [f"then every {every}"] if every else []
    return "; ".join(parts)


@transaction.atomic
def set_digest_time(*, digest_at: time, by: User, at: datetime, seen_version: int | None = None) -> None:
    """Set from which hour on, in the authority's time, the digest goes out on a working day. Raises SettingsChanged."""
    check_can(Permission.CHANGE_REMINDERS, by)
    check_unchanged(SUBJECT, seen_version)
    policy = ReminderPolicy.objects.select_for_update().first() or ReminderPolicy(id=1)
    if policy.digest_at != digest_at or policy._state.adding:
        policy.digest_at = digest_at
        policy.save()
        record_event(
            event=DIGEST_TIME_CHANGED, by=by, at=at, subject=SUBJECT, detail={"time": clock_time(digest_at)}
        )
