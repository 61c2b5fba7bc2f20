"""The register: every request by filter, search and order, on pages and as a file."""

from collections.abc import Sequence
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse_lazy

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.pages.lists.capped_pages import CappedPaginator
from foitracker.pages.lists.views import EmptyState, ListPage
from requests_app.forms.register import RegisterFilterForm
from requests_app.measures import RequestView
from requests_app.models import FoiRequest
from requests_app.queries.register import ORDERS, RegisterFilter, default_order, register
from requests_app.views.request_rows import COLUMNS, IN_FILE, ON_PAGE, RequestRow, request_rows


class Register(ListPage[RequestRow]):
    """The register; a filter that makes no sense shows nothing but the reason."""

    template_name = "requests_app/register.html"
    address, file_address, file_name = (
        "requests_app:register",
        "requests_app:register_csv",
        "requests-{today}.csv",
    )
    heading, caption, noun = "Register", "Requests", ("request", "requests")
    filter_title = "Filter the register"
    nothing = EmptyState(
        "No request is open",
        "Requests appear here when they are logged.",
        "Log a request",
        reverse_lazy("requests_app:new_request"),
    )
    nothing_matches = EmptyState(
        "No request matches",
        "Closed requests are left out unless you choose them under Status. Remove a filter, or look for the reference.",
        "Clear all filters",
    )
    columns, on_page, in_file = COLUMNS, ON_PAGE, IN_FILE
    orders = ORDERS
    form: RegisterFilterForm

    def check(self) -> None:
        check_can(Permission.VIEW_CASES, self.request.user)

    def filter_form(self) -> RegisterFilterForm:
        return RegisterFilterForm(self.request.GET, user=self.request.user)

    @cached_property
    def viewpoint(self) -> RequestView:
        return RequestView(self.today, self.request.user)

    @cached_property
    def chosen(self) -> RegisterFilter:
        return self.form.chosen(self.asked_order, view=self.viewpoint)

    def find(self) -> QuerySet[FoiRequest]:
        return register(self.chosen, user=self.request.user)

    def order(self) -> str:
        return self.asked_order or default_order(self.chosen)

    def paginate(self, found: QuerySet[FoiRequest]) -> CappedPaginator[FoiRequest]:
        return CappedPaginator(found, self.page_size, archive=not self.chosen.live)

    def rows(self, found: Sequence[FoiRequest]) -> list[RequestRow]:
        return request_rows(found, self.viewpoint)
