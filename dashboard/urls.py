from django.urls import path

from dashboard import views
from dashboard.cost.views import cost_page
from dashboard.forecast.views import forecast_page
from dashboard.performance.views.by_axis import ByAxis
from dashboard.performance.views.overview import performance, performance_charts
from dashboard.team_today.views.hand_over import HandOver
from dashboard.team_today.views.page import team_today

app_name = "dashboard"

urlpatterns = [
    path("", views.home, name="home"),
    path("my-work/", views.my_work, name="my_work"),
    path("team/", team_today, name="team_today"),
    path("team/hand-over/", HandOver.as_view(), name="hand_over"),
    path("performance/", performance, name="performance"),
    path("performance/charts/", performance_charts, name="performance_charts"),
    path("performance/by/<slug:axis>/", ByAxis.as_view(), name="performance_by"),
    path("performance/by/<slug:axis>.csv", ByAxis.as_view(as_file=True), name="performance_by_csv"),
    path("performance/cost/", cost_page, name="cost"),
    path("performance/forecast/", forecast_page, name="forecast"),
    path("settings/", views.settings_index, name="settings"),
]
