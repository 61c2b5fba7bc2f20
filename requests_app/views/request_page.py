"""The page of one form about a request."""

from django.shortcuts import get_object_or_404

from foitracker.casework.case_page import CasePage
from requests_app.models import FoiRequest


class RequestPage(CasePage):
    """The page of one form about a request."""

    back_to = "requests_app:casefile"
    key = "case_id"
    case: FoiRequest

    def find(self, year: int, number: int) -> FoiRequest:
        return get_object_or_404(FoiRequest.objects.select_related("officer"), year=year, number=number)
