from django.urls import path

from dashboard.returns.views import forms, lists, one, schedules

app_name = "returns"

urlpatterns = [
    path("", lists.Returns.as_view(), name="returns"),
    path("returns.csv", lists.Returns.as_view(as_file=True), name="returns_csv"),
    path("make/", forms.make_index, name="make"),
    path("make/<slug:kind>/", forms.MakeReturn.as_view(), name="make_kind"),
    path("sending/", schedules.Schedules.as_view(), name="schedules"),
    path("sending/set/", schedules.SetSchedule.as_view(), name="schedule_set"),
    path("sending/<int:pk>/", schedules.ChangeSchedule.as_view(), name="schedule_change"),
    path("sending/<int:pk>/stop/", schedules.stop, name="schedule_stop"),
    path("<int:pk>/", one.return_page, name="return"),
    path("<int:pk>/return.csv", one.return_csv, name="return_csv"),
    path("<int:pk>/return.xlsx", one.return_workbook, name="return_workbook"),
    path("<int:pk>/lines/<slug:line>/", lists.LineCases.as_view(), name="cases"),
    path("<int:pk>/lines/<slug:line>/requests.csv", lists.LineCases.as_view(as_file=True), name="cases_csv"),
    path("<int:pk>/changes/", lists.Changes.as_view(), name="changes"),
    path("<int:pk>/changes.csv", lists.Changes.as_view(as_file=True), name="changes_csv"),
    path("<int:pk>/again/", one.again, name="again"),
    path("<int:pk>/commentary/", forms.WriteCommentary.as_view(), name="commentary"),
    path("<int:pk>/approve/", forms.ApproveReturn.as_view(), name="approve"),
    path("<int:pk>/packs/<slug:copy>/print/", one.pack_order, name="pack_order"),
    path("<int:pk>/packs/<slug:copy>/", one.pack, name="pack"),
]
