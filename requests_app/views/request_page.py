"""The page of one form about a request."""

from django.http import HttpRequest

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.case_page import CasePage
from requests_app.models import FoiRequest
from requests_app.queries.finding import find_request


class RequestPage(CasePage):
    """The page of one action on a request. A page names its `permission` besides."""

    permission: Permission
    back_to = "requests_app:casefile"
    key = "case_id"
    case: FoiRequest

    def check_allowed(self, request: HttpRequest) -> None:
        check_can(self.permission, request.user)

    def find(self, year: int, number: int) -> FoiRequest:
        return find_request(self.user, year, number)
