"""Who may do what with a request and its letters, where that depends on the request."""

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, Person, can, check_can
from requests_app.letters.kinds import kind_of
from requests_app.models import Letter
from requests_app.queries.took_part import is_kept_from_approving


def check_can_submit(user: Person, letter: Letter) -> None:
    """Raise NotPermitted unless `user` may submit a letter of this kind; nobody submits one that needs no approval."""
    _check_may(kind_of(letter.kind).may_submit, user)


def check_can_approve(user: Person, letter: Letter) -> None:
    """Raise NotPermitted unless `user` may approve this letter.

    Whoever took part in the decision does not approve it (two people on a refusal), unless the authority's
    settings allow it.
    """
    _check_may(kind_of(letter.kind).may_approve, user)
    if is_kept_from_approving(user, letter.foi_request):
        raise NotPermitted(
            "You took part in this decision, so someone else has to approve it: "
            "another decision maker or a manager."
        )


def check_can_return(user: Person, letter: Letter) -> None:
    """Raise NotPermitted unless `user` may write or approve a letter of this kind."""
    kind = kind_of(letter.kind)
    if not can(kind.may_write, user):
        _check_may(kind.may_approve, user)


def _check_may(permission: Permission | None, user: Person) -> None:
    """Raise NotPermitted unless `user` may; no one may where the kind of letter names no permission."""
    if permission is None:
        raise NotPermitted("This letter needs no approval: whoever wrote it can issue it.")
    check_can(permission, user)
