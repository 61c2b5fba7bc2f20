"""With whom a log is written about: its forces, the portfolio leads asked, and who can be reminded."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from referrals.models import (
    AdviceTold,
    Consultation,
    Correspondence,
    CorrespondenceKind,
    PortfolioLead,
    Referral,
    ReferralForce,
)
from referrals.queries.holding import later_told


def leads_to_ask(referral: Referral) -> QuerySet[PortfolioLead]:
    """Return the portfolio leads that can be asked about a log: in use, and not being asked."""
    awaited = referral.consultations.filter(replied_on__isnull=True)
    return PortfolioLead.objects.filter(is_in_use=True).exclude(pk__in=awaited.values("lead"))


def forces_on(referral: Referral) -> QuerySet[ReferralForce]:
    """Return the forces on a log by name."""
    return referral.forces.select_related("force").defer("wording", "search").order_by("force__name", "pk")


def consultations_on(referral: Referral) -> QuerySet[Consultation]:
    """Return the consultations about a log, the latest first."""
    return referral.consultations.select_related("lead").order_by("-asked_on", "-pk")


def forces_to_chase(referral: Referral, today: date) -> QuerySet[ReferralForce]:
    """Return the forces on a log that have not been reminded today."""
    return forces_on(referral).exclude(_chased("with_force", today))


def told_without_answer(referral: Referral) -> dict[int, date]:
    """Return when forces on a log were told of the advice in force, where no answer came."""
    told = AdviceTold.objects.filter(~later_told(), told_to__referral=referral, uptake="").order_by("told_on")
    return dict(told.values_list("told_to", "told_on"))


def leads_to_chase(referral: Referral, today: date) -> QuerySet[Consultation]:
    """Return the consultations that await a reply and have had no reminder today."""
    if referral.is_closed:
        return Consultation.objects.none()
    return consultations_on(referral).filter(replied_on__isnull=True).exclude(_chased("consultation", today))


def _chased(party: str, today: date) -> Exists:
    chasers = Correspondence.objects.filter(kind=CorrespondenceKind.CHASER, dated_on=today)
    return Exists(chasers.filter(**{party: OuterRef("pk")}))
