from django.urls import include, path

from requests_app.views import (
    authority,
    calendar_feed,
    casefile,
    clarification,
    clock,
    clock_events,
    clock_working,
    closure,
    components,
    consultation,
    contact_tasks,
    decision,
    delivery,
    due,
    exemption,
    exemption_choice,
    figures,
    grades,
    intake,
    items,
    letter,
    masking,
    my_work,
    register,
    response,
    search,
    showing,
    time_spent,
)
from requests_app.views.supervision import dip_samples, index, recovery, reviews, triage

app_name = "requests_app"

#: What is not about one request.
overview_pages = [
    path("requests/", register.Register.as_view(), name="register"),
    path("requests/register.csv", register.Register.as_view(as_file=True), name="register_csv"),
    path("requests/new/", intake.NewRequest.as_view(), name="new_request"),
    path("calendar/<str:token>.ics", calendar_feed.calendar_feed, name="calendar_feed"),
    path("account/calendar/", calendar_feed.calendar_feed_page, name="calendar_feed_page"),
    path("account/calendar/revoke/", calendar_feed.revoke_calendar_feed, name="calendar_feed_revoke"),
    path("due/", due.due_page, name="due"),
    path("due/working.pdf", due.due_pdf, name="due_pdf"),
    path("settings/authority/", authority.AuthoritySettings.as_view(), name="authority"),
    path("settings/authority/regulators/add/", authority.AddRegulator.as_view(), name="regulator_add"),
    path(
        "settings/authority/regulators/<int:pk>/confirm/",
        authority.ConfirmRegulatorAddress.as_view(),
        name="regulator_confirm",
    ),
    path(
        "settings/authority/regulators/<int:pk>/remove/",
        authority.remove_regulator_page,
        name="regulator_remove",
    ),
    path("settings/grades/", grades.grades_page, name="grades"),
    path("settings/grades/add/", grades.AddGrade.as_view(), name="grade_add"),
    path("settings/grades/<int:pk>/", grades.ChangeGrade.as_view(), name="grade_change"),
    path("settings/grades/rates/set/", grades.SetRate.as_view(), name="grade_rate"),
    path("settings/grades/rates/<int:pk>/remove/", grades.remove_rate_page, name="grade_rate_remove"),
    path("settings/grades/officers/set/", grades.SetOfficerGrade.as_view(), name="officer_grade"),
    path(
        "settings/grades/officers/<int:pk>/remove/",
        grades.remove_officer_grade_page,
        name="officer_grade_remove",
    ),
    path("due-dates/seen/", my_work.due_dates_seen, name="due_dates_seen"),
    path("shown/", showing.ShownList.as_view(), name="shown"),
    path("components/", components.components, name="components"),
]

#: What is below the reference of a request.
case_pages = [
    path("", casefile.casefile_page, name="casefile"),
    path("details/", intake.ChangeDetails.as_view(), name="details"),
    path("applicant/", intake.applicant, name="applicant"),
    path("applicant/change/", intake.ChangeIdentity.as_view(), name="applicant_change"),
    path("words/", masking.sealed_words_page, name="sealed_words"),
    path("words/show-again/", masking.LiftMaskings.as_view(), name="maskings_lift"),
    path("words/mask/", masking.MaskPhrases.as_view(), name="words_mask"),
    path("words/mask-applicant/", masking.MaskApplicant.as_view(), name="applicant_mask"),
    path("words/leave-in/", masking.LeaveApplicantIn.as_view(), name="applicant_leave_in"),
    path("assign/", intake.Assign.as_view(), name="assign"),
    path("link/", intake.LinkRequests.as_view(), name="link"),
    path("unlink/<int:pk>/", intake.Unlink.as_view(), name="unlink"),
    path("clock/working.pdf", clock_working.clock_working_pdf, name="clock_working_pdf"),
    path("note/", intake.WriteNote.as_view(), name="note"),
    path("holds/<int:pk>/override/", consultation.OverrideHold.as_view(), name="hold_override"),
    path("promises/add/", contact_tasks.PromiseContact.as_view(), name="promise"),
    path("promises/<int:pk>/said/", contact_tasks.RecordSaid.as_view(), name="promise_said"),
    path("shown/add/", showing.ShowRequest.as_view(), name="show"),
    path("shown/<int:pk>/end/", showing.EndShowing.as_view(), name="show_end"),
    path("time/add/", time_spent.AddTime.as_view(), name="time_add"),
    path("time/<int:pk>/correct/", time_spent.CorrectTime.as_view(), name="time_correct"),
    path("time/<int:pk>/remove/", time_spent.RemoveTime.as_view(), name="time_remove"),
    path("supervision/add/", reviews.RecordSupervision.as_view(), name="case_supervise"),
    path("supervision/<int:pk>/done/", reviews.CloseAction.as_view(), name="case_action_done"),
    path("sampled/<int:pk>/", dip_samples.AssessLetter.as_view(), name="case_sampled"),
    path("close/", closure.CloseUnanswered.as_view(), name="close"),
]

