from django.urls import path

from dashboard import views
from dashboard.cost.views import cost_page

app_name = "dashboard"

urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("settings/", views.settings_index, name="settings"),
    path("performance/cost/", cost_page, name="cost"),
]
