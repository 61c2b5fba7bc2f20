"""What in a log waits for someone outside the unit, or for a force to be told: in lists of the log and of My work."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from foitracker.casework.measures import overdue_by
from referrals.models import Advice, AdviceTold, Consultation, ReferralForce
from referrals.rules.workflow import AWAITING_ADVICE, ReferralStatus


def awaited_consultations() -> QuerySet[Consultation]:
    """Return the questions to portfolio leads on logs that await advice, without a reply so far."""
    return Consultation.objects.filter(replied_on__isnull=True, referral__status__in=AWAITING_ADVICE)


def late_consultations(today: date) -> QuerySet[Consultation]:
    """Return those whose reply is late, the latest first."""
    return (
        awaited_consultations()
        .filter(overdue_by("reply_by", today))
        .select_related("lead", "referral")
        .defer("question", "reply", "referral__wording", "referral__search")
        .order_by("reply_by", "id")
    )


def uncirculated_advice() -> QuerySet[Advice]:
    """Return the advice in force on open logs, where a force it concerns has not been told.

    These are the forces on the log and on the open logs grouped under it.
    """
    later = Advice.objects.filter(
        referral=OuterRef("referral"), given_at__isnull=False, number__gt=OuterRef("number")
    )
    told = AdviceTold.objects.filter(advice=OuterRef(OuterRef("pk")), told_to=OuterRef("pk"))
    untold = ReferralForce.objects.filter(~Exists(told))
    own = untold.filter(referral=OuterRef("referral"))
    grouped = untold.filter(referral__national_log=OuterRef("referral")).exclude(
        referral__status=ReferralStatus.CLOSED
    )
    return (
        Advice.objects.filter(
            ~Exists(later),
            Q(Exists(own)) | Q(Exists(grouped)),
            given_at__isnull=False,
            referral__status=ReferralStatus.ADVISED,
        )
        .select_related("referral__adviser")
        .defer("text", "referral__wording", "referral__search")
        .order_by(F("given_on").asc(), "id")
    )


def silent_forces() -> QuerySet[AdviceTold]:
    """Return the forces told of the advice in force on an open log that have not said what they did with it.

    Our own authority takes advice up on its own request, and is not among them.
    """
    later = Advice.objects.filter(
        referral=OuterRef("advice__referral"), given_at__isnull=False, number__gt=OuterRef("advice__number")
    )
    return AdviceTold.objects.filter(
        ~Exists(later),
        uptake="",
        told_to__outcome="",
        told_to__referral__own_request__isnull=True,
        advice__referral__status=ReferralStatus.ADVISED,
    )
