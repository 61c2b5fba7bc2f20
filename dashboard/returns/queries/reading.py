"""Reading returns: which there are for whom, and the requests that their lines counted."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from dashboard.returns.models import (
    Approval,
    Commentary,
    Copy,
    CountedCases,
    Pack,
    Return,
    Schedule,
    ScheduledSending,
)
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can


def known_returns(user: User) -> QuerySet[Return]:
    """Return the returns somebody may see: those approved, and to those who oversee the team all of them.

    Raises NotPermitted for somebody who may not see the figures of the team.
    """
    check_can(Permission.SEE_PERFORMANCE, user)
    found = Return.objects.select_related("made_by", "approval__approved_by")
    return found if can(Permission.OVERSEE, user) else found.filter(approval__isnull=False)


def listed_returns(user: User, kind: str) -> QuerySet[Return]:
    """Return the returns of a kind (all where empty) as a list shows them, the latest period first.

    `replaced_by` is the number of the last approved return of the same kind and period that was made after it.
    """
    same = {name: OuterRef(name) for name in ("kind", "from_on", "to_on")}
    later = Return.objects.filter(**same, approval__isnull=False, pk__gt=OuterRef("pk")).order_by("-pk")
    found = (
        known_returns(user).annotate(replaced_by=Subquery(later.values("pk")[:1])).order_by("-to_on", "-id")
    )
    return found.filter(kind=kind) if kind else found


def as_it_stands(of: Return) -> tuple[Commentary | None, Approval | None]:
    """Return the commentary in force and the approval, as they belong together.

    Once approved, the commentary is that which was approved; before, the last one written.
    """
    approval = approval_of(of)
    if approval is not None:
        return approval.commentary, approval
    return of.commentaries.select_related("written_by").first(), None


def commentary_of(of: Return) -> Commentary | None:
    """Return the commentary in force: that which was approved, or else the last one written."""
    return as_it_stands(of)[0]


def approval_of(of: Return) -> Approval | None:
    """Return the approval of a return, if it has one."""
    return (
        Approval.objects.filter(approved=of).select_related("approved_by", "commentary__written_by").first()
    )


def edition_of(commentary: Commentary | None, approval: Approval | None) -> str:
    """Return what tells a pack printed with these from those printed before."""
    return f"{'approved' if approval else 'draft'}-{commentary.pk if commentary else 0}"


def pack_of(of: Return, copy: Copy, edition: str) -> Pack | None:
    """Return the pack of a copy in an edition; None until it has been printed."""
    return of.packs.filter(copy=copy, edition=edition).first()


def cases_by_line(of: Return, line: str) -> list[int] | None:
    """Return the keys of the requests that a line counted, in order; None where it has no such line."""
    return CountedCases.objects.filter(counted_in=of, line=line).values_list("cases", flat=True).first()


def cases_of_lines(of: Return) -> dict[str, list[int]]:
    """Return the keys of the requests of every line that counts any."""
    return dict(CountedCases.objects.filter(counted_in=of).values_list("line", "cases"))


def return_before(of: Return, user: User) -> Return | None:
    """Return the return of the same kind for the period before that somebody may see: approved, or the last made."""
    before = known_returns(user).filter(kind=of.kind, to_on=of.from_on - timedelta(days=1), pk__lt=of.pk)
    return before.order_by(F("approval").asc(nulls_last=True), "-id").first()


def schedules_in_force() -> QuerySet[Schedule]:
    """Return the schedules that were not stopped."""
    return Schedule.objects.filter(stopped_at__isnull=True).select_related("set_by")


def waiting_returns() -> QuerySet[Return]:
    """Return what schedules counted and will send once it is approved, the oldest period first."""
    kinds = schedules_in_force().filter(sends_unapproved=False).values("kind")
    sent = ScheduledSending.objects.filter(schedule__kind=OuterRef("kind"), period_to=OuterRef("to_on"))
    counted = Return.objects.filter(kind__in=kinds, made_by__isnull=True, approval__isnull=True)
    return counted.exclude(Exists(sent)).defer("content").order_by("to_on", "id")
