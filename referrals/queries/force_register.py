"""The register of forces as a list, and one entry with its names and those who act for it."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from referrals.models import Force, ForceContact, ForceName
from referrals.rules.force_names import normalise

#: What the list can show besides the forces there are now.
ENDED, ALL = "ended", "all"

ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "-name": ("-name",),
    "kind": ("kind", "name"),
    "-kind": ("-kind", "name"),
    "region": ("nation", "region", "name"),
    "-region": ("-nation", "-region", "name"),
}
DEFAULT_ORDER = "name"


@dataclass(frozen=True)
class RegisterFilter:
    """What the list shows. `text` is a name in any spelling, or a part of one."""

    text: str = ""
    kind: str = ""
    regime: str = ""
    standing: str = ""
    no_mailbox: bool = False
    order: str = DEFAULT_ORDER


def register(chosen: RegisterFilter) -> QuerySet[Force]:
    """Return the forces of a filter in its order, with their names and successors."""
    found = Force.objects.select_related("succeeded_by").prefetch_related("names")
    for name in ("kind", "regime"):
        if value := getattr(chosen, name):
            found = found.filter(**{name: value})
    if chosen.standing != ALL:
        found = found.filter(to_on__isnull=chosen.standing != ENDED)
    if chosen.no_mailbox:
        found = found.filter(email="")
    if text := chosen.text.strip():
        matching = ForceName.objects.filter(
            Q(normalised=normalise(text))
            | Q(normalised__contains=normalise(text) or text)
            | Q(name__icontains=text)
        )
        found = found.filter(pk__in=matching.values("force_id"))
    return found.order_by(*ORDERS[chosen.order])


def names_of(force: Force) -> list[ForceName]:
    """Return every name of a force: the official ones by date, then the others."""
    rank = {"official": 0, "short": 1, "alias": 2}
    return sorted(
        force.names.all(),
        key=lambda one: (rank[one.kind], one.from_on is not None, str(one.from_on), one.name),
    )


def contacts_of(force: Force) -> QuerySet[ForceContact]:
    """Return who acts for a force, by name."""
    return force.contacts.select_related("user").order_by("user__name")


def logs_of(force: Force) -> int:
    """Count the logs a force is on."""
    return int(Force.objects.filter(pk=force.pk).aggregate(logs=Count("involvements"))["logs"])
