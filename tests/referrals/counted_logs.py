"""Logs with forces in every combination the tables allow, and the figures as one would count them by hand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st

from foitracker.accounts.models import User
from foitracker.statistics.periods import Period
from referrals.models import Force, Referral, ReferralForce
from referrals.rules.statistics import Counting
from referrals.rules.vocabulary import ForceRole, Scope, Trigger

#: The ends of years to 31 March lie among these days, and so does a 29 February.
FIRST_DAY = date(2023, 3, 20)
DAYS = st.sampled_from([FIRST_DAY + timedelta(days=n) for n in (0, 10, 11, 12, 13, 346, 347, 377, 378, 400)])


@contextmanager
def undone() -> Iterator[None]:
    """Roll back what is written inside, so that each example of a property has its own logs."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class PlannedForce:
    """One force on a log, by its place among the forces of the test."""

    force: int
    role: ForceRole
    trigger: str
    form_received_on: date | None
    first_contact_on: date | None


@dataclass(frozen=True)
class PlannedLog:
    scope: Scope
    in_error: bool
    grouped: bool
    forces: tuple[PlannedForce, ...]


#: A force that was only consulted did not write unprompted.
_CONTACT = {
    ForceRole.REFERRED_BY: DAYS,
    ForceRole.LOGGED_WITH: st.none() | DAYS,
    ForceRole.CONSULTED: st.none(),
}


@st.composite
def planned_forces(draw: Any, force: int) -> PlannedForce:
    role = draw(st.sampled_from(ForceRole))
    days = {ForceRole.REFERRED_BY: DAYS, ForceRole.CONSULTED: st.none()}
    contact = draw(days.get(role, st.none() | DAYS))
    has_form = contact is not None and (role == ForceRole.REFERRED_BY or draw(st.booleans()))
    form = contact + timedelta(days=draw(st.integers(0, 3))) if has_form and contact else None
    trigger = "" if role == ForceRole.CONSULTED else draw(st.sampled_from(Trigger)).value
    return PlannedForce(force, role, trigger, form, contact)


@st.composite
def planned_logs(draw: Any, forces: int) -> PlannedLog:
    scope = draw(st.sampled_from(Scope))
    on_it = draw(st.lists(st.integers(0, forces - 1), max_size=forces, unique=True))
    return PlannedLog(
        scope=scope,
        in_error=draw(st.integers(0, 7)) == 0,
        grouped=scope == Scope.NATIONAL and draw(st.booleans()),
        forces=tuple(draw(planned_forces(force)) for force in on_it),
    )


def make_logs(planned: Sequence[PlannedLog], forces: Sequence[Force], by: User) -> list[Referral]:
    """Return the planned logs in the database.

    Grouped ones stand under the first national one that is not.
    """
    logs = Referral.objects.bulk_create(
        Referral(
            number=number,
            year=2023,
            log_number=f"{number}/23",
            scope=plan.scope,
            received_on=FIRST_DAY,
            subject="Drones",
            wording="How many drones are there?",
            logged_by=by,
            logged_at=datetime(2023, 3, 20, 9, 0, tzinfo=UTC),
            **(
                {"status": "closed", "closed_on": date(2024, 6, 1), "closing": "logged_in_error"}
                if plan.in_error
                else {}
            ),
        )
        for number, plan in enumerate(planned, start=1)
    )
    heads = [log for log, p in zip(logs, planned, strict=True) if p.scope == Scope.NATIONAL and not p.grouped]
    for log, plan in zip(logs, planned, strict=True):
        if plan.grouped and heads:
            Referral.objects.filter(pk=log.pk).update(national_log=heads[0])
    ReferralForce.objects.bulk_create(
        ReferralForce(
            referral=log,
            force=forces[one.force],
            role=one.role,
            trigger=one.trigger,
            form_received_on=one.form_received_on,
            first_contact_on=one.first_contact_on,
        )
        for log, plan in zip(logs, planned, strict=True)
        for one in plan.forces
    )
    return logs


def counted_by_hand(
    planned: Sequence[PlannedLog], forces: Sequence[int], period: Period, criteria: Sequence[Counting]
) -> dict[Counting | str, set[str]]:
    """Return the log numbers a careful person would count: by each criterion, `together`, and `left_out`."""
    found: dict[Counting | str, set[str]] = {criterion: set() for criterion in criteria}
    found["together"], wrote = set(), set()
    for number, plan in enumerate(planned, start=1):
        for one in plan.forces:
            if one.force not in forces or one.first_contact_on is None:
                continue
            if not period.from_on <= one.first_contact_on <= period.to_on:
                continue
            wrote.add(f"{number}/23")
            met = set() if plan.in_error else _met(plan, one) & set(criteria)
            for criterion in met:
                found[criterion].add(f"{number}/23")
                found["together"].add(f"{number}/23")
    found["left_out"] = wrote - found["together"]
    return found


def _met(plan: PlannedLog, one: PlannedForce) -> set[Counting]:
    met = set()
    if plan.scope == Scope.SINGLE and one.role == ForceRole.REFERRED_BY and one.form_received_on:
        met.add(Counting.ALONE)
    if plan.scope == Scope.NATIONAL:
        met.add(Counting.NATIONAL)
    if one.trigger == Trigger.MANDATORY:
        met.add(Counting.MANDATORY)
    if plan.scope == Scope.SEVERAL:
        met.add(Counting.SHARED)
    return met
