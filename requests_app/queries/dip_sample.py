"""Dip samples: the answers a sample is drawn from, the letters of one, and the results by officer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from foitracker.accounts.models import User
from requests_app.models import DipSample, Letter, LetterStatus, SampledLetter, Soundness
from requests_app.rules.casework.dip_sample import draw, sample_size

_ISSUED = (LetterStatus.ISSUED, LetterStatus.SUPERSEDED)


@dataclass
class OfficerResults:
    """What was found of one officer's letters in a sample. `found` counts them by result."""

    officer: User
    letters: int = 0
    found: dict[str, int] = field(default_factory=lambda: {one.value: 0 for one in Soundness})

    @property
    def assessed(self) -> int:
        return sum(self.found.values())

    @property
    def waiting(self) -> int:
        return self.letters - self.assessed


def answers_issued(period_from: date, period_to: date, *, drawn_at: datetime) -> dict[int, int]:
    """Return the answers issued from one day to another, as they were at a moment: by letter, whose answer it is.

    That is whoever submitted it for approval.
    """
    answers = Letter.objects.filter(
        is_answer=True,
        status__in=_ISSUED,
        issued_on__range=(period_from, period_to),
        issued_at__lte=drawn_at,
        decided_by__isnull=False,
    )
    return dict(answers.order_by("pk").values_list("pk", "decided_by"))


def drawn_again(sample: DipSample) -> list[int]:
    """Return the letters that the recorded seed draws, from the answers issued in its period by then."""
    officers = answers_issued(sample.period_from, sample.period_to, drawn_at=sample.drawn_at)
    size = sample_size(len(officers), share=sample.share, number=sample.asked_for)
    return draw(officers, size, sample.seed)


def is_as_drawn(sample: DipSample) -> bool:
    """Return whether the seed draws the letters that the sample holds."""
    return drawn_again(sample) == sorted(sample.letters.values_list("letter_id", flat=True))


def samples() -> QuerySet[DipSample]:
    """Return the dip samples, the latest first, with how many letters each has and how many are assessed."""
    return (
        DipSample.objects.select_related("drawn_by")
        .annotate(size=Count("letters"), assessed=Count("letters", filter=~Q(letters__result="")))
        .order_by("-pk")
    )


def letters_of(sample: DipSample) -> QuerySet[SampledLetter]:
    """Return the letters of a sample with their requests and officers, those not assessed first."""
    return (
        SampledLetter.objects.filter(sample=sample)
        .select_related("letter__foi_request", "officer", "assessed_by")
        .defer(
            "letter__html", "letter__pdf", "letter__facts", "letter__foi_request__words",
            "letter__foi_request__search",
        )
        .order_by("assessed_at", "letter__issued_on", "pk")
    )  # fmt: skip


def results_by_officer(sampled: Sequence[SampledLetter]) -> list[OfficerResults]:
    """Return what was found of each officer's letters, by name."""
    by_officer: dict[int, OfficerResults] = {}
    for one in sampled:
        results = by_officer.setdefault(one.officer_id, OfficerResults(one.officer))
        results.letters += 1
        if one.result:
            results.found[one.result] += 1
    return sorted(by_officer.values(), key=lambda results: (results.officer.name, results.officer.pk))
