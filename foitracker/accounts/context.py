from typing import Any

from django.conf import settings
from django.http import HttpRequest

from . import queries
from .demonstration import DEMONSTRATION_ACCOUNTS, DEMONSTRATION_PASSWORD


def demonstration_accounts(request: HttpRequest) -> dict[str, Any]:
    """Return the accounts a visitor of the sign-in page can use, in local mode only.

    Gives `demonstration_accounts` (each with `email`, `name`, `role`, `role_description`) and
    `demonstration_password`; nothing on any other page or in any other mode.
    """
    match = request.resolver_match
    if settings.FOITRACKER_MODE != "local" or match is None or match.url_name != settings.LOGIN_URL:
        return {}
    usable = set(queries.active_demonstration_users().values_list("email", flat=True))
    return {
        "demonstration_accounts": [account for account in DEMONSTRATION_ACCOUNTS if account.email in usable],
        "demonstration_password": DEMONSTRATION_PASSWORD,
    }
