"""Other logs of what seems to be the same applicant. For the unit's own staff only, which callers check."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from referrals.models import ApplicantMark, MarkKind, Referral, ReferralForce

#: More than these are not listed: the newest are.
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class SameApplicant:
    """A log with an equal mark, and by which of the marks it is equal. Never that it is the same person."""

    pk: int
    year: int
    number: int
    log_number: str
    subject: str
    received_on: date
    forces: tuple[str, ...]
    by_email: bool
    by_name: bool

    @property
    def matched_by(self) -> str:
        """Return what the two match by."""
        if self.by_email and self.by_name:
            return "E-mail address and name"
        return "E-mail address" if self.by_email else "Name"

    def get_absolute_url(self) -> str:
        return reverse("referrals:referral", args=[self.year, self.number])


def same_applicant(referral: Referral) -> tuple[SameApplicant, ...]:
    """Return the other logs whose e-mail or name mark equals one of this log's, newest first.

    Four queries at most, one when the log has no mark. By e-mail address comes before by name alone only on the
    page; here the order is that of the logs.
    """
    own = dict(ApplicantMark.objects.filter(referral=referral).values_list("kind", "digest"))
    if not own:
        return ()
    kinds: dict[int, set[str]] = {}
    # The kind with its digest, as the index has them: a digest alone would be looked for among all marks.
    same = [Q(kind=kind, digest=digest) for kind, digest in own.items()]
    equal = ApplicantMark.objects.filter(Q(*same, _connector=Q.OR)).exclude(referral=referral)
    for found, kind in equal.values_list("referral_id", "kind"):
        kinds.setdefault(found, set()).add(kind)
    if not kinds:
        return ()
    logs = list(Referral.objects.filter(pk__in=kinds).order_by("-year", "-number")[:MOST_LISTED])
    forces: dict[int, list[str]] = {}
    involved = ReferralForce.objects.filter(referral__in=[log.pk for log in logs]).order_by("force__name")
    for log, force in involved.values_list("referral_id", "force__name"):
        forces.setdefault(log, []).append(force)
    return tuple(
        SameApplicant(
            pk=log.pk,
            year=log.year,
            number=log.number,
            log_number=log.log_number,
            subject=log.subject,
            received_on=log.received_on,
            forces=tuple(forces.get(log.pk, ())),
            by_email=MarkKind.EMAIL in kinds[log.pk],
            by_name=MarkKind.NAME in kinds[log.pk],
        )
        for log in logs
    )
