"""Statistics on advice: how long it took, how it compares with the forces' deadlines, and what forces did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.working_days.queries import current_calendar
from referrals.forms.advice_statistics import AdviceNumberForm, AdviceStatisticsForm
from referrals.models import Referral
from referrals.queries.advice_statistics import advice_logs, count_advice, logs_in_order, names_of
from referrals.queries.statistics import complete_to
from referrals.rules.advice_statistics import (
    ADVICE_LABELS,
    DEADLINE_LABELS,
    TOLD_LABELS,
    AdviceQuestion,
    AdviceResult,
    CountedBy,
    share,
)
from referrals.rules.vocabulary import SCOPE_LABELS, TRIGGER_LABELS, Trigger
from referrals.views.figure_logs import AskedLogs

_LABELS: dict[CountedBy, Mapping[Any, str]] = {
    CountedBy.ALL: {"": "Logs received"},
    CountedBy.ADVICE: ADVICE_LABELS,
    CountedBy.DEADLINE: DEADLINE_LABELS,
    CountedBy.UPTAKE: TOLD_LABELS,
    CountedBy.SCOPE: SCOPE_LABELS,
    CountedBy.TRIGGER: TRIGGER_LABELS,
}
_WITHOUT = {CountedBy.TOPIC: "No topic", CountedBy.ADVISER: "Unassigned"}
_HEADINGS: dict[CountedBy, tuple[str, str]] = {
    CountedBy.ADVICE: ("Advice given or not", ""),
    CountedBy.DEADLINE: (
        "Against the forces' deadlines",
        "The first deadline of the forces on a log, as they state it or as it is worked out.",
    ),
    CountedBy.UPTAKE: (
        "What forces did with the advice",
        "Each force's latest advice. A log stands in several rows where its forces differ.",
    ),
    CountedBy.TRIGGER: (
        "Why forces turned to us",
        "A log stands in several rows where its forces had different reasons.",
    ),
    CountedBy.SCOPE: ("Whom the request was made to", ""),
    CountedBy.TOPIC: ("Topic", ""),
    CountedBy.CRITERION: (
        "Mandatory criterion",
        "Criteria decided to apply, in any version. A log can meet several, or none.",
    ),
    CountedBy.ADVISER: ("Adviser", "Who has the log now."),
}


@dataclass(frozen=True)
class NumberRow:
    """One kind of logs: how many, and which share of all."""

    label: str
    number: int
    share: Decimal | None
    url: str


@dataclass(frozen=True)
class NumberTable:
    """The logs by one thing."""

    by: CountedBy
    heading: str
    note: str
    rows: tuple[NumberRow, ...]


@require_safe
def advice_statistics_page(request: SignedInRequest) -> HttpResponse:
    """Show statistics on the advice on logs received in a period; without a choice, in the last year."""
    check_can(Permission.SEE_STATISTICS, request.user)
    form = AdviceStatisticsForm(request.GET, today=timezone.localdate())
    if not form.is_valid():
        return render(request, "referrals/statistics/advice.html", {"form": form}, status=400)
    result = count_advice(form.question(), as_at=timezone.now(), calendar=current_calendar())
    everything = _row(result, CountedBy.ALL, "", "Logs received")
    context = {
        "form": form,
        "result": result,
        "everything": everything,
        "complete_to": complete_to(timezone.localdate()),
        "mandatory": _row(result, CountedBy.TRIGGER, Trigger.MANDATORY.value, "Mandatory"),
        "tables": [_table(result, by) for by in _HEADINGS],
    }
    return render(request, "referrals/statistics/advice.html", context)


class AdviceLogs(AskedLogs[Referral]):
    """The logs behind one number."""

    template_name = "referrals/statistics/advice_logs.html"
    address, file_address = "referrals:advice_logs", "referrals:advice_logs_csv"
    file_name = "advice-statistic-logs.csv"
    columns: tuple[Column[Referral], ...] = (
        Column("number", "Log", lambda log: log.log_number, header="log number", look=NOWRAP),
        Column("received", "Received", lambda log: log.received_on, look=NOWRAP),
        Column("advised", "Advised", lambda log: log.advised_on, look=NOWRAP),
        Column("subject", "Subject", lambda log: log.subject, look=SUBJECT),
        Column("scope", "Scope", lambda log: log.get_scope_display()),
        Column("topic", "Topic", lambda log: log.topic and log.topic.name),
        Column("adviser", "Adviser", lambda log: log.adviser and log.adviser.name),
        Column("status", "Status", lambda log: log.get_status_display(), look=NOWRAP),
    )
    on_page = ("number", "received", "advised", "subject", "adviser", "status")
    in_file = ("number", "received", "advised", "scope", "topic", "adviser", "status", "subject")
    asks = AdviceNumberForm
    asked: AdviceNumberForm

    @property
    def by(self) -> CountedBy:
        return CountedBy(self.asked.cleaned_data["by"])

    def find(self) -> Sequence[int]:
        return advice_logs(self.asked.question(), self.by, self.asked.cleaned_data["value"])

    def rows(self, found: Sequence[int]) -> list[Referral]:
        return list(logs_in_order(found))

    def page(self) -> dict[str, Any]:
        question, value = self.asked.question(), self.asked.cleaned_data["value"]
        kind, note = _HEADINGS.get(self.by, ("Logs received", ""))
        return {
            "question": question,
            "kind": kind,
            "note": note,
            "label": _names(self.by, [value]).get(value, value),
            "as_at": timezone.now(),
            "back_url": f"{reverse('referrals:advice_statistics')}?{_choosing(question)}",
        }


def _table(result: AdviceResult, by: CountedBy) -> NumberTable:
    """Fixed kinds in their own order, with 0 where there are none; topics and people by how many."""
    heading, note = _HEADINGS[by]
    found = result.by.get(by, {})
    names = _names(by, found)
    values = list(names) if by in _LABELS else sorted(found, key=lambda value: (-found[value], names[value]))
    return NumberTable(
        by, heading, note, tuple(_row(result, by, str(value), names[value]) for value in values)
    )


def _names(by: CountedBy, values: Any) -> dict[str, str]:
    """What each value is called."""
    if by in _LABELS:
        return {str(value): label for value, label in _LABELS[by].items()}
    return {value: value for value in values} | {"": _WITHOUT.get(by, "")} | names_of(by, values)


def _row(result: AdviceResult, by: CountedBy, value: str, label: str) -> NumberRow:
    number = result.number(by, value)
    period = result.question.period
    query = [
        *(("force", force.key) for force in result.question.forces),
        ("first", period.from_on.isoformat()),
        ("last", period.to_on.isoformat()),
        ("by", by.value),
        ("value", value),
    ]
    url = f"{reverse('referrals:advice_logs')}?{urlencode(query)}"
    return NumberRow(label, number, share(number, result.logs), url)


def _choosing(question: AdviceQuestion) -> str:
    """The query that chooses the forces and the period again."""
    period = question.period
    query: list[tuple[str, int]] = [("force", force.key) for force in question.forces]
    for name, day in (("received_from", period.from_on), ("received_to", period.to_on)):
        query += [(f"{name}_0", day.day), (f"{name}_1", day.month), (f"{name}_2", day.year)]
    return urlencode(query)
