"""Cells of a file as PostgreSQL says them: the same words that the columns of the list give, in its own language."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    F,
    Func,
    IntegerField,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from foitracker.pages.lists.csv_download import FORMULA_STARTS


def worded(column: str, choices: Sequence[tuple[Any, str]]) -> Combinable:
    """Return what `get_…_display` gives of a column with choices."""
    cases = [When(**{column: value}, then=Value(label)) for value, label in choices]
    return Case(*cases, default=F(column), output_field=TextField())


def copy_statement(found: QuerySet[Any], cells: Sequence[Combinable]) -> str:
    """Return the statement that gives a list as lines of a CSV file, its rows in order.

    Texts are made as safe as `safe_cell` makes them. An empty text and NULL are both an empty cell; PostgreSQL would
    put the former in quotation marks.
    """
    names = [f"cell_{number}" for number, _ in enumerate(cells)]
    asked = found.annotate(**dict(zip(names, map(_Cell, cells), strict=True))).values_list(*names)
    # Also a list in which there can be nothing, such as that of no officer, is asked for.
    sql, parameters = asked.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    written_out = connection.ops.compose_sql(sql, parameters)  # type: ignore[attr-defined]  # COPY takes no parameters
    return f"COPY ({written_out}) TO STDOUT (FORMAT csv)"


#: What a cell is written as, by the kind of the value. The pattern is the same for every cell.
_FORMULA = "^[-" + "".join(start for start in FORMULA_STARTS if start != "-") + "]"
_TEXT = "CASE WHEN {0} ~ %s THEN '''' || {0} ELSE nullif({0}, '') END"
_DAY = "to_char({0}, 'YYYY-MM-DD')"
_YES_OR_NO = "CASE {0} WHEN true THEN 'yes' WHEN false THEN 'no' END"


class _Cell(Func):
    """A cell as the file holds it: `safe_cell` of `file_value`. Raises TypeError for a kind that it cannot write."""

    arity = 1
    output_field = TextField()

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        (cell,) = self.get_source_expressions()
        sql, parameters = cell.as_sql(*args, **kwargs)
        match cell.output_field:
            case IntegerField():
                return sql, parameters
            case DateField() if not isinstance(cell.output_field, DateTimeField):
                return _DAY.format(sql), parameters
            case BooleanField():
                return _YES_OR_NO.format(sql), parameters
            case CharField() | TextField():
                return _TEXT.format(sql), [*parameters, _FORMULA, *parameters, *parameters]
        raise TypeError(f"no cell of a file is written of a {type(cell.output_field).__name__}")
