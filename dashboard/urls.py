from django.urls import path

from dashboard import views
from dashboard.team_today.views.hand_over import HandOver
from dashboard.team_today.views.page import team_today

app_name = "dashboard"

urlpatterns = [
    path("", views.home, name="home"),
    path("my-work/", views.my_work, name="my_work"),
    path("team/", team_today, name="team_today"),
    path("team/hand-over/", HandOver.as_view(), name="hand_over"),
    path("settings/", views.settings_index, name="settings"),
]
