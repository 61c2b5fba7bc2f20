from django.urls import URLPattern, include, path

from referrals.views import log, own_request, referral
from referrals.views.force_view import hidden_from_other_forces

app_name = "referrals"

#: What is not about one log.
log_pages: list[URLPattern] = [
    path("", log.log_page, name="log"),
    path("log.csv", log.log_csv, name="log_csv"),
    path("refer/<int:year>/<int:number>/", own_request.ReferOwnRequest.as_view(), name="refer"),
]

#: What stands below the number of a log.
referral_pages: list[URLPattern] = [
    path("", referral.referral_page, name="referral"),
]

statistics_pages: list[URLPattern] = []

#: The register of forces, the mandatory criteria, and who acts for a force.
settings_pages: list[URLPattern] = []

urlpatterns = [
    *log_pages,
    path("statistics/", include(statistics_pages)),
    path("settings/", include(settings_pages)),
    path("<int:year>/<int:number>/", include([hidden_from_other_forces(page) for page in referral_pages])),
]
