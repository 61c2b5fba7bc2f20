"""The table of a list: heads, cells, and what is refused."""

from dataclasses import dataclass

import pytest
from django.template import RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory

from foitracker.pages.lists.columns import NOWRAP, Column, Table


@dataclass(frozen=True)
class Lark:
    name: str
    eggs: int | None


COLUMNS = (
    Column[Lark]("name", "Name", lambda lark: lark.name, look=NOWRAP),
    Column[Lark]("eggs", "Eggs", lambda lark: lark.eggs, is_numeric=True),
    Column[Lark]("change", "Change", hides_label=True),
)
LARKS = [Lark("Sky <b>", 3), Lark("Shore", None), Lark("Wood", 12_000)]


def _drawn(source: str, shown: tuple[str, ...] = ("name", "eggs", "change"), **more: object) -> str:
    request = RequestFactory().get("/?q=x")
    table = Table("Larks", COLUMNS, shown, LARKS, **more)  # type: ignore[arg-type]
    return Template("{% load list_tags page_tags %}" + source).render(
        RequestContext(request, {"table": table, "outside": "still here"})
    )


def test_a_column_without_a_cell_shows_its_value_escaped() -> None:
    html = _drawn("{% list_table table as lark %}{% endlist_table %}")
    assert '<td class="govuk-table__cell app-table__nowrap"><bdi>Sky &lt;b&gt;</bdi></td>' in html
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">12,000</td>' in html
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">–</td>' in html
    assert '<th scope="col" class="govuk-table__header govuk-table__header--numeric">Eggs</th>' in html
    assert '<span class="govuk-visually-hidden">Change</span></th>' in html
    assert 'role="region" aria-label="Larks" tabindex="0"' in html
    assert "aria-sort" not in html


def test_a_cell_of_the_template_sees_its_row_and_the_page_around() -> None:
    html = _drawn(
        "{% list_table table as lark %}"
        '{% cell "change" %} {{ outside }}: {{ lark.name }} {% if lark.eggs %}{% tag "Nests" %}{% endif %} '
        "{% endcell %}"
        "{% endlist_table %}{{ lark.name }}"
    )
    assert ">still here: Sky &lt;b&gt; <strong" in html
    assert ">still here: Shore</td>" in html
    assert html.rstrip().endswith("</div>")  # the row is known in the table alone
    assert html.count("Nests") == 2


def test_columns_are_shown_as_the_table_says_and_a_cell_of_another_is_not_drawn() -> None:
    source = '{% list_table table as lark %}{% cell "change" %}Change{% endcell %}{% endlist_table %}'
    html = _drawn(source, shown=("eggs", "name"))
    assert html.index(">Eggs<") < html.index(">Name<")
    assert "Change" not in html


def test_columns_that_the_list_can_be_ordered_by_are_links() -> None:
    source = "{% list_table table as lark %}{% endlist_table %}"
    html = _drawn(source, orders={"name", "-name"}, sort="-name")
    assert 'aria-sort="descending"' in html
    assert 'href="?q=x&amp;sort=name"' in html
    assert html.count("aria-sort") == 1


@pytest.mark.parametrize(
    "source",
    [
        '{% list_table table as lark %}{% cell "egs" %}x{% endcell %}{% endlist_table %}',
        "{% list_table table %}{% endlist_table %}",
        "{% list_table table of lark %}{% endlist_table %}",
        "{% list_table table as lark %}{% cell name %}x{% endcell %}{% endlist_table %}",
        "{% list_table table as lark %}",
    ],
)
def test_what_is_written_wrong_is_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        _drawn(source)


def test_a_column_that_is_not_there_cannot_be_shown() -> None:
    with pytest.raises(KeyError):
        _drawn("{% list_table table as lark %}{% endlist_table %}", shown=("name", "nest"))
