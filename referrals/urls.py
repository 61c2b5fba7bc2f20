from django.urls import URLPattern, include, path

app_name = "referrals"

#: What is not about one log.
log_pages: list[URLPattern] = []

#: What stands below the number of a log.
referral_pages: list[URLPattern] = []

statistics_pages: list[URLPattern] = []

#: The register of forces, the mandatory criteria, and who acts for a force.
settings_pages: list[URLPattern] = []

urlpatterns = [
    *log_pages,
    path("statistics/", include(statistics_pages)),
    path("settings/", include(settings_pages)),
    path("<int:year>/<int:number>/", include(referral_pages)),
]
