"""What is declared of a kind of letter: everything that varies by kind is here, and nowhere else.

Each kind has a folder below `kinds/` and a line in its table. A declaration names permissions, pages and events;
whoever reads it (permissions, operations, forms, pages) makes something of the names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from foitracker.accounts.permission_names import Permission
from requests_app.models import Letter
from requests_app.queries.casefile import Casefile
from requests_app.rules.casework.step_places import StepPlace
from requests_app.rules.casework.workflow import Status
from requests_app.rules.letters.facts import LetterFacts
from requests_app.rules.letters.notice import Requirements

#: In an address: the answer, of whichever kind the decisions call for.
ANSWER_ADDRESS = "answer"

#: Fields that many kinds have: a letter has a column for each, and `LetterFacts` a name.
SHARED_FIELDS = ("answer", "advice", "enclosures")

#: Adds to the facts of a letter what its kind says besides, as on a day: that of issue, or today for a draft.
AddsFacts = Callable[[LetterFacts, Letter, date], LetterFacts]


@dataclass(frozen=True)
class LetterField:
    """Something the officer writes in a letter. `hint` stands below the label, `rows` is the height of the box.

    The `SHARED_FIELDS` mean the same in every kind that has them. Any other name is the kind's own: its template finds
    the text as `facts.own.<name>`, and a message about it says “the <name>”.
    """

    name: str
    label: str
    hint: str = ""
    rows: int = 4
    max_length: int = 20_000


@dataclass(frozen=True)
class LetterStep:
    """How a letter that is not written yet is offered among the next steps of a request.

    It is offered in these `statuses`, when `is_offered` says so of the request.
    """

    label: str
    why: str
    place: StepPlace
    is_offered: Callable[[Casefile], bool]
    statuses: frozenset[Status] = frozenset({Status.RECEIVED, Status.IN_PROGRESS})


@dataclass(frozen=True)
class CasePart:
    """A page of the request by the name of its route, with what its address takes besides, and a part of it."""

    page: str
    arguments: tuple[str, ...] = ()
    anchor: str = ""


#: Where a gap of any letter is fixed, by the first part of its `where`. The authority's settings are the
#: administrator's, so a gap in them leads nowhere.
FIXED_AT: dict[str, CasePart] = {
    "applicant": CasePart("applicant"),
    "details": CasePart("details"),
}


class IssueEffect(Enum):
    """What the issue of a letter does to the request."""

    #: The request stays as it is, and its clock with it.
    NOTHING = "nothing"
    #: The request is closed with the outcome of its items; the first such letter stops the clock.
    ANSWERS = "answers"


@dataclass(frozen=True, kw_only=True)
class LetterKind:
    """A kind of letter. `code` is the name of its folder, and what a letter of this kind is stored with.

    An answer (`is_answer`) is one of its kind: `may_submit` decides, somebody else who `may_approve` approves, and one
    answer at a time is in hand. Any other letter is issued by whoever wrote it, and needs neither permission.
    """

    code: str
    label: str
    is_answer: bool = False
    may_write: Permission
    may_submit: Permission | None = None
    may_approve: Permission | None = None
    may_issue: Permission = Permission.ISSUE
    fields: tuple[LetterField, ...] = ()
    adds_facts: tuple[AddsFacts, ...] = ()
    requirements: Requirements
    fixed_at: Mapping[str, CasePart] = field(default_factory=dict)
    step: LetterStep | None = None
    on_issue: IssueEffect = IssueEffect.NOTHING

    @property
    def address(self) -> str:
        """The word for it in the address of the page that writes it."""
        return ANSWER_ADDRESS if self.is_answer else self.code

    @property
    def own_fields(self) -> tuple[str, ...]:
        """The names of the fields that only this kind has."""
        return tuple(field.name for field in self.fields if field.name not in SHARED_FIELDS)

    @property
    def template(self) -> str:
        return f"{self.code}/letter.html"

    def where_fixed(self, place: str) -> CasePart | None:
        """Return where a gap is fixed, by the first part of its `where`; None for one that is fixed elsewhere."""
        own_words = {"letter": CasePart("letter_draft", (self.address,))}
        return {**FIXED_AT, **own_words, **self.fixed_at}.get(place)
