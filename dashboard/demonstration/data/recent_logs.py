"""The recent and open logs of the demonstration: every state an adviser can meet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from dashboard.demonstration.data.lancashire import FORCE
from dashboard.demonstration.data.log_steps import (
    ChaseForces,
    ChaseLead,
    Close,
    Consult,
    DraftAdvice,
    GiveAdvice,
    LogStep,
    PlannedLog,
    RecordLetter,
    RecordOutcome,
    RecordReply,
    RecordUptake,
    Tell,
    Triage,
    Turn,
)
from dashboard.demonstration.data.log_wording import CLOSINGS, OPENINGS, in_another_year
from dashboard.demonstration.data.subjects import SUBJECTS
from referrals.rules.vocabulary import ForceOutcome, ReferralPriority, Scope, Trigger, Uptake
from referrals.rules.workflow import Closing

#: So many days ago the earlier log was brought over, and the unit began to work with this one.
DAYS_SINCE_BEGINNING = 77

_MUST = Trigger.MANDATORY

#: The same invented person asked two forces; the logs keep a mark of it and not the person.
_SAME_APPLICANT = ("w.saltmarsh@example.org", "Winifred Saltmarsh")

_BY_NAME = {subject.name: subject for subject in SUBJECTS}


@dataclass(frozen=True)
class _Recent:
    """When a log came (working days ago), about what, from whom, and how far it has come."""

    days_ago: int
    subject: str
    turns: tuple[Turn, ...]
    story: str
    scope: Scope = Scope.SINGLE
    applicant: tuple[str, str] = ("", "")


def _one(days_ago: int, subject: str, force: str, story: str, trigger: Trigger = Trigger.ADVICE) -> _Recent:
    return _Recent(days_ago, subject, (Turn(force, trigger),), story)


_RECENT: tuple[_Recent, ...] = (
    # Closed, the older ones first.
    _one(48, "Speed enforcement thresholds", "Devon and Cornwall Police", "closed"),
    _one(46, "Authorised firearms officers", "Norfolk Constabulary", "closed_in_part", _MUST),
    _one(45, "Cost of kennels for dogs seized", "Surrey Police", "withdrawn"),
    _one(43, "Conducted energy devices carried by officers", FORCE, "closed", _MUST),
    _one(41, "Complaints about stop and search", "South Yorkshire Police", "not_needed"),
    _one(38, "Payments to informants", "Gwent Police", "closed", _MUST),
    _Recent(
        36, "Referrals to Prevent",
        (Turn("West Yorkshire Police", _MUST), Turn("Bedfordshire Police", _MUST, later=2)),
        "closed_departed", Scope.SEVERAL,
    ),
    _one(33, "Vetting refusals and appeals", "Cleveland Police", "closed"),
    _one(30, "Searches of the Police National Computer", "Durham Constabulary", "closed", _MUST),
    # Low and ageing: nobody presses, and they are still there.
    _Recent(29, "Deaths and injuries in custody", (Turn("Wiltshire Police", says_due_in=15),), "low"),
    _Recent(26, "Contracts for body-worn video", (Turn("Dorset Police", asked_before=None, says_due_in=12),), "low"),
    # Overdue.
    _one(21, "Use of drones by the force", "Suffolk Constabulary", "overdue_chased", _MUST),
    _one(19, "Counter terrorism officers and budget", "North Wales Police", "overdue", _MUST),
    _Recent(
        17, "Sexual offences on trains",
        (Turn("British Transport Police"), Turn("Metropolitan Police Service", later=3)), "overdue", Scope.SEVERAL,
    ),
    # A portfolio lead has been asked.
    _one(14, "Live facial recognition deployments", "South Wales Police", "consulting", _MUST),
    _one(12, "Number plate recognition camera sites", "Northumbria Police", "consulting_chased", _MUST),
    _one(6, "Protection of public figures", "Thames Valley Police", "consulting", _MUST),
    _one(9, "Policing of protests at energy sites", "Cheshire Constabulary", "consulted"),
    # Advised: told, not told yet, and what forces did.
    _one(16, "Undercover officers online", FORCE, "told", _MUST),
    _one(15, "Strip searches of children", "Kent Police", "adopted"),
    _one(15, "Retention of custody images", "Essex Police", "in_part", _MUST),
    _one(13, "Marked and unmarked vehicles of the fleet", "Humberside Police", "departed"),
    _Recent(
        11, "Authorised firearms officers", (Turn("Police Scotland", _MUST, asked_before=None, says_due_in=6),), "told",
    ),
    _one(8, "Knife crime near schools", "West Midlands Police", "advised"),
    _one(7, "Extraction of data from mobile telephones", "Avon and Somerset Police", "advised"),
    # In hand.
    _Recent(5, "Contacts with the intelligence services", (Turn("Merseyside Police", _MUST),), "in_hand",
              applicant=_SAME_APPLICANT),
    _one(5, "Policing of a football cup final", "Nottinghamshire Police", "drafted"),
    _one(4, "Officers dismissed for gross misconduct", "Derbyshire Constabulary", "in_hand"),
    # To triage.
    _one(3, "Search for a person missing since 2012", "Lincolnshire Police", "to_triage", _MUST),
    _Recent(
        2, "Mobile telephone surveillance equipment",
        (Turn("Hertfordshire Constabulary", _MUST), Turn("Cambridgeshire Constabulary", _MUST, later=1)),
        "to_triage", Scope.SEVERAL,
    ),
    _Recent(1, "Contacts with the intelligence services", (Turn("Cumbria Constabulary", _MUST),), "to_triage",
              applicant=_SAME_APPLICANT),
    _one(1, "Use of covert human intelligence sources under 18", FORCE, "to_triage", _MUST),
    _one(0, "Complaints about stop and search", "Staffordshire Police", "to_triage"),
)  # fmt: skip

_TRIAGED = Triage(after=1, priority=ReferralPriority.MEDIUM)
_OVERDUE = Triage(after=3, priority=ReferralPriority.HIGH)


def _taken_up(*uptakes: Uptake) -> tuple[LogStep, ...]:
    """Advised on, told, and what became of it."""
    return (_TRIAGED, GiveAdvice(after=4), Tell(after=4), RecordUptake(after=11, uptakes=uptakes))


def _advised_and_closed(outcome: ForceOutcome, *uptakes: Uptake) -> tuple[LogStep, ...]:
    closed = (RecordOutcome(after=16, outcome=outcome), Close(after=17, closing=Closing.ADVISED))
    return (*_taken_up(*uptakes), *closed)


def _ended(closing: Closing, reason: str) -> tuple[LogStep, ...]:
    return (_TRIAGED, Close(after=4, closing=closing, reason=reason))


_STORIES: dict[str, tuple[LogStep, ...]] = {
    "to_triage": (),
    "in_hand": (_TRIAGED,),
    "low": (
        Triage(after=1, priority=ReferralPriority.LOW),
        RecordLetter(after=8, text="The force rang: the applicant was told that the answer takes longer."),
    ),
    "overdue": (_OVERDUE,),
    "overdue_chased": (_OVERDUE, ChaseForces(after=12)),
    "consulting": (_TRIAGED, Consult(after=3)),
    "consulting_chased": (_TRIAGED, Consult(after=2), ChaseLead(after=9)),
    "consulted": (_TRIAGED, Consult(after=2), RecordReply(after=6)),
    "drafted": (_TRIAGED, DraftAdvice(after=3)),
    "advised": (_TRIAGED, GiveAdvice(after=5)),
    "told": (_TRIAGED, GiveAdvice(after=6), Tell(after=6)),
    "adopted": _taken_up(Uptake.ADOPTED),
    "in_part": _taken_up(Uptake.IN_PART),
    "departed": _taken_up(Uptake.DEPARTED),
    "closed": _advised_and_closed(ForceOutcome.PARTLY_DISCLOSED, Uptake.ADOPTED),
    "closed_in_part": _advised_and_closed(ForceOutcome.PARTLY_DISCLOSED, Uptake.IN_PART),
    "closed_departed": _advised_and_closed(ForceOutcome.DISCLOSED, Uptake.DEPARTED, Uptake.DEPARTED),
    "withdrawn": _ended(Closing.WITHDRAWN, "The force answered without advice and told us so."),
    "not_needed": _ended(Closing.NO_ADVICE_NEEDED, "All that is asked is published each year."),
}


def recent_logs(today: date) -> Iterator[PlannedLog]:
    """Plan the recent logs, each with a wording that fits `today`."""
    rng = Random(1776)  # noqa: S311 (numbers to repeat, not to keep secret)
    for recent in _RECENT:
        subject = _BY_NAME[recent.subject]
        words = subject.wording(rng.choice(OPENINGS), rng.choice(CLOSINGS))
        yield PlannedLog(
            days_ago=recent.days_ago,
            subject=subject,
            words=in_another_year(rng, words, today.year - 6, today.year - 1),
            turns=recent.turns,
            steps=_STORIES[recent.story],
            scope=recent.scope,
            applicant=recent.applicant,
        )
