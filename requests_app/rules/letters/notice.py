"""A letter as the checks see it: what it says, and what a letter of its kind is held to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from requests_app.rules.casework.dispositions import REFUSING, Disposition
from requests_app.rules.casework.workflow import Outcome
from requests_app.rules.exemptions.catalogue import Catalogue
from requests_app.rules.exemptions.claim_facts import ClaimFacts
from requests_app.rules.letters.facts import ItemFacts, LetterFacts
from requests_app.rules.letters.notice_elements import Element, Gap


@dataclass(frozen=True)
class Requirements:
    """What a kind of letter is held to. Its declaration says it; the rules know no kind by name.

    `checks` run on every letter of the kind. `notices` are the lists of the data file whose elements it has to
    contain when they apply, `elements` those that only this kind needs, each with its check. A kind that answers
    a request names the `outcomes` it is the answer for, and whether it is a refusal notice under FOIA s.17.
    """

    checks: "tuple[NoticeCheck, ...]"
    notices: tuple[str, ...] = ()
    elements: "tuple[tuple[Element, ElementCheck], ...]" = ()
    outcomes: frozenset[Outcome] = frozenset()
    is_refusal_notice: bool = False


@dataclass(frozen=True)
class Notice:
    """A letter, what its kind is called and held to, and the catalogue its claims are read with.

    `answers` says what the letter is called that each outcome calls for.
    """

    facts: LetterFacts
    label: str
    requirements: Requirements
    catalogue: Catalogue
    answers: Mapping[Outcome, str]

    def items(self, *dispositions: Disposition) -> tuple[ItemFacts, ...]:
        """Return the items that ended in one of these ways."""
        return tuple(item for item in self.facts.items if item.disposition in dispositions)

    def claims_on(self, label: str) -> tuple[ClaimFacts, ...]:
        return tuple(claim for claim in self.facts.claims if label in claim.item_labels)

    @property
    def refuses(self) -> bool:
        return bool(self.items(*REFUSING))

    @property
    def eir(self) -> bool:
        return self.facts.regime.upper() == "EIR"


NoticeCheck = Callable[[Notice], Iterable[Gap]]
#: The check of one element; the gap comes from `Element.gap`.
ElementCheck = Callable[[Notice, Element], Iterable[Gap]]
