from django.urls import path

from foitracker.reminders import views

app_name = "reminders"

urlpatterns = [
    path("", views.Reminders.as_view(), name="reminders"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/read/", views.read_one, name="read"),
    path("e-mails/", views.Preferences.as_view(), name="preferences"),
    path("absences/", views.absences, name="absences"),
    path("absences/enter/", views.EnterAbsence.as_view(), name="absence_enter"),
    path("absences/<int:pk>/end/", views.EndAbsence.as_view(), name="absence_end"),
    path("settings/", views.settings_index, name="settings"),
    path("settings/time/", views.DigestTime.as_view(), name="digest_time"),
    path("settings/<slug:code>/", views.KindSettings.as_view(), name="kind"),
]
