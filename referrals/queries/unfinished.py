"""What is not finished in a log, for whoever is about to close it."""

from collections.abc import Iterator

from django.db.models import Q

from referrals.models import Advice, AdviceTold, Referral
from referrals.queries.circulation import concerned_by, latest_given
from referrals.queries.holding import later_told

#: Forces named; of the others, only how many there are.
NAMED = 5


def unfinished(referral: Referral) -> list[str]:
    """Return what is still unfinished in a log, one sentence each."""
    said = []
    if referral.advice.filter(given_at__isnull=True).exists():
        said.append("A draft of advice has not been given.")
    said += [
        f"A reply of {one.lead} is awaited."
        for one in referral.consultations.filter(replied_on__isnull=True).select_related("lead")
    ]
    latest = latest_given(referral)
    if latest:
        said += _untold(latest)
    return [*said, *_without_uptake(referral, latest)]


def _untold(advice: Advice) -> Iterator[str]:
    """Also on the logs grouped under this one, to whose forces nothing can be circulated once it is closed."""
    for one in concerned_by(advice):
        if one.told is None:
            log = one.involved.referral
            on = "" if log.pk == advice.referral_id else f", on log {log.log_number},"
            yield f"{one.involved.force}{on} has not been told of the advice."


def _without_uptake(referral: Referral, latest: Advice | None) -> Iterator[str]:
    """The forces told of the advice in force, on whichever log, or on this one of national advice."""
    national = Q(told_to__referral=referral) & ~Q(advice__referral=referral)
    reached = Q(advice=latest) | national if latest else national
    told = (
        AdviceTold.objects.filter(reached, ~later_told(), uptake="")
        .select_related("told_to__force", "told_to__referral")
        .defer(
            "told_to__wording", "told_to__search", "told_to__referral__wording", "told_to__referral__search"
        )
    )
    waiting = sorted(told, key=lambda one: (one.told_to.referral_id != referral.pk, str(one.told_to.force)))
    names = [_named(one, referral) for one in waiting]
    if len(names) > NAMED:
        shown = ", ".join(names[:NAMED])
        yield (
            f"What {len(names)} forces did with the advice is not recorded: {shown} and {len(names) - NAMED} more."
        )
    else:
        yield from (f"What {name} did with the advice is not recorded." for name in names)


def _named(told: AdviceTold, referral: Referral) -> str:
    log = told.told_to.referral
    return f"{told.told_to.force}" + ("" if log.pk == referral.pk else f" (log {log.log_number})")
