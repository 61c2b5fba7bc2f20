"""What has to be true of the forces on a log: which, in what role, and which order of days is possible."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foitracker.casework.refusals import NotPossible
from foitracker.pages.words import short_date
from referrals.models import Force, Referral, ReferralForce
from referrals.rules.vocabulary import TRIGGER_LABELS, ForceRole, Scope, Trigger
from requests_app.operations.intake import ACT_IN_FORCE

#: A deadline that a force states further from the log's first day is a slip of the year.
_FURTHEST = timedelta(days=3 * 365)


@dataclass(frozen=True)
class ForceEntry:
    """One force on a log, as an adviser enters it.

    `form_received_on` is the day its form came, and `wrote_on` the day it wrote or rang without one; a force the
    log is logged with, and for which neither is given, got in touch on the day the log came.
    """

    force_id: int
    role: str
    trigger: str = ""
    form_received_on: date | None = None
    reference: str = ""
    request_received_on: date | None = None
    stated_due_on: date | None = None
    wording: str = ""
    wrote_on: date | None = None


def involve(
    entries: Sequence[ForceEntry], *, scope: str, received_on: date, today: date
) -> list[ReferralForce]:
    """Make the rows of the forces on a new log. Does not save.

    Raises NotPossible, naming the force, for impossible entries.
    """
    forces = Force.objects.select_related("succeeded_by").in_bulk([entry.force_id for entry in entries])
    rows = []
    for entry in entries:
        row = ReferralForce(force=_known(forces.get(entry.force_id)))
        fill(row, entry, received_on=received_on, today=today)
        rows.append(row)
    check_together(rows, scope)
    return rows


def fill(row: ReferralForce, entry: ForceEntry, *, received_on: date, today: date) -> None:
    """Fill the row of a force with what was entered. Does not save. Raises NotPossible."""
    if row.force_id != entry.force_id:
        row.force = _known(Force.objects.select_related("succeeded_by").filter(pk=entry.force_id).first())
    row.role, row.trigger = entry.role, entry.trigger
    row.reference, row.wording = entry.reference.strip(), entry.wording.strip()
    row.form_received_on = entry.form_received_on
    row.request_received_on, row.stated_due_on = entry.request_received_on, entry.stated_due_on
    row.first_contact_on = _first_contact(entry, received_on)
    _check_part(row)
    _check_days(row, received_on, today)
    _check_stated(row, received_on)
    _check_existed(row, row.first_contact_on or received_on)


def turned_to_us(rows: Iterable[ReferralForce]) -> list[ReferralForce]:
    """Return the forces that referred or wrote, without those that were only consulted."""
    return [row for row in rows if row.role != ForceRole.CONSULTED]


def check_together(rows: Sequence[ReferralForce], scope: str) -> None:
    """Raise NotPossible unless these forces can be on one log of this scope.

    One force means exactly one that turned to the unit; several means two or more.
    """
    twice = [force for force, times in Counter(row.force for row in rows).items() if times > 1]
    if twice:
        raise NotPossible(
            f"{twice[0]} is there twice. Take one of the two out: a force stands on a log once.",
            field="forces",
        )
    turned = turned_to_us(rows)
    if not turned and scope != Scope.NATIONAL:
        raise NotPossible(
            "No force has turned to the unit. Enter the force that referred it, or choose “National”.",
            field="forces",
        )
    if scope == Scope.SINGLE and len(turned) > 1:
        raise NotPossible(
            f"“One force” is chosen, but {len(turned)} forces turned to the unit. Choose “Several forces”, or "
            "“National” where all forces have had the request.",
            field="scope",
        )
    if scope == Scope.SEVERAL and len(turned) == 1:
        raise NotPossible(
            f"“Several forces” takes two or more that turned to the unit, and only {turned[0].force} did. Add the "
            "others, or choose “One force”.",
            field="scope",
        )
    further = [row for row in turned if row.trigger == Trigger.CORRESPONDENCE]
    if further and scope != Scope.NATIONAL:
        raise NotPossible(
            f"{further[0].force}: “{TRIGGER_LABELS[Trigger.CORRESPONDENCE]}” needs a national log. Choose “National” "
            "as the scope, or another reason.",
            field="scope",
        )


def check_criteria_support(referral: Referral, rows: Iterable[ReferralForce], *, field: str) -> None:
    """Raise NotPossible for a mandatory referral to which no criterion applies."""
    mandatory = [row.force for row in rows if row.trigger == Trigger.MANDATORY]
    if mandatory and not referral.criterion_decisions.filter(applies=True).exists():
        raise NotPossible(
            f"{mandatory[0]} referred because it must. Tick the criterion that applies, or choose another reason "
            "for the referral.",
            field=field,
        )


def _known(force: Force | None) -> Force:
    if force is None:
        raise NotPossible("A force you chose is no longer in the register. Choose again.", field="forces")
    return force


def _first_contact(entry: ForceEntry, received_on: date) -> date | None:
    """The day a force first turned to us: statistics count it on that day."""
    days = [day for day in (entry.form_received_on, entry.wrote_on) if day]
    if days:
        return min(days)
    return received_on if entry.role == ForceRole.LOGGED_WITH else None


def _check_part(row: ReferralForce) -> None:
    if row.role not in {role.value for role in ForceRole}:
        raise NotPossible(f"Choose what {row.force} has to do with the log.", field="role")
    if row.role == ForceRole.CONSULTED:
        if row.trigger:
            raise NotPossible(
                f"{row.force} was only consulted, so it has no reason to refer. Leave the reason empty, or choose "
                "“Referred by”.",
                field="trigger",
            )
        if row.form_received_on:
            raise NotPossible(
                f"{row.force} was only consulted. Leave the day of its form empty, or choose “Referred by”.",
                field="form_received_on",
            )
        row.first_contact_on = None  # its letters answer ours
    elif row.trigger not in {trigger.value for trigger in Trigger}:
        raise NotPossible(f"Choose why {row.force} turned to the unit.", field="trigger")
    if row.role == ForceRole.REFERRED_BY and row.form_received_on is None:
        raise NotPossible(
            f"Enter the day the form of {row.force} came; or choose “Logged with” where it sent no form.",
            field="form_received_on",
        )


def _check_days(row: ReferralForce, received_on: date, today: date) -> None:
    came, asked = row.first_contact_on, row.request_received_on
    for day, what, field in (
        (came, "form or letter", "form_received_on"),
        (asked, "receipt of the request", "request_received_on"),
    ):
        if day and day > today:
            raise NotPossible(
                f"{row.force}: {short_date(day)}, the day of its {what}, is in the future. Correct it.",
                field=field,
            )
    if came and came < received_on:
        raise NotPossible(
            f"{row.force}: its form or letter came on {short_date(came)}, before the log's first day, "
            f"{short_date(received_on)}. Correct one of the two: the log begins with the first form or letter.",
            field="form_received_on",
        )
    if asked and asked < ACT_IN_FORCE:
        raise NotPossible(
            f"{row.force}: no request can have been received before 1 January 2005. Check the year.",
            field="request_received_on",
        )
    if asked and came and asked > came:
        raise NotPossible(
            f"{row.force} cannot have received its request on {short_date(asked)}, after its form or letter about it "
            f"came on {short_date(came)}. Correct one of the two.",
            field="request_received_on",
        )


def _check_stated(row: ReferralForce, received_on: date) -> None:
    asked, due = row.request_received_on, row.stated_due_on
    if due and abs(due - received_on) > _FURTHEST:
        raise NotPossible(
            f"{row.force}: the deadline it states, {short_date(due)}, is years away from the day the log came, "
            f"{short_date(received_on)}. Check the year.",
            field="stated_due_on",
        )
    if due and asked and due < asked:
        raise NotPossible(
            f"{row.force}: the deadline it states, {short_date(due)}, lies before it received the request on "
            f"{short_date(asked)}. Correct one of the two.",
            field="stated_due_on",
        )


def _check_existed(row: ReferralForce, on: date) -> None:
    force = row.force
    if force.to_on and force.to_on < on:
        instead = f"Choose {force.succeeded_by}, which took its place." if force.succeeded_by else ""
        raise NotPossible(f"{force} ended on {short_date(force.to_on)}. {instead}".strip(), field="forces")
    if force.from_on and on < force.from_on:
        before = " or ".join(force.predecessors.values_list("name", flat=True))
        instead = f"Choose {before}, which it followed." if before else "Check the day."
        raise NotPossible(f"{force} began on {short_date(force.from_on)}. {instead}", field="forces")
