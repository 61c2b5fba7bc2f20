"""The list of the unit's logs: by filter, search and order, on pages and as a file."""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.pages.lists.capped_pages import CappedPaginator
from foitracker.pages.lists.views import EmptyState, ListPage
from referrals.forms.log import LogFilterForm
from referrals.measures import LogView
from referrals.models import Referral
from referrals.permissions import acts_for_force
from referrals.queries.log import ANY_ORDERS, URGENCY_ORDERS, LogFilter, log, order_of
from referrals.views.force_view import ForceLog
from referrals.views.log_rows import COLUMNS, IN_FILE, ON_PAGE, LogRow, log_rows


class Log(ListPage[LogRow]):
    """The unit's logs. What awaits advice can be ordered by urgency besides."""

    template_name = "referrals/log.html"
    address, file_address, file_name = "referrals:log", "referrals:log_csv", "cru-logs-{today}.csv"
    heading, caption, noun = "Referrals", "Logs", ("log", "logs")
    filter_title = "Filter the logs"
    nothing = EmptyState(
        "No log awaits advice",
        "Logs appear here when a force's referral is logged, and stay until advice is given or they are closed.",
        "See all logs",
        "?status=all",
    )
    nothing_matches = EmptyState(
        "No log matches",
        "Only logs that await advice are shown unless you choose others under Status. Remove a filter, or look for "
        "the log number.",
        "Clear all filters",
    )
    columns, on_page, in_file = COLUMNS, ON_PAGE, IN_FILE
    orders = ANY_ORDERS | URGENCY_ORDERS
    form: LogFilterForm

    def check(self) -> None:
        check_can(Permission.SEE_REFERRALS, self.request.user)

    def filter_form(self) -> LogFilterForm:
        return LogFilterForm(self.request.GET, user=self.request.user)

    @cached_property
    def viewpoint(self) -> LogView:
        return LogView(self.today, self.request.user)

    @cached_property
    def chosen(self) -> LogFilter:
        return self.form.chosen(self.asked_order, view=self.viewpoint)

    def find(self) -> QuerySet[Referral]:
        return log(self.chosen, user=self.request.user)

    def find_for_file(self) -> QuerySet[Referral]:
        return self.find().select_related("adviser", "topic")

    def order(self) -> str:
        return order_of(self.chosen)

    def offered_orders(self) -> Collection[str]:
        return ANY_ORDERS if self.chosen.reaches_back else self.orders

    def paginate(self, found: QuerySet[Referral]) -> CappedPaginator[Referral]:
        return CappedPaginator(found, self.page_size, archive=self.chosen.reaches_back)

    def rows(self, found: Sequence[Referral]) -> list[LogRow]:
        return log_rows(found, self.viewpoint)

    def nouns(self) -> tuple[str, str]:
        asked = self.form.cleaned_data["status"]
        return self.noun if asked else ("log awaiting advice", "logs awaiting advice")

    def page(self) -> dict[str, Any]:
        return {"may_log": can(Permission.LOG_REFERRAL, self.request.user)}


def log_page(request: SignedInRequest, *, as_file: bool = False) -> HttpResponseBase:
    """Show the unit's list, and to a force contact that of their force; or give it as a file."""
    shown = ForceLog if acts_for_force(request.user) is not None else Log
    return shown.as_view(as_file=as_file)(request)
