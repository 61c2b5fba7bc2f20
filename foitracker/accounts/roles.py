"""The roles a person can hold. A person may hold several; what a role may do is decided by the
`permissions` module of the app concerned, never here."""

from collections.abc import Collection, Mapping

from django.db import models


class Role(models.TextChoices):
    INTAKE = "intake", "Intake"
    OFFICER = "officer", "FOI officer"
    DECISION_MAKER = "decision_maker", "Decision maker"
    CRU_ADVISER = "cru_adviser", "CRU adviser"
    REVIEWER = "reviewer", "Reviewer"
    MANAGER = "manager", "Manager"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"
    FORCE_CONTACT = "force_contact", "Force contact"
    OUTSIDE_READER = "outside_reader", "Reader outside the team"


ROLE_DESCRIPTIONS: Mapping[Role, str] = {
    Role.INTAKE: "Logs new requests and checks that they are valid.",
    Role.OFFICER: "Works a request from its items to a draft letter.",
    Role.DECISION_MAKER: "Approves decisions and signs letters, but never their own.",
    Role.CRU_ADVISER: "Advises police forces on the requests they refer to the Central Referral Unit.",
    Role.REVIEWER: "Carries out internal reviews of decisions made by somebody else.",
    Role.MANAGER: "Watches deadlines, assigns cases and reads the audit trail.",
    Role.AUDITOR: "Reads the audit trail and changes nothing.",
    Role.ADMINISTRATOR: "Looks after users and settings, and does no casework.",
    Role.FORCE_CONTACT: "Belongs to a police force and sees that force's referrals and the advice on them alone. "
    "Which force is set under Settings, Referrals.",
    Role.OUTSIDE_READER: "Is shown chosen open requests without the applicant’s details, as in a press office. Sees "
    "nothing else.",
}

#: Roles that nobody holds beside another, and why.
EXCLUSIVE_ROLES: Mapping[Role, str] = {
    Role.FORCE_CONTACT: "is a role of people from outside the authority",
    Role.OUTSIDE_READER: "is a role of people from outside the team",
    Role.ADMINISTRATOR: "does no casework and reads no trail",
    Role.AUDITOR: "changes nothing",
}


def why_not_together(roles: Collection[str]) -> str:
    """Return why someone cannot hold these roles at once; empty when they can."""
    exclusive = [role for role in EXCLUSIVE_ROLES if role in roles]
    if not exclusive or len(set(roles)) == 1:
        return ""
    role = exclusive[0]
    return (
        f"{role.label} {EXCLUSIVE_ROLES[role]}, so whoever is one can hold no other role. "
        "Take it away, or take the others away."
    )
