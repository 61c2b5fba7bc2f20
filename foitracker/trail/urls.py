from django.urls import path

from foitracker.trail import views

app_name = "trail"

urlpatterns = [
    path("", views.Trail.as_view(), name="trail"),
    path("download/", views.Trail.as_view(as_file=True), name="download"),
]
