"""Settings: topics, portfolio leads, and who acts for a force."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.settings_page import SettingsPage, history
from foitracker.pages.lists.columns import BREAK_ANYWHERE, NOWRAP, Column
from foitracker.pages.lists.views import EmptyState, ListPage
from referrals.forms.settings import ContactForm, LeadForm, TopicForm
from referrals.models import PortfolioLead
from referrals.operations.contacts import end_contact, set_contact
from referrals.operations.unit import LEADS, TOPICS, save_lead, save_topic
from referrals.queries.settings import ContactRow, all_leads, all_topics, force_contacts
from requests_app.models import Topic

_Row = TypeVar("_Row")


class UnitList(ListPage[_Row]):
    """A list that the unit keeps. The column `change` is for those who may change it."""

    subject: str
    add_label: str
    add_address: str

    def check(self) -> None:
        check_can(Permission.SEE_REFERENCE_DATA, self.request.user)

    @cached_property
    def may_change(self) -> bool:
        return can(Permission.CHANGE_CRITERIA, self.request.user)

    def shown(self) -> Sequence[str]:
        return [column.name for column in self.columns if self.may_change or column.name != "change"]

    def page(self) -> dict[str, Any]:
        return {
            "events": history(self.subject),
            "may_change": self.may_change,
            "add_label": self.add_label,
            "add_url": reverse(self.add_address),
        }


class Topics(UnitList[Topic]):
    """What a request is about; those in use first."""

    template_name = "referrals/settings/topics.html"
    address, file_address, file_name = "referrals:topics", "referrals:topics_csv", "topics.csv"
    heading, noun, subject = "Topics", ("topic", "topics"), TOPICS
    add_label, add_address = "Add a topic", "referrals:topic_add"
    nothing = EmptyState("There is no topic", "Topics appear here when an administrator adds them.")
    columns: tuple[Column[Topic], ...] = (
        Column("topic", "Topic", lambda topic: topic.name, is_row_header=True),
        Column("state", "State", lambda topic: topic.is_in_use, header="new logs can have it"),
        Column("change", "Change", hides_label=True),
    )

    def find(self) -> QuerySet[Topic]:
        return all_topics()


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


class Leads(UnitList[PortfolioLead]):
    """Whom the unit consults; those in use first."""

    template_name = "referrals/settings/leads.html"
    address, file_address, file_name = "referrals:leads", "referrals:leads_csv", "portfolio-leads.csv"
    heading, noun, subject = "Portfolio leads", ("portfolio lead", "portfolio leads"), LEADS
    add_label, add_address = "Add a portfolio lead", "referrals:lead_add"
    nothing = EmptyState(
        "There is no portfolio lead", "Portfolio leads appear here when an administrator adds them."
    )
    columns: tuple[Column[PortfolioLead], ...] = (
        Column("portfolio", "Portfolio", lambda lead: lead.portfolio, is_row_header=True),
        Column("post", "Post", lambda lead: lead.post),
        Column("mailbox", "Mailbox", lambda lead: lead.email, look=BREAK_ANYWHERE),
        Column("state", "State", lambda lead: lead.is_in_use, header="can be consulted"),
        Column("change", "Change", hides_label=True),
    )

    def find(self) -> QuerySet[PortfolioLead]:
        return all_leads()


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


class Contacts(ListPage[ContactRow]):
    """Every account of a force contact with the force it acts for; those without one first."""

    template_name = "referrals/settings/contacts.html"
    address, file_address, file_name = "referrals:contacts", "referrals:contacts_csv", "force-contacts.csv"
    heading, caption = "Force contacts", "Force contacts, those without a force first"
    noun = ("force contact", "force contacts")
    nothing = EmptyState(
        "There is no force contact",
        "Add a user with the role of a force contact, then come back to choose the force.",
        "Add a user",
        reverse_lazy("accounts:add_user"),
    )
    columns: tuple[Column[ContactRow], ...] = (
        Column("name", "Name", lambda row: row.user.name, is_row_header=True),
        Column("email", "E-mail address", lambda row: row.user.email, look=BREAK_ANYWHERE),
        Column("active", "Active", lambda row: row.user.is_active),
        Column("force", "Force", lambda row: row.contact and row.contact.force.name),
        Column("since", "Since", lambda row: row.contact and row.contact.since, look=NOWRAP),
        Column(
            "said_by",
            "Said by",
            lambda row: row.contact and row.contact.made_by and row.contact.made_by.name,
        ),
        Column("change", "Change the force", hides_label=True),
        Column("end", "End", hides_label=True),
    )
    on_page = ("name", "email", "force", "since", "change", "end")

    def check(self) -> None:
        check_can(Permission.MANAGE_CONTACTS, self.request.user)

    def find(self) -> Sequence[ContactRow]:
        return force_contacts()


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
