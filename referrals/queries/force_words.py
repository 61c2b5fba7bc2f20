"""What the forces on a log are recognised by in a text."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from referrals.models import Force, ForceName, Referral, ReferralForce
from referrals.rules.other_forces import ForceWords
from requests_app.queries.authority import authority


def forces_in_group(referral: Referral) -> list[ReferralForce]:
    """Return the forces on a log and on all logs it is grouped with: one text can reach any of them."""
    lead = referral.national_log_id or referral.pk
    logs = Referral.objects.filter(Q(pk__in=[lead, referral.pk]) | Q(national_log=lead))
    return list(
        ReferralForce.objects.filter(referral__in=logs.values("pk"))
        .select_related("force")
        .defer("wording", "search")
        .order_by("force__name", "pk")
    )


def force_words(involved: Sequence[ReferralForce]) -> dict[int, ForceWords]:
    """Return what each force is recognised by, by its key, with its references on all these logs."""
    references: dict[int, list[str]] = defaultdict(list)
    forces: dict[int, Force] = {}
    for one in involved:
        forces[one.force_id] = one.force
        references[one.force_id] += [one.reference] if one.reference else []
    names: dict[int, list[str]] = defaultdict(list)
    for force_id, name in ForceName.objects.filter(force__in=forces).values_list("force", "name"):
        names[force_id].append(name)
    return {
        key: ForceWords(
            called=force.short,
            references=tuple(references[key]),
            mailboxes=(force.email,) if force.email else (),
            names=tuple({force.name, force.short, *names[key]}),
        )
        for key, force in forces.items()
    }


def our_own(referrals: Iterable[Referral]) -> list[str]:
    """Return what is ours and no force's: the numbers of logs, and the domain we write from."""
    settings = authority()
    domain = settings.email.partition("@")[2] if settings else ""
    return [*(log.log_number for log in referrals if log.log_number), *([domain] if domain else [])]
