"""The lists of logs behind a figure. They are counted to the last, because the figure is."""

from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.pages.lists.views import EmptyState, ListPage

_Row = TypeVar("_Row")


class FigureLogs(ListPage[_Row]):
    """The logs behind a figure."""

    heading, caption, noun = "Logs", "Logs", ("log", "logs")
    nothing = EmptyState("No log", "Nothing was counted here.")

    def check(self) -> None:
        check_can(Permission.SEE_STATISTICS, self.request.user)


class AskedLogs(FigureLogs[_Row]):
    """The logs behind a figure that the address asks for, as they are now."""

    asks: type[forms.Form]
    asked: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.asked = self.asks(request.GET)
        if not self.asked.is_valid():
            return render(request, "referrals/statistics/no_figure.html", status=400)
        return super().get(request, *args, **kwargs)
