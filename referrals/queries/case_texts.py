"""The texts kept with a request of our own on the logs about it: who asks is looked for in them too."""

from django.db.models import Q

from referrals.models import (
    Advice,
    AdviceTold,
    Consultation,
    Correspondence,
    CriterionDecision,
    Referral,
    ReferralForce,
)
from requests_app.models import FoiRequest
from requests_app.queries.case_texts import TextColumns

TEXTS: tuple[TextColumns, ...] = (
    TextColumns(
        Referral, "own_request", "referrals", ("subject", "wording", "priority_reason", "closing_reason")
    ),
    TextColumns(ReferralForce, "referral__own_request", "referrals", ("wording",)),
    TextColumns(Consultation, "referral__own_request", "referrals", ("question", "reply")),
    TextColumns(Advice, "referral__own_request", "referrals", ("text",), where=Q(given_at=None)),
    TextColumns(Advice, "referral__own_request", "referrals", ("text",), stay=True, where=~Q(given_at=None)),
    TextColumns(AdviceTold, "told_to__referral__own_request", "referrals", ("uptake_reason",)),
    TextColumns(Correspondence, "referral__own_request", "referrals", ("text",), stay=True),
    TextColumns(CriterionDecision, "referral__own_request", "referrals", ("reason",)),
)


def subjects(case: FoiRequest) -> list[str]:
    """Return what the trail calls the logs about a request of our own."""
    return [
        log.reference
        for log in Referral.objects.filter(own_request=case).only("number", "year", "log_number")
    ]


def lock(case_id: int) -> None:
    """Lock the logs about a request of our own until the transaction ends: a log is locked before its request."""
    list(Referral.objects.select_for_update().filter(own_request=case_id).order_by("pk").values_list("pk"))
