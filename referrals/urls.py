from django.urls import URLPattern, include, path

from referrals.views import (
    advice,
    advice_statistics,
    consultation,
    correspondence,
    criteria_settings,
    force_register,
    grouping,
    intake,
    log,
    own_request,
    pack,
    place_statistic,
    referral,
    saved_statistics,
    settings,
    similar_forces,
    similar_settings,
    statistics,
    triage,
    unit_lists,
    uptake,
)
from referrals.views.force_view import hidden_from_other_forces

app_name = "referrals"

#: What is not about one log.
log_pages: list[URLPattern] = [
    path("", log.log_page, name="log"),
    path("log.csv", log.log_page, {"as_file": True}, name="log_csv"),
    path("new/", intake.NewReferral.as_view(), name="new"),
    path("refer/<int:year>/<int:number>/", own_request.ReferOwnRequest.as_view(), name="refer"),
    path(
        "refer/<int:year>/<int:number>/advice/<int:pk>/", own_request.TakeUpAdvice.as_view(), name="take_up"
    ),
]

#: What is below the number of a log.
referral_pages: list[URLPattern] = [
    path("", referral.referral_page, name="referral"),
    path("details/", intake.ChangeReferral.as_view(), name="details"),
    path("forces/add/", intake.AddForce.as_view(), name="force_add"),
    path("forces/<int:pk>/", intake.ChangeForce.as_view(), name="force_change"),
    path("triage/", triage.Triage.as_view(), name="triage"),
    path("assign/", triage.AssignReferral.as_view(), name="assign"),
    path("close/", triage.CloseReferral.as_view(), name="close"),
    path("reopen/", triage.ReopenReferral.as_view(), name="reopen"),
    path("group/", grouping.GroupLogs.as_view(), name="group"),
    path("ungroup/", grouping.UngroupLog.as_view(), name="ungroup"),
]

#: Advice and what is written about a log, also below its number.
advice_pages: list[URLPattern] = [
    path("consult/", consultation.ConsultView.as_view(), name="consult"),
    path("consultations/<int:pk>/reply/", consultation.ReplyView.as_view(), name="consultation_reply"),
    path("advise/", advice.AdviseView.as_view(), name="advise"),
    path("advice/<int:pk>/circulate/", advice.CirculateView.as_view(), name="circulate"),
    path("chase/", correspondence.ChaseView.as_view(), name="chase"),
    path("correspondence/add/", correspondence.CorrespondenceView.as_view(), name="correspondence"),
    path("told/<int:pk>/uptake/", uptake.UptakeView.as_view(), name="uptake"),
    path("forces/<int:pk>/outcome/", uptake.OutcomeView.as_view(), name="outcome"),
    path("pack.pdf", pack.pack, name="pack"),
]
referral_pages += advice_pages

statistics_pages: list[URLPattern] = [
    path("", statistics.statistics_page, name="statistics"),
    path("figures.csv", statistics.statistics_csv, name="statistics_csv"),
    path("logs/", statistics.StatisticLogs.as_view(), name="statistic_logs"),
    path("logs.csv", statistics.StatisticLogs.as_view(as_file=True), name="statistic_logs_csv"),
    path("saved/", saved_statistics.SavedStatistics.as_view(), name="saved_statistics"),
    path("saved/<int:pk>/", saved_statistics.saved_statistic, name="saved_statistic"),
    path("saved/<int:pk>/figures.csv", saved_statistics.saved_statistic_csv, name="saved_statistic_csv"),
    path("saved/<int:pk>/logs/", saved_statistics.SavedLogs.as_view(), name="saved_logs"),
    path("saved/<int:pk>/logs.csv", saved_statistics.SavedLogs.as_view(as_file=True), name="saved_logs_csv"),
    path("saved/<int:pk>/again/", saved_statistics.count_again, name="run_again"),
    path("saved/<int:pk>/place/", place_statistic.PlaceStatistic.as_view(), name="place_statistic"),
    path("similar/", similar_forces.similar_forces_page, name="similar_forces"),
    path("advice/", advice_statistics.advice_statistics_page, name="advice_statistics"),
    path("advice/logs/", advice_statistics.AdviceLogs.as_view(), name="advice_logs"),
    path("advice/logs.csv", advice_statistics.AdviceLogs.as_view(as_file=True), name="advice_logs_csv"),
]

