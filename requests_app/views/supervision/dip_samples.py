"""Dip samples: the list of them, drawing one, the letters of one, and the page that assesses a letter."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from foitracker.accounts.permission_names import Permission
from foitracker.casework.case_page import Gone
from foitracker.pages.lists.columns import NOWRAP, SUBJECT, Column, Table
from foitracker.pages.lists.views import EmptyState
from foitracker.pages.words import counted, in_words
from requests_app.forms.supervision import AssessForm, DrawSampleForm
from requests_app.letters.kinds import kind_of
from requests_app.models import DipSample, SampledLetter, Soundness
from requests_app.operations.dip_sample import assess_letter, check_can_assess, draw_sample
from requests_app.queries.dip_sample import (
    OfficerResults,
    is_as_drawn,
    letters_of,
    results_by_officer,
    samples,
)
from requests_app.views.request_page import RequestPage
from requests_app.views.supervision.pages import SupervisionList, SupervisionPage


def _of(sample: DipSample) -> str:
    return f"{in_words(sample.period_from)} to {in_words(sample.period_to)}"


class DipSamples(SupervisionList[Any]):
    """The samples that were drawn, the latest first."""

    template_name = "requests_app/supervision/dip_samples.html"
    address = "requests_app:dip_samples"
    heading, noun = "Dip samples", ("sample", "samples")
    intro = (
        "A dip sample is a random sample of the answers issued in a period. Somebody who took no part in a letter "
        "reads it and says whether it is sound."
    )
    nothing = EmptyState("No sample has been drawn", "Samples appear here when a manager draws one.")
    columns: tuple[Column[Any], ...] = (
        Column("period", "Answers issued", _of, is_row_header=True),
        Column("size", "Letters sampled", lambda sample: sample.size, is_numeric=True),
        Column("population", "Letters issued", lambda sample: sample.population, is_numeric=True),
        Column("assessed", "Assessed", lambda sample: sample.assessed, is_numeric=True),
        Column("drawn", "Drawn", lambda sample: timezone.localtime(sample.drawn_at).date(), look=NOWRAP),
        Column("by", "Drawn by", lambda sample: sample.drawn_by.name),
    )

    def find(self) -> QuerySet[DipSample]:
        return samples()

    def actions(self) -> list[tuple[str, str]]:
        return [("Draw a sample", reverse("requests_app:dip_sample_draw"))]


class DrawSample(SupervisionPage):
    """Draw a random sample of the answers issued in a period."""

    form_class = DrawSampleForm
    heading = "Draw a dip sample"
    submit_label = "Draw sample"
    text = (
        "The letters are drawn at random. What the draw depends on is recorded, so that anybody can make it again and "
        "get the same letters."
    )
    drawn: DipSample | None = None

    def back(self) -> tuple[str, str]:
        return reverse("requests_app:dip_samples"), "Dip samples"

    def initial(self) -> dict[str, Any]:
        first = timezone.localdate().replace(day=1)
        last = first - timedelta(days=1)  # the month before
        return {"period_from": last.replace(day=1), "period_to": last}

    def perform(self, form: DrawSampleForm) -> str:
        self.drawn = draw_sample(by=self.user, at=timezone.now(), today=timezone.localdate(), **form.values)
        return f"{counted(self.drawn.letters.count(), 'letter')} drawn of {self.drawn.population}."

    def success_url(self) -> str:
        return (
            reverse("requests_app:dip_sample", args=[self.drawn.pk]) if self.drawn else super().success_url()
        )


class OneSample(SupervisionList[SampledLetter]):
    """The letters of a sample, those not assessed first, and the results by officer."""

    template_name = "requests_app/supervision/dip_sample.html"
    address, file_address = "requests_app:dip_sample", "requests_app:dip_sample_csv"
    file_name = "dip-sample-{pk}.csv"
    noun = ("letter", "letters")
    caption = "Sampled letters"
    nothing = EmptyState("No letters", "The sample is empty.")
    columns: tuple[Column[SampledLetter], ...] = (
        Column(
            "reference",
            "Reference",
            lambda one: one.letter.foi_request.reference,
            look=NOWRAP,
            is_row_header=True,
        ),
        Column("subject", "Subject", lambda one: one.letter.foi_request.subject, look=SUBJECT),
        Column("letter", "Letter", lambda one: kind_of(one.letter.kind).label),
        Column("issued", "Issued", lambda one: one.letter.issued_on, look=NOWRAP),
        Column("officer", "Officer", lambda one: one.officer.name),
        Column("result", "Result", lambda one: one.get_result_display() if one.result else ""),
        Column("comment", "Comment", lambda one: one.comment),
        Column("by", "Assessed by", lambda one: one.assessed_by and one.assessed_by.name),
        Column(
            "assessed",
            "Assessed on",
            lambda one: timezone.localtime(one.assessed_at).date() if one.assessed_at else None,
            look=NOWRAP,
        ),
        Column("actions", "What can be done", hides_label=True),
    )
    on_page = ("reference", "subject", "letter", "issued", "officer", "result", "actions")

    def load(self, **kwargs: Any) -> None:
        self.sample = get_object_or_404(samples(), pk=kwargs["pk"])
        self.heading = f"Dip sample: {_of(self.sample)}"

    def back(self) -> tuple[str, str]:
        return reverse("requests_app:dip_samples"), "Dip samples"

    def find(self) -> QuerySet[SampledLetter]:
        return letters_of(self.sample)

    def page(self) -> dict[str, Any]:
        columns: tuple[Column[OfficerResults], ...] = (
            Column("officer", "Officer", lambda row: row.officer.name, is_row_header=True),
            Column("letters", "Letters", lambda row: row.letters, is_numeric=True),
            *(_found(one) for one in Soundness),
            Column("waiting", "Not assessed", lambda row: row.waiting, is_numeric=True),
        )
        results = results_by_officer(list(letters_of(self.sample)))
        return {
            **super().page(),
            "sample": self.sample,
            "results": Table("Results by officer", columns, rows=results),
            "is_as_drawn": is_as_drawn(self.sample),
        }


class AssessLetter(RequestPage):
    """Say what was found of a sampled letter."""

    permission = Permission.OVERSEE
    form_class = AssessForm
    template_name = "requests_app/supervision/assess.html"
    heading = "Assess a sampled letter"
    submit_label = "Save result"

    def load(self, **kwargs: Any) -> None:
        sampled = SampledLetter.objects.select_related("sample", "letter", "officer")
        found = sampled.filter(pk=kwargs["pk"], letter__foi_request=self.case).first()
        if found is None:
            raise Http404("This letter is in no sample.")
        if found.result:
            raise Gone("This letter has already been assessed.")
        found.letter.foi_request = self.case
        check_can_assess(self.user, found)
        self.sampled = found

    def page(self) -> dict[str, Any]:
        return {"sampled": self.sampled, "kind": kind_of(self.sampled.letter.kind).label}

    def success_url(self) -> str:
        return reverse("requests_app:dip_sample", args=[self.sampled.sample_id])

    def perform(self, form: AssessForm) -> str:
        assess_letter(
            sampled_id=self.sampled.pk,
            by=self.user,
            at=timezone.now(),
            result=Soundness(form.cleaned_data["result"]),
            comment=form.cleaned_data["comment"],
        )
        return f"The result for {self.case.reference} is saved."


def _found(result: Soundness) -> Column[OfficerResults]:
    """The column with how many of an officer's letters had a result."""
    return Column(result.value, result.label, lambda row: row.found[result.value], is_numeric=True)
