"""Pages of reminders: a person's own, which are e-mailed, who is away, and how the authority has set them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foitracker.accounts.http import SignedInRequest
from foitracker.accounts.models import Absence, User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, check_can, those_who_may
from foitracker.accounts.queries import coming_absences
from foitracker.casework.settings_page import SettingsPage, history
from foitracker.pages.forms.form import SettingsForm
from foitracker.pages.lists.columns import NOWRAP, Column, Table
from foitracker.pages.lists.views import EmptyState, ListPage
from foitracker.pages.words import clock_time
from foitracker.reminders.forms import (
    ALL,
    AbsenceForm,
    DigestTimeForm,
    KindSettingsForm,
    PreferencesForm,
    RemindersFilterForm,
)
from foitracker.reminders.kinds import ReminderKind, kind_of
from foitracker.reminders.models import Reminder
from foitracker.reminders.moment import Moment
from foitracker.reminders.operations.people import (
    check_can_enter_absence,
    choose_emails,
    end_absence,
    enter_absence,
    mark_read,
)
from foitracker.reminders.operations.settings import SUBJECT, days_in_words, set_digest_time, set_kind
from foitracker.reminders.queries import (
    KindInForce,
    digest_at,
    holding_now,
    kind_in_force,
    kinds_for,
    kinds_in_force,
    last_sweep,
    muted_by,
    standing,
)

#: My work shows so many of those not read.
ON_MY_WORK = 8


@dataclass(frozen=True)
class ReminderRow:
    """A reminder as the page shows it; `holds` at this moment, or settled since the last look."""

    reminder: Reminder
    heading: str
    title: str
    words: str
    url: str
    holds: bool


def reminder_rows(reminders: Sequence[Reminder], moment: Moment) -> list[ReminderRow]:
    """Return reminders as they read at a moment, those of kinds that are declared no more left out."""
    if not reminders:
        return []
    holding = holding_now(reminders, moment)
    return [
        _row(reminder, kind, moment, holds=reminder.pk in holding)
        for reminder in reminders
        if (kind := kind_of(reminder.kind))
    ]


def _row(reminder: Reminder, kind: ReminderKind, moment: Moment, *, holds: bool) -> ReminderRow:
    words = kind.says(reminder.about, moment.working_days_until(reminder.about)) if holds else "settled since"
    return ReminderRow(
        reminder, kind.heading, kind.title(reminder.case), words, kind.address(reminder.case), holds
    )


def new_reminders(user: User) -> dict[str, Any]:
    """Return what My work shows of a person's reminders: the newest that are not read, and how many there are."""
    unread = standing(user).filter(read_at__isnull=True)
    newest = list(unread[: ON_MY_WORK + 1])
    rows = reminder_rows(newest[:ON_MY_WORK], Moment(timezone.now()))
    return {
        "reminders": [row for row in rows if row.holds],
        "unread": unread.count() if len(newest) > ON_MY_WORK else len(newest),
    }


class Reminders(ListPage[ReminderRow]):
    """What a person is reminded of, the newest first."""

    template_name = "reminders/reminders.html"
    address = "reminders:reminders"
    heading, caption, noun = "Reminders", "Reminders, the newest first", ("reminder", "reminders")
    filter_title = "Filter the reminders"
    nothing = EmptyState(
        "No new reminders", "What is due, late or has come back appears here, and on My work."
    )
    nothing_matches = EmptyState("No reminders", "No reminders match these filters.", "Clear all filters")
    columns: tuple[Column[ReminderRow], ...] = (
        Column("case", "Case", look=NOWRAP),
        Column("words", "What"),
        Column("made", "Since", look=NOWRAP),
        Column("actions", "What can be done", hides_label=True),
    )

    def check(self) -> None:
        """Everybody sees their own."""

    @property
    def moment(self) -> Moment:
        return Moment(timezone.now())

    def filter_form(self) -> RemindersFilterForm:
        return RemindersFilterForm(self.request.GET, kinds=kinds_for(self.request.user, self.moment))

    def find(self) -> QuerySet[Reminder]:
        chosen = self.form.cleaned_data
        found = standing(self.request.user)
        if chosen["show"] != ALL:
            found = found.filter(read_at__isnull=True)
        return found.filter(kind=chosen["kind"]) if chosen["kind"] else found

    def rows(self, found: Sequence[Reminder]) -> list[ReminderRow]:
        return reminder_rows(found, self.moment)

    def page(self) -> dict[str, Any]:
        return {
            "absence": _own_absence(self.request.user),
            "may_change": can(Permission.CHANGE_REMINDERS, self.request.user),
        }


