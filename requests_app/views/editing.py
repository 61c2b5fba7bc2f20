"""Pages that change the content of a request, which is possible only while it has certain statuses."""

from foitracker.casework.case_page import RowsPage
from requests_app.operations.casework import check_editable
from requests_app.views.request_page import RequestPage


class EditingPage(RequestPage):
    """The page of one form that changes the content of a request."""

    def check_possible(self) -> None:
        check_editable(self.case)


class EditingRowsPage(RowsPage, EditingPage):
    """The same with a list of rows under the form."""
