"""Who may do what with a request and its letters, where that depends on the request."""

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, Person, can, check_can
from requests_app.letters.kinds import kind_of
from requests_app.models import Authority, FoiRequest, Letter


def check_can_submit(user: Person, letter: Letter) -> None:
    """Raise NotPermitted unless `user` may submit a letter of this kind; nobody submits one that needs no approval."""
    _check_may(kind_of(letter.kind).may_submit, user)


def check_can_approve(user: Person, letter: Letter) -> None:
    """Raise NotPermitted unless `user` may approve this letter.

    Whoever decided any part of it, or submitted it, does not approve it (two people on a refusal), unless the
    authority's settings allow it.
    """
    own_allowed = Authority.objects.filter(allows_own_approval=True).exists()
    check_may_approve(user, letter, not own_allowed and is_decider(user, letter))


def check_may_approve(user: Person, letter: Letter, took_part: bool) -> None:
    """Raise NotPermitted for someone who may not approve a letter of this kind, or `took_part` in its decision."""
    _check_may(kind_of(letter.kind).may_approve, user)
    if took_part:
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


def is_decider(user: Person, letter: Letter) -> bool:
    """Return whether `user` submitted the letter, decided an item or claimed an exemption."""
    case: FoiRequest = letter.foi_request
    return (
        user.pk == letter.decided_by_id
        or case.items.filter(decided_by=user.pk).exists()
        or case.claims.filter(claimed_by=user.pk).exists()
    )
