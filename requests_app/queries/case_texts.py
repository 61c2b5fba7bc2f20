"""Every free text kept with a request besides the applicant's own words: one table for whoever reads them all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

from requests_app.models import (
    Clarification,
    ContactTask,
    ExemptionClaim,
    Figure,
    FigureSet,
    FoiRequest,
    IssueHold,
    Letter,
    LetterStatus,
    Note,
    RecordedClockEvent,
    RequestItem,
    SampledLetter,
    SearchRecord,
    SupervisionReview,
    TimeRecord,
)
from requests_app.queries.exemption_catalogue import exemption_catalogue


@dataclass(frozen=True)
class TextColumns:
    """The free texts of one kind of row: how its rows of a request are found, what they are called, which columns.

    `stay` says that the database keeps the rows as they were written; a correction is a new row. `written` names the
    texts that people write in a column of several by name; the others are codes and days. `where` narrows the rows.
    """

    model: type[Model]
    request: str
    label: str
    columns: tuple[str, ...]
    stay: bool = False
    written: frozenset[str] | None = None
    where: Q = field(default_factory=Q)

    def rows(self, case: FoiRequest) -> QuerySet[Any]:
        """Return the rows of a request whose texts can still be read and changed by officers."""
        rows = self.model._base_manager.filter(self.where, **{self.request: case.pk})
        if self.model is Letter:
            rows = rows.exclude(status__in=[LetterStatus.ISSUED, LetterStatus.SUPERSEDED])
        return rows


_OWN: tuple[TextColumns, ...] = (
    TextColumns(FoiRequest, "pk", "details", ("subject", "interpretation", "priority_reason")),
    TextColumns(RequestItem, "foi_request", "items", ("text", "explanation", "location")),
    TextColumns(Note, "foi_request", "notes", ("text",)),
    TextColumns(TimeRecord, "foi_request", "time spent", ("business_area",)),
    TextColumns(SearchRecord, "foi_request", "searches", ("searched", "searched_by", "criteria", "result")),
    TextColumns(
        ExemptionClaim,
        "foi_request",
        "exemptions",
        ("why_applies", "harm", "factors_for", "factors_against", "balance", "answers"),
        written=frozenset(exemption_catalogue().written_answers),
    ),
    TextColumns(FigureSet, "item__foi_request", "figures", ("unit_of_count", "criteria", "caveat")),
    TextColumns(Figure, "figure_set__item__foi_request", "figures", ("label",)),
    TextColumns(
        Letter,
        "foi_request",
        "drafts of letters",
        ("answer", "advice", "enclosures", "correction", "own_texts", "difference_explanations"),
    ),
    TextColumns(
        Clarification,
        "foi_request",
        "clarifications",
        ("question", "effect_reason", "correction_reason"),
        stay=True,
    ),
    TextColumns(
        RecordedClockEvent,
        "foi_request",
        "clock events",
        ("reason", "reference", "correction_reason"),
        stay=True,
    ),
    TextColumns(IssueHold, "foi_request", "consultations", ("override_reason",)),
    TextColumns(ContactTask, "foi_request", "promises to the applicant", ("promised",), stay=True),
    TextColumns(ContactTask, "foi_request", "promises to the applicant", ("said",)),
    TextColumns(SupervisionReview, "foi_request", "supervision reviews", ("direction", "action", "done")),
    TextColumns(SampledLetter, "letter__foi_request", "dip samples", ("comment",)),
)

_above: list[TextColumns] = []
_subjects_above: list[Callable[[FoiRequest], list[str]]] = []
_locks_above: list[Callable[[int], None]] = []


def register(
    texts: Iterable[TextColumns], subjects: Callable[[FoiRequest], list[str]], lock: Callable[[int], None]
) -> None:
    """Add texts that an app above keeps with a request, what the trail calls what they are about, and their lock."""
    _above[:] = texts
    _subjects_above[:] = [subjects]
    _locks_above[:] = [lock]


def lock_above(case_id: int) -> None:
    """Lock what the apps above keep about a request until the transaction ends: before the request itself."""
    for lock in _locks_above:
        lock(case_id)


def case_texts() -> tuple[TextColumns, ...]:
    """Return every text that is kept with a request, here and in the apps above."""
    return (*_OWN, *_above)


def subjects_of(case: FoiRequest) -> list[str]:
    """Return what the trail calls a request, and what belongs to it in the apps above."""
    return [case.reference, *(subject for of in _subjects_above for subject in of(case))]


def texts_of(value: Any, written: frozenset[str] | None = None) -> Iterator[str]:
    """Return the texts of a column: itself, or those in a list or by name (of `written` names only)."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (str(text) for name, text in value.items() if written is None or name in written)
    else:
        yield from map(str, value or ())
