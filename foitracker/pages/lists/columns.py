"""Columns of a list: what each is called, what it says of a row, and the table they make together."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db.models.expressions import Combinable

_Row = TypeVar("_Row")

#: How a cell may look besides plain.
NOWRAP, SUBJECT, BREAK_ANYWHERE = "app-table__nowrap", "app-table__subject", "app-break"
#: A cell with marks keeps the width that their words need.
MARKS = "app-table__marks"


@dataclass(frozen=True)
class Column(Generic[_Row]):
    """One column of a list, on the page and in the file.

    `value` gives what it says of a row. The page shows that as it is, unless the template has a cell of this `name`;
    the file holds it under `header`, or else the label. The name is also that of the order the column sorts by, in a
    list that has one; `first` is the direction of the first click. `look` may depend on the row.

    `stored` is for lists that are downloaded by the million: what `value` says, in words of the database, on a day.
    """

    name: str
    label: str
    value: Callable[[_Row], Any] | None = None
    header: str = ""
    first: str = "ascending"
    look: str | Callable[[_Row], str] = ""
    is_numeric: bool = False
    is_row_header: bool = False
    hides_label: bool = False
    stored: Callable[[date], Combinable] | None = None

    def cell_class(self, row: _Row) -> str:
        """Return the classes of its cell in a row."""
        look = self.look(row) if callable(self.look) else self.look
        return f"{self._plain_class} {look}" if look else self._plain_class

    @cached_property
    def _plain_class(self) -> str:
        kind = "header" if self.is_row_header else "cell"
        return f"govuk-table__{kind}" + (f" govuk-table__{kind}--numeric" if self.is_numeric else "")

    @property
    def file_header(self) -> str:
        return self.header or self.label[:1].lower() + self.label[1:]


@dataclass(frozen=True)
class Table(Generic[_Row]):
    """Rows under some of a list's columns, as `{% list_table %}` draws them.

    All of them where none is `shown` by name. One whose name is among `orders` sorts; `sort` is the order in force.
    """

    caption: str
    columns: Sequence[Column[_Row]]
    shown: Sequence[str] = ()
    rows: Sequence[_Row] = ()
    orders: Collection[str] = field(default=())
    sort: str = ""

    def __iter__(self) -> Iterator[_Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def shown_columns(self) -> list[Column[_Row]]:
        return named(self.columns, self.shown or [column.name for column in self.columns])


def named(columns: Sequence[Column[_Row]], names: Sequence[str]) -> list[Column[_Row]]:
    """Return the columns of these names, in the order of the names. Raises KeyError."""
    by_name = {column.name: column for column in columns}
    return [by_name[name] for name in names]


def file_value(value: Any) -> Any:
    """Return a value as a file holds it: days as ISO writes them, yes or no, several values with semicolons."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
