"""What keeps a log blind to the applicant: the check of what is typed, and the marks of applicants."""

from foitracker.casework.refusals import NotPossible
from foitracker.identity.operations import pseudonym_keys
from foitracker.identity.pseudonym import make_mark, normalise_email, normalise_name
from referrals.models import ApplicantMark, MarkKind, Referral
from requests_app.queries.identity import known_identity_of


def known_identity_on(referral: Referral) -> tuple[str, ...]:
    """Return those details for the request of our own that a log is about; none for any other log."""
    own = referral.own_request
    return known_identity_of(own) if own else ()


def record_marks(referral: Referral, *, email: str = "", name: str = "") -> tuple[str, ...]:
    """Store marks of the applicant, and nothing else about them; return their kinds.

    Part of the operation that logs or changes the referral, which is locked. A mark of the same kind is
    replaced; a kind not given is left as it is. Too little to tell people apart, such as a first name alone,
    makes no mark. Raises NotPossible for an invalid address, and PseudonymKeysWrong.
    """
    given = {MarkKind.EMAIL: normalise_email(email), MarkKind.NAME: normalise_name(name)}
    if email.strip() and not given[MarkKind.EMAIL]:
        raise NotPossible("Enter an e-mail address, such as name@example.org.", field="applicant_email")
    marked = {kind: identity for kind, identity in given.items() if identity}
    if not marked:
        return ()
    keys = pseudonym_keys()
    for kind, identity in marked.items():
        mark = make_mark(kind.value, identity, keys)
        ApplicantMark.objects.update_or_create(
            referral=referral, kind=kind, defaults={"key": mark.key, "digest": mark.digest}
        )
    return tuple(kind.value for kind in marked)
