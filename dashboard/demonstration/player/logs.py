"""Plays a log of the demonstration: each step by the operation that its page calls, on a day long past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import singledispatch
from typing import Any

from dashboard.demonstration.data import log_steps as steps
from dashboard.demonstration.data.days import last_working_day
from dashboard.demonstration.data.log_wording import (
    CHASER,
    DEPARTURES,
    PRIORITY_REASONS,
    QUESTION,
    REPLY,
    SET_ASIDE,
)
from foitracker.accounts.models import User
from foitracker.working_days.calendar import WorkingDayCalendar
from referrals.models import (
    Advice,
    AdviceTold,
    Consultation,
    Criterion,
    Direction,
    PortfolioLead,
    Referral,
)
from referrals.operations.advice import circulate, draft_advice, give_advice
from referrals.operations.consultation import consult, record_reply
from referrals.operations.correspondence import chase, record_correspondence
from referrals.operations.grouping import group
from referrals.operations.intake import ForceEntry, ReferralDetails, log_referral
from referrals.operations.triage import close_referral, triage
from referrals.operations.uptake import record_outcome, record_uptake
from referrals.queries.criteria_to_weigh import suggested_for
from referrals.queries.forces import find_force
from referrals.rules.vocabulary import ForceRole, Marking, Trigger
from requests_app.models import Topic


@dataclass(frozen=True)
class Desk:
    """The desk of the adviser. Days are counted back in working days; nothing is done later than `now`."""

    adviser: User
    today: date
    now: datetime
    calendar: WorkingDayCalendar
    topics: dict[str, int] = field(default_factory=lambda: dict(Topic.objects.values_list("name", "pk")))
    criteria: dict[str, int] = field(
        default_factory=lambda: dict(
            Criterion.objects.filter(ended_at__isnull=True).values_list("code", "pk")
        )
    )

    def ago(self, days: int) -> date:
        """Return the working day so many working days ago; for none today, or the last one before it."""
        return last_working_day(self.today, self.calendar, days)

    def at(self, day: date, when: time) -> datetime:
        """Return a time of a day, or now where it is yet to come."""
        return min(datetime.combine(day, when, tzinfo=UTC), self.now)


@dataclass
class LogInPlay:
    """A log, the lead's consultation, the advice given last and who was told of it. `named` are logs by name."""

    planned: steps.PlannedLog
    log: Referral
    desk: Desk
    named: Mapping[str, Referral]
    asked: Consultation = field(init=False)
    advice: Advice = field(init=False)
    told: list[AdviceTold] = field(default_factory=list)

    def day(self, step: steps.LogStep) -> date:
        """Return the day of a step."""
        return self.desk.ago(max(0, self.planned.days_ago - step.after))

    def done(self, step: steps.LogStep) -> dict[str, Any]:
        """Return by whom a step is taken, and when."""
        day = self.day(step)
        return {"by": self.desk.adviser, "at": self.desk.at(day, step.at), "today": day}


def play(planned: Sequence[steps.PlannedLog], desk: Desk) -> None:
    """Log all in the order they came, so that their numbers are in that order, and then take the steps of each."""
    named: dict[str, Referral] = {}
    coming = sorted(planned, key=lambda one: -one.days_ago)
    playing = [LogInPlay(one, log(one, desk), desk, named) for one in coming]
    named |= {one.planned.name: one.log for one in playing if one.planned.name}
    for one in playing:
        for step in one.planned.steps:
            take(step, one)


def log(planned: steps.PlannedLog, desk: Desk) -> Referral:
    """Log a referral with all its forces, on the day the last of them turned to the unit."""
    logged_on = desk.ago(max(0, planned.days_ago - max(turn.later for turn in planned.turns)))
    subject = planned.subject
    mandatory = any(turn.trigger == Trigger.MANDATORY for turn in planned.turns)
    email, name = planned.applicant
    return log_referral(
        by=desk.adviser,
        at=desk.at(logged_on, time(9, 30)),
        today=logged_on,
        details=ReferralDetails(
            subject=subject.name,
            wording=planned.words,
            scope=planned.scope,
            received_on=desk.ago(planned.days_ago),
            topic_id=desk.topics.get(subject.topic),
            flags=[str(flag) for flag in subject.flags],
        ),
        forces=[_entry(turn, planned.days_ago - turn.later, desk) for turn in planned.turns],
        criteria=[desk.criteria[subject.criterion]] if mandatory else [],
        applicant_email=email,
        applicant_name=name,
    )


def _entry(turn: steps.Turn, days_ago: int, desk: Desk) -> ForceEntry:
    force = find_force(turn.name)
    if turn.trigger is None:
        return ForceEntry(force_id=force.pk, role=ForceRole.CONSULTED)
    day, writes = desk.ago(days_ago), turn.trigger == Trigger.CORRESPONDENCE
    asked_on = None if turn.asked_before is None else desk.ago(days_ago + turn.asked_before)
    due = None if turn.says_due_in is None else desk.calendar.add_working_days(desk.today, turn.says_due_in)
    return ForceEntry(
        force_id=force.pk,
        role=ForceRole.LOGGED_WITH if writes else ForceRole.REFERRED_BY,
        trigger=turn.trigger,
        form_received_on=None if writes else day,
        wrote_on=day if writes else None,
        reference=f"FOI {force.pk * 37 + days_ago:05}/{day.year % 100:02}",
        request_received_on=asked_on,
        stated_due_on=due,
    )


