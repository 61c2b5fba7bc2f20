"""What the pages of referrals load: where a log stands, and how urgent it is, in words, shape and colour."""

from django import template

from referrals.models import Referral
from referrals.rules.vocabulary import PRIORITY_LABELS, SCOPE_LABELS, ReferralPriority, Scope
from referrals.rules.workflow import REFERRAL_STATUS_LABELS, ReferralStatus

register = template.Library()

#: Tone and shape. The shape says the same as the colour, for print and for eyes that need it.
_STATUS_LOOKS: dict[str, tuple[str, str]] = {
    ReferralStatus.LOGGED: ("info", "ring"),
    ReferralStatus.IN_HAND: ("progress", "half"),
    ReferralStatus.ADVISED: ("good", "tick"),
    ReferralStatus.CLOSED: ("closed", "square"),
}
_PRIORITY_LOOKS: dict[str, tuple[str, str]] = {
    ReferralPriority.HIGH: ("bad", "up"),
    ReferralPriority.MEDIUM: ("neutral", "dash"),
    ReferralPriority.LOW: ("neutral", "down"),
}


def _tag(label: str, look: tuple[str, str]) -> dict[str, str]:
    return {"label": label, "tone": look[0], "shape": look[1]}


@register.inclusion_tag("components/tag.html")
def log_status_tag(case: Referral) -> dict[str, str]:
    """Return the status of a log."""
    return _tag(REFERRAL_STATUS_LABELS[ReferralStatus(case.status)], _STATUS_LOOKS[case.status])


@register.inclusion_tag("components/tag.html")
def log_priority_tag(priority: str, suffix: str = "") -> dict[str, str]:
    """Return how urgent a log is, or that it has not been triaged."""
    if not priority:
        return _tag("No priority yet" if suffix else "Not set", ("wait", "diamond"))
    return _tag(f"{PRIORITY_LABELS[ReferralPriority(priority)]}{suffix}", _PRIORITY_LOOKS[priority])


@register.inclusion_tag("components/tag.html")
def log_scope_tag(scope: str) -> dict[str, str]:
    """Return whom the request was made to."""
    return _tag(SCOPE_LABELS[Scope(scope)], ("info" if scope == Scope.NATIONAL else "neutral", "dot"))
