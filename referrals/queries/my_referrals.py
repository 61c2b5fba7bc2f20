"""What My work lists of logs, from those that a measure counts: as a list shows them."""

from django.db.models import F, Prefetch, QuerySet

from referrals.models import Referral, ReferralForce


def soonest_due(cases: QuerySet[Referral]) -> QuerySet[Referral]:
    """Return logs with their advisers and forces, those whose advice is due soonest first."""
    forces = ReferralForce.objects.select_related("force").defer("wording", "search")
    return (
        cases.select_related("adviser")
        .defer("wording", "search")
        .prefetch_related(Prefetch("forces", forces))
        .order_by(F("reply_by").asc(nulls_last=True), "id")
    )
