from django.urls import path

from foitracker.working_days import views

app_name = "working_days"

urlpatterns = [
    path("", views.calendar_page, name="calendar"),
    path("decide/", views.Decide.as_view(), name="calendar_decide"),
    path("propose/", views.Propose.as_view(), name="calendar_propose"),
]
