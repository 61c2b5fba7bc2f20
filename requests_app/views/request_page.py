"""The page of one form about a request."""

from foitracker.casework.case_page import CasePage
from requests_app.models import FoiRequest
from requests_app.queries.finding import find_request


class RequestPage(CasePage):
    """The page of one form about a request."""

    back_to = "requests_app:casefile"
    key = "case_id"
    case: FoiRequest

    def find(self, year: int, number: int) -> FoiRequest:
        return find_request(self.user, year, number)
