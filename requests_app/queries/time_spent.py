"""Hours spent on requests and what they cost, at the rate of the grade on the day of the work."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum

from foitracker.accounts.models import User
from requests_app.models import FoiRequest, GradeRate, TimeRecord


@dataclass(frozen=True)
class Spent:
    """Hours and their cost in pounds. `unpriced` are the hours among them whose grade had no rate on the day."""

    hours: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    unpriced: Decimal = Decimal(0)

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.hours + other.hours, self.cost + other.cost, self.unpriced + other.unpriced)


def time_of(case: FoiRequest) -> QuerySet[Any]:
    """Return the hours recorded on a request, in order, each with its `cost` (None without a rate)."""
    return _priced(TimeRecord.objects.filter(foi_request=case)).select_related(
        "grade", "person", "recorded_by"
    )


def sum_of(rows: Iterable[Any]) -> Spent:
    """Return the sums of hours as `time_of` returns them."""
    return sum(
        (
            Spent(row.hours, row.cost or Decimal(0), row.hours if row.cost is None else Decimal(0))
            for row in rows
        ),
        Spent(),
    )


def time_record(case: FoiRequest, pk: int) -> TimeRecord | None:
    """Return the hours of a request with this key; None when there are none."""
    return case.time_records.select_related("grade", "person", "recorded_by").filter(pk=pk).first()


def spent_by(user: User, requests: Q, axis: str | None = None) -> dict[Any, Mapping[int | None, Spent]]:
    """Return what was spent on the requests that `requests` describes, by a column of theirs and by who worked.

    Without an axis the only key is None. Who worked is the key of the officer, or None for all colleagues outside the
    team together. It is for counting how many people stand behind a figure, and is never shown.
    """
    known = FoiRequest.objects.visible_to(user).filter(requests)
    rows = _priced(TimeRecord.objects.filter(foi_request__in=known.values("pk")))
    column = f"foi_request__{axis}" if axis else "person"
    grouped = (
        rows.values(column, "person")
        .annotate(
            all_hours=Sum("hours"), all_cost=Sum("cost"), no_rate=Sum("hours", filter=Q(hourly__isnull=True))
        )
        .order_by()
    )
    found: dict[Any, dict[int | None, Spent]] = defaultdict(dict)
    for row in grouped:
        key = row[column] if axis else None
        spent = Spent(row["all_hours"], row["all_cost"] or Decimal(0), row["no_rate"] or Decimal(0))
        found[key][row["person"]] = spent
    return dict(found)


def _priced(rows: QuerySet[TimeRecord]) -> QuerySet[Any]:
    """Hours with the rate in force on the day of the work."""
    in_force = GradeRate.objects.filter(grade=OuterRef("grade"), from_on__lte=OuterRef("worked_on"))
    hourly = Subquery(in_force.order_by("-from_on").values("hourly")[:1])
    money = DecimalField(max_digits=12, decimal_places=4)
    return rows.annotate(hourly=hourly).annotate(
        cost=ExpressionWrapper(F("hours") * F("hourly"), output_field=money)
    )
