"""The national requests of the demonstration: one that still comes in log by log, and one grouped and advised on."""

from dashboard.demonstration.data.lancashire import FORCE
from dashboard.demonstration.data.log_steps import (
    Consult,
    GiveAdvice,
    Group,
    PlannedLog,
    RecordReply,
    RecordUptake,
    Tell,
    Triage,
    Turn,
)
from dashboard.demonstration.data.subject import Subject
from dashboard.demonstration.data.subjects import SUBJECTS
from referrals.rules.vocabulary import ReferralPriority, Scope, Trigger, Uptake

#: Whose forms came, and how many working days ago. Each is a log of its own until somebody sees that they are one.
_COMING_IN: tuple[tuple[str, int], ...] = (
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
_CAMERAS = Subject(
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

_CYBER = next(one for one in SUBJECTS if one.name == "Cyber attacks on the force")
_CYBER_WORDS = _CYBER.wording(
    "The questions below go to every force.", "Please answer each one for your force alone."
)
#: Whose logs are grouped under the national one.
_GROUPED = ("Cleveland Police", FORCE, "Surrey Police", "Dyfed-Powys Police")


def coming_in() -> list[PlannedLog]:
    """Plan the near-identical logs that nobody has grouped yet."""
    planned = []
    for place, (force, days_ago) in enumerate(_COMING_IN):
        words = _CAMERAS.wording(
            _OPENINGS[place % len(_OPENINGS)], "" if place % 2 else "Please answer by e-mail."
        )
        if place % 3 == 1:
            words = words.replace("How many cameras", "What number of cameras")
        turn = Turn(force, Trigger.MANDATORY if place % 2 else Trigger.ADVICE, asked_before=1 + place % 4)
        planned.append(PlannedLog(days_ago=days_ago, subject=_CAMERAS, words=words, turns=(turn,)))
    return planned


def grouped() -> list[PlannedLog]:
    """Plan a national log, advised on once and told to every force, and those of single forces grouped under it."""
    national = PlannedLog(
        days_ago=13,
        subject=_CYBER,
        words=_CYBER_WORDS,
        scope=Scope.NATIONAL,
        turns=(
            Turn("Greater Manchester Police", Trigger.MANDATORY),
            Turn("South Yorkshire Police", Trigger.MANDATORY, later=1),
            Turn("Police Service of Northern Ireland", Trigger.CORRESPONDENCE, later=2),
            Turn("Civil Nuclear Constabulary", None),
        ),
        steps=(
            Triage(after=1, priority=ReferralPriority.HIGH),
            Consult(after=2),
            Group(after=5, members=_GROUPED),
            RecordReply(after=5),
            GiveAdvice(after=6),
            Tell(after=6),
            RecordUptake(after=10, uptakes=(Uptake.ADOPTED, Uptake.IN_PART, Uptake.ADOPTED)),
        ),
    )
    words = _CYBER_WORDS.replace("go to every force", "are put to all forces")
    return [
        national,
        *(
            PlannedLog(
                name=force,
                days_ago=12 - place,
                subject=_CYBER,
                words=words,
                turns=(Turn(force, Trigger.MANDATORY),),
            )
            for place, force in enumerate(_GROUPED)
        ),
    ]
