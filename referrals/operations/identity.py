"""What keeps a log blind to the applicant: the check of what is typed, and the marks of applicants."""

from collections.abc import Sequence

from django.conf import settings

from referrals.models import ApplicantMark, MarkKind, PseudonymKey, Referral
from referrals.rules.identity_traces import (
    CERTAIN,
    IdentityTrace,
    count_by_kind,
    find_identity_traces,
    in_words,
)
from referrals.rules.pseudonym import check_value, make_mark, normalise_email, normalise_name
from requests_app.models import Applicant, FoiRequest
from requests_app.operations.casework import NotPossible


class PseudonymKeysWrong(Exception):
    """The keys in the settings are not those the marks were made with; the message says which, and what to do."""


def check_masked(
    *texts: str, confirmed: bool, field: str = "", known_identity: Sequence[str] = ()
) -> dict[str, int]:
    """Return how many traces of which kind stay in `texts`, for the detail of the event.

    None stay unless `confirmed` says that an officer checked them and none identifies the applicant.
    `known_identity` are details of an applicant of our own (`known_identity_of`); they may not stay whatever
    is confirmed. Raises NotPossible, naming lines and kinds and, for an applicant of our own, nothing but the
    lines.
    """
    traces = [trace for text in texts for trace in find_identity_traces(text, known_identity)]
    if problem := masking_problem(traces, confirmed=confirmed):
        raise NotPossible(problem, field=field)
    return count_by_kind(traces)


def masking_problem(traces: Sequence[IdentityTrace], *, confirmed: bool) -> str:
    """Return what has to be masked and how to go on; empty when nothing does."""
    certain = [trace for trace in traces if trace.kind in CERTAIN]
    if certain:
        return f"This tells who our own applicant is: {in_words(certain)}. Mask it before it goes to anybody."
    if traces and not confirmed:
        return (
            f"This may tell who asks: {in_words(traces)}. Mask it, or tick “None of these tells who the "
            "applicant is” where that is so."
        )
    return ""


def known_identity_of(case: FoiRequest) -> tuple[str, ...]:
    """Return the details by which the applicant of a request of our own could be recognised in a text.

    For comparison only: no one is shown them, so it is not an access to the identity and is not recorded.
    Lines of the address without a number are left out, because a town appears in many texts.
    """
    applicant = Applicant.objects.filter(pk=case.pk).first()
    if applicant is None:
        return ()
    lines = [*applicant.postal_address.splitlines(), applicant.other_address]
    numbered = [line for line in lines if any(map(str.isdigit, line)) or "@" in line]
    return tuple(filter(None, [applicant.name, applicant.organisation, applicant.email, *numbered]))


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


def pseudonym_keys() -> tuple[str, ...]:
    """Return the keys of the settings, oldest first, after comparing them with those in use.

    A key used for the first time is noted with its check value. Raises PseudonymKeysWrong when a key in use
    is missing or replaced by another: marks made with it would never match the existing ones.
    """
    keys = tuple(settings.REFERRAL_PSEUDONYM_KEYS)
    in_use = dict(PseudonymKey.objects.values_list("number", "check_value"))
    for number, expected in in_use.items():
        if number > len(keys):
            raise PseudonymKeysWrong(
                f"REFERRAL_PSEUDONYM_KEYS has {len(keys)} key(s), but marks of applicants were made with "
                f"{max(in_use)}. Set all keys that were ever used, oldest first, separated by commas."
            )
        if check_value(number, keys[number - 1]) != expected:
            raise PseudonymKeysWrong(
                f"Key {number} of REFERRAL_PSEUDONYM_KEYS is not the one that marks of applicants were made with. Put "
                "the right key in its place; a new key goes to the end of the list."
            )
    new = [
        PseudonymKey(number=number, check_value=check_value(number, key))
        for number, key in enumerate(keys, start=1)
        if number not in in_use
    ]
    if new:
        PseudonymKey.objects.bulk_create(new, ignore_conflicts=True)
    return keys
