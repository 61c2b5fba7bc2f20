from referrals.models.advice import (
    Advice,
    AdviceTold,
    Consultation,
    Correspondence,
    CorrespondenceKind,
    Direction,
    PortfolioLead,
    advice_message_key,
)
from referrals.models.criterion import Criterion
from referrals.models.force import AccessRegime, Force, ForceContact, ForceKind, ForceName, ForceNameKind
from referrals.models.referral import (
    ApplicantMark,
    CriterionDecision,
    LogCounter,
    MarkKind,
    Referral,
    ReferralForce,
)
from referrals.models.similar_forces import ForceGroup, ForceRequests
from referrals.models.statistic import StatisticPlacement
from referrals.models.unit import ReferralUnit

__all__ = [
    "AccessRegime",
    "Advice",
    "AdviceTold",
    "ApplicantMark",
    "Consultation",
    "Correspondence",
    "CorrespondenceKind",
    "Criterion",
    "CriterionDecision",
    "Direction",
    "Force",
    "ForceContact",
    "ForceGroup",
    "ForceKind",
    "ForceName",
    "ForceNameKind",
    "ForceRequests",
    "LogCounter",
    "MarkKind",
    "PortfolioLead",
    "Referral",
    "ReferralForce",
    "ReferralUnit",
    "StatisticPlacement",
    "advice_message_key",
]
