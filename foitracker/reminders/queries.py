"""Reading reminders: how they are set, which stand for a person, and which of those hold at this moment."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from django.db import connection
from django.db.models import Case, QuerySet, When

from foitracker.accounts.models import User
from foitracker.reminders.kinds import ReminderKind, Rows, kind_of, kinds
from foitracker.reminders.models import KindSetting, MutedKind, Reminder, ReminderPolicy, Sweep
from foitracker.reminders.moment import Moment
from foitracker.reminders.steps import Steps

#: What a reminder is besides its kind and person.
Key = tuple[str, date, int]


@dataclass(frozen=True)
class KindInForce:
    """A kind with the steps and audiences that the authority has chosen for it."""

    kind: ReminderKind
    codes: tuple[str, ...]

    @property
    def readers(self) -> list[str]:
        return [audience.label for audience in self.kind.audiences if audience.code in self.codes]


def kinds_in_force() -> list[KindInForce]:
    """Return all kinds as they are set, in their order."""
    settings = {setting.kind: setting for setting in KindSetting.objects.all()}
    return [_in_force(kind, settings.get(kind.code)) for kind in kinds()]


def kind_in_force(code: str) -> KindInForce | None:
    """Return one kind as it is set; None for one that there is not."""
    kind = kind_of(code)
    return _in_force(kind, KindSetting.objects.filter(kind=code).first()) if kind else None


def _in_force(kind: ReminderKind, setting: KindSetting | None) -> KindInForce:
    if setting is None:
        return KindInForce(kind, kind.audience_codes())
    steps = Steps(tuple(setting.offsets), setting.every)
    return KindInForce(replace(kind, steps=steps), tuple(setting.audiences))


def digest_at() -> time:
    """Return from which hour on the digest goes out."""
    policy = ReminderPolicy.objects.first() or ReminderPolicy()
    return policy.digest_at


def muted_by(user: User) -> set[str]:
    """Return the codes of the kinds that a person wants no e-mail about."""
    return set(MutedKind.objects.filter(person=user).values_list("kind", flat=True))


def kinds_for(user: User, moment: Moment) -> list[ReminderKind]:
    """Return the kinds that a person is reminded of, or ever was."""
    known = set(Reminder.objects.filter(person=user).values_list("kind", flat=True).distinct())
    return [one.kind for one in kinds_in_force() if one.kind.code in known]


def standing(user: User) -> QuerySet[Reminder]:
    """Return the reminders of a person that held at the last look: the newest first, of those the most urgent kinds."""
    rank = Case(
        *(When(kind=kind.code, then=place) for place, kind in enumerate(kinds())), default=len(kinds())
    )
    return Reminder.objects.filter(person=user, ended_at__isnull=True).order_by(
        "-made_at", rank, "about", "id"
    )


def holding_now(reminders: Iterable[Reminder], moment: Moment) -> set[int]:
    """Return the keys of those reminders that hold at this moment: one statement for each kind among them.

    What a person reads is looked at as they read it, so that a case paused, extended or closed a moment ago is not
    shown as it was.
    """
    by_kind: dict[str, list[Reminder]] = {}
    for reminder in reminders:
        by_kind.setdefault(reminder.kind, []).append(reminder)
    found: set[int] = set()
    for in_force in kinds_in_force():
        if rows := by_kind.get(in_force.kind.code):
            due = due_now(in_force, moment, only={row.case for row in rows})
            found |= {row.pk for row in rows if (row.case, row.about, row.offset, row.person_id) in due}
    return found


def due_now(
    in_force: KindInForce, moment: Moment, *, only: Collection[str] | None = None
) -> set[tuple[str, date, int, int]]:
    """Return case, date, step and person of everything of a kind that is due now."""
    branches = list(in_force.kind.rows(moment, in_force.codes, only))
    if not branches:
        return {
            (row.case, row.about, row.offset, row.person_id)
            for row in Reminder.objects.filter(kind=in_force.kind.code, case__in=only or [])
        }
    with connection.cursor() as cursor:
        sql, params = union_of(branches)
        cursor.execute(sql, params)
        return {(row[0], row[1], row[2], row[3]) for row in cursor.fetchall()}


def union_of(branches: Sequence[Rows]) -> tuple[str, list[Any]]:
    """Return several selections as one without repetition, with the parameters of all."""
    sql = " UNION ".join(f"({branch})" for branch, _ in branches)
    return sql, [param for _, params in branches for param in params]


def last_sweep() -> Sweep | None:
    """Return the last look at all cases; None before there was one."""
    return Sweep.objects.first()
