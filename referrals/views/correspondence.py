"""Recording what is written about a log, and chasing those who owe an answer."""

from typing import Any

from django.utils import timezone

from foitracker.pages.words import short_date
from referrals.forms.correspondence import ChaseForm, CorrespondenceForm
from referrals.models import Direction
from referrals.operations.correspondence import chase, record_correspondence
from referrals.queries.correspondents import (
    consultations_on,
    forces_on,
    forces_to_chase,
    leads_to_chase,
    told_without_answer,
)
from referrals.rules.vocabulary import Scope
from referrals.views.checked_words import WordsPage

_REMINDER = (
    "We have not heard from you about this log. Please let us have your answer, or tell us when it will come."
)


class CorrespondenceView(WordsPage):
    """Record a letter, an e-mail or a call about a log, in or out."""

    form_class = CorrespondenceForm
    template_name = "referrals/correspondence.html"
    heading = "Record correspondence"
    submit_label = "Record it"
    anchor = "#correspondence"

    def initial(self) -> dict[str, Any]:
        return {"direction": Direction.IN.value, "dated_on": timezone.localdate()}

    def form_arguments(self) -> dict[str, Any]:
        parties = {
            "forces": list(forces_on(self.case)),
            "consultations": list(consultations_on(self.case)),
        }
        return {**super().form_arguments(), **parties}

    def page(self) -> dict[str, Any]:
        return {"is_national": self.case.scope == Scope.NATIONAL}

    def perform(self, form: CorrespondenceForm) -> str:
        letter = record_correspondence(
            **self.common(form),
            today=timezone.localdate(),
            direction=Direction(form.cleaned_data["direction"]),
            dated_on=form.cleaned_data["dated_on"],
            text=form.cleaned_data["text"],
            asks_advice=form.cleaned_data["asks_advice"],
            identity_confirmed=form.identity_confirmed,
            names_confirmed=form.names_confirmed,
            **form.party(),
        )
        involved = letter.with_force
        if involved and letter.direction == Direction.IN and involved.first_contact_on == letter.dated_on:
            return f"Recorded. {involved.force.short} is counted as in contact from {short_date(letter.dated_on)}."
        return "Recorded."


class ChaseView(WordsPage):
    """Remind forces, or portfolio leads who have not replied."""

    form_class = ChaseForm
    template_name = "referrals/chase.html"
    heading = "Chase"
    submit_label = "Send the reminders"
    anchor = "#correspondence"

    def load(self, **kwargs: Any) -> None:
        today = timezone.localdate()
        self.parties = {
            "forces": list(forces_to_chase(self.case, today)),
            "consultations": list(leads_to_chase(self.case, today)),
        }

    def initial(self) -> dict[str, Any]:
        return {"text": _REMINDER}

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), **self.parties, "told_on": told_without_answer(self.case)}

    def page(self) -> dict[str, Any]:
        return {"nobody": not any(self.parties.values())}

    def perform(self, form: ChaseForm) -> str:
        kept = chase(
            **self.common(form),
            today=timezone.localdate(),
            text=form.cleaned_data["text"],
            identity_confirmed=form.identity_confirmed,
            names_confirmed=form.names_confirmed,
            **form.parties(),
        )
        e_mailed = sum(bool(one.message_key) for one in kept)
        words = f"{len(kept)} chased, {e_mailed} by e-mail."
        if e_mailed < len(kept):
            words += " Remind those without a mailbox yourself."
        return words