def _own_absence(user: User) -> Absence | None:
    return coming_absences(timezone.localdate()).filter(person=user).first()


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark all one's reminders as read."""
    mark_read(by=request.user, at=timezone.now())
    messages.success(request, "All reminders are marked as read. They are shown until they are settled.")
    return redirect("reminders:reminders")


@require_POST
def read_one(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark one of one's reminders as read."""
    mark_read(by=request.user, at=timezone.now(), ids=[pk])
    return redirect("reminders:reminders")


class _OwnPage(SettingsPage):
    """A page that leads back to the reminders."""

    def check_allowed(self, request: HttpRequest) -> None:
        """Open to everybody who has signed in."""
        if not isinstance(request.user, User):
            raise PermissionDenied

    def back(self) -> tuple[str, str]:
        return reverse("reminders:reminders"), "Reminders"


class Preferences(_OwnPage):
    """Choose which reminders are e-mailed."""

    form_class = PreferencesForm
    heading = "E-mails about reminders"
    submit_label = "Save"
    text = (
        "You get one e-mail a working day, when there is something new, and one at once for what cannot wait. What is "
        "overdue is always e-mailed."
    )

    def offered(self) -> list[ReminderKind]:
        return [
            one.kind
            for one in kinds_in_force()
            if one.kind.may_reach(self.user, one.codes) and not one.kind.cannot_be_muted
        ]

    def form_arguments(self) -> dict[str, Any]:
        return {"kinds": self.offered()}

    def initial(self) -> dict[str, Any]:
        muted = muted_by(self.user)
        return {"wanted": [kind.code for kind in self.offered() if kind.code not in muted]}

    def perform(self, form: PreferencesForm) -> str:
        offered = [kind.code for kind in self.offered()]
        choose_emails(by=self.user, wanted=form.cleaned_data["wanted"], offered=offered)
        return "Your choice is saved. It counts from the next e-mail on."


@require_safe
def absences(request: SignedInRequest) -> HttpResponse:
    """Show who is away: one's own days, or the whole team's to who watches over it."""
    check_can(Permission.ENTER_ABSENCE, request.user)
    found = coming_absences(timezone.localdate())
    if not can(Permission.OVERSEE, request.user):
        found = found.filter(person=request.user)
    columns: tuple[Column[Absence], ...] = (
        Column("person", "Who", lambda absence: absence.person.name, look=NOWRAP),
        Column("from", "First day", lambda absence: absence.from_on, look=NOWRAP),
        Column("to", "Last day", lambda absence: absence.to_on, look=NOWRAP),
        Column("cover", "Cover", lambda absence: absence.cover.name if absence.cover else "Nobody"),
        Column("actions", "What can be done", hides_label=True),
    )
    table = Table("Absences", columns, rows=list(found))
    return render(request, "reminders/absences.html", {"table": table})


class _AbsencePage(SettingsPage):
    """A page for the team: it names colleagues, whom people from outside are not told."""

    permission = Permission.ENTER_ABSENCE

    def back(self) -> tuple[str, str]:
        return reverse("reminders:absences"), "Absences"


class EnterAbsence(_AbsencePage):
    """Enter when somebody is away."""

    form_class = AbsenceForm
    heading = "Enter an absence"
    submit_label = "Save absence"

    def form_arguments(self) -> dict[str, Any]:
        colleagues = User.objects.filter(those_who_may(Permission.ENTER_ABSENCE))
        everybody = can(Permission.OVERSEE, self.user)
        people = colleagues if everybody else User.objects.filter(pk=self.user.pk)
        return {"people": people, "colleagues": colleagues}

    def initial(self) -> dict[str, Any]:
        return {"person": self.user.pk}

    def perform(self, form: AbsenceForm) -> str:
        absence = enter_absence(by=self.user, at=timezone.now(), today=timezone.localdate(), **form.values)
        cover = f"{absence.cover} gets the reminders as well." if absence.cover else "Nobody covers."
        return f"The absence of {absence.person} is saved. {cover}"


class EndAbsence(_AbsencePage):
    """Take an absence back."""

    form_class = SettingsForm
    heading = "Take the absence back"
    submit_label = "Take it back"

    def load(self, **kwargs: Any) -> None:
        self.absence = get_object_or_404(Absence.objects.select_related("person"), pk=kwargs["pk"])
        check_can_enter_absence(self.user, self.absence.person)

    def page(self) -> dict[str, Any]:
        return {"text": f"Reminders then go to {self.absence.person} alone again."}

    def perform(self, form: Any) -> str:
        end_absence(absence_id=self.absence.pk, by=self.user, at=timezone.now())
        return f"The absence of {self.absence.person} is taken back."


@require_safe
def settings_index(request: SignedInRequest) -> HttpResponse:
    """Show on which days each kind of reminder falls, and whom it goes to."""
    check_can(Permission.CHANGE_REMINDERS, request.user)
    columns: tuple[Column[KindInForce], ...] = (
        Column("kind", "Reminder", lambda one: one.kind.heading),
        Column(
            "days", "Working days", lambda one: days_in_words(one.kind.steps.offsets, one.kind.steps.every)
        ),
        Column("readers", "Goes to", lambda one: ", ".join(one.readers)),
        Column("actions", "What can be done", hides_label=True),
    )
    context = {
        "table": Table("Reminders and their days", columns, rows=kinds_in_force()),
        "digest_at": clock_time(digest_at()),
        "last_sweep": last_sweep(),
        "events": history(SUBJECT),
    }
    return render(request, "reminders/settings.html", context)


class _ReminderSettings(SettingsPage):
    permission = Permission.CHANGE_REMINDERS
    submit_label = "Save"
    subject = SUBJECT

    def back(self) -> tuple[str, str]:
        return reverse("reminders:settings"), "Reminders"


class DigestTime(_ReminderSettings):
    """Set when the digest goes out."""

    form_class = DigestTimeForm
    heading = "Time of the daily e-mail"

    def initial(self) -> dict[str, Any]:
        return {"digest_at": digest_at()}

    def perform(self, form: DigestTimeForm) -> str:
        set_digest_time(
            digest_at=form.values["digest_at"],
            by=self.user,
            at=timezone.now(),
            seen_version=self.seen_version(form),
        )
        return "The time is saved."


class KindSettings(_ReminderSettings):
    """Set the days and readers of one kind of reminder."""

    form_class = KindSettingsForm
    text = "Working days are those of the calendar that due dates are computed with."

    def load(self, **kwargs: Any) -> None:
        found = kind_in_force(kwargs["code"])
        if found is None:
            raise Http404
        self.found, self.heading = found, found.kind.heading

    def form_arguments(self) -> dict[str, Any]:
        return {"kind": self.found.kind}

    def initial(self) -> dict[str, Any]:
        steps = self.found.kind.steps
        offsets = ", ".join(str(offset) for offset in steps.offsets)
        return {"offsets": offsets, "every": steps.every, "audiences": self.found.codes}

    def perform(self, form: KindSettingsForm) -> str:
        set_kind(
            code=self.found.kind.code,
            by=self.user,
            at=timezone.now(),
            seen_version=self.seen_version(form),
            **form.values,
        )
        return f"“{self.heading}” is saved. It counts from the next look on."
