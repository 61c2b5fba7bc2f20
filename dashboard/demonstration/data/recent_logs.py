"""The recent and open logs of the demonstration, worked through the operations: every state an adviser can meet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from random import Random

from dashboard.demonstration.data.lancashire import FORCE
from dashboard.demonstration.data.log_wording import CLOSINGS, OPENINGS, in_another_year
from dashboard.demonstration.data.subject import Subject
from dashboard.demonstration.data.subjects import SUBJECTS
from dashboard.demonstration.player.logs import Coming, Desk, Turn
from referrals.models import Referral
from referrals.rules.vocabulary import ForceOutcome, ReferralPriority, Scope, Trigger, Uptake
from referrals.rules.workflow import Closing

HIGH, MEDIUM, LOW = ReferralPriority.HIGH, ReferralPriority.MEDIUM, ReferralPriority.LOW
MUST, WRITES = Trigger.MANDATORY, Trigger.CORRESPONDENCE

#: The same invented person asked two forces; the logs keep a mark of it and not the person.
SAME_APPLICANT = ("w.saltmarsh@example.org", "Winifred Saltmarsh")

_BY_NAME = {subject.name: subject for subject in SUBJECTS}


@dataclass(frozen=True)
class RecentLog:
    """A log to make: when it came (working days ago), about what, from whom, and how far it has come."""

    days_ago: int
    subject: str
    turns: tuple[Turn, ...]
    story: str
    scope: Scope = Scope.SINGLE
    applicant: tuple[str, str] = ("", "")


def _one(days_ago: int, subject: str, force: str, story: str, trigger: Trigger = Trigger.ADVICE) -> RecentLog:
    return RecentLog(days_ago, subject, (Turn(force, trigger),), story)


RECENT: tuple[RecentLog, ...] = (
    # Closed, the older ones first.
    _one(48, "Speed enforcement thresholds", "Devon and Cornwall Police", "closed"),
    _one(46, "Authorised firearms officers", "Norfolk Constabulary", "closed_in_part", MUST),
    _one(45, "Cost of kennels for dogs seized", "Surrey Police", "withdrawn"),
    _one(43, "Conducted energy devices carried by officers", FORCE, "closed", MUST),
    _one(41, "Complaints about stop and search", "South Yorkshire Police", "not_needed"),
    _one(38, "Payments to informants", "Gwent Police", "closed", MUST),
    RecentLog(
        36, "Referrals to Prevent",
        (Turn("West Yorkshire Police", MUST), Turn("Bedfordshire Police", MUST, later=2)),
        "closed_departed", Scope.SEVERAL,
    ),
    _one(33, "Vetting refusals and appeals", "Cleveland Police", "closed"),
    _one(30, "Searches of the Police National Computer", "Durham Constabulary", "closed", MUST),
    # Low and ageing: nobody presses, and they are still there.
    RecentLog(29, "Deaths and injuries in custody", (Turn("Wiltshire Police", says_due_in=15),), "low"),
    RecentLog(26, "Contracts for body-worn video", (Turn("Dorset Police", asked_before=None, says_due_in=12),), "low"),
    # Overdue.
    _one(21, "Use of drones by the force", "Suffolk Constabulary", "overdue_chased", MUST),
    _one(19, "Counter terrorism officers and budget", "North Wales Police", "overdue", MUST),
    RecentLog(
        17, "Sexual offences on trains",
        (Turn("British Transport Police"), Turn("Metropolitan Police Service", later=3)), "overdue", Scope.SEVERAL,
    ),
    # A portfolio lead has been asked.
    _one(14, "Live facial recognition deployments", "South Wales Police", "consulting_late", MUST),
    _one(12, "Number plate recognition camera sites", "Northumbria Police", "consulting_late_chased", MUST),
    _one(6, "Protection of public figures", "Thames Valley Police", "consulting", MUST),
    _one(9, "Policing of protests at energy sites", "Cheshire Constabulary", "consulted"),
    # Advised: told, not told yet, and what forces did.
    _one(16, "Undercover officers online", FORCE, "told", MUST),
    _one(15, "Strip searches of children", "Kent Police", "adopted"),
    _one(15, "Retention of custody images", "Essex Police", "in_part", MUST),
    _one(13, "Marked and unmarked vehicles of the fleet", "Humberside Police", "departed"),
    RecentLog(
        11, "Authorised firearms officers", (Turn("Police Scotland", MUST, asked_before=None, says_due_in=6),), "told",
    ),
    _one(8, "Knife crime near schools", "West Midlands Police", "advised"),
    _one(7, "Extraction of data from mobile telephones", "Avon and Somerset Police", "advised"),
    # In hand.
    RecentLog(5, "Contacts with the intelligence services", (Turn("Merseyside Police", MUST),), "in_hand",
              applicant=SAME_APPLICANT),
    _one(5, "Policing of a football cup final", "Nottinghamshire Police", "drafted"),
    _one(4, "Officers dismissed for gross misconduct", "Derbyshire Constabulary", "in_hand"),
    # To triage.
    _one(3, "Search for a person missing since 2012", "Lincolnshire Police", "to_triage", MUST),
    RecentLog(
        2, "Mobile telephone surveillance equipment",
        (Turn("Hertfordshire Constabulary", MUST), Turn("Cambridgeshire Constabulary", MUST, later=1)),
        "to_triage", Scope.SEVERAL,
    ),
    RecentLog(1, "Contacts with the intelligence services", (Turn("Cumbria Constabulary", MUST),), "to_triage",
              applicant=SAME_APPLICANT),
    _one(1, "Use of covert human intelligence sources under 18", FORCE, "to_triage", MUST),
    _one(0, "Complaints about stop and search", "Staffordshire Police", "to_triage"),
)  # fmt: skip


def recent(desk: Desk, made: list[tuple[RecentLog, Referral]]) -> Iterator[Coming]:
    """This function will give the recent referrals to log; `made` takes them with what is planned for them."""
    rng = Random(1776)  # noqa: S311 (numbers to repeat, not to keep secret)
    for planned in RECENT:
        words = _BY_NAME[planned.subject].wording(rng.choice(OPENINGS), rng.choice(CLOSINGS))
        words = in_another_year(rng, words, desk.today.year - 6, desk.today.year - 1)
        yield planned.days_ago, partial(_log, desk, planned, words, made)


def _log(desk: Desk, planned: RecentLog, words: str, made: list[tuple[RecentLog, Referral]]) -> Referral:
    log = desk.log(
        _BY_NAME[planned.subject],
        planned.turns,
        days_ago=planned.days_ago,
        scope=planned.scope,
        words=words,
        applicant=planned.applicant,
    )
    made.append((planned, log))
    return log


def work_recent(desk: Desk, planned: RecentLog, log: Referral) -> None:
    """This function will work a log as far as its story goes."""
    story = _STORIES.get(planned.story)
    if story:
        story(desk, log, _BY_NAME[planned.subject], planned.days_ago)


def _in_hand(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
    desk.triage(log, subject, MEDIUM, days_ago=max(0, came - 1))


def _low(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
    desk.triage(log, subject, LOW, days_ago=came - 1)
    desk.written(
        log, "The force rang: the applicant was told that the answer takes longer.", days_ago=came - 8
    )


def _overdue(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
    desk.triage(log, subject, HIGH, days_ago=came - 3)


def _overdue_chased(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
    _overdue(desk, log, subject, came)
    desk.chase(log, days_ago=came - 12)


def _consulting(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
    _in_hand(desk, log, subject, came)
    desk.consult(log, subject, days_ago=came - 3)


def _consulting_late_chased(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
    _in_hand(desk, log, subject, came)
    asked = desk.consult(log, subject, days_ago=came - 2)
    desk.chase(log, asked=asked, days_ago=came - 9)


def _consulted(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
    _in_hand(desk, log, subject, came)
    asked = desk.consult(log, subject, days_ago=came - 2)
    desk.replied(asked, days_ago=came - 6)


def _drafted(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
    _in_hand(desk, log, subject, came)
    desk.draft(log, subject, days_ago=came - 3)


def _advised(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
    _in_hand(desk, log, subject, came)
    desk.advise(log, subject, days_ago=came - 5)


def _told(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
    _in_hand(desk, log, subject, came)
    desk.tell(desk.advise(log, subject, days_ago=came - 6), days_ago=came - 6)


def _taken_up(uptake: Uptake) -> Callable[[Desk, Referral, Subject, int], None]:
    def story(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
        _in_hand(desk, log, subject, came)
        for told in desk.tell(desk.advise(log, subject, days_ago=came - 4), days_ago=came - 4):
            desk.uptake(told, uptake, days_ago=came - 11)

    return story


def _closed(uptake: Uptake, outcome: ForceOutcome) -> Callable[[Desk, Referral, Subject, int], None]:
    def story(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
        _taken_up(uptake)(desk, log, subject, came)
        desk.outcome(log, outcome, days_ago=came - 16)
        desk.close(log, Closing.ADVISED, days_ago=came - 17)

    return story


def _ended(closing: Closing, reason: str) -> Callable[[Desk, Referral, Subject, int], None]:
    def story(desk: Desk, log: Referral, subject: Subject, came: int) -> None:
        _in_hand(desk, log, subject, came)
        desk.close(log, closing, days_ago=came - 4, reason=reason)

    return story


_STORIES: dict[str, Callable[[Desk, Referral, Subject, int], None]] = {
    "in_hand": _in_hand,
    "low": _low,
    "overdue": _overdue,
    "overdue_chased": _overdue_chased,
    "consulting": _consulting,
    "consulting_late": _consulting,
    "consulting_late_chased": _consulting_late_chased,
    "consulted": _consulted,
    "drafted": _drafted,
    "advised": _advised,
    "told": _told,
    "adopted": _taken_up(Uptake.ADOPTED),
    "in_part": _taken_up(Uptake.IN_PART),
    "departed": _taken_up(Uptake.DEPARTED),
    "closed": _closed(Uptake.ADOPTED, ForceOutcome.PARTLY_DISCLOSED),
    "closed_in_part": _closed(Uptake.IN_PART, ForceOutcome.PARTLY_DISCLOSED),
    "closed_departed": _closed(Uptake.DEPARTED, ForceOutcome.DISCLOSED),
    "withdrawn": _ended(Closing.WITHDRAWN, "The force answered without advice and told us so."),
    "not_needed": _ended(Closing.NO_ADVICE_NEEDED, "All that is asked is published each year."),
}
