"""What the settings pages of referrals list: criteria with their versions, topics, leads, force contacts."""

from dataclasses import dataclass

from django.db.models import QuerySet

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from referrals.models import Criterion, Force, ForceContact, PortfolioLead
from requests_app.models import Topic


@dataclass(frozen=True)
class ContactRow:
    """An account with the role of a force contact, and the force it acts for, if any."""

    user: User
    contact: ForceContact | None


def newest_criteria() -> list[Criterion]:
    """Return the newest version of every criterion, those in force first, by title."""
    newest = Criterion.objects.order_by("code", "-version").distinct("code")
    return sorted(newest, key=lambda criterion: (criterion.ended_at is not None, criterion.title.lower()))


def versions_of(code: str) -> list[Criterion]:
    """Return every version of a criterion with who made it, the newest first."""
    return list(Criterion.objects.filter(code=code).select_related("made_by").order_by("-version"))


def all_topics() -> QuerySet[Topic]:
    """Return the topics, those in use first."""
    return Topic.objects.order_by("-is_in_use", "name")


def all_leads() -> QuerySet[PortfolioLead]:
    """Return the portfolio leads, those in use first."""
    return PortfolioLead.objects.order_by("-is_in_use", "portfolio")


def force_contacts() -> list[ContactRow]:
    """Return every account with the role of a force contact, those without a force first."""
    users = User.objects.filter(roles__contains=[Role.FORCE_CONTACT]).order_by("name", "pk")
    tied = {one.pk: one for one in ForceContact.objects.select_related("force", "made_by")}
    rows = [ContactRow(user, tied.get(user.pk)) for user in users]
    return sorted(rows, key=lambda row: row.contact is not None)


@dataclass(frozen=True)
class Overview:
    """What the index of the settings shows before a page is opened."""

    forces: int
    without_mailbox: int
    criteria: int
    illustrative: int
    topics: int
    leads: int
    contacts: int
    without_force: int


def overview() -> Overview:
    """Count the settings of each kind."""
    there = Force.objects.filter(to_on=None)
    in_force = Criterion.objects.filter(ended_at=None)
    contacts = [row for row in force_contacts() if row.user.is_active]
    return Overview(
        forces=there.count(),
        without_mailbox=there.filter(email="").count(),
        criteria=in_force.count(),
        illustrative=in_force.filter(is_illustrative=True).count(),
        topics=Topic.objects.filter(is_in_use=True).count(),
        leads=PortfolioLead.objects.filter(is_in_use=True).count(),
        contacts=len(contacts),
        without_force=sum(row.contact is None for row in contacts),
    )
