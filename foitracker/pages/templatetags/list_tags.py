"""The table of a list: heads and plain cells from its columns, richer cells from the page's own template."""

from datetime import date
from typing import Any

from django import template
from django.template import Engine
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foitracker.pages.lists.columns import Column, Table
from foitracker.pages.templatetags.page_tags import short_date, thousands, user_line

register = template.Library()

CELL = '<td class="{}">{}</td>'
ROW_HEADER = '<th scope="row" class="{}">{}</th>'


class CellNode(Node):
    """What stands in the cells of one column. Only the table around it draws it, once a row."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist


class TableNode(Node):
    def __init__(self, table: FilterExpression, row_name: str, cells: dict[str, NodeList]) -> None:
        self.table, self.row_name, self.cells = table, row_name, cells

    def render(self, context: Context) -> SafeString:
        table: Table[Any] = self.table.resolve(context)
        if unknown := self.cells.keys() - {column.name for column in table.columns}:
            raise TemplateSyntaxError(f"The list has no column {', '.join(sorted(unknown))}.")
        columns = table.shown_columns
        with context.push():
            drawn = [self._row(columns, row, context) for row in table.rows]
        frame = Engine.get_default().get_template("components/list_table.html")
        with context.push(table=table, columns=columns, drawn=drawn, sort=table.sort):
            return frame.render(context)

    def _row(self, columns: list[Column[Any]], row: Any, context: Context) -> SafeString:
        """The cells of one row, as mark-up: in a template their frames alone would cost a fifth of the page."""
        context[self.row_name] = row
        cells = [
            format_html(
                ROW_HEADER if column.is_row_header else CELL,
                column.cell_class(row),
                self._cell(column, row, context),
            )
            for column in columns
        ]
        return SafeString("".join(cells))

    def _cell(self, column: Column[Any], row: Any, context: Context) -> str:
        if column.name in self.cells:
            return SafeString(self.cells[column.name].render(context).strip())
        return plain_cell(column.value(row) if column.value else None)


def plain_cell(value: object) -> str:
    """Return a value as a cell shows it when the template does not say otherwise."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return short_date(value)
    return thousands(value) if isinstance(value, int) else user_line(value)


@register.tag
def list_table(parser: Parser, token: Token) -> TableNode:
    """Draw a `Table`: {% list_table table as force %} {% cell "name" %}…{% endcell %} {% endlist_table %}.

    A column without a cell here shows its value. In a cell `force` is the row.
    """
    tag, *words = token.split_contents()
    if len(words) != 3 or words[1] != "as":
        raise TemplateSyntaxError(f"{{% {tag} %}} is written as {{% {tag} table as row %}}.")
    inside = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    cells = {node.name: node.nodelist for node in inside if isinstance(node, CellNode)}
    return TableNode(parser.compile_filter(words[0]), words[2], cells)


@register.tag
def cell(parser: Parser, token: Token) -> CellNode:
    """Say what stands in the cells of the column of this name: {% cell "subject" %}…{% endcell %}."""
    tag, *words = token.split_contents()
    if len(words) != 1 or len(words[0]) < 3 or words[0][0] != '"' or words[0][-1] != '"':
        raise TemplateSyntaxError(f"{{% {tag} %}} takes the name of a column in quotation marks.")
    inside = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return CellNode(words[0][1:-1], inside)
