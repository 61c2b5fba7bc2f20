"""What is not finished in a log, for whoever is about to close it."""

from referrals.models import Referral


def unfinished(referral: Referral) -> list[str]:
    """This function will say what still waits in a log, one sentence each."""
    said = []
    if referral.advice.filter(given_at__isnull=True).exists():
        said.append("A draft of advice has not been given.")
    said += [
        f"A reply of {one.lead} is awaited."
        for one in referral.consultations.filter(replied_on__isnull=True).select_related("lead")
    ]
    given = referral.advice.filter(given_at__isnull=False)
    if given.exists():
        untold = referral.forces.exclude(told__advice__in=given).select_related("force")
        said += [f"{one.force} has not been told of the advice." for one in untold]
        silent = referral.forces.filter(told__advice__in=given, told__uptake="").distinct()
        said += [
            f"What {one.force} did with the advice is not recorded." for one in silent.select_related("force")
        ]
    return said
