"""Working a demonstration log through the same operations the pages call, on days long past."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dashboard.demonstration.data.subject import Subject
from dashboard.demonstration.player.requests import at
from dashboard.demonstration.player.unit import UnitStaff
from foitracker.accounts.models import User
from referrals.models import (
    Advice,
    AdviceTold,
    Consultation,
    Criterion,
    Direction,
    PortfolioLead,
    Referral,
    Topic,
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
from referrals.rules.vocabulary import (
    ForceOutcome,
    ForceRole,
    Marking,
    ReferralPriority,
    Scope,
    Trigger,
    Uptake,
)
from referrals.rules.workflow import Closing
from requests_app.rules.working_days import WorkingDayCalendar

#: A log to make: how many working days ago it came, and what makes it. Numbers follow the order of coming.
Coming = tuple[int, Callable[[], Referral]]


@dataclass(frozen=True)
class Turn:
    """A force on a log: why it turned to the unit, how many working days after the log came, how many working days
    before that it had the request (None: it did not say), and in how many from today it says it must answer."""

    name: str
    trigger: Trigger | None = Trigger.ADVICE
    later: int = 0
    asked_before: int | None = 2
    says_due_in: int | None = None
    wording: str = ""


@dataclass(frozen=True)
class Desk:
    """The desk of the adviser. Days are counted back from today, in working days."""

    staff: UnitStaff
    today: date
    calendar: WorkingDayCalendar
    topics: dict[str, int] = field(default_factory=lambda: dict(Topic.objects.values_list("name", "pk")))
    criteria: dict[str, int] = field(
        default_factory=lambda: dict(
            Criterion.objects.filter(ended_at__isnull=True).values_list("code", "pk")
        )
    )

    @property
    def adviser(self) -> User:
        return self.staff.adviser

    def ago(self, days: int) -> date:
        """This function will give the working day so many working days ago; today for none."""
        day = self.today
        for _ in range(days):
            day -= timedelta(days=1)
            while not self.calendar.is_working_day(day):
                day -= timedelta(days=1)
        return day

    def log(
        self,
        subject: Subject,
        turns: Sequence[Turn],
        *,
        days_ago: int,
        scope: Scope = Scope.SINGLE,
        words: str,
        applicant: tuple[str, str] = ("", ""),
    ) -> Referral:
        """This function will log a referral that came so many working days ago, with all its forces."""
        latest = max(0, days_ago - max(turn.later for turn in turns))
        mandatory = any(turn.trigger == Trigger.MANDATORY for turn in turns)
        return log_referral(
            by=self.adviser,
            at=at(self.ago(latest), 9, 30),
            today=self.ago(latest),
            details=ReferralDetails(
                subject=subject.name,
                wording=words,
                scope=scope,
                received_on=self.ago(days_ago),
                topic_id=self.topics.get(subject.topic),
                flags=[str(flag) for flag in subject.flags],
            ),
            forces=[self._entry(turn, days_ago - turn.later) for turn in turns],
            criteria=[self.criteria[subject.criterion]] if mandatory else [],
            applicant_email=applicant[0],
            applicant_name=applicant[1],
        )

    def _entry(self, turn: Turn, days_ago: int) -> ForceEntry:
        force = find_force(turn.name)
        if turn.trigger is None:
            return ForceEntry(force_id=force.pk, role=ForceRole.CONSULTED)
        day, writes = self.ago(days_ago), turn.trigger == Trigger.CORRESPONDENCE
        asked_on = None if turn.asked_before is None else self.ago(days_ago + turn.asked_before)
        due = (
            None if turn.says_due_in is None else self.calendar.add_working_days(self.today, turn.says_due_in)
        )
        return ForceEntry(
            force_id=force.pk,
            role=ForceRole.LOGGED_WITH if writes else ForceRole.REFERRED_BY,
            trigger=turn.trigger,
            form_received_on=None if writes else day,
            wrote_on=day if writes else None,
            reference=f"FOI {force.pk * 37 + days_ago:05}/{day:%y}",
            request_received_on=asked_on,
            stated_due_on=due,
            wording=turn.wording,
        )

    def triage(self, log: Referral, subject: Subject, priority: ReferralPriority, *, days_ago: int) -> None:
        """This function will triage a log: the criterion of its subject applies, or is set aside."""
        code = self.criteria.get(subject.criterion)
        mandatory = log.forces.filter(trigger=Trigger.MANDATORY).exists()
        applies = [code] if code and mandatory else []
        flags = [str(flag) for flag in subject.flags]
        weighed = {*suggested_for(log, flags), *([code] if code else [])}
        day = self.ago(days_ago)
        triage(
            referral_id=log.pk,
            by=self.adviser,
            at=at(day, 10),
            today=day,
            priority=priority,
            reason=_REASONS[priority],
            applies=applies,
            set_aside=dict.fromkeys(weighed - {*applies}, _SET_ASIDE),
            topic_id=self.topics.get(subject.topic),
            flags=flags,
            adviser_id=self.adviser.pk,
        )

    def group(self, national: Referral, others: Sequence[Referral], *, days_ago: int) -> None:
        """This function will group logs under a national one."""
        members = [log.pk for log in others]
        group(referral_id=national.pk, member_ids=members, by=self.adviser, at=at(self.ago(days_ago), 10, 30))

    def consult(self, log: Referral, subject: Subject, *, days_ago: int) -> Consultation:
        """This function will ask the portfolio lead of a log's subject."""
        day = self.ago(days_ago)
        lead = PortfolioLead.objects.get(portfolio=subject.portfolio)
        question = (
            "Would you disclose what is asked, and is there anything published that forces can point to?"
        )
        return consult(
            referral_id=log.pk, by=self.adviser, at=at(day, 11), today=day, lead_id=lead.pk, question=question
        )

    def replied(self, asked: Consultation, *, days_ago: int) -> None:
        """This function will record the lead's reply."""
        day = self.ago(days_ago)
        reply = "Totals for the force may be given. Anything by place, unit or day may not; see our note to forces."
        record_reply(
            consultation_id=asked.pk, by=self.adviser, at=at(day, 14), today=day, replied_on=day, reply=reply
        )

    def draft(self, log: Referral, subject: Subject, *, days_ago: int) -> None:
        """This function will keep advice that is not finished."""
        draft_advice(
            referral_id=log.pk,
            by=self.adviser,
            at=at(self.ago(days_ago), 15),
            text=subject.advice,
            exemptions=subject.exemptions,
        )

    def advise(self, log: Referral, subject: Subject, *, days_ago: int) -> Advice:
        """This function will give advice; nobody is told yet."""
        day = self.ago(days_ago)
        return give_advice(
            referral_id=log.pk,
            by=self.adviser,
            at=at(day, 15, 30),
            today=day,
            text=subject.advice,
            exemptions=subject.exemptions,
            marking=Marking.OFFICIAL_SENSITIVE if subject.criterion else Marking.OFFICIAL,
        )

    def tell(self, advice: Advice, *, days_ago: int) -> list[AdviceTold]:
        """This function will tell every force that advice concerns."""
        day = self.ago(days_ago)
        return circulate(advice_id=advice.pk, by=self.adviser, at=at(day, 16), today=day)

    def uptake(self, told: AdviceTold, uptake: Uptake, *, days_ago: int, by: User | None = None) -> None:
        """This function will record what a force did with advice."""
        day = self.ago(days_ago)
        record_uptake(
            told_id=told.pk,
            by=by or self.adviser,
            at=at(day, 16, 20),
            today=day,
            uptake=uptake,
            reason=_DEPARTURES.get(uptake, ""),
        )

    def outcome(self, log: Referral, outcome: ForceOutcome, *, days_ago: int) -> None:
        """This function will record how each force on a log answered."""
        day = self.ago(days_ago)
        for involved in log.forces.exclude(role=ForceRole.CONSULTED):
            record_outcome(
                referral_force_id=involved.pk,
                by=self.adviser,
                at=at(day, 16, 40),
                today=day,
                outcome=outcome,
                on=day,
            )

    def close(self, log: Referral, closing: Closing, *, days_ago: int, reason: str = "") -> None:
        """This function will close a log."""
        day = self.ago(days_ago)
        close_referral(
            referral_id=log.pk, by=self.adviser, at=at(day, 17), today=day, closing=closing, reason=reason
        )

    def chase(self, log: Referral, *, days_ago: int, asked: Consultation | None = None) -> None:
        """This function will remind the forces on a log, or the lead who was asked."""
        day = self.ago(days_ago)
        chase(
            referral_id=log.pk,
            by=self.adviser,
            at=at(day, 12),
            today=day,
            text="Please let us have what we asked for, so that the advice can go out in time.",
            force_ids=[] if asked else list(log.forces.values_list("pk", flat=True)),
            consultation_ids=[asked.pk] if asked else [],
        )

    def written(
        self, log: Referral, text: str, *, days_ago: int, direction: Direction = Direction.IN
    ) -> None:
        """This function will record a letter or telephone call of the first force on a log, or to it."""
        day = self.ago(days_ago)
        first = log.forces.order_by("pk")[0]
        record_correspondence(
            referral_id=log.pk,
            by=self.adviser,
            at=at(day, 13),
            today=day,
            direction=direction,
            dated_on=day,
            text=text,
            with_force_id=first.pk,
        )


_REASONS = {
    ReferralPriority.HIGH: "The limit of the first force is near, and the matter is in the news.",
    ReferralPriority.MEDIUM: "There is advice on the subject; it has to be fitted to these questions.",
    ReferralPriority.LOW: "The force can wait, and nobody else has asked.",
}
_SET_ASIDE = "Only figures that are published already are asked for."
_DEPARTURES = {
    Uptake.IN_PART: "The totals had been published by the force last year, so these were given again.",
    Uptake.DEPARTED: "The chief officer decided to disclose: the operation has ended and was filmed.",
}
