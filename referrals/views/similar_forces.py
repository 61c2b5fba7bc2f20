"""One force beside forces like it: pooled sums over pooled bases, with the calculation by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.statistics.periods import Period
from referrals.forms.similar_forces import CompareForm
from referrals.forms.statistics import TOGETHER
from referrals.queries.similar_forces import GroupFacts, group_facts
from referrals.queries.statistics import complete_to
from referrals.rules.advice_statistics import CountedBy, ToldState
from referrals.rules.similar_forces import ForceRate, Pooled
from referrals.rules.statistics import CountedFigure, CountedForce, Counting
from referrals.rules.vocabulary import Uptake
from referrals.views.statistics import live_address


@dataclass(frozen=True)
class Part:
    """A further number of a force, with what it counts in words and where its logs are listed."""

    number: int
    words: str
    url: str


@dataclass(frozen=True)
class ComparedRow:
    """One force: what was counted, where its logs are listed, of what, and where that comes from."""

    rate: ForceRate
    url: str
    base_url: str
    note: str
    is_chosen: bool
    parts: Sequence[Part] = ()


@dataclass(frozen=True)
class Comparison:
    """One rate of every force of the group and of all together. `parts` name the number and the base."""

    heading: str
    about: str
    parts: tuple[str, str]
    rows: Sequence[ComparedRow]
    pooled: Pooled


@require_safe
def similar_forces_page(request: SignedInRequest) -> HttpResponse:
    """Compare the forces of a group in a period; without a choice the first group in the last financial year."""
    check_can(Permission.SEE_STATISTICS, request.user)
    form = CompareForm(request.GET, complete_to=complete_to(timezone.localdate())[0])
    context = {"form": form, "may_change": can(Permission.CHANGE_FORCES, request.user)}
    if not form.is_valid():
        return render(request, "referrals/statistics/similar.html", context, status=400)
    group = form.chosen
    if group is not None:
        now = timezone.now()
        facts = group_facts(group, form.period, as_at=now)
        chosen = form.cleaned_data["force"]
        context |= {
            "group": group,
            "period": form.period,
            "as_at": now,
            "complete_to": form.complete_to,
            "comparisons": _comparisons(facts, form.period, chosen.pk if chosen else None),
        }
    return render(request, "referrals/statistics/similar.html", context)


def _comparisons(facts: GroupFacts, period: Period, chosen: int | None) -> list[Comparison]:
    figures = {figure.force.key: figure for figure in facts.result.figures if figure.force}

    def address(force: CountedForce, counted: str) -> str:
        return live_address(facts.result.definition, figures[force.key], counted)

    def compare(
        heading: str, about: str, parts: tuple[str, str], row: Callable[[CountedForce], ComparedRow]
    ) -> Comparison:
        rows = [row(force) for force in facts.forces]
        return Comparison(heading, about, parts, rows, Pooled([one.rate for one in rows]))

    def referred(force: CountedForce) -> ComparedRow:
        base, sources = facts.requests.get(force.key, (None, ()))
        rate = ForceRate(force.name, _together(figures[force.key]), base)
        return ComparedRow(rate, address(force, TOGETHER), "", "; ".join(sources), force.key == chosen)

    def mandatory(force: CountedForce) -> ComparedRow:
        figure = figures[force.key]
        rate = ForceRate(force.name, figure.by_criterion.get(Counting.MANDATORY, 0), _together(figure))
        urls = address(force, Counting.MANDATORY), address(force, TOGETHER)
        return ComparedRow(rate, *urls, "", force.key == chosen)

    def adopted(force: CountedForce) -> ComparedRow:
        found = facts.uptake.get(force.key, {})
        said = sum(found.get(uptake, 0) for uptake in Uptake)
        rate = ForceRate(force.name, found.get(Uptake.ADOPTED, 0), said)
        parts = [
            Part(number, words, _advice_logs(force, period, state))
            for state, words in _OTHERWISE.items()
            if (number := found.get(_UPTAKES[state], 0))
        ]
        url = _advice_logs(force, period, ToldState.ADOPTED)
        return ComparedRow(rate, url, "", "", force.key == chosen, parts)

    return [
        compare(
            "Referrals per 100 requests",
            "Logs on which a force sent a form or wrote in the period, per 100 FOI requests that the force reports for "
            "it. A log of several forces counts once for each, as each had the request.",
            ("Referrals", "Requests the force reports"),
            referred,
        ),
        compare(
            "Mandatory referrals",
            "Of those logs, the ones on which the force turned to the unit because a mandatory criterion was met.",
            ("Mandatory", "Referrals"),
            mandatory,
        ),
        compare(
            "Advice adopted",
            "Of logs received in the period on which the force wrote and has said what it did with the latest advice, "
            "those on which it adopted it as it was. Advice on which it has said nothing is in neither number.",
            ("Adopted", "Said what it did"),
            adopted,
        ),
    ]


#: What else a force did with advice, in words, and as the log holds it.
_OTHERWISE = {
    ToldState.IN_PART: "in part",
    ToldState.DEPARTED: "departed from",
    ToldState.NOT_REPORTED: "not reported",
}
_UPTAKES = {
    ToldState.IN_PART: Uptake.IN_PART,
    ToldState.DEPARTED: Uptake.DEPARTED,
    ToldState.NOT_REPORTED: "",
}


def _together(figure: CountedFigure) -> int:
    return figure.together or 0


def _advice_logs(force: CountedForce, period: Period, state: ToldState) -> str:
    """The address of the logs with what a force did with the advice."""
    query = {
        "force": force.key,
        "first": period.from_on.isoformat(),
        "last": period.to_on.isoformat(),
        "by": CountedBy.UPTAKE.value,
        "value": state.value,
    }
    return f"{reverse('referrals:advice_logs')}?{urlencode(query)}"
