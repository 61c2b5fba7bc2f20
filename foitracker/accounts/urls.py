from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("", views.Users.as_view(), name="users"),
    path("download/", views.Users.as_view(as_file=True), name="download_users"),
    path("add/", views.add_user, name="add_user"),
    path("<int:pk>/", views.user, name="user"),
    path("<int:pk>/deactivate/", views.deactivate_user, name="deactivate_user"),
    path("<int:pk>/reactivate/", views.reactivate_user, name="reactivate_user"),
    path("<int:pk>/password-link/", views.send_password_link, name="send_password_link"),
    path("password/<uidb64>/<token>/", views.ChoosePassword.as_view(), name="set_password"),
]
