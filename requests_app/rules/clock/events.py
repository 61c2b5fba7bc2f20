"""What can happen to a request: what is declared of each kind of event, and one event as the clock reads it.

The kinds themselves are declared in `kinds/`, one line each in `kinds/table.py`. Everything else reads the
declaration: JSON, the clock, forms, pages, the timeline and the command.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from foitracker.accounts.permission_names import Permission
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.rules.casework.workflow import WORKFLOW, Status, Transition
from requests_app.rules.clock.course import Course
from requests_app.rules.clock.law import NO_LAW, Law, Regime
from requests_app.rules.clock.remedies import Remedies


class FieldType(StrEnum):
    """What a field holds, and with that its box on a form and how its value reads."""

    DAY = "day"
    UNLESS_TICKED = "unless_ticked"  # true unless what the label says is ticked
    CODE = "code"  # one of the choices
    EXEMPTION = "exemption"
    REFERENCE = "reference"
    MONEY = "money"
    PERSON = "person"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an event.

    `name` is the attribute of `ClockEvent` it fills and the column it is recorded in. `json` is its name in JSON,
    where `required` and `nullable` hold; the clock is not read from a field without one. On a case a field with
    `missing` has to be there: those are the words when it is not. `invalid` and `too_early` are the words for
    what cannot be read, and for a day before the event. `phrase` is how the value reads.
    """

    name: str
    type: FieldType
    label: str
    hint: str = ""
    json: str = ""
    required: bool = False
    nullable: bool = False
    missing: str = ""
    invalid: str = ""
    too_early: str = ""
    longest: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)
    phrase: str = "{}"


#: A remark is possible with every event in JSON, and nowhere else: an address is no place for prose.
REMARK = Field("text", FieldType.PROSE, "Remark", json="text")

#: What an event does: its day, its rank among what happened on that day, and what is then to be done.
Effect = tuple[date, int, Callable[[], None]]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class EventKind:
    """A kind of event, declared once.

    `code` names it in JSON, in the database and on the trail; `label` says what happened. `law` is empty for what
    holds for the request as a whole and for a remark. Events of one day take effect in the order of their
    `rank`. What an event does to the time limit is `on_limit`; where two kinds belong together, a question and
    its answer, both name the same `in_pairs`, which gives the effects of all pairs. `on_remedies` is what an event
    does to the dates after the response.
    """

    code: str
    label: str
    law: Law = NO_LAW
    fields: tuple[Field, ...] = ()
    rank: int = 0
    on_limit: Callable[[Course, "ClockEvent"], None] | None = None
    in_pairs: Callable[[Course, Sequence["ClockEvent"]], Iterable[Effect]] | None = None
    on_remedies: Callable[[Remedies, "ClockEvent"], None] | None = None

    def __str__(self) -> str:
        return self.code

    __repr__ = __str__

    @property
    def address(self) -> str:
        """The part of a page's address that names it."""
        return self.code.replace("_", "-")

    @property
    def has_law(self) -> bool:
        return bool(self.law.foia or self.law.eir)

    @cached_property
    def json_fields(self) -> Mapping[str, Field]:
        """The fields in JSON besides `type`, by their name there."""
        return {field.json: field for field in (*self.fields, REMARK) if field.json}

    @cached_property
    def _day_field(self) -> Field | None:
        return next((field for field in self.fields if field.name == "on"), None)

    @property
    def holds_throughout(self) -> bool:
        """Whether it holds for the request as a whole, whatever the day."""
        return self._day_field is None

    @property
    def may_lack_day(self) -> bool:
        """Whether an event of this kind can be without a date."""
        return self._day_field is None or self._day_field.nullable or not self._day_field.required


@dataclass(frozen=True, slots=True)
class Needs:
    """What has to be so before an event can be recorded on a case.

    It is offered `under` one regime alone, or wherever it has a place in law. Until the response has gone out,
    `transition` has to be possible, or the request not closed (`while_open` says why). One of `after` has to be
    recorded first; `not_yet` says so on the page. Where the clock accepts the event without it, `untimely` is why
    it is refused all the same, with the day in its braces.
    """

    under: Regime | None = None
    transition: Transition | None = None
    while_open: str = ""
    after: tuple[EventKind, ...] = ()
    not_yet: str = ""
    untimely: str = ""

    def refusal(self, status: Status) -> str:
        """Return why nothing can be recorded in this status before the response; empty when it can."""
        if self.transition:
            try:
                WORKFLOW.next_status(self.transition, status)
            except TransitionNotAllowed as refusal:
                return str(refusal)
        return self.while_open if status is Status.CLOSED else ""


NEEDS_NOTHING = Needs()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class RecordedKind(EventKind):
    """A kind of event that has a page of its own on a case, where people with `recorded_by` record it.

    Clarifications and the response are recorded elsewhere. `about` says what the event does and what it needs,
    `about_eir` where the EIR differ; `notice_has_to` lists what its notice has to say. With `starts_limit` a time
    limit of the authority's begins with it, also on a request that is closed.
    """

    recorded_by: Permission
    needs: Needs = NEEDS_NOTHING
    about: tuple[str, ...]
    about_eir: tuple[str, ...] = ()
    notice_has_to: tuple[str, ...] = ()
    starts_limit: bool = False

    @property
    def moves_limit(self) -> bool:
        """Whether it moves the limit for the response, and with it due date and status."""
        return self.on_limit is not None or self.in_pairs is not None

    def is_offered(self, regime: Regime) -> bool:
        """Return whether it can be recorded on a request under this regime."""
        if self.needs.under:
            return self.needs.under is regime
        return bool(self.law.provisions(regime))

    def about_under(self, regime: Regime) -> tuple[str, ...]:
        """Return what its page says about it, a paragraph each."""
        return self.about_eir if self.about_eir and regime is Regime.EIR else self.about


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One event. It is entered, never worked out: what it does to the time limits is declared by its kind.

    `on` is when it happened; None for what has no date, or has not come. `asked` is the day of the question an
    answer belongs to, needed only when several are open. `restarts` is False when a question or an answer only
    narrows the request; of the two the answer prevails. `estimate` is the date estimated in a notice under
    s.17(2), `provision` the qualified exemption named there, `reason` why more than 40 working days are needed.
    `comply_by` is the day stated in a notice of the regulator. `value` is a regime or a policy. `as_recorded` is
    True of an extension that was judged when it was recorded: a calendar that changed since does not make its
    estimate impossible.
    """

    kind: EventKind
    on: date | None = None
    asked: date | None = None
    restarts: bool | None = None
    provision: str = ""
    estimate: date | None = None
    reason: str = ""
    comply_by: date | None = None
    value: str = ""
    text: str = ""
    as_recorded: bool = False

    @property
    def day(self) -> date:
        """When it happened, where that is known."""
        assert self.on is not None  # noqa: S101 - only dated events have an effect
        return self.on
