from django.urls import path

from foitracker.improvement import views

app_name = "improvement"

urlpatterns = [
    path("", views.Points.as_view(), name="points"),
    path("log.csv", views.Points.as_view(as_file=True), name="points_csv"),
    path("add/", views.AddPoint.as_view(), name="add"),
    path("<int:pk>/change/", views.ChangePoint.as_view(), name="change"),
    path("<int:pk>/close/", views.ClosePoint.as_view(), name="close"),
]
