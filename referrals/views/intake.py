"""Pages of intake: log a referral, change its details, add and change its forces."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.refusals import NotPossible
from foitracker.identity.masking_page import masked_form, wants_masking
from foitracker.pages.forms.rows import reopen
from foitracker.pages.templatetags.page_tags import weekday_date
from referrals.forms.intake import ChangeReferralForm, ForceForm, NewReferralForm
from referrals.models import Referral, ReferralForce
from referrals.operations.intake import (
    AlreadyLogged,
    LogNumberTaken,
    SameReferralLogged,
    add_force,
    change_details,
    change_force,
    log_referral,
)
from referrals.operations.referral_details import columns_of
from referrals.queries.offered_names import names_to_offer
from referrals.queries.reply_dates import reply_now
from referrals.rules.vocabulary import ForceRole, Scope
from referrals.views.log_masking import LogMaskingPage, offer_names
from referrals.views.open_log import OpenLogPage


@method_decorator(sensitive_post_parameters(), name="dispatch")
class NewReferral(View):
    """Log a referral as it came. Whatever is wrong with it, what was typed comes back."""

    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_can(Permission.LOG_REFERRAL, request.user)
        self.user = cast(User, request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(NewReferralForm(initial={"scope": Scope.SINGLE}))

    def post(self, request: HttpRequest) -> HttpResponse:
        if wants_masking(request):
            return self.show(masked_form(request, NewReferralForm))
        if action := request.POST.get("rearrange"):
            return self.show(_rearranged(request, action))
        form = NewReferralForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        form.settle_first_day(timezone.localdate())
        try:
            referral = self.log(form)
        except LogNumberTaken as taken:
            form.add_error("existing_number", str(taken))
            return self.show(form, status=422, taken=taken.existing)
        except SameReferralLogged as same:
            form.may_be_the_same = True
            form.add_error("is_another", str(same))
            return self.show(form, status=422, same=same.existing)
        except NotPossible as refusal:
            offer_names(form, refusal)
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.show(form, status=422)
        except AlreadyLogged as again:
            return self.sent_twice(form, again.referral)
        messages.success(request, _logged_message(referral))
        return redirect(referral)

    def log(self, form: NewReferralForm) -> Referral:
        entered = form.cleaned_data
        return log_referral(
            by=self.user,
            at=timezone.now(),
            today=timezone.localdate(),
            details=form.details(),
            forces=form.entries(),
            criteria=entered["criteria"],
            existing=entered["existing_number"],
            applicant_email=entered["applicant_email"],
            applicant_name=entered["applicant_name"],
            intake_key=entered["intake_key"],
            identity_confirmed=form.identity_confirmed,
            names_confirmed=form.names_confirmed,
            is_another=entered["is_another"],
        )

    def sent_twice(self, form: NewReferralForm, first: Referral) -> HttpResponse:
        """Answer a form sent twice: the same referral leads to the first log; a different one is shown again."""
        if _is_logged_as(form, first):
            messages.info(self.request, f"Log {first.log_number} was already made from this form.")
            return redirect(first)
        form.start_anew()
        form.add_error(
            None,
            f"Log {first.log_number} was made from this form before, with other words, days or forces. To log what you "
            "see now as a referral of its own, tick “It is another request” and send it again; to correct that log, "
            "change it there.",
        )
        return self.show(form, status=409, same=first)

    def show(self, form: NewReferralForm, status: int = 200, **extra: Any) -> HttpResponse:
        context = {
            "form": form,
            "formset": form.rows,
            "has_errors": status != 200,
            "force_names": names_to_offer(),
            **extra,
        }
        return render(self.request, "referrals/intake/new_referral.html", context, status=status)


def _rearranged(request: HttpRequest, action: str) -> NewReferralForm:
    """The form as it was typed, unsaved: with room for a further force, or with what the criteria suggest."""
    rows = NewReferralForm.typed_rows(request.POST)
    form = reopen(NewReferralForm, request.POST, rows=rows, checks=action == "check")
    if rows and action == "check":
        form.rows.blank_rows = 0
    return form


def _is_logged_as(form: NewReferralForm, log: Referral) -> bool:
    """Whether a log says what was sent: its details, and its forces with theirs."""
    days = ("form_received_on", "request_received_on", "stated_due_on")
    names = ("force_id", "role", "trigger", "reference", "wording", *days)
    sent = {tuple(getattr(entry, name) for name in names) for entry in form.entries()}
    details = columns_of(form.details())
    return set(log.forces.values_list(*names)) == sent and all(
        getattr(log, name) == value for name, value in details.items()
    )


def _logged_message(referral: Referral) -> str:
    return f"The referral is logged as {referral.log_number}. {_due(referral)} Next: triage it."


def _due(referral: Referral) -> str:
    reply = reply_now(referral)
    if reply is None:
        return "No advice is awaited."
    tight = (
        " That is tight: the first deadline leaves less time than the unit wants." if reply.is_tight else ""
    )
    return f"Advice is due by {weekday_date(reply.day)}.{tight}"


class ChangeReferral(LogMaskingPage, OpenLogPage):
    """Change what is recorded of a log."""

    permission = Permission.LOG_REFERRAL
    form_class = ChangeReferralForm
    heading = "Change the details"
    submit_label = "Save details"

    def initial(self) -> dict[str, Any]:
        names = ("subject", "wording", "scope", "received_on", "flags")
        return {"topic": self.case.topic_id, **{name: getattr(self.case, name) for name in names}}

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "referral": self.case}

    def perform(self, form: ChangeReferralForm) -> str:
        referral = change_details(
            **self.common(form),
            today=timezone.localdate(),
            details=form.details(),
            identity_confirmed=form.identity_confirmed,
            names_confirmed=form.names_confirmed,
        )
        return f"The details are saved. {_due(referral)}"


class AddForce(LogMaskingPage, OpenLogPage):
    """Put a further force on a log."""

    permission = Permission.LOG_REFERRAL
    form_class = ForceForm
    template_name = "referrals/intake/force.html"
    heading = "Add a force"
    submit_label = "Add the force"
    anchor = "#forces"

    def initial(self) -> dict[str, Any]:
        """Return the form's initial values; with a second force that turned to us, the scope becomes several."""
        turned = self.case.forces.exclude(role=ForceRole.CONSULTED).exists()
        several = self.case.scope == Scope.SINGLE and turned
        return {"role": ForceRole.REFERRED_BY, "scope": Scope.SEVERAL if several else self.case.scope}

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "referral": self.case}

    def page(self) -> dict[str, Any]:
        return {"force_names": names_to_offer()}

    def arguments(self, form: ForceForm) -> dict[str, Any]:
        return {
            **self.common(form),
            "today": timezone.localdate(),
            "entry": form.given(),
            "scope": form.cleaned_data["scope"],
            "criteria": form.cleaned_data["criteria"],
            "identity_confirmed": form.identity_confirmed,
            "names_confirmed": form.names_confirmed,
        }

    def perform(self, form: ForceForm) -> str:
        row = add_force(**self.arguments(form))
        return f"{row.force} is on the log. {_due(row.referral)}"


class ChangeForce(AddForce):
    """Change what is recorded of one force on a log."""

    heading = "Change a force"
    submit_label = "Save"
    involved: ReferralForce

    def load(self, **kwargs: Any) -> None:
        involved = self.case.forces.select_related("force").filter(pk=kwargs["pk"]).first()
        if involved is None:
            raise Http404("This force is not on the log.")
        self.involved = involved
        self.heading = f"Change {involved.force}"

    def initial(self) -> dict[str, Any]:
        row = self.involved
        wrote_first = row.first_contact_on != row.form_received_on
        names = ("role", "trigger", "form_received_on", "reference", "request_received_on", "stated_due_on")
        return {
            **{name: getattr(row, name) for name in (*names, "wording")},
            "force": row.force.name,
            "wrote_on": row.first_contact_on if wrote_first else None,
            "scope": self.case.scope,
        }

    def perform(self, form: ForceForm) -> str:
        row = change_force(**self.arguments(form), involved_id=self.involved.pk)
        return f"What is recorded of {row.force} is saved. {_due(row.referral)}"
