"""Settings: topics, portfolio leads, and who acts for a force."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.settings_page import SettingsPage, history
from foitracker.pages.lists.csv_download import csv_download
from referrals.forms.settings import ContactForm, LeadForm, TopicForm
from referrals.models import PortfolioLead, Topic
from referrals.operations.contacts import end_contact, set_contact
from referrals.operations.unit import LEADS, TOPICS, save_lead, save_topic
from referrals.queries.settings import ContactRow, all_leads, all_topics, force_contacts

PAGE_SIZE = 50


def _shared(request: SignedInRequest) -> dict[str, Any]:
    return {"may_change": can(Permission.CHANGE_CRITERIA, request.user)}


@require_safe
def topics_page(request: SignedInRequest) -> HttpResponse:
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    context = {"topics": all_topics(), "events": history(TOPICS), **_shared(request)}
    return render(request, "referrals/settings/topics.html", context)


@require_safe
def topics_csv(request: SignedInRequest) -> StreamingHttpResponse:
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    rows = ([topic.name, "yes" if topic.is_in_use else "no"] for topic in all_topics())
    return csv_download("topics.csv", ["topic", "new logs can have it"], rows)


class SaveTopic(SettingsPage):
    """Add a topic, or change one."""

    permission = Permission.CHANGE_CRITERIA
    form_class = TopicForm
    topic: Topic | None = None

    def load(self, **kwargs: Any) -> None:
        self.topic = get_object_or_404(Topic, pk=kwargs["pk"]) if kwargs else None
        self.heading = "Change the topic" if self.topic else "Add a topic"

    def back(self) -> tuple[str, str]:
        return reverse("referrals:topics"), "Topics"

    def initial(self) -> dict[str, Any]:
        return {"name": self.topic.name, "is_in_use": self.topic.is_in_use} if self.topic else {}

    def perform(self, form: TopicForm) -> str:
        topic = save_topic(
            by=self.user, at=timezone.now(), topic_id=self.topic.pk if self.topic else None, **form.values
        )
        return f"“{topic.name}” is saved."


@require_safe
def leads_page(request: SignedInRequest) -> HttpResponse:
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    context = {"leads": all_leads(), "events": history(LEADS), **_shared(request)}
    return render(request, "referrals/settings/leads.html", context)


@require_safe
def leads_csv(request: SignedInRequest) -> StreamingHttpResponse:
    check_can(Permission.SEE_REFERENCE_DATA, request.user)
    rows = (
        [lead.portfolio, lead.post, lead.email, "yes" if lead.is_in_use else "no"] for lead in all_leads()
    )
    return csv_download("portfolio-leads.csv", ["portfolio", "post", "mailbox", "can be consulted"], rows)


class SaveLead(SettingsPage):
    """Add a portfolio lead, or change one."""

    permission = Permission.CHANGE_CRITERIA
    form_class = LeadForm
    text = (
        "A lead is consulted by the number and the wording of a log, never with anything that tells who asks."
    )
    lead: PortfolioLead | None = None

    def load(self, **kwargs: Any) -> None:
        self.lead = get_object_or_404(PortfolioLead, pk=kwargs["pk"]) if kwargs else None
        self.heading = "Change the portfolio lead" if self.lead else "Add a portfolio lead"

    def back(self) -> tuple[str, str]:
        return reverse("referrals:leads"), "Portfolio leads"

    def initial(self) -> dict[str, Any]:
        names = ("portfolio", "post", "email", "is_in_use")
        return {name: getattr(self.lead, name) for name in names} if self.lead else {}

    def perform(self, form: LeadForm) -> str:
        lead = save_lead(
            by=self.user, at=timezone.now(), lead_id=self.lead.pk if self.lead else None, **form.values
        )
        return f"The lead for “{lead.portfolio}” is saved."


@require_safe
def contacts_page(request: SignedInRequest) -> HttpResponse:
    """Show every account of a force contact with the force it acts for; those without one first."""
    check_can(Permission.MANAGE_CONTACTS, request.user)
    page = Paginator(force_contacts(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "referrals/settings/contacts.html", {"page_obj": page})


@require_safe
def contacts_csv(request: SignedInRequest) -> StreamingHttpResponse:
    check_can(Permission.MANAGE_CONTACTS, request.user)
    return csv_download(
        "force-contacts.csv",
        ["name", "e-mail address", "active", "force", "since", "said by"],
        map(_contact_row, force_contacts()),
    )


def _contact_row(row: ContactRow) -> list[Any]:
    tie = row.contact
    return [
        row.user.name,
        row.user.email,
        "yes" if row.user.is_active else "no",
        tie.force.name if tie else None,
        tie.since.isoformat() if tie else None,
        tie.made_by.name if tie and tie.made_by else None,
    ]


class SetContact(SettingsPage):
    """Set the force an account acts for."""

    permission = Permission.MANAGE_CONTACTS
    form_class = ContactForm
    row: ContactRow

    def load(self, **kwargs: Any) -> None:
        row = next((row for row in force_contacts() if row.user.pk == kwargs["pk"]), None)
        if row is None:
            raise Http404("There is no such force contact.")
        self.row = row
        self.heading = f"For which force {self.row.user.name} acts"

    def back(self) -> tuple[str, str]:
        return reverse("referrals:contacts"), "Force contacts"

    def initial(self) -> dict[str, Any]:
        return {"force": self.row.contact.force_id} if self.row.contact else {}

    def perform(self, form: ContactForm) -> str:
        contact = set_contact(
            by=self.user,
            at=timezone.now(),
            user_id=self.row.user.pk,
            force_id=int(form.cleaned_data["force"]),
        )
        return f"{self.row.user.name} acts for {contact.force.name}."


@require_POST
def end_contact_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop an account acting for a force."""
    check_can(Permission.MANAGE_CONTACTS, request.user)
    user = get_object_or_404(User, pk=pk)
    end_contact(by=request.user, at=timezone.now(), user_id=pk)
    messages.success(request, f"{user.name} acts for no force and sees no referral.")
    return redirect("referrals:contacts")
