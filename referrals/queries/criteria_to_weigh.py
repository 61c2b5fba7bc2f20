"""The mandatory criteria in force, and which of them the words and flags of a request suggest."""

from collections.abc import Collection, Iterable

from referrals.models import Criterion, Referral
from referrals.rules.criteria import CriterionWords, suggest


def criteria_now() -> list[Criterion]:
    """Return the criteria in force, by title."""
    return list(Criterion.objects.filter(ended_at__isnull=True))


def suggested_by(texts: Iterable[str], flags: Collection[str]) -> dict[int, str]:
    """Return which criteria the words and flags suggest, by key, and why. Nothing is decided."""
    by_code = {one.code: one for one in criteria_now()}
    words = [CriterionWords(one.code, one.title, one.words, one.flags) for one in by_code.values()]
    found = suggest("\n".join(texts), flags, words)
    return {by_code[one.code].pk: "; ".join(one.reasons) for one in found}


def suggested_for(referral: Referral, flags: Collection[str]) -> dict[int, str]:
    """Return which criteria are suggested for a log with these flags, from all that is asked."""
    asked = referral.forces.exclude(wording="").values_list("wording", flat=True)
    return suggested_by([referral.subject, referral.wording, *asked], flags)
