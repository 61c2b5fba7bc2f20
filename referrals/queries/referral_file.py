"""One log with everything its page shows, in a fixed number of queries.

Nothing in it identifies the applicant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from foitracker.audit.models import Entry
from foitracker.audit.queries import timeline
from foitracker.mail.queries import deliveries_of
from referrals.models import (
    Advice,
    AdviceTold,
    Consultation,
    Correspondence,
    Criterion,
    CriterionDecision,
    Referral,
    ReferralForce,
    ReferralUnit,
)
from referrals.queries.circulation import forces_concerned
from referrals.queries.criteria_to_weigh import suggested_by
from referrals.queries.holding import bearing_on, later_told, replaced_advice
from referrals.queries.unit import unit
from referrals.rules.reply_by import ReplyDays

#: The page shows this many events and letters at a time.
PAGE_SIZE = 50
LETTERS_SHOWN = 20


@dataclass(frozen=True)
class AdviceEntry:
    """One advice on the log, or on the national log it is grouped under, with the forces told of it.

    `untold` are the forces it concerns that have not been told; of an earlier advice none are named, because
    a later one has replaced it. Advice `is_replaced` by a later one on its log, or where all its forces were
    told of one given later elsewhere.
    """

    advice: Advice
    told: list[AdviceTold]
    untold: list[ReferralForce]
    is_latest: bool
    is_replaced: bool


@dataclass(frozen=True)
class Suggested:
    """A criterion that words or flags suggest and no one has decided on, and why."""

    criterion: Criterion
    why: str


@dataclass(frozen=True)
class ReferralFile:
    """What the page of a log shows. `more_events` and `more_letters` say that there are earlier ones.

    `lead` is the national log of the group the log belongs to: itself, when others are grouped under it; None
    outside a group. `members` are those grouped under that log.
    """

    case: Referral
    unit: ReferralUnit
    forces: list[ReferralForce]
    decisions: list[CriterionDecision]
    suggested: list[Suggested]
    consultations: list[Consultation]
    advice: list[AdviceEntry]
    lead: Referral | None
    members: list[Referral]
    letters: list[Correspondence]
    events: list[Entry]
    more_letters: bool = False
    more_events: bool = False
    told: dict[int, list[AdviceTold]] = field(default_factory=dict)

    @property
    def leads(self) -> bool:
        return self.lead is not None and self.lead.pk == self.case.pk

    @property
    def reply_days(self) -> ReplyDays:
        return ReplyDays(self.unit.reply_days_before, self.unit.reply_days_without_deadline)

    @property
    def draft(self) -> Advice | None:
        return next((e.advice for e in self.advice if not e.advice.is_given), None)

    @property
    def given(self) -> list[AdviceEntry]:
        return [entry for entry in self.advice if entry.advice.is_given]

    @property
    def applied(self) -> list[CriterionDecision]:
        return [decision for decision in self.decisions if decision.applies]

    @property
    def awaited(self) -> list[Consultation]:
        return [one for one in self.consultations if one.replied_on is None]


def referral_file(case: Referral, *, events_before: int | None = None, letters_from: int = 0) -> ReferralFile:
    """Read everything about a log but the applicant.

    `events_before` and `letters_from` go back in time: to the events before that one, and past that many
    letters.
    """
    forces = list(case.forces.select_related("force").order_by("force__name"))
    lead, members = _group(case)
    told = _told_rows(case, forces)
    events, letters = _events(case, events_before), _letters(case, letters_from)
    consultations = list(case.consultations.select_related("lead", "asked_by").order_by("-asked_on", "-id"))
    _with_deliveries([*told, *letters, *consultations])
    decisions = list(case.criterion_decisions.select_related("criterion", "decided_by"))
    return ReferralFile(
        case=case,
        unit=unit(),
        forces=forces,
        decisions=decisions,
        suggested=_suggested(case, forces, decisions),
        consultations=consultations,
        advice=_advice(case, told, forces_concerned(case)),
        lead=lead,
        members=members,
        letters=letters[:LETTERS_SHOWN],
        events=events[:PAGE_SIZE],
        more_letters=len(letters) > LETTERS_SHOWN,
        more_events=len(events) > PAGE_SIZE,
        told=_by_force(told),
    )


def deadline_forces(forces: Iterable[ReferralForce], deadline: date | None) -> list[ReferralForce]:
    """Return the forces that a deadline is the limit of and that have not answered yet."""
    return [one for one in forces if one.is_open and deadline is not None and one.deadline == deadline]


def _suggested(
    case: Referral, forces: Iterable[ReferralForce], decisions: Iterable[CriterionDecision]
) -> list[Suggested]:
    """What is suggested now, but for what was decided, in whichever version."""
    if case.is_closed:
        return []
    texts = [case.subject, case.wording, *(one.wording for one in forces if one.wording)]
    why = suggested_by(texts, case.flags)
    decided = {one.criterion.code for one in decisions}
    criteria = Criterion.objects.filter(pk__in=why).order_by("title")
    return [Suggested(one, why[one.pk]) for one in criteria if one.code not in decided]


def _group(case: Referral) -> tuple[Referral | None, list[Referral]]:
    """The national log of the group, and the logs grouped under it with their forces."""
    forces = ReferralForce.objects.select_related("force").defer("wording", "search").order_by("force__name")
    members = list(
        Referral.objects.filter(national_log=case.national_log_id or case.pk)
        .select_related("adviser")
        .defer("wording", "search")
        .prefetch_related(Prefetch("forces", forces))
        .order_by("year", "number")
    )
    return (case.national_log or (case if members else None)), members


def _told_rows(case: Referral, forces: Sequence[ReferralForce]) -> list[AdviceTold]:
    """Who was told of this log's advice, and what its forces were told, whatever log the advice is on.

    By the keys of the forces and of the advice, each of which has an index.
    """
    own = list(case.advice.order_by().values_list("pk", flat=True))
    either = Q(advice__in=own) | Q(told_to__in=[one.pk for one in forces])
    return list(
        AdviceTold.objects.filter(either)
        .annotate(is_replaced=later_told())
        .select_related("told_to__force", "told_to__referral__own_request", "told_by", "uptake_by")
        .defer(
            "told_to__wording",
            "told_to__search",
            "told_to__referral__wording",
            "told_to__referral__search",
            "told_to__referral__own_request__words",
            "told_to__referral__own_request__search",
        )
        .order_by("told_to__force__name", "id")
    )


def _advice(
    case: Referral, told: Sequence[AdviceTold], concerned: Sequence[ReferralForce]
) -> list[AdviceEntry]:
    """The advice on this log, the given advice of its national log, and whatever else its forces were told."""
    bearing = Advice.objects.filter(bearing_on(case, told)).select_related("adviser", "referral")
    found = list(bearing.order_by("-given_at", "-number"))
    replaced = replaced_advice(found, told)
    latest = next((a.pk for a in found if a.is_given and a.referral_id == case.pk), None)
    entries = []
    for advice in found:
        of_this = [one for one in told if one.advice_id == advice.pk]
        reached = {one.told_to_id for one in of_this}
        is_latest = advice.pk == latest
        untold = [force for force in concerned if force.pk not in reached] if is_latest else []
        entries.append(AdviceEntry(advice, of_this, untold, is_latest, advice.pk in replaced and not untold))
    return entries


def _with_deliveries(sent: Sequence[AdviceTold | Correspondence | Consultation]) -> None:
    """Give what was e-mailed the state of its e-mail, as `delivery`, in one query."""
    found = deliveries_of([one.message_key for one in sent])
    for one in sent:
        one.delivery = found.get(one.message_key)  # type: ignore[union-attr]


def _by_force(told: Iterable[AdviceTold]) -> dict[int, list[AdviceTold]]:
    by_force: dict[int, list[AdviceTold]] = {}
    for one in told:
        by_force.setdefault(one.told_to_id, []).append(one)
    return by_force


def _letters(case: Referral, start: int) -> list[Correspondence]:
    """One letter more than a page shows, to know whether there are earlier ones; the newest first."""
    letters: QuerySet[Correspondence] = case.correspondence.select_related(
        "with_force__force", "consultation__lead", "recorded_by"
    ).order_by("-dated_on", "-id")
    return list(letters[start : start + LETTERS_SHOWN + 1])


def _events(case: Referral, before: int | None) -> list[Entry]:
    """One event more than a page shows, to know whether there are earlier ones."""
    events = timeline(case.reference)
    return list((events.filter(sequence__lt=before) if before else events)[: PAGE_SIZE + 1])
