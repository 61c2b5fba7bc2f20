"""What is not finished in a log, for whoever is about to close it."""

from collections.abc import Iterator

from referrals.models import Advice, Referral
from referrals.queries.circulation import concerned_by, latest_given


def unfinished(referral: Referral) -> list[str]:
    """This function will say what still waits in a log, one sentence each."""
    said = []
    if referral.advice.filter(given_at__isnull=True).exists():
        said.append("A draft of advice has not been given.")
    said += [
        f"A reply of {one.lead} is awaited."
        for one in referral.consultations.filter(replied_on__isnull=True).select_related("lead")
    ]
    if latest := latest_given(referral):
        said += _about(latest)
    return said


def _about(advice: Advice) -> Iterator[str]:
    """What is not known to have become of the advice that holds: also on the logs grouped under this one, to
    whose forces nothing can be circulated once it is closed."""
    concerned = concerned_by(advice)
    for one in concerned:
        if one.told is None:
            log = one.involved.referral
            on = "" if log.pk == advice.referral_id else f", on log {log.log_number},"
            yield f"{one.involved.force}{on} has not been told of the advice."
    for one in concerned:
        if one.told and not one.told.uptake and one.involved.referral_id == advice.referral_id:
            yield f"What {one.involved.force} did with the advice is not recorded."
