"""The people who act in the demonstration, and where they work: its authority and its unit."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet

from dashboard.demonstration.data.authority import AUTHORITY, EARLIER_ADVISERS, EARLIER_OFFICERS
from dashboard.demonstration.data.lancashire import FORCE
from foitracker.accounts.demonstration import create_demonstration_accounts
from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import AccessRegime, Force, ForceKind, PortfolioLead
from referrals.operations.contacts import set_contact
from referrals.operations.force_register import Particulars, change_entry
from referrals.operations.reference_data import OWN_FORCE
from referrals.operations.unit import change_unit, save_lead, set_completeness
from referrals.queries.forces import find_force
from referrals.queries.unit import unit
from requests_app.models import Authority

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Staff:
    """Who acts in the demonstration; of the officers the last one has left since. Nothing is done later than `now`."""

    now: datetime
    intake: User
    officers: Sequence[User]
    decision_makers: Sequence[User]
    adviser: User
    reviewer: User
    manager: User
    administrator: User
    force_contact: User
    outside_reader: User

    @property
    def officer(self) -> User:
        """The officer whom texts name."""
        return self.officers[0]

    def not_to_come(self, at: datetime) -> datetime:
        """Return a time, or now where it is yet to come."""
        return min(at, self.now)


def set_up_authority(now: datetime = _NEVER) -> Staff:
    """Make the accounts and, unless there is one, the authority. Return who acts."""
    create_demonstration_accounts()
    Authority.objects.get_or_create(id=1, defaults=AUTHORITY)
    return Staff(
        now=now,
        intake=_one(Role.INTAKE),
        officers=[*_all(Role.OFFICER), *_earlier(EARLIER_OFFICERS, Role.OFFICER, is_active=True)],
        decision_makers=list(_all(Role.DECISION_MAKER)),
        adviser=_one(Role.CRU_ADVISER),
        reviewer=_one(Role.REVIEWER),
        manager=_one(Role.MANAGER),
        administrator=_one(Role.ADMINISTRATOR),
        force_contact=_one(Role.FORCE_CONTACT),
        outside_reader=_one(Role.OUTSIDE_READER),
    )


def set_up_unit(staff: Staff, *, today: date, at: datetime) -> None:
    """Give forces and portfolio leads mailboxes, tie the force contact to its force, and record up to when the log
    is complete: the end of last month."""
    by = staff.administrator
    for force in Force.objects.filter(kind__in=[ForceKind.TERRITORIAL, ForceKind.SPECIAL], email=""):
        _give_mailbox(force, by, at)
    for lead in PortfolioLead.objects.filter(email=""):
        save_lead(
            by=by,
            at=at,
            portfolio=lead.portfolio,
            post=lead.post,
            email=f"lead.{_in_address(lead.portfolio)}@example.org",
            lead_id=lead.pk,
        )
    set_contact(by=by, at=at, user_id=staff.force_contact.pk, force_id=find_force(FORCE).pk)
    if unit().own_force is None:
        change_unit(by=by, at=at, values={"own_force_id": find_force(OWN_FORCE).pk})
    last_month = today.replace(day=1) - timedelta(days=1)
    recorded = datetime.combine(today.replace(day=1), time(9), tzinfo=at.tzinfo)
    completed = staff.not_to_come(max(at, recorded))
    set_completeness(by=staff.manager, at=completed, today=today, data_complete_to=last_month)


def earlier_advisers() -> list[User]:
    """Return those who advised in earlier years, made where they are missing: the log names them."""
    return _earlier(EARLIER_ADVISERS, Role.CRU_ADVISER, is_active=False)


def _earlier(names: Mapping[str, str], role: Role, *, is_active: bool) -> list[User]:
    return [
        User.objects.filter(email=email).first()
        or User.objects.create_user(
            email, None, name=name, roles=[role], is_demonstration=True, is_active=is_active
        )
        for email, name in names.items()
    ]


def _all(role: Role) -> QuerySet[User]:
    found = User.objects.filter(is_demonstration=True, roles__contains=[role], is_active=True)
    return found.exclude(email__in=EARLIER_OFFICERS).order_by("pk")


def _one(role: Role) -> User:
    return _all(role)[0]


def _give_mailbox(force: Force, by: User, at: datetime) -> None:
    particulars = Particulars(
        kind=force.kind,
        nation=force.nation,
        region=force.region,
        regime=AccessRegime(force.regime),
        email=f"foi.{_in_address(force.short)}@example.org",
    )
    change_entry(by=by, at=at, force_id=force.pk, short=force.short, particulars=particulars)


def _in_address(name: str) -> str:
    return re.sub(r"[^a-z]+", ".", name.lower()).strip(".")
