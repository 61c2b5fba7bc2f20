"""What the pages of supervision share: who sees them, and where they lead back to."""

from typing import Any, TypeVar

from django.urls import reverse

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.settings_page import SettingsPage
from foitracker.pages.lists.views import ListPage

_Row = TypeVar("_Row")


class SupervisionList(ListPage[_Row]):
    """A list for those who oversee the team. `actions` are buttons: label and address."""

    template_name = "requests_app/supervision/list_page.html"
    intro = ""

    def check(self) -> None:
        check_can(Permission.OVERSEE, self.request.user)

    def back(self) -> tuple[str, str]:
        """Return the address and the name of the page this one belongs to."""
        return reverse("requests_app:supervision"), "Supervision"

    def actions(self) -> list[tuple[str, str]]:
        """Return the buttons of the page."""
        return []

    def page(self) -> dict[str, Any]:
        back_url, back_label = self.back()
        return {
            "back_url": back_url,
            "back_label": back_label,
            "actions": self.actions(),
            "intro": self.intro,
        }


class SupervisionPage(SettingsPage):
    """A page of one form for those who oversee the team."""

    permission = Permission.OVERSEE

    def back(self) -> tuple[str, str]:
        return reverse("requests_app:supervision"), "Supervision"
