"""The kinds of reminder. An app declares each once, from a measure and a date; the sweep knows no other rule.

A kind gives its due rows as SQL, so that however many cases there are, a kind is one statement.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Protocol

from django.core.exceptions import EmptyResultSet
from django.db.models import F, Q, QuerySet, Value

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import can, those_who_may
from foitracker.casework.measures import Measure, Measures
from foitracker.reminders.moment import Moment
from foitracker.reminders.steps import Steps

#: SQL that selects case, about, offset and person, with its parameters.
Rows = tuple[str, Sequence[Any]]


class AtOnce(Enum):
    """Whether a reminder that comes up during the day waits for the next digest."""

    NEVER = "never"
    ALWAYS = "always"
    #: When it is due today or overdue by a date nobody has been reminded of: the clock has moved.
    WHEN_MOVED = "when_moved"


@dataclass(frozen=True)
class CaseSource:
    """Where the cases of an app come from: their measures, how one is called and where it is shown."""

    measures: Measures[Any, Any]
    view: Callable[[date, User | None], Any]
    reference: Any
    title: Callable[[str], str]
    address: Callable[[str], str]

    def found(self, measure: Measure[Any, Any], moment: Moment, user: User | None = None) -> "QuerySet[Any]":
        """Return the cases a measure holds of: of all of them, as a person sees them when one is named."""
        view = self.view(moment.today, user)
        found: QuerySet[Any] = self.measures.cases.all().filter(measure.condition(view)).order_by()
        return found


class Audience(Protocol):
    """Who is reminded: `rows` gives the due rows of a kind of reminder for them; all of them have `permission`."""

    @property
    def code(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def permission(self) -> Permission: ...

    def rows(self, kind: "CaseReminder", moment: Moment, only: Collection[str] | None) -> Iterator[Rows]: ...


@dataclass(frozen=True)
class WhoeverHasIt:
    """The person in a column of the case, and while they are away whoever covers for them."""

    code: str
    label: str
    permission: Permission
    column: str

    def rows(self, kind: "CaseReminder", moment: Moment, only: Collection[str] | None) -> Iterator[Rows]:
        due = kind.due(moment, only=only).filter(**{f"{self.column}__is_active": True})
        for rows in _rows(due.annotate(r_person=F(f"{self.column}_id"))):
            yield rows
            if moment.covers:
                yield _for_covers(rows, moment.covers)


@dataclass(frozen=True)
class WhoeverIsNamed:
    """The active people that an expression on the case names, made when it is needed."""

    code: str
    label: str
    permission: Permission
    person: Callable[[], Any]

    def rows(self, kind: "CaseReminder", moment: Moment, only: Collection[str] | None) -> Iterator[Rows]:
        due = kind.due(moment, only=only).annotate(r_person=self.person())
        yield from _rows(due.filter(r_person__in=User.objects.filter(is_active=True)))


@dataclass(frozen=True)
class EverybodyWhoMay:
    """Everybody whose role lets them do something, whichever case it is."""

    code: str
    label: str
    permission: Permission

    def rows(self, kind: "CaseReminder", moment: Moment, only: Collection[str] | None) -> Iterator[Rows]:
        people = list(User.objects.filter(those_who_may(self.permission)).values_list("pk", flat=True))
        if people:
            for rows in _rows(kind.due(moment, only=only).annotate(r_person=Value(0))):
                yield _for_each(rows, people)


@dataclass(frozen=True)
class WhoeverMayThere:
    """Those whose role lets them do something and who may do it to this case: one look a person."""

    code: str
    label: str
    permission: Permission
    there: Callable[[User], Q] = lambda user: Q()

    def rows(self, kind: "CaseReminder", moment: Moment, only: Collection[str] | None) -> Iterator[Rows]:
        for user in User.objects.filter(those_who_may(self.permission)):
            due = kind.due(moment, only=only, user=user).filter(self.there(user))
            yield from _rows(due.annotate(r_person=Value(user.pk)))


def _rows(due: "QuerySet[Any]") -> Iterator[Rows]:
    """The selection as SQL; none where Django sees that it is empty."""
    with suppress(EmptyResultSet):
        yield due.values_list("r_case", "r_about", "r_offset", "r_person").query.sql_with_params()


def _for_each(rows: Rows, people: Sequence[int]) -> Rows:
    sql, params = rows
    return (
        f"SELECT c.r_case, c.r_about, c.r_offset, p.id FROM ({sql}) AS c "  # noqa: S608 (compiled by Django)
        "CROSS JOIN unnest(%s::bigint[]) AS p(id)",
        (*params, list(people)),
    )


def _for_covers(rows: Rows, covers: Sequence[tuple[int, int]]) -> Rows:
    sql, params = rows
    away, cover = zip(*covers, strict=True)
    return (
        f"SELECT c.r_case, c.r_about, c.r_offset, a.cover FROM ({sql}) AS c "  # noqa: S608 (compiled by Django)
        "JOIN unnest(%s::bigint[], %s::bigint[]) AS a(person, cover) ON a.person = c.r_person",
        (*params, list(away), list(cover)),
    )


@dataclass(frozen=True)
class ReminderKind:
    """What every kind has: how it reads, its steps, who it goes to.

    `heading` stands over the list of them, `says` gives the words beside the case from the date and the working days
    left to it. `audiences` are those it can go to, `usual` the codes of those it goes to unless the settings say
    otherwise. One that `cannot_be_muted` is always e-mailed.
    """

    code: str
    heading: str
    says: Callable[[date, int], str]
    steps: Steps
    audiences: tuple[Audience, ...]
    usual: tuple[str, ...] = ()
    at_once: AtOnce = AtOnce.NEVER
    cannot_be_muted: bool = False

    def audience_codes(self) -> tuple[str, ...]:
        return self.usual or tuple(audience.code for audience in self.audiences)

    def may_reach(self, user: User, codes: Collection[str]) -> bool:
        """Return whether it may ever go to a person, while it goes to the audiences of these codes."""
        return any(can(audience.permission, user) for audience in self.audiences if audience.code in codes)

    def title(self, case: str) -> str:
        raise NotImplementedError

    def address(self, case: str) -> str:
        raise NotImplementedError

    def rows(
        self, moment: Moment, codes: Collection[str], only: Collection[str] | None = None
    ) -> Iterator[Rows]:
        """Give the due rows for the audiences of these codes, of all cases or `only` of those named."""
        raise NotImplementedError


@dataclass(frozen=True)
class CaseReminder(ReminderKind):
    """A reminder of the cases that a measure holds of, about a date of each.

    `about` makes the expression of the date from the measures' view.
    """

    source: CaseSource = field(kw_only=True)
    measure: Measure[Any, Any] = field(kw_only=True)
    about: Callable[[Any], Any] = field(kw_only=True)

    def title(self, case: str) -> str:
        return self.source.title(case)

    def address(self, case: str) -> str:
        return self.source.address(case)

    def due(
        self, moment: Moment, *, only: Collection[str] | None = None, user: User | None = None
    ) -> "QuerySet[Any]":
        """Return the cases for which a step has been reached, with `r_case`, `r_about` and `r_offset`."""
        found = self.source.found(self.measure, moment, user)
        about = self.about(self.source.view(moment.today, user))
        due: QuerySet[Any] = found.annotate(
            r_case=self.source.reference,
            r_about=about,
            r_offset=self.steps.reached_by(about, moment.today, moment.calendar),
        )
        if only is not None:
            due = due.filter(r_case__in=list(only))
        reached: QuerySet[Any] = due.filter(r_offset__isnull=False)
        return reached

    def rows(
        self, moment: Moment, codes: Collection[str], only: Collection[str] | None = None
    ) -> Iterator[Rows]:
        for audience in self.audiences:
            if audience.code in codes:
                yield from audience.rows(self, moment, only)


@dataclass(frozen=True)
class PlainReminder(ReminderKind):
    """A reminder that is about no case: what `look` finds, by name and day, for everybody who may."""

    look: Callable[[Moment], Mapping[str, date]] = field(kw_only=True)
    page: Callable[[], str] = field(kw_only=True)

    def title(self, case: str) -> str:
        return case

    def address(self, case: str) -> str:
        return self.page()

    def rows(
        self, moment: Moment, codes: Collection[str], only: Collection[str] | None = None
    ) -> Iterator[Rows]:
        if only is not None:
            return
        reached = [
            (case, day, self.steps.reached(moment.working_days_until(day)))
            for case, day in self.look(moment).items()
        ]
        found = [(case, day, offset) for case, day, offset in reached if offset is not None]
        wanted = [audience.permission for audience in self.audiences if audience.code in codes]
        people = [
            pk
            for permission in wanted
            for pk in User.objects.filter(those_who_may(permission)).values_list("pk", flat=True)
        ]
        if found and people:
            columns = [list(column) for column in zip(*found, strict=True)]
            yield _for_each(
                (
                    "SELECT * FROM unnest(%s::text[], %s::date[], %s::int[]) AS f (r_case, r_about, r_offset)",
                    columns,
                ),
                people,
            )


_kinds: dict[str, ReminderKind] = {}


def register(*kinds: ReminderKind) -> None:
    """Make kinds known, in this order. Raises ValueError for a code given twice."""
    for kind in kinds:
        if kind.code in _kinds:
            raise ValueError(f"two kinds of reminder are called “{kind.code}”")
        _kinds[kind.code] = kind


def kinds() -> list[ReminderKind]:
    """Return all kinds: what is always sent first, then what does not wait, then the others as they were registered."""
    return sorted(
        _kinds.values(), key=lambda kind: (not kind.cannot_be_muted, kind.at_once is not AtOnce.ALWAYS)
    )


def kind_of(code: str) -> ReminderKind | None:
    """Return a kind by its code; None for one that is declared no more."""
    return _kinds.get(code)
