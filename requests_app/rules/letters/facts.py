"""The facts a letter is made of: plain values, collected once, checked, rendered and frozen.

The same value is what the completeness check reads (`refusal_notice`), what the templates print and what
is stored when the letter is issued, so the three can never disagree.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from requests_app.rules.casework.authority_kind import AuthorityKind
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.exemptions.claim_facts import ClaimFacts
from requests_app.rules.exemptions.designated_functions import Designation


@dataclass(frozen=True)
class AuthorityFacts:
    """Who writes. `signature_line` is printed below the signature, `office` names the answering unit."""

    name: str
    short_name: str
    office: str
    address: str
    telephone: str
    email: str
    website: str
    signature_line: str
    review_address: str
    review_email: str
    kind: AuthorityKind = AuthorityKind.OTHER


@dataclass(frozen=True)
class RegulatorFacts:
    """The regulator in office on the letter's date, since when, and the names it had before (DUAA 2025 s.119).

    `address` is empty until it is confirmed.
    """

    name: str
    address: str
    telephone: str
    website: str
    since: date | None = None
    former_names: tuple[str, ...] = ()


#: A letter that names no regulator, or a day on which none is recorded.
NO_REGULATOR = RegulatorFacts("", "", "", "")


@dataclass(frozen=True)
class AddresseeFacts:
    """Whom the letter goes to; `address` is postal, several lines, and may be empty."""

    name: str
    organisation: str
    address: str
    email: str
    salutation: str


@dataclass(frozen=True)
class FigureFacts:
    """One figure: the question's own label, the first and the last day counted, and the number."""

    label: str
    period_from: date
    period_to: date
    value: str


@dataclass(frozen=True)
class FigureSetFacts:
    """Figures that answer an item, with the definition that makes them mean something."""

    unit_of_count: str
    criteria: tuple[str, ...]
    caveat: str
    figures: tuple[FigureFacts, ...]


@dataclass(frozen=True)
class ItemFacts:
    """One item of the request and how it ended. `explanation` is the officer's own words on it."""

    label: str
    text: str
    disposition: Disposition | None
    explanation: str = ""
    location: str = ""
    duplicate_of: str = ""
    figure_sets: tuple[FigureSetFacts, ...] = ()


@dataclass(frozen=True)
class ClarificationFacts:
    """A clarification asked, and, when it has been, answered."""

    asked_on: date
    question: str
    answered_on: date | None
    answer: str
    excluded_labels: tuple[str, ...]
    effect: ClockEffect | None


@dataclass(frozen=True)
class SearchFacts:
    """One search: where, by whom (a role or unit), when, by which criteria."""

    searched: str
    searched_by: str
    searched_on: date
    criteria: str


@dataclass(frozen=True)
class LinkFacts:
    """A request this one belongs with: `relation` reads as in “follow-up to”; its words when quoted."""

    relation: str
    reference: str
    words: str = ""


@dataclass(frozen=True)
class ReferenceDifference:
    """A reference asked for and not answered, or the reverse, and the officer's explanation if any.

    `kind` is "missing" or "unexpected"; `detail` says it in words, with positions and near matches.
    """

    kind: str
    reference: str
    detail: str
    explanation: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.reference}"


@dataclass(frozen=True)
class LetterFacts:
    """All that a letter says; what its kind does not say is empty. `letter_date` is None in a draft.

    `designation` is there where an item is outside the functions it names. `own` is what only this kind of letter says,
    by name: what the officer wrote in fields of its own, and the facts that its declaration adds (values that JSON can
    hold, and days).
    """

    kind: str
    reference: str
    subject: str
    regime: str
    received_on: date
    due_on: date | None
    words: str
    authority: AuthorityFacts
    addressee: AddresseeFacts
    regulator: RegulatorFacts = NO_REGULATOR
    letter_date: date | None = None
    review_request_by: date | None = None
    interpretation: str = ""
    links: tuple[LinkFacts, ...] = ()
    clarifications: tuple[ClarificationFacts, ...] = ()
    holding: Holding | None = None
    searches: tuple[SearchFacts, ...] = ()
    items: tuple[ItemFacts, ...] = ()
    claims: tuple[ClaimFacts, ...] = ()
    answer: str = ""
    advice: str = ""
    enclosures: tuple[str, ...] = ()
    designation: Designation | None = None
    validity_gaps: tuple[str, ...] = ()
    reference_differences: tuple[ReferenceDifference, ...] = ()
    signatory_name: str = ""
    corrects_letter_of: date | None = None
    correction: str = ""
    own: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the facts as JSON values, dates in ISO form, to be frozen with a letter."""
        return {name: _json(value) for name, value in dataclasses.asdict(self).items()}


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_json(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
