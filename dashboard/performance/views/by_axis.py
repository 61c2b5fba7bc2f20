"""The figures of a period by officer, topic, channel, regime or function, with totals that add up."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone

from dashboard.performance.axes import AXES
from dashboard.performance.forms import PeriodForm
from dashboard.performance.pages import parts, period_form, view_of
from dashboard.performance.scorecard import Cell, Counted
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.pages.lists.columns import Column
from foitracker.pages.lists.views import EmptyState, ListPage
from foitracker.statistics.comparison import NOT_APPLICABLE
from foitracker.statistics.distribution import Distribution
from requests_app.measures.periods import BY_CODE, PeriodView
from requests_app.measures.periods.figures import answer_days_by, count_by, share_of

_CODES = (
    "received", "answered", "answered_in_time", "fell_due", "fell_due_in_time", "fell_due_owed", "open_at_end",
)  # fmt: skip
_SHARES = ("answered_in_time", "fell_due_in_time")


@dataclass(frozen=True)
class AxisRow:
    """The figures of one value of the axis, or of all; `narrowed` are the boxes of the register that choose it."""

    name: str
    narrowed: dict[str, Any]
    numbers: dict[str, int]
    days: Distribution
    view: PeriodView
    is_total: bool = False

    @property
    def cells(self) -> dict[str, Cell]:
        """A number each, or a share of its whole, opening their lists."""
        return {code: self._cell(code) for code in _CODES}

    def _cell(self, code: str) -> Cell:
        if code not in _SHARES:
            return Cell(number=self._counted(code))
        share = share_of(self.numbers, code)
        if not share.of:
            return Cell(NOT_APPLICABLE)
        return Cell(
            f"{share.percent}%", self._counted(code), self._counted(BY_CODE[code].part_of), share.band
        )

    def _counted(self, code: str) -> Counted:
        measure = BY_CODE[code]
        url = measure.list_url(self.view, **self.narrowed)
        return Counted(self.numbers[code], url, f"{measure.name}, {self.name}")


def _number(code: str, label: str) -> Column[AxisRow]:
    return Column(code, label, lambda row: row.numbers[code], first="descending", is_numeric=True)


class ByAxis(ListPage[AxisRow]):
    """What was received, answered, due and open, by one thing; officers are shown to those alone who oversee them."""

    template_name = "dashboard/performance/by_axis.html"
    address, file_address = "dashboard:performance_by", "dashboard:performance_by_csv"
    file_name = "performance-by-{axis}.csv"
    filter_title = "Period"
    noun = ("row", "rows")
    nothing = EmptyState(
        "Nothing was received, answered, due or open in these days", "Choose another period."
    )
    columns = (
        Column("name", "Name", lambda row: row.name, is_row_header=True),
        _number("received", "Received"),
        _number("answered", "Answered"),
        _number("answered_in_time", "In time (answered)"),
        _number("fell_due", "Fell due"),
        _number("fell_due_in_time", "In time (due)"),
        _number("fell_due_owed", "Owed"),
        Column(
            "median", "Median days", lambda row: row.days.median, header="median working days to the answer",
            first="descending", is_numeric=True,
        ),
        _number("open_at_end", "Open"),
    )  # fmt: skip
    orders = tuple(sign + column.name for column in columns for sign in ("", "-"))
    default_order = "-received"
    form: PeriodForm

    def check(self) -> None:
        check_can(Permission.SEE_PERFORMANCE, self.request.user)

    def load(self, **kwargs: Any) -> None:
        axis = AXES.get(kwargs["axis"])
        if axis is None:
            raise Http404("Figures are not counted by this.")
        if axis.permission:
            check_can(axis.permission, self.request.user)
        self.axis = axis
        self.heading = f"Performance by {axis.name}"

    def filter_form(self) -> PeriodForm:
        return period_form(self.request, self.today)

    @cached_property
    def view(self) -> PeriodView:
        period = self.form.asked.comparisons[-1].now
        return view_of(period.counted or period.asked, self.form.asked, self.request.user)

    @cached_property
    def counted_rows(self) -> list[AxisRow]:
        """A row for each value of which there is anything, in no order."""
        measures = [BY_CODE[code] for code in _CODES]
        numbers = count_by(self.view, self.axis.column, measures)
        days, labels = answer_days_by(self.view, self.axis.column), self.axis.labels()
        return [
            AxisRow(
                labels.get(value, str(value)) if value else self.axis.without,
                dict(self.axis.narrowed(value)),
                counted,
                days.get(value, Distribution({})),
                self.view,
            )
            for value, counted in numbers.items()
        ]

    @cached_property
    def total(self) -> AxisRow:
        """All rows together."""
        numbers: Counter[str] = Counter(dict.fromkeys(_CODES, 0))
        days: Counter[int] = Counter()
        for row in self.counted_rows:
            numbers.update(row.numbers)
            days.update(row.days.counts)
        return AxisRow("All", {}, dict(numbers), Distribution(dict(days)), self.view, is_total=True)

    def find(self) -> list[AxisRow]:
        order = self.order()
        by_name = sorted(self.counted_rows, key=lambda row: row.name.casefold())
        return sorted(by_name, key=_KEYS[order.lstrip("-")], reverse=order.startswith("-"))

    def find_for_file(self) -> list[AxisRow]:
        return [*self.find(), self.total]

    def listed(self, rows: Sequence[AxisRow]) -> dict[str, Any]:
        return super().listed([*rows, self.total] if rows else rows)

    def page(self) -> dict[str, Any]:
        context = {
            "parts": parts(self.request.user, self.form, self.axis.code),
            "axis": self.axis,
            "submit_label": "Show figures",
        }
        if not self.form.is_valid():
            return context
        asked = self.form.asked
        now = timezone.now() if asked.as_at == self.today else None
        return {**context, "asked": asked, "now": now, "days": self.view.days}


def _number_of(code: str) -> Callable[[AxisRow], int]:
    return lambda row: row.numbers[code]


def _share(code: str) -> Callable[[AxisRow], tuple[bool, float]]:
    """Shares in order; what has none comes first of all."""

    def key(row: AxisRow) -> tuple[bool, float]:
        share = share_of(row.numbers, code)
        return (bool(share.of), share.number / share.of if share.of else 0)

    return key


_KEYS: dict[str, Callable[[AxisRow], Any]] = {
    "name": lambda row: row.name.casefold(),
    "median": lambda row: -1 if row.days.median is None else row.days.median,
    **{code: _number_of(code) for code in _CODES},
    **{code: _share(code) for code in _SHARES},
}
