"""The unit of the demonstration: who works there, whom it writes to, and up to when its log is complete."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dashboard.demonstration.data.lancashire import FORCE
from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import AccessRegime, Force, ForceKind, PortfolioLead
from referrals.operations.contacts import set_contact
from referrals.operations.force_register import Particulars, change_entry
from referrals.operations.reference_data import OWN_FORCE
from referrals.operations.unit import change_unit, save_lead, set_completeness
from referrals.queries.forces import find_force
from referrals.queries.unit import unit

#: Advisers of earlier years, who cannot sign in: the log names them.
_EARLIER_ADVISERS = {
    "adviser.one@example.org": "Selwyn Harrowgate",
    "adviser.two@example.org": "Ffion Tamblyn",
}


@dataclass(frozen=True)
class UnitStaff:
    """Who acts on the demonstration's logs."""

    adviser: User
    earlier_advisers: tuple[User, ...]
    officer: User
    manager: User
    administrator: User
    force_contact: User


def set_up_unit(*, today: date, at: datetime) -> UnitStaff:
    """This function will give forces and portfolio leads mailboxes, tie the force contact to its force, and record
    up to when the log is complete: the end of last month. The demonstration's accounts have to be there."""
    staff = UnitStaff(
        adviser=_one(Role.CRU_ADVISER),
        earlier_advisers=tuple(_adviser(email, name) for email, name in _EARLIER_ADVISERS.items()),
        officer=_one(Role.OFFICER),
        manager=_one(Role.MANAGER),
        administrator=_one(Role.ADMINISTRATOR),
        force_contact=_one(Role.FORCE_CONTACT),
    )
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
    set_completeness(by=staff.manager, at=max(at, recorded), today=today, data_complete_to=last_month)
    return staff


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


def _one(role: Role) -> User:
    found = User.objects.filter(is_demonstration=True, roles__contains=[role], is_active=True)
    return found.order_by("pk")[0]


def _adviser(email: str, name: str) -> User:
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(
        email, None, name=name, roles=[Role.CRU_ADVISER], is_demonstration=True, is_active=False
    )
