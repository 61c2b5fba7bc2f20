"""The list of the unit's logs, by filter, search and order, without anything about applicants.

Logs that still await advice are the default, so that what was advised on long ago does not hide what is new.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, F, Prefetch, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from foitracker.accounts.models import User
from referrals.models import CriterionDecision, Referral, ReferralForce
from referrals.rules.vocabulary import ReferralPriority
from referrals.rules.workflow import AWAITING_ADVICE, ReferralStatus
from requests_app.rules.casework.reference import LogNumber, ReferenceNotUnderstood

#: What every list can be ordered by, and besides what awaits advice; a minus for the other way round.
ANY_ORDERS = frozenset({"number", "-number", "received", "-received"})
URGENCY_ORDERS = frozenset({"reply", "-reply", "priority", "-priority"})

#: Words in more logs than these are looked for log by log.
COMMON = 5_000

EVERY_STATUS: frozenset[ReferralStatus] = frozenset(ReferralStatus)


@dataclass(frozen=True)
class LogFilter:
    """What the list shows. A log whose number is looked for is found whatever its status.

    `criterion` is the code of a criterion that was found to apply, in any of its versions. A `force` and a
    `trigger` are looked for together: that force, turning to us for that reason. `measured` is the condition of
    the measures chosen; `overdue` that of what is overdue, which comes first by priority.
    """

    statuses: frozenset[ReferralStatus] = AWAITING_ADVICE
    text: str = ""
    adviser_id: int | None = None
    unassigned: bool = False
    force_id: int | None = None
    trigger: str = ""
    scope: str = ""
    criterion: str = ""
    topic_id: int | None = None
    priority: str = ""
    received_from: date | None = None
    received_to: date | None = None
    order: str = ""
    measured: Q = field(default_factory=Q)
    overdue: Q = field(default_factory=Q)

    @property
    def reaches_back(self) -> bool:
        """True when logs that no longer await advice are among those looked through."""
        return not self.statuses <= AWAITING_ADVICE


def log(chosen: LogFilter, *, user: User) -> QuerySet[Referral]:
    """Return the logs of a filter that `user` may know of, in its order, with adviser and forces, for paging."""
    found = _looked_for(chosen, Referral.objects.visible_to(user)).filter(chosen.measured)
    for name in ("scope", "priority", "adviser_id", "topic_id"):
        if value := getattr(chosen, name):
            found = found.filter(**{name: value})
    if chosen.unassigned:
        found = found.filter(adviser__isnull=True)
    if turned_to_us := _of_forces(chosen):
        found = found.filter(
            pk__in=ReferralForce.objects.filter(**turned_to_us).order_by().values("referral")
        )
    if chosen.criterion:
        applied = CriterionDecision.objects.filter(applies=True, criterion__code=chosen.criterion)
        found = found.filter(pk__in=applied.order_by().values("referral"))
    if chosen.received_from:
        found = found.filter(received_on__gte=chosen.received_from)
    if chosen.received_to:
        found = found.filter(received_on__lte=chosen.received_to)
    return found.order_by(*_orders(chosen.overdue)[order_of(chosen)])


def log_is_empty() -> bool:
    """Return whether nothing was ever logged."""
    return not Referral.objects.exists()


def order_of(chosen: LogFilter) -> str:
    """Return the order a list is in: the one asked for, where it makes sense.

    Otherwise the most urgent, or the newest, first. Only logs awaiting advice are ordered by urgency.
    """
    if chosen.order in ANY_ORDERS or (chosen.order in URGENCY_ORDERS and not chosen.reaches_back):
        return chosen.order
    return "-number" if chosen.reaches_back else "reply"


def _orders(overdue: Q) -> Mapping[str, tuple[str | Combinable, ...]]:
    return {
        "reply": ("reply_by", "id"),
        "-reply": (F("reply_by").desc(nulls_last=True), "-id"),
        "number": ("year", "number"),
        "-number": ("-year", "-number"),
        "received": ("received_on", "id"),
        "-received": ("-received_on", "-id"),
        "priority": (_urgency(overdue).asc(), "reply_by", "id"),
        "-priority": (_urgency(overdue).desc(), "reply_by", "id"),
    }


def _urgency(overdue: Q) -> Case:
    """Overdue first whatever its priority; what no one has weighed yet may be urgent."""
    return Case(
        When(overdue, then=Value(0)),
        When(priority=ReferralPriority.HIGH, then=Value(1)),
        When(priority="", then=Value(2)),
        When(priority=ReferralPriority.MEDIUM, then=Value(3)),
        default=Value(4),
    )


def _of_forces(chosen: LogFilter) -> dict[str, Any]:
    conditions = {"force": chosen.force_id, "trigger": chosen.trigger}
    return {name: value for name, value in conditions.items() if value}


def _looked_for(chosen: LogFilter, known: QuerySet[Referral]) -> QuerySet[Referral]:
    """A log's number or a force's own reference finds its logs, closed or not; other words search those chosen."""
    forces = ReferralForce.objects.select_related("force").defer("wording", "search")
    found = (
        known.select_related("adviser")
        .defer("wording", "search", "closing_reason")
        .prefetch_related(Prefetch("forces", forces))
    )
    text = chosen.text.strip()
    if named := _named(text):
        return found.filter(pk__in=named)
    if text:
        one_by_one = not chosen.reaches_back or _are_common(text)
        found = found.filter(_has_words(text) if one_by_one else Q(pk__in=_worded(text)))
    return found if chosen.statuses == EVERY_STATUS else found.filter(status__in=sorted(chosen.statuses))


def _named(text: str) -> list[int]:
    """The logs with this number, or on which a force has this reference; a number has a digit in it."""
    if not any(character.isdigit() for character in text):
        return []
    named = ReferralForce.objects.filter(reference__iexact=text).order_by().values_list("referral")
    try:
        number = LogNumber.parse(text)
    except ReferenceNotUnderstood:
        return [pk for (pk,) in named]
    is_it = Q(year=number.year, number=number.number)
    return [pk for (pk,) in Referral.objects.filter(is_it).order_by().values_list("pk").union(named)]


def _words(text: str) -> SearchQuery:
    return SearchQuery(text, search_type="websearch", config="english")


def _are_common(text: str) -> bool:
    """Whether these words are in so many logs that the next one is never far."""
    having = Referral.objects.filter(search=_words(text)).order_by()
    return having[: COMMON + 1].count() > COMMON


def _worded(text: str) -> QuerySet[Referral, Any]:
    """The logs with these words in subject or wording, and those with them in a force's own wording.

    Found apart and put together: joined by “or” neither index could be used.
    """
    in_log = Referral.objects.filter(search=_words(text)).order_by().values("pk")
    return in_log.union(_in_forces(text))


def _has_words(text: str) -> Q:
    """The same, asked of one log at a time: where few are looked at, or many have the words."""
    return Q(search=_words(text)) | Q(pk__in=_in_forces(text))


def _in_forces(text: str) -> QuerySet[ReferralForce, Any]:
    return ReferralForce.objects.exclude(wording="").filter(search=_words(text)).order_by().values("referral")
