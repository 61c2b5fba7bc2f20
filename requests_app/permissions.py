"""Who may do what in casework. `check_can` raises with a reason; `can` answers yes or no.

A page shows the reason beside an action that is not offered, so it has to read well.
"""

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from requests_app.models import Authority, FoiRequest, Letter
from requests_app.rules.dispositions import ANSWERS, LetterKind

Person = User | AnonymousUser


class Permission(StrEnum):
    """What a person may do. The value reads after “may”."""

    VIEW_CASES = "see requests"
    LOG_REQUEST = "log a request"
    WRITE_NOTE = "write a note on a request"
    ASSIGN = "assign a request"
    SEE_IDENTITY = "see who the applicant is"
    WORK_CASE = "work on a request"
    REVIEW = "record an internal review"
    DECIDE = "submit a decision"
    APPROVE = "approve a letter"
    ISSUE = "issue a letter"
    CHANGE_SETTINGS = "change the authority's settings"
    SEE_CALENDAR = "see the working-day calendar"
    CHANGE_CALENDAR = "change the working-day calendar"


_CASEWORKERS = {Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.CRU_ADVISER, Role.REVIEWER, Role.MANAGER}

ROLES_FOR: dict[Permission, frozenset[Role]] = {
    Permission.VIEW_CASES: frozenset(_CASEWORKERS | {Role.AUDITOR}),
    Permission.LOG_REQUEST: frozenset({Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.MANAGER}),
    Permission.WRITE_NOTE: frozenset(_CASEWORKERS),
    Permission.ASSIGN: frozenset({Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.MANAGER}),
    Permission.SEE_IDENTITY: frozenset({Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.REVIEWER}),
    Permission.WORK_CASE: frozenset({Role.OFFICER, Role.DECISION_MAKER}),
    Permission.REVIEW: frozenset({Role.OFFICER, Role.DECISION_MAKER, Role.REVIEWER, Role.MANAGER}),
    Permission.DECIDE: frozenset({Role.OFFICER, Role.DECISION_MAKER}),
    Permission.APPROVE: frozenset({Role.DECISION_MAKER, Role.MANAGER}),
    Permission.ISSUE: frozenset({Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER}),
    Permission.CHANGE_SETTINGS: frozenset({Role.ADMINISTRATOR}),
    Permission.SEE_CALENDAR: frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    Permission.CHANGE_CALENDAR: frozenset({Role.MANAGER}),
}


def check_can(permission: Permission, user: Person) -> None:
    """Raise NotPermitted, naming the roles that may, unless `user` holds one of them."""
    roles = ROLES_FOR[permission]
    if isinstance(user, User) and user.is_active and user.has_role(*roles):
        return
    allowed = ", ".join(sorted(role.label for role in roles))
    raise NotPermitted(f"Your role does not let you {permission}. It takes one of: {allowed}.")


def can(permission: Permission, user: Person) -> bool:
    """Return whether `user` may do it."""
    try:
        check_can(permission, user)
    except NotPermitted:
        return False
    return True


def check_can_approve(user: Person, letter: Letter) -> None:
    """Raise NotPermitted unless `user` may approve this letter.

    Whoever decided any part of it, or submitted it, does not approve it (two people on a refusal), unless the
    authority's settings allow it.
    """
    check_can(Permission.APPROVE, user)
    if not Authority.objects.filter(allows_own_approval=True).exists():
        check_second_person(took_part=is_decider(user, letter))


def check_second_person(*, took_part: bool) -> None:
    """Raise NotPermitted for someone who took part in the decision to be approved."""
    if took_part:
        raise NotPermitted(
            "You took part in this decision, so someone else has to approve it: "
            "another decision maker or a manager."
        )


def check_can_return(user: Person) -> None:
    """Raise NotPermitted unless `user` works on cases or approves letters."""
    if not can(Permission.WORK_CASE, user):
        check_can(Permission.APPROVE, user)


def is_decider(user: Person, letter: Letter) -> bool:
    """Return whether `user` submitted the letter, decided an item or claimed an exemption."""
    case: FoiRequest = letter.foi_request
    return (
        user.pk == letter.decided_by_id
        or case.items.filter(decided_by=user.pk).exists()
        or case.claims.filter(claimed_by=user.pk).exists()
    )


def needs_second_person(kind: str) -> bool:
    """Return whether a kind of letter carries a decision, so that two people are needed."""
    return LetterKind(kind) in ANSWERS