#: The register of forces, the mandatory criteria, and who acts for a force.
settings_pages: list[URLPattern] = [
    path("", settings.settings_page, name="settings"),
    path("forces/", force_register.Forces.as_view(), name="forces"),
    path("forces.csv", force_register.Forces.as_view(as_file=True), name="forces_csv"),
    path("forces/add/", force_register.AddForce.as_view(), name="forces_add"),
    path("forces/<int:pk>/", force_register.force_page, name="force"),
    path("forces/<int:pk>/change/", force_register.ChangeForce.as_view(), name="forces_change"),
    path("forces/<int:pk>/rename/", force_register.RenameForce.as_view(), name="forces_rename"),
    path("forces/<int:pk>/end/", force_register.EndForce.as_view(), name="forces_end"),
    path("forces/<int:pk>/restore/", force_register.restore_force_page, name="forces_restore"),
    path("forces/<int:pk>/names/add/", force_register.AddName.as_view(), name="forces_name_add"),
    path(
        "forces/<int:pk>/names/<int:name_pk>/end/", force_register.EndName.as_view(), name="forces_name_end"
    ),
    path("groups/", similar_settings.groups_page, name="force_groups"),
    path("groups/add/", similar_settings.SaveGroup.as_view(), name="force_group_add"),
    path("groups/<int:pk>/", similar_settings.SaveGroup.as_view(), name="force_group_change"),
    path("groups/<int:pk>/remove/", similar_settings.remove_group_page, name="force_group_remove"),
    path("requests/", similar_settings.Reported.as_view(), name="force_requests"),
    path("requests.csv", similar_settings.Reported.as_view(as_file=True), name="force_requests_csv"),
    path("requests/add/", similar_settings.EnterRequests.as_view(), name="force_requests_add"),
    path("requests/<int:pk>/remove/", similar_settings.remove_requests_page, name="force_requests_remove"),
    path("criteria/", criteria_settings.Criteria.as_view(), name="criteria"),
    path("criteria.csv", criteria_settings.Criteria.as_view(as_file=True), name="criteria_csv"),
    path("criteria/add/", criteria_settings.AddCriterion.as_view(), name="criteria_add"),
    path("criteria/of/<slug:code>/", criteria_settings.criterion_page, name="criterion"),
    path(
        "criteria/of/<slug:code>/change/",
        criteria_settings.ChangeCriterion.as_view(),
        name="criterion_change",
    ),
    path("criteria/of/<slug:code>/end/", criteria_settings.end_criterion_page, name="criterion_end"),
    path("topics/", unit_lists.Topics.as_view(), name="topics"),
    path("topics.csv", unit_lists.Topics.as_view(as_file=True), name="topics_csv"),
    path("topics/add/", unit_lists.SaveTopic.as_view(), name="topic_add"),
    path("topics/<int:pk>/", unit_lists.SaveTopic.as_view(), name="topic_change"),
    path("leads/", unit_lists.Leads.as_view(), name="leads"),
    path("leads.csv", unit_lists.Leads.as_view(as_file=True), name="leads_csv"),
    path("leads/add/", unit_lists.SaveLead.as_view(), name="lead_add"),
    path("leads/<int:pk>/", unit_lists.SaveLead.as_view(), name="lead_change"),
    path("unit/", settings.unit_page, name="unit"),
    path("unit/change/", settings.ChangeUnit.as_view(), name="unit_change"),
    path("unit/complete/", settings.SetCompleteness.as_view(), name="unit_complete"),
    path("contacts/", unit_lists.Contacts.as_view(), name="contacts"),
    path("contacts.csv", unit_lists.Contacts.as_view(as_file=True), name="contacts_csv"),
    path("contacts/<int:pk>/", unit_lists.SetContact.as_view(), name="contact"),
    path("contacts/<int:pk>/end/", unit_lists.end_contact_page, name="contact_end"),
]

urlpatterns = [
    *log_pages,
    path("statistics/", include(statistics_pages)),
    path("settings/", include(settings_pages)),
    path("<int:year>/<int:number>/", include([hidden_from_other_forces(page) for page in referral_pages])),
]
