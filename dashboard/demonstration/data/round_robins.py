"""The national requests of the demonstration: one that still comes in log by log, and one grouped and advised on."""

from collections.abc import Iterator, Sequence
from functools import partial

from dashboard.demonstration.data.lancashire import FORCE
from dashboard.demonstration.data.subject import Subject
from dashboard.demonstration.data.subjects import SUBJECTS
from dashboard.demonstration.player.logs import Coming, Desk, Turn
from referrals.models import Referral
from referrals.rules.vocabulary import ForceRole, ReferralPriority, Scope, Trigger, Uptake

#: Whose forms came, and how many working days ago. Each is a log of its own until somebody sees that they are one.
COMING_IN: tuple[tuple[str, int], ...] = (
    ("Leicestershire Police", 4),
    ("Northamptonshire Police", 4),
    ("Warwickshire Police", 3),
    ("West Mercia Police", 3),
    ("Gloucestershire Constabulary", 2),
    ("Hampshire & Isle of Wight Constabulary", 2),
    ("North Yorkshire Police", 1),
    ("City of London Police", 1),
    ("Sussex Police", 0),
)
CAMERAS = Subject(
    "Cameras in custody suites",
    "Custody and detention",
    (
        "How many cameras record in your custody suites, and how many of them record sound?",
        "For how long is what they record kept, and who may look at it?",
        "On how many days in each of the last three financial years did a camera not record?",
        "How often did a detained person, or somebody for them, ask for a recording, and how often was it given?",
    ),
    "Numbers of cameras and how long recordings are kept may be given for the force as a whole.",
    criterion="national-round-robin",
)
_OPENINGS = (
    "I am sending this request to all forces.",
    "This request goes to every force in the United Kingdom.",
    "The same questions are put to all forces, so that the answers can be compared.",
)

CYBER = next(one for one in SUBJECTS if one.name == "Cyber attacks on the force")

#: The grouped one: who referred the national log, and whose logs were grouped under it.
NATIONAL = ("Greater Manchester Police", "South Yorkshire Police")
GROUPED = ("Cleveland Police", FORCE, "Surrey Police", "Dyfed-Powys Police")


def coming_in(desk: Desk) -> Iterator[Coming]:
    """This function will give the near-identical referrals to log, which nobody has grouped yet."""
    for place, (force, days_ago) in enumerate(COMING_IN):
        words = CAMERAS.wording(
            _OPENINGS[place % len(_OPENINGS)], "" if place % 2 else "Please answer by e-mail."
        )
        if place % 3 == 1:
            words = words.replace("How many cameras", "What number of cameras")
        turn = Turn(force, Trigger.MANDATORY if place % 2 else Trigger.ADVICE, asked_before=1 + place % 4)
        yield days_ago, partial(desk.log, CAMERAS, [turn], days_ago=days_ago, words=words)


def to_be_grouped(desk: Desk, made: list[Referral]) -> Iterator[Coming]:
    """This function will give a national request to log, and those of single forces that belong under it.

    `made` takes the logs, the national one first.
    """
    words = CYBER.wording(
        "The questions below go to every force.", "Please answer each one for your force alone."
    )
    turns = [
        Turn(NATIONAL[0], Trigger.MANDATORY),
        Turn(NATIONAL[1], Trigger.MANDATORY, later=1),
        Turn("Police Service of Northern Ireland", Trigger.CORRESPONDENCE, later=2),
        Turn("Civil Nuclear Constabulary", None),
    ]
    yield 13, partial(_log, desk, turns, 13, Scope.NATIONAL, words, made)
    words = words.replace("go to every force", "are put to all forces")
    for place, force in enumerate(GROUPED):
        turn = Turn(force, Trigger.MANDATORY)
        yield 12 - place, partial(_log, desk, [turn], 12 - place, Scope.SINGLE, words, made)


def _log(
    desk: Desk, turns: list[Turn], days_ago: int, scope: Scope, words: str, made: list[Referral]
) -> Referral:
    log = desk.log(CYBER, turns, days_ago=days_ago, scope=scope, words=words)
    made.append(log)
    return log


def work_grouped(desk: Desk, national: Referral, others: Sequence[Referral]) -> None:
    """This function will group the logs under the national one, advise once, and tell every force."""
    desk.triage(national, CYBER, ReferralPriority.HIGH, days_ago=12)
    asked = desk.consult(national, CYBER, days_ago=11)
    desk.group(national, others, days_ago=8)
    desk.replied(asked, days_ago=8)
    told = desk.tell(desk.advise(national, CYBER, days_ago=7), days_ago=7)
    turned = [one for one in told if one.told_to.role != ForceRole.CONSULTED]
    for one, uptake in zip(turned, (Uptake.ADOPTED, Uptake.IN_PART, Uptake.ADOPTED), strict=False):
        desk.uptake(one, uptake, days_ago=3)
