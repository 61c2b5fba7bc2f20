"""Rows of the tables, made of a made-up log: the log, its forces, criteria, advice and what was written."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from dashboard.demonstration.archive.copying import Row, Rows, Table, moment
from dashboard.demonstration.archive.logs import SyntheticForce, SyntheticLog
from dashboard.demonstration.archive.surroundings import Surroundings
from foitracker.working_days.calendar import WorkingDayCalendar
from referrals.models import (
    Advice,
    AdviceTold,
    ApplicantMark,
    Consultation,
    Correspondence,
    CorrespondenceKind,
    CriterionDecision,
    Direction,
    MarkKind,
    Referral,
    ReferralForce,
)
from referrals.rules.reply_by import ReplyDays, reply_by
from referrals.rules.vocabulary import ForceRole, Marking, ReferralPriority, Trigger, Uptake
from referrals.rules.workflow import AWAITING_ADVICE, ReferralStatus

#: The tables in the order they are written in: those that others point at first.
LOG_TABLES: tuple[Table, ...] = (
    Referral, ReferralForce, CriterionDecision, Consultation, Advice, AdviceTold, Correspondence, ApplicantMark,
)  # fmt: skip
#: Two in three logs carry a mark of who asked; so many applicants ask over and over.
APPLICANTS = 9_000
_PRIORITIES = (
    *(ReferralPriority.MEDIUM,) * 6, *(ReferralPriority.LOW,) * 3, ReferralPriority.HIGH,
)  # fmt: skip
_PRIORITY_REASONS = {
    ReferralPriority.HIGH: "The first force has to answer within the week.",
    ReferralPriority.MEDIUM: "Advice on the subject exists and has to be fitted to this request.",
    ReferralPriority.LOW: "The force has told us that it can wait.",
}
_REPLY = "Totals may be given. Anything by place or by date may not."
_UPTAKE_REASONS = {
    Uptake.IN_PART: "Figures for the force as a whole had been published already, so these were given.",
    Uptake.DEPARTED: "The chief officer decided to disclose, as the force had done so the year before.",
}


@dataclass
class RowMaker:
    """Makes the rows of one log after another, and numbers what belongs to them.

    The marks of applicants are numbers that stand for no one: they are made with none of the tracker's keys.
    """

    around: Surroundings
    calendar: WorkingDayCalendar
    reply_days: ReplyDays
    today: date
    with_marks: bool = True
    _last: dict[Table, int] = field(default_factory=dict)

    def rows(self, made: SyntheticLog, version: int) -> Rows:
        """Give the rows of a log, each with its table."""
        yield Referral, self._referral(made, version)
        keys = [self._key(ReferralForce) for _ in made.forces]
        for key, force in zip(keys, made.forces, strict=True):
            yield ReferralForce, _force(key, made, force)
        yield from self._criteria(made)
        yield from self._consultation(made)
        if made.advised_on:
            yield from self._advice(made, made.advised_on, keys)
        yield from self._chaser(made, keys)
        if self.with_marks and made.lot % 3:
            mark = sha256(f"synthetic applicant {made.lot % APPLICANTS}".encode()).hexdigest()
            key = self._key(ApplicantMark)
            row: Row = {
                "id": key,
                "referral_id": made.key,
                "kind": MarkKind.EMAIL,
                "key": 1,
                "digest": mark,
            }
            yield ApplicantMark, row

    def adviser_of(self, made: SyntheticLog) -> tuple[int, str]:
        """Return the key and name of who advises on a log."""
        return made.chosen(self.around.advisers, 1)

    def priority_of(self, made: SyntheticLog) -> ReferralPriority:
        """Return the priority that a log was triaged with."""
        return made.chosen(_PRIORITIES, 2)

    def triaged_on(self, made: SyntheticLog) -> date | None:
        """Return the day of a log's triage; None while it waits for it."""
        if made.status == ReferralStatus.LOGGED:
            return None
        return min(made.received_on + timedelta(days=1), made.advised_on or made.ended_on or self.today)

    def _key(self, table: Table) -> int:
        self._last[table] = self._last.get(table, 0) + 1
        return self._last[table]

    def _referral(self, made: SyntheticLog, version: int) -> Row:
        triaged_on = self.triaged_on(made)
        row: Row = {
            "id": made.key,
            "number": made.number,
            "year": made.year,
            "log_number": made.log_number,
            "scope": made.scope,
            "received_on": made.received_on,
            "subject": made.title,
            "wording": made.words,
            "topic_id": self.around.topics.get(made.subject.topic) if made.lot % 11 else None,
            "flags": [str(flag) for flag in made.subject.flags],
            "status": made.status,
            "triaged_on": triaged_on,
            "advised_on": made.advised_on,
            "closed_on": made.ended_on,
            "closing": made.closing or "",
            "national_log_id": made.grouped_under,
            "logged_by_id": self.around.logged_by,
            "logged_at": moment(made.received_on, 11, made.lot),
            "version": version,
        }
        if triaged_on:
            priority = self.priority_of(made)
            row |= {
                "adviser_id": self.adviser_of(made)[0],
                "priority": priority,
                "priority_reason": _PRIORITY_REASONS[priority],
            }
        if made.status in AWAITING_ADVICE:
            deadlines = [force.due_on for force in made.forces if force.due_on]
            due = reply_by(made.received_on, deadlines, self.calendar, self.reply_days)
            row |= {"reply_by": due.day, "calendar_version": self.calendar.version}
        return row

    def _criteria(self, made: SyntheticLog) -> Rows:
        """The criterion that applies; on some other logs one that was suggested and set aside."""
        code, applies = made.subject.criterion, made.is_mandatory
        if code not in self.around.criteria or (made.status == ReferralStatus.LOGGED and not applies):
            return
        yield (
            CriterionDecision,
            {
                "id": self._key(CriterionDecision),
                "referral_id": made.key,
                "criterion_id": self.around.criteria[code],
                "applies": applies,
                "reason": "" if applies else "It is about figures that are published already.",
                "decided_by_id": self.adviser_of(made)[0],
                "decided_at": moment(made.received_on, 13, made.lot),
            },
        )

    def _consultation(self, made: SyntheticLog) -> Rows:
        """One log in five was put to the portfolio lead, where its topic has one."""
        asked_on = self.triaged_on(made)
        lead = self.around.leads.get(made.subject.portfolio)
        if made.lot % 5 or lead is None or not asked_on:
            return
        reply_on = min(asked_on + timedelta(days=made.lot % 9), self.today)
        replied_on = reply_on if made.ended_on or made.advised_on or made.lot % 9 > 3 else None
        key = self._key(Consultation)
        yield (
            Consultation,
            {
                "id": key,
                "referral_id": made.key,
                "lead_id": lead,
                "question": f"Would you disclose what is asked on {made.subject.name[:1].lower()}"
                f"{made.subject.name[1:]}?",
                "asked_on": asked_on,
                "asked_by_id": self.adviser_of(made)[0],
                "reply_by": self.calendar.add_working_days(asked_on, 5),
                "replied_on": replied_on,
                "reply": _REPLY if replied_on else "",
            },
        )
        sent = "Put to the portfolio lead by log number, with the wording."
        consulted = CorrespondenceKind.CONSULTATION
        yield self._written(made, asked_on, sent, consultation=key, kind=consulted, out=True)
        if replied_on:
            yield self._written(made, replied_on, _REPLY, consultation=key, kind=consulted)

    def _advice(self, made: SyntheticLog, advised_on: date, keys: list[int]) -> Rows:
        """The advice and, on one log in twenty, another that replaced it; who was told, and what each did."""
        for number in (1, 2) if made.lot % 20 == 0 else (1,):
            given_on = min(advised_on + timedelta(days=7 * (number - 1)), made.ended_on or self.today)
            key = self._key(Advice)
            given_at = moment(given_on, 14 + number, made.lot)
            yield (
                Advice,
                {
                    "id": key,
                    "referral_id": made.key,
                    "number": number,
                    "text": made.subject.advice,
                    "exemptions": list(made.subject.exemptions),
                    "marking": marking_of(made),
                    "adviser_id": self.adviser_of(made)[0],
                    "given_on": given_on,
                    "given_at": given_at,
                },
            )
            for force_key, force in zip(keys, made.forces, strict=True):
                if force.role != ForceRole.CONSULTED:
                    told = self._told_row(made, key, force_key, force, given_on)
                    yield AdviceTold, told
                    text = f"Told of advice {number} on CRU log {made.log_number} by e-mail."
                    circulated = CorrespondenceKind.CIRCULATION
                    yield self._written(
                        made, told["told_on"], text, force=force_key, kind=circulated, out=True
                    )

    def _told_row(
        self, made: SyntheticLog, advice: int, force_key: int, force: SyntheticForce, given_on: date
    ) -> Row:
        adviser = self.adviser_of(made)[0]
        told_on = max(given_on, min(force.contact_on or given_on, self.today))
        row: Row = {
            "id": self._key(AdviceTold),
            "advice_id": advice,
            "told_to_id": force_key,
            "told_on": told_on,
            "told_at": moment(told_on, 17, made.lot),
            "told_by_id": adviser,
            "by_email": True,
        }
        if force.uptake:
            row |= {
                "uptake": force.uptake,
                "uptake_reason": _UPTAKE_REASONS.get(force.uptake, ""),
                "uptake_on": min(told_on + timedelta(days=made.lot % 25), self.today),
                "uptake_by_id": adviser,
            }
        return row

    def _chaser(self, made: SyntheticLog, keys: list[int]) -> Rows:
        """What forces wrote on national logs, and a chaser on one log in nine that took long."""
        for key, force in zip(keys, made.forces, strict=True):
            if force.trigger == Trigger.CORRESPONDENCE and force.contact_on:
                text = "We have had the same request. Is the national advice still as it was?"
                yield self._written(made, force.contact_on, text, force=key)
        chased_on = made.received_on + timedelta(days=12)
        if made.lot % 9 == 0 and chased_on < (made.advised_on or self.today):
            text = "Please send the number of records that a search finds, which we asked for with the form."
            yield self._written(
                made, chased_on, text, force=keys[0], kind=CorrespondenceKind.CHASER, out=True
            )

    def _written(
        self,
        made: SyntheticLog,
        dated_on: date,
        text: str,
        *,
        force: int | None = None,
        consultation: int | None = None,
        kind: CorrespondenceKind = CorrespondenceKind.LETTER,
        out: bool = False,
    ) -> tuple[Table, Row]:
        return (
            Correspondence,
            {
                "id": self._key(Correspondence),
                "referral_id": made.key,
                "with_force_id": force,
                "consultation_id": consultation,
                "direction": Direction.OUT if out else Direction.IN,
                "kind": kind,
                "dated_on": dated_on,
                "text": text,
                "recorded_by_id": self.adviser_of(made)[0],
                "recorded_at": moment(dated_on, 16, made.lot),
            },
        )


def marking_of(made: SyntheticLog) -> Marking:
    """Return the marking of the advice on a log."""
    return Marking.OFFICIAL_SENSITIVE if made.is_mandatory else Marking.OFFICIAL


def _force(key: int, made: SyntheticLog, force: SyntheticForce) -> Row:
    return {
        "id": key,
        "referral_id": made.key,
        "force_id": force.force,
        "role": force.role,
        "trigger": force.trigger or "",
        "form_received_on": force.form_on,
        "first_contact_on": force.contact_on,
        "reference": f"FOI {made.lot % 20_000:05}/{made.year % 100:02}" if force.contact_on else "",
        "request_received_on": force.received_on,
        "due_on": force.due_on,
        "wording": force.wording,
        "outcome": force.outcome or "",
        "outcome_on": made.ended_on if force.outcome else None,
    }
