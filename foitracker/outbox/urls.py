from django.urls import path

from foitracker.outbox import views

app_name = "outbox"

urlpatterns = [
    path("", views.Outbox.as_view(), name="outbox"),
    path("download/", views.Outbox.as_view(as_file=True), name="download"),
    path("<int:pk>/returned/", views.MessageReturned.as_view(), name="returned"),
    path("<int:pk>/again/", views.SendMessageAgain.as_view(), name="again"),
]
