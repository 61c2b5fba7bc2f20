from django.urls import path

from foitracker.trail import views

app_name = "trail"

urlpatterns = [
    path("", views.trail, name="trail"),
    path("download/", views.download, name="download"),
]
