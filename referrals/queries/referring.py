"""Which requests of our own have been referred, and which the words of a mandatory criterion suggest to refer."""

from collections import defaultdict
from collections.abc import Sequence

from referrals.models import Referral
from referrals.queries.criteria_to_weigh import criteria_now
from referrals.rules.criteria import CriterionWords, suggest
from requests_app.models import FoiRequest
from requests_app.queries.referring import Referring


def referring(cases: Sequence[FoiRequest]) -> dict[int, Referring]:
    """Return for each request the logs it was referred on, or else the criteria its words suggest. Two queries."""
    logs: dict[int, list[str]] = defaultdict(list)
    for referral in (
        Referral.objects.filter(own_request__in=cases).only("log_number", "own_request").order_by("pk")
    ):
        if referral.own_request_id:
            logs[referral.own_request_id].append(f"CRU {referral.log_number}")
    words = [CriterionWords(one.code, one.title, one.words, one.flags) for one in criteria_now()]
    return {
        case.pk: Referring(referred=tuple(logs[case.pk]))
        if case.pk in logs
        else Referring(
            reasons=tuple(one.criterion.title for one in suggest(f"{case.subject}\n{case.words}", (), words))
        )
        for case in cases
    }
