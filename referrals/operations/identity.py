"""The marks of applicants, by which logs about the same person are found without knowing who it is."""

from foitracker.casework.refusals import NotPossible
from foitracker.identity.operations import pseudonym_keys
from foitracker.identity.pseudonym import make_mark, normalise_email, normalise_name
from referrals.models import ApplicantMark, MarkKind, Referral


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
