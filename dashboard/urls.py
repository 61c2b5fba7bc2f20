from django.urls import path

from dashboard import views
from dashboard.cost.views import cost_page
from dashboard.forecast.views import forecast_page

app_name = "dashboard"

urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("settings/", views.settings_index, name="settings"),
    path("performance/cost/", cost_page, name="cost"),
    path("performance/forecast/", forecast_page, name="forecast"),
]
