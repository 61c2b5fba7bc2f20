"""What a force contact may see of the logs their force is on: that force's own part, and nothing of another.

A log holds what several forces had in common. Here it is read from the involvement of one of them, and only the
columns named here are given on: not the day the log began (another force's form), not the unit's reply-by date
(the first of all forces' deadlines), not the other forces, the consultations or what advisers wrote for themselves.
"""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Exists, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from referrals.models import AdviceTold, Correspondence, Criterion, CriterionDecision, ReferralForce
from referrals.queries.applicants import without_applicants
from referrals.queries.holding import is_replaced, later_told
from referrals.rules.vocabulary import FORCE_OUTCOME_LABELS, ForceOutcome, ForceRole, Scope
from referrals.rules.workflow import ReferralStatus
from requests_app.rules.casework.reference import LogNumber, ReferenceNotUnderstood

#: Where a log stands for one force, by that force's own facts.
AWAITED, ADVISED, ENDED = "awaited", "advised", "ended"

_NUMBER = ("referral__year", "referral__number")
ORDERS: dict[str, tuple[str, ...]] = {
    "log": _NUMBER,
    "-log": tuple(f"-{name}" for name in _NUMBER),
    "received": ("request_received_on", *_NUMBER),
    "-received": ("-request_received_on", *(f"-{name}" for name in _NUMBER)),
    "due": ("limit", *_NUMBER),
    "-due": ("-limit", *(f"-{name}" for name in _NUMBER)),
}
DEFAULT_ORDER = "-log"

#: The wording of the log is the force's own where the force has none of its own and turned to the unit with it,
#: or where every force was asked the same. To a force that was only consulted it is another force's request.
_LOG_WORDING_IS_OWN = Q(wording="") & (
    Q(role__in=[ForceRole.REFERRED_BY, ForceRole.LOGGED_WITH]) | Q(referral__scope=Scope.NATIONAL)
)

#: The long columns, which a list does not show.
_NOT_LISTED = ("wording", "search", "referral__wording", "referral__search")


class _SubjectWords(Func):
    """The words of a log's subject, which stand in what is searched with the first weight."""

    function = "ts_filter"
    template = "%(function)s(%(expressions)s, '{a}')"
    output_field = SearchVectorField()


@dataclass(frozen=True)
class OwnPart:
    """One force's part of one log, with all that its contact is shown."""

    involvement: ReferralForce
    criteria: list[Criterion]
    told: list[AdviceTold]
    correspondence: list[Correspondence]

    @property
    def wording(self) -> str:
        """What the force was asked; empty where only another force's wording is recorded."""
        own = self.involvement
        if own.wording or not _has_log_wording(own):
            return own.wording
        return own.referral.wording

    @property
    def is_national(self) -> bool:
        return self.involvement.referral.scope == Scope.NATIONAL

    @property
    def replaced(self) -> frozenset[int]:
        """The keys in `told` of advice that gave way to one given later, on its own log or nationally, told too."""
        return frozenset(one.pk for one in self.told if is_replaced(one))


def own_logs(
    force_id: int, *, state: str = "", text: str = "", order: str = DEFAULT_ORDER
) -> QuerySet[ReferralForce]:
    """Return the involvements of a force with their logs, narrowed and ordered.

    `text` is a log number in any form, the force's own reference, or words. Words are looked for only in what
    the contact may read: a search of the rest would reveal what it holds.
    """
    found = ReferralForce.objects.filter(force=force_id).select_related("referral").defer(*_NOT_LISTED)
    found = found.annotate(
        limit=Coalesce("stated_due_on", "due_on"),
        is_told=Exists(AdviceTold.objects.filter(told_to=OuterRef("pk"))),
    )
    ended = ~Q(outcome="") | Q(referral__status=ReferralStatus.CLOSED)
    if state:
        narrowed = {AWAITED: Q(is_told=False) & ~ended, ADVISED: Q(is_told=True) & ~ended, ENDED: ended}
        found = found.filter(narrowed[state])
    if text := text.strip():
        found = found.alias(subject_words=_SubjectWords("referral__search")).filter(_looked_for(text))
    return found.order_by(*ORDERS[order])


def own_part(referral_id: int, force_id: int) -> OwnPart:
    """Return a force's part of a log, for showing: who asked in a request of our own is masked in its texts.

    Raises ReferralForce.DoesNotExist where it has none.
    """
    involvement = ReferralForce.objects.select_related("referral__own_request", "force").get(
        referral=referral_id, force=force_id
    )
    decisions = CriterionDecision.objects.filter(referral=referral_id, applies=True)
    told = AdviceTold.objects.filter(told_to=involvement).select_related("advice__referral__own_request")
    told = told.annotate(is_replaced=later_told())
    part = OwnPart(
        involvement=involvement,
        criteria=[decision.criterion for decision in decisions.select_related("criterion")],
        told=list(told.order_by("told_at", "pk")),
        correspondence=list(involvement.correspondence.order_by("dated_on", "pk")),
    )
    _mask_applicants(part)
    return part


def _mask_applicants(part: OwnPart) -> None:
    """Mask in the rows as they were read: they are shown, and never saved."""
    own = part.involvement
    shown = without_applicants([own.referral, *(one.advice.referral for one in part.told)])
    own.wording, own.referral.subject = shown(own.wording), shown(own.referral.subject)
    own.referral.wording = shown(own.referral.wording)
    for one in part.told:
        one.advice.text = shown(one.advice.text)
    for letter in part.correspondence:
        letter.text = shown(letter.text)


def standing(involvement: ReferralForce, *, is_told: bool) -> str:
    """Return the status of a log for a force in words, from that force's own facts."""
    if involvement.outcome:
        return FORCE_OUTCOME_LABELS[ForceOutcome(involvement.outcome)]
    if involvement.referral.is_closed:
        return "Closed by the unit"
    return "Advice given" if is_told else "Advice awaited"


def _has_log_wording(own: ReferralForce) -> bool:
    """As `_LOG_WORDING_IS_OWN`, of a row that has been read."""
    turned_to_us = own.role in (ForceRole.REFERRED_BY, ForceRole.LOGGED_WITH)
    return turned_to_us or own.referral.scope == Scope.NATIONAL


def _looked_for(text: str) -> Q:
    try:
        number = LogNumber.parse(text)
    except ReferenceNotUnderstood:
        words = SearchQuery(text, search_type="websearch", config="english")
        return (
            Q(reference__icontains=text)
            | Q(search=words)
            | (_LOG_WORDING_IS_OWN & Q(referral__search=words))
            | Q(subject_words=words)
        )
    return Q(referral__year=number.year, referral__number=number.number) | Q(reference__icontains=text)