#: The items of a request and what becomes of them, searches, exemptions and clarification.
decision_pages = [
    path("items/", items.EditItems.as_view(), name="items"),
    path("items/decide/", decision.DecideItems.as_view(), name="items_decide"),
    path("items/<int:pk>/decide/", decision.DecideItem.as_view(), name="item_decide"),
    path("items/<int:pk>/figures/", figures.EditFigures.as_view(), name="figures"),
    path("items/<int:pk>/figures/<int:figure_set>/", figures.EditFigures.as_view(), name="figures"),
    path("searches/add/", search.AddSearch.as_view(), name="search_add"),
    path("holding/", search.ChangeHolding.as_view(), name="holding"),
    path("claims/add/", exemption_choice.ChooseExemption.as_view(), name="claim_add"),
    path("claims/add/<slug:section>/", exemption.AddClaim.as_view(), name="claim_add_section"),
    path("claims/<int:pk>/", exemption.ChangeClaim.as_view(), name="claim_change"),
    path("claims/<int:pk>/withdraw/", exemption.WithdrawClaim.as_view(), name="claim_withdraw"),
    path("clarifications/ask/", clarification.AskClarification.as_view(), name="clarification_ask"),
    path("clarifications/answer/", clarification.AnswerClarification.as_view(), name="clarification_answer"),
]

#: The clock of a request: everything that moves it.
clock_pages = [
    path("clock/", clock.clock_page, name="clock"),
    path("clock/record/<slug:slug>/", clock_events.RecordClockEvent.as_view(), name="clock_event"),
    path("clock/events/<int:pk>/correct/", clock_events.CorrectClockEvent.as_view(), name="clock_correct"),
    path("clock/events/<int:pk>/withdraw/", clock_events.WithdrawClockEvent.as_view(), name="clock_withdraw"),
    path(
        "clock/clarifications/<int:pk>/correct/",
        clock_events.CorrectClarification.as_view(),
        name="clarification_correct",
    ),
    path(
        "clock/clarifications/<int:pk>/withdraw/",
        clock_events.WithdrawClarification.as_view(),
        name="clarification_withdraw",
    ),
]

#: The letters of a request, below its reference.
response_pages = [
    path("letters/draft/<slug:kind>/", response.DraftLetter.as_view(), name="letter_draft"),
    path("letters/<int:pk>/", letter.letter_page, name="letter"),
    path("letters/<int:pk>/html/", letter.letter_html, name="letter_html"),
    path("letters/<int:pk>/pdf/", letter.letter_pdf, name="letter_pdf"),
    path("letters/<int:pk>/submit/", response.SubmitLetter.as_view(), name="letter_submit"),
    path("letters/<int:pk>/return/", response.ReturnLetter.as_view(), name="letter_return"),
    path("letters/<int:pk>/approve/", response.ApproveLetter.as_view(), name="letter_approve"),
    path("letters/<int:pk>/issue/", response.IssueLetter.as_view(), name="letter_issue"),
    path("letters/<int:pk>/abandon/", response.AbandonCorrection.as_view(), name="letter_abandon"),
    path("letters/<int:pk>/correct/", response.CorrectLetter.as_view(), name="letter_correct"),
    path("letters/<int:pk>/again/", delivery.SendLetterAgain.as_view(), name="letter_again"),
    path("letters/<int:pk>/returned/", delivery.LetterReturned.as_view(), name="letter_returned"),
    path(
        "letters/<int:pk>/sent/<int:despatch>/wrong-address/",
        delivery.AddressAtFault.as_view(),
        name="address_at_fault",
    ),
]

#: What those who oversee the team work with.
supervision_pages = [
    path("", index.supervision, name="supervision"),
    path("reviews/", reviews.OverdueReviews.as_view(), name="supervision_reviews"),
    path("reviews.csv", reviews.OverdueReviews.as_view(as_file=True), name="supervision_reviews_csv"),
    path("actions/", reviews.Actions.as_view(), name="supervision_actions"),
    path("actions.csv", reviews.Actions.as_view(as_file=True), name="supervision_actions_csv"),
    path("samples/", dip_samples.DipSamples.as_view(), name="dip_samples"),
    path("samples/draw/", dip_samples.DrawSample.as_view(), name="dip_sample_draw"),
    path("samples/<int:pk>/", dip_samples.OneSample.as_view(), name="dip_sample"),
    path("samples/<int:pk>/letters.csv", dip_samples.OneSample.as_view(as_file=True), name="dip_sample_csv"),
    path("plans/", recovery.RecoveryPlans.as_view(), name="recovery_plans"),
    path("plans/make/", recovery.MakePlan.as_view(), name="recovery_make"),
    path("plans/<int:pk>/", recovery.OnePlan.as_view(), name="recovery_plan"),
    path("plans/<int:pk>/requests.csv", recovery.OnePlan.as_view(as_file=True), name="recovery_plan_csv"),
    path("plans/<int:pk>/text/", recovery.ChangeText.as_view(), name="recovery_text"),
    path("triage/", triage.Triage.as_view(), name="triage"),
    path("triage/keep/", triage.keep_triage_sheet, name="triage_keep"),
    path("triage/kept/", triage.TriageSheets.as_view(), name="triage_sheets"),
    path("triage/print/", triage.triage_print, name="triage_print"),
    path("triage/sheet.pdf", triage.triage_pdf, name="triage_pdf"),
]

urlpatterns = [
    path("supervision/", include(supervision_pages)),
    *overview_pages,
    path(
        "requests/<int:year>/<int:number>/",
        include([*case_pages, *decision_pages, *clock_pages, *response_pages]),
    ),
]
