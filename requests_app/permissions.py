"""Who may do what with a request and its letters, where that depends on the request."""

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, Person, can, check_can
from requests_app.models import Authority, FoiRequest, Letter
from requests_app.queries.took_part import took_part
from requests_app.rules.casework.dispositions import ANSWERS, LetterKind


def check_can_approve(user: Person, letter: Letter) -> None:
    """Raise NotPermitted unless `user` may approve this letter.

    Whoever took part in the decision does not approve it (two people on a refusal), unless the authority's
    settings allow it.
    """
    check_can(Permission.APPROVE, user)
    if not Authority.objects.filter(allows_own_approval=True).exists():
        check_second_person(user, letter.foi_request)


def check_second_person(user: Person, case: FoiRequest) -> None:
    """Raise NotPermitted for someone who took part in the decision to be approved."""
    if took_part(user, case):
        raise NotPermitted(
            "You took part in this decision, so someone else has to approve it: "
            "another decision maker or a manager."
        )


def check_can_return(user: Person) -> None:
    """Raise NotPermitted unless `user` works on cases or approves letters."""
    if not can(Permission.WORK_CASE, user):
        check_can(Permission.APPROVE, user)


def needs_second_person(kind: str) -> bool:
    """Return whether a kind of letter carries a decision, so that two people are needed."""
    return LetterKind(kind) in ANSWERS
