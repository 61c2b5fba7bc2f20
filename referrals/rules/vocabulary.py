"""The words of a referral: what a force asks, how it came, where the log stands and how it ends.

Plain codes with their labels; what leads from one state to the next is in `workflow`.
"""

from enum import StrEnum


class Scope(StrEnum):
    """Whom the request that a log is about was made to."""

    SINGLE = "single"
    SEVERAL = "several"
    NATIONAL = "national"


SCOPE_LABELS: dict[Scope, str] = {
    Scope.SINGLE: "One force",
    Scope.SEVERAL: "Several forces",
    Scope.NATIONAL: "National",
}


class ForceRole(StrEnum):
    """What a force has to do with a log."""

    REFERRED_BY = "referred_by"
    LOGGED_WITH = "logged_with"
    CONSULTED = "consulted"


FORCE_ROLE_LABELS: dict[ForceRole, str] = {
    ForceRole.REFERRED_BY: "Referred by",
    ForceRole.LOGGED_WITH: "Logged with",
    ForceRole.CONSULTED: "Consulted",
}


class Trigger(StrEnum):
    """Why a force turned to the unit."""

    MANDATORY = "mandatory"
    ADVICE = "advice"
    CORRESPONDENCE = "correspondence"


TRIGGER_LABELS: dict[Trigger, str] = {
    Trigger.MANDATORY: "Mandatory referral",
    Trigger.ADVICE: "Advice wanted",
    Trigger.CORRESPONDENCE: "Further correspondence on a national case",
}


class Flag(StrEnum):
    """What is known about a request besides its words, and may make its referral mandatory."""

    NEITHER_CONSIDERED = "ncnd_considered"
    ROUND_ROBIN = "round_robin"
    SECURITY_BODIES = "security_bodies"
    COVERT_TACTICS = "covert_tactics"
    REGULATOR_INVOLVED = "regulator_involved"
    NATIONAL_SYSTEM = "national_system"


FLAG_LABELS: dict[Flag, str] = {
    Flag.NEITHER_CONSIDERED: "Neither confirming nor denying is considered",
    Flag.ROUND_ROBIN: "Sent to many forces (round robin)",
    Flag.SECURITY_BODIES: "Information from or about a security body (s.23)",
    Flag.COVERT_TACTICS: "Touches covert tactics",
    Flag.REGULATOR_INVOLVED: "The ICO or the tribunal is involved",
    Flag.NATIONAL_SYSTEM: "Concerns a national system or database",
}


class ReferralPriority(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


PRIORITY_LABELS: dict[ReferralPriority, str] = {
    ReferralPriority.HIGH: "High",
    ReferralPriority.MEDIUM: "Medium",
    ReferralPriority.LOW: "Low",
}


class Marking(StrEnum):
    """Government Security Classifications that this system may hold. A marking never decides an exemption."""

    OFFICIAL = "official"
    OFFICIAL_SENSITIVE = "official_sensitive"


MARKING_LABELS: dict[Marking, str] = {
    Marking.OFFICIAL: "OFFICIAL",
    Marking.OFFICIAL_SENSITIVE: "OFFICIAL-SENSITIVE",
}


class Uptake(StrEnum):
    """What a force did with advice."""

    ADOPTED = "adopted"
    IN_PART = "in_part"
    DEPARTED = "departed"


UPTAKE_LABELS: dict[Uptake, str] = {
    Uptake.ADOPTED: "Adopted",
    Uptake.IN_PART: "Adopted in part",
    Uptake.DEPARTED: "Departed from",
}


class ForceOutcome(StrEnum):
    """How a force answered the request in the end."""

    DISCLOSED = "disclosed"
    PARTLY_DISCLOSED = "partly_disclosed"
    REFUSED = "refused"
    NEITHER = "ncnd"
    NOT_HELD = "not_held"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


FORCE_OUTCOME_LABELS: dict[ForceOutcome, str] = {
    ForceOutcome.DISCLOSED: "Disclosed in full",
    ForceOutcome.PARTLY_DISCLOSED: "Disclosed in part",
    ForceOutcome.REFUSED: "Refused in full",
    ForceOutcome.NEITHER: "Neither confirmed nor denied",
    ForceOutcome.NOT_HELD: "Not held",
    ForceOutcome.WITHDRAWN: "Withdrawn or lapsed",
    ForceOutcome.UNKNOWN: "Closed, outcome not told",
}
