"""Who may do what with a request and its letters, where that depends on the request."""

from django.db.models import Exists, OuterRef, Q

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import NotPermitted, Person, can, check_can
from requests_app.models import Authority, ExemptionClaim, FoiRequest, Letter, LetterStatus, RequestItem
from requests_app.rules.casework.dispositions import ANSWERS, LetterKind


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


def awaits_approval_by(user: User | None) -> Q:
    """Return the condition of requests with a submitted letter of which `user` is no decider; of anybody for None.

    Each part is ruled out by itself: joined by “or” PostgreSQL would read all that `user` ever decided.
    """
    submitted = Letter.objects.filter(foi_request=OuterRef("pk"), status=LetterStatus.SUBMITTED)
    if user is None:
        return Q(Exists(submitted))
    items = RequestItem.objects.filter(foi_request=OuterRef("pk"), decided_by=user)
    claims = ExemptionClaim.objects.filter(foi_request=OuterRef("pk"), claimed_by=user)
    return Q(Exists(submitted.exclude(decided_by=user))) & ~Q(Exists(items)) & ~Q(Exists(claims))


def needs_second_person(kind: str) -> bool:
    """Return whether a kind of letter carries a decision, so that two people are needed."""
    return LetterKind(kind) in ANSWERS
