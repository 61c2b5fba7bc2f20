"""What a database begins with: the register of forces, illustrative criteria, topics, leads, the unit's rules.

Every installation makes these its own. A later release adds a force or a criterion that was never there, and
touches nothing that was.
"""

from datetime import datetime

from django.db import connection, transaction

from referrals.models import (
    Criterion,
    Force,
    ForceName,
    ForceNameKind,
    PortfolioLead,
    ReferralUnit,
)
from referrals.queries.forces import read_shipped, shipped_forces
from referrals.rules.force_names import normalise
from requests_app.models import Topic

#: The authority this was first built for refers its own requests; another says so under Settings.
OWN_FORCE = "National Police Chiefs' Council"


@transaction.atomic
def load_shipped(*, at: datetime) -> None:
    """Add the shipped rows that the database has never held.

    A force whose name is already held, by any force on any day, is left out, and so is a criterion that has
    any version. Topics and portfolio leads have no lasting name: they are added only to an empty table.
    Called after every migration; a second call changes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('referrals reference data'))")
    _load_forces()
    _load_criteria(at)
    if not Topic.objects.exists():
        Topic.objects.bulk_create(Topic(name=name) for name in read_shipped("topics.json")["topics"])
    if not PortfolioLead.objects.exists():
        leads = read_shipped("portfolio_leads.json")["portfolio_leads"]
        PortfolioLead.objects.bulk_create(PortfolioLead(**lead) for lead in leads)
    if not ReferralUnit.objects.exists():
        ReferralUnit.objects.create(id=1, own_force=Force.objects.filter(name=OWN_FORCE).first())


def _load_forces() -> None:
    borne = set(ForceName.objects.values_list("normalised", flat=True))
    new = {entry["name"]: entry for entry in shipped_forces() if normalise(entry["name"]) not in borne}
    columns = ("name", "short", "kind", "nation", "region", "regime")
    forces = Force.objects.bulk_create(
        Force(**{column: entry[column] for column in columns}) for entry in new.values()
    )
    names: list[ForceName] = []
    for force in forces:
        entry = new[force.name]
        said = [
            (ForceNameKind.OFFICIAL, force.name),
            (ForceNameKind.SHORT, force.short),
            *((ForceNameKind.ALIAS, alias) for alias in entry["also_called"]),
        ]
        own: set[str] = set()  # one spelling finds it in every spelling
        for kind, name in said:
            if (normalised := normalise(name)) not in own | borne:
                names.append(ForceName(force=force, name=name, normalised=normalised, kind=kind))
                own.add(normalised)
    ForceName.objects.bulk_create(names)


def _load_criteria(at: datetime) -> None:
    there = set(Criterion.objects.values_list("code", flat=True))
    Criterion.objects.bulk_create(
        Criterion(**entry, is_illustrative=True, made_at=at)
        for entry in read_shipped("criteria.json")["criteria"]
        if entry["code"] not in there
    )
