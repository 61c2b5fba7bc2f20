from django.urls import path

from foitracker.status import views

app_name = "status"

urlpatterns = [
    path("", views.status, name="status"),
    path("report/", views.report, name="report"),
]
