from allauth.account import views as account
from django.urls import include, path

from .health import health

handler400 = "foitracker.casework.refusal_pages.bad_request"

# Of allauth only signing in and out is routed: accounts are made by administrators.
urlpatterns = [
    path("health/", health, name="health"),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("settings/users/", include("foitracker.accounts.urls")),
    path("settings/calendar/", include("foitracker.working_days.urls")),
    path("audit/", include("foitracker.trail.urls")),
    path("status/", include("foitracker.status.urls")),
    path("outbox/", include("foitracker.outbox.urls")),
    path("supervision/improvements/", include("foitracker.improvement.urls")),
    path("reminders/", include("foitracker.reminders.urls")),
    path("returns/", include("dashboard.returns.urls")),
    path("", include("dashboard.urls")),
    path("referrals/", include("referrals.urls")),
    path("", include("requests_app.urls")),
]
