"""The outbox: every message with what became of it; and for those that did not arrive, what can be done."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, resolve_url
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can
from foitracker.casework.settings_page import SettingsPage
from foitracker.mail.kinds import kind_of
from foitracker.mail.models import OutboxMessage
from foitracker.mail.queries import bounce_reading, messages
from foitracker.outbox.forms import UNDELIVERED, OutboxFilterForm
from foitracker.outbox.operations import record_message_returned, send_message_again
from foitracker.pages.forms.form import SettingsForm
from foitracker.pages.lists.capped_pages import CappedPaginator
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column
from foitracker.pages.lists.views import EmptyState, ListPage

#: What is looked for in which way, by field of the filter.
_LOOKUPS = {
    "kind": "kind",
    "about": "about",
    "first": "queued_at__date__gte",
    "last": "queued_at__date__lte",
}


class Outbox(ListPage[OutboxMessage]):
    """All messages, the newest first. Addresses are masked for everybody: whose they are is told on no list."""

    template_name = "outbox/outbox.html"
    address, file_address, file_name = "outbox:outbox", "outbox:download", "outbox-{today}.csv"
    file_label = "Download these messages (CSV)"
    heading, caption, noun = "Outbox", "Messages, the newest first", ("message", "messages")
    filter_title = "Filter the outbox"
    nothing = EmptyState("No messages", "Letters, advice and notices that are e-mailed appear here.")
    nothing_matches = EmptyState("No messages", "No messages match these filters.", "Clear all filters")
    columns: tuple[Column[OutboxMessage], ...] = (
        Column("queued", "Queued", lambda message: message.queued_at, look=NOWRAP),
        Column("kind", "Message", lambda message: kind_of(message.kind).label, look=SUBJECT),
        Column("about", "About", lambda message: message.about, look=NOWRAP),
        Column("to", "To", lambda message: message.masked_address, look=NOWRAP),
        Column("state", "State", lambda message: message.get_status_display()),
        Column("sent", "Sent", lambda message: message.sent_at),
        Column("failed", "Known not to have arrived", lambda message: message.failed_at),
        Column("attempts", "Attempts", lambda message: message.attempts, is_numeric=True),
        Column("error", "Why not", lambda message: message.error_in_words),
        Column("again", "Sent again", lambda message: hasattr(message, "sent_again")),
        Column("actions", "What can be done", hides_label=True),
    )
    on_page = ("about", "state", "kind", "to", "queued", "actions")
    form: OutboxFilterForm

    def check(self) -> None:
        check_can(Permission.SEE_OUTBOX, self.request.user)

    def filter_form(self) -> OutboxFilterForm:
        return OutboxFilterForm(self.request.GET)

    def page(self) -> dict[str, Any]:
        return {"bounces": bounce_reading() if settings.BOUNCE_MAILBOX_URL else None}

    def find(self) -> QuerySet[OutboxMessage]:
        chosen = self.form.cleaned_data
        found = messages()
        for name, lookup in _LOOKUPS.items():
            if value := chosen[name]:
                found = found.filter(**{lookup: value})
        if chosen["state"] == UNDELIVERED:
            failed = [OutboxMessage.Status.FAILED, OutboxMessage.Status.RETURNED]
            return found.filter(status__in=failed, sent_again__isnull=True)
        return found.filter(status=chosen["state"]) if chosen["state"] else found

    def rows(self, found: Any) -> Any:
        for message in found:
            message.actions = what_can_be_done(message, self.request.user)
        return found

    def paginate(self, found: Any) -> "Paginator[Any]":
        return CappedPaginator(found, self.page_size)


def what_can_be_done(message: OutboxMessage, user: User) -> list[tuple[str, str]]:
    """Return the actions on a message that are open to a person, each with its address."""
    kind = kind_of(message.kind)
    if not can(Permission(kind.resent_by), user):
        return []
    if message.is_undelivered and not hasattr(message, "sent_again"):
        page = kind.again_url or (lambda message: reverse("outbox:again", args=[message.pk]))
        return [("Send again", page(message))]
    if message.status == OutboxMessage.Status.SENT:
        page = kind.returned_url or (lambda message: reverse("outbox:returned", args=[message.pk]))
        return [("It came back", page(message))]
    return []


class _MessagePage(SettingsPage):
    """The page of one action on a message."""

    form_class = SettingsForm
    message: OutboxMessage

    def check_allowed(self, request: HttpRequest) -> None:
        """Who may depends on the message: see `load`."""

    def load(self, **kwargs: Any) -> None:
        self.message = get_object_or_404(OutboxMessage.objects.defer("body"), pk=kwargs["pk"])
        self.kind = kind_of(self.message.kind)
        check_can(Permission(self.kind.resent_by), self.user)

    def back(self) -> tuple[str, str]:
        if can(Permission.SEE_OUTBOX, self.user):
            return reverse("outbox:outbox"), "Outbox"
        return self.message.page or resolve_url(settings.LOGIN_REDIRECT_URL), self.message.about or "My work"

    def page(self) -> dict[str, Any]:
        about = f" about {self.message.about}" if self.message.about else ""
        return {"text": f"{self.kind.label}{about}, to {self.message.masked_address}. {self.text}"}


class MessageReturned(_MessagePage):
    heading = "Record that the e-mail came back"
    submit_label = "It came back"
    text = "Use this when a bounce message says the e-mail was not delivered. You can then send it again."

    def perform(self, form: SettingsForm) -> str:
        record_message_returned(message_id=self.message.pk, by=self.user, at=timezone.now())
        return "Bounce recorded. You can now send the e-mail again."


class SendMessageAgain(_MessagePage):
    heading = "Send the e-mail again"
    submit_label = "Send it again"
    text = "It is sent unchanged, to the address now recorded. Correct a wrong address first."

    def perform(self, form: SettingsForm) -> str:
        send_message_again(message_id=self.message.pk, by=self.user, at=timezone.now())
        return "E-mail queued to send again."