@singledispatch
def take(step: steps.LogStep, playing: LogInPlay) -> None:
    """Take one step of a log."""
    raise NotImplementedError(type(step).__name__)


@take.register
def _triage(step: steps.Triage, playing: LogInPlay) -> None:
    subject, desk, log = playing.planned.subject, playing.desk, playing.log
    code = desk.criteria.get(subject.criterion)
    mandatory = log.forces.filter(trigger=Trigger.MANDATORY).exists()
    applies = [code] if code and mandatory else []
    flags = [str(flag) for flag in subject.flags]
    weighed = {*suggested_for(log, flags), *([code] if code else [])}
    triage(
        referral_id=log.pk,
        **playing.done(step),
        priority=step.priority,
        reason=PRIORITY_REASONS[step.priority],
        applies=applies,
        set_aside=dict.fromkeys(weighed - {*applies}, SET_ASIDE),
        topic_id=desk.topics.get(subject.topic),
        flags=flags,
        adviser_id=desk.adviser.pk,
    )


@take.register
def _group(step: steps.Group, playing: LogInPlay) -> None:
    done = playing.done(step)
    group(
        referral_id=playing.log.pk,
        member_ids=[playing.named[name].pk for name in step.members],
        by=done["by"],
        at=done["at"],
    )


@take.register
def _consult(step: steps.Consult, playing: LogInPlay) -> None:
    lead = PortfolioLead.objects.get(portfolio=playing.planned.subject.portfolio)
    playing.asked = consult(
        referral_id=playing.log.pk, **playing.done(step), lead_id=lead.pk, question=QUESTION
    )


@take.register
def _record_reply(step: steps.RecordReply, playing: LogInPlay) -> None:
    record_reply(
        consultation_id=playing.asked.pk,
        **playing.done(step),
        replied_on=playing.day(step),
        reply=REPLY,
    )


@take.register
def _chase_forces(step: steps.ChaseForces, playing: LogInPlay) -> None:
    forces = list(playing.log.forces.values_list("pk", flat=True))
    chase(
        referral_id=playing.log.pk, **playing.done(step), text=CHASER, force_ids=forces, consultation_ids=[]
    )


@take.register
def _chase_lead(step: steps.ChaseLead, playing: LogInPlay) -> None:
    asked = [playing.asked.pk]
    chase(referral_id=playing.log.pk, **playing.done(step), text=CHASER, force_ids=[], consultation_ids=asked)


@take.register
def _record_letter(step: steps.RecordLetter, playing: LogInPlay) -> None:
    record_correspondence(
        referral_id=playing.log.pk,
        **playing.done(step),
        direction=Direction.IN,
        dated_on=playing.day(step),
        text=step.text,
        with_force_id=playing.log.forces.order_by("pk")[0].pk,
    )


@take.register
def _draft_advice(step: steps.DraftAdvice, playing: LogInPlay) -> None:
    subject, done = playing.planned.subject, playing.done(step)
    draft_advice(
        referral_id=playing.log.pk,
        by=done["by"],
        at=done["at"],
        text=subject.advice,
        exemptions=subject.exemptions,
    )


@take.register
def _give_advice(step: steps.GiveAdvice, playing: LogInPlay) -> None:
    subject = playing.planned.subject
    playing.advice = give_advice(
        referral_id=playing.log.pk,
        **playing.done(step),
        text=subject.advice,
        exemptions=subject.exemptions,
        marking=Marking.OFFICIAL_SENSITIVE if subject.criterion else Marking.OFFICIAL,
    )


@take.register
def _tell(step: steps.Tell, playing: LogInPlay) -> None:
    playing.told = circulate(advice_id=playing.advice.pk, **playing.done(step))


@take.register
def _record_uptake(step: steps.RecordUptake, playing: LogInPlay) -> None:
    turned = [told for told in playing.told if told.told_to.role != ForceRole.CONSULTED]
    for told, uptake in zip(turned, step.uptakes, strict=False):
        record_uptake(told_id=told.pk, **playing.done(step), uptake=uptake, reason=DEPARTURES.get(uptake, ""))


@take.register
def _record_outcome(step: steps.RecordOutcome, playing: LogInPlay) -> None:
    for involved in playing.log.forces.exclude(role=ForceRole.CONSULTED):
        record_outcome(
            referral_force_id=involved.pk,
            **playing.done(step),
            outcome=step.outcome,
            on=playing.day(step),
        )


@take.register
def _close(step: steps.Close, playing: LogInPlay) -> None:
    close_referral(referral_id=playing.log.pk, **playing.done(step), closing=step.closing, reason=step.reason)
