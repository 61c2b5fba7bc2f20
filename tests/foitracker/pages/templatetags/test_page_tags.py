"""What the tags of every page make of dates, words and forms."""

from datetime import UTC, date, datetime

import pytest
from crispy_forms_gds.fields import DateInputField
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory

from foitracker.pages.templatetags import page_tags


def drawn(source: str, address: str = "/", **variables: object) -> str:
    request = RequestFactory().get(address)
    return Template("{% load page_tags %}" + source).render(RequestContext(request, variables))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("uk_date", date(2025, 4, 25), "25 April 2025"),
        ("weekday_date", date(2025, 4, 25), "Friday 25 April 2025"),
        ("short_date", date(2025, 4, 5), "05/04/2025"),
        # 23:30 UTC on the last day of March is already April where the authority is.
        ("uk_date", datetime(2025, 3, 31, 23, 30, tzinfo=UTC), "1 April 2025"),
        ("uk_datetime", datetime(2025, 3, 31, 23, 30, tzinfo=UTC), "1 April 2025 at 00:30"),
        ("uk_date", None, ""),
        ("uk_datetime", None, ""),
        ("thousands", 1204, "1,204"),
    ],
)
def test_dates_and_counts_are_written_as_officers_read_them(name: str, value: object, words: str) -> None:
    assert getattr(page_tags, name)(value) == words


def test_other_peoples_words_are_escaped_and_keep_their_lines() -> None:
    assert page_tags.user_text("<b>a</b>\r\nb & c") == (
        '<div class="app-user-text" dir="auto">&lt;b&gt;a&lt;/b&gt;\nb &amp; c</div>'
    )


@pytest.mark.parametrize(
    "code", ["202E", "2066", "2069", "200F", "061C", "200B", "FEFF", "2028", "0000", "001B"]
)
def test_characters_that_hide_or_reorder_text_are_shown_by_their_code(code: str) -> None:
    line = page_tags.user_line(f"invoice{chr(int(code, 16))}fdp.exe")
    assert f'<span class="app-codepoint">[U+{code}]</span>' in line
    assert chr(int(code, 16)) not in line


def test_a_line_of_somebody_elses_words_is_isolated_from_ours() -> None:
    assert page_tags.user_line("one\n  two") == "<bdi>one two</bdi>"
    assert page_tags.user_line("שלום") == "<bdi>שלום</bdi>"
    assert page_tags.user_line(None) == ""


class SearchForm(forms.Form):
    done_on = DateInputField(label="Date of the search")
    held = forms.ChoiceField(label="What is held", choices=[("a", "All")], widget=forms.RadioSelect)
    criteria = forms.CharField(label="Criteria")
    version = forms.IntegerField(widget=forms.HiddenInput)


SENT = {"done_on_0": "3", "done_on_1": "x", "done_on_2": "2025", "criteria": "<i>typed</i>", "version": "7"}


def test_the_error_summary_leads_to_the_control_to_correct() -> None:
    html = drawn("{% form_errors form %}", form=SearchForm({**SENT, "criteria": ""}))
    assert '<a href="#id_done_on_1">Enter a valid month</a>' in html
    assert '<a href="#id_held_1">What is held: this field is required.</a>' in html
    assert '<a href="#id_criteria">Criteria: this field is required.</a>' in html


@pytest.mark.parametrize("form", [None, SearchForm(), SearchForm({**SENT, "done_on_1": "4", "held": "a"})])
def test_there_is_no_error_summary_without_errors(form: forms.Form | None) -> None:
    assert drawn("{% form_errors form %}", form=form).strip() == ""


def test_the_controls_that_errors_lead_to_are_on_the_page_and_keep_what_was_typed() -> None:
    html = drawn("{% form_fields form %}", form=SearchForm(SENT))
    for control in ("id_done_on_1", "id_held_1", "id_criteria"):
        assert f'id="{control}"' in html
    assert 'value="&lt;i&gt;typed&lt;/i&gt;"' in html
    assert "<form" not in html


def test_the_version_shown_now_wins_over_the_one_the_form_was_sent_with() -> None:
    html = drawn(
        '{% include "components/form.html" %}', form=SearchForm(SENT), seen_version=8, submit_label="Save"
    )
    assert html.index('name="seen_version" value="8"') > html.index('name="version"')


def test_sorting_turns_round_and_returns_to_the_first_page() -> None:
    header = '{% sort_header "due" "Due" %}'
    assert 'href="?q=x&amp;sort=due"' in drawn(header, "/?q=x&page=4")
    assert 'aria-sort="ascending"' in drawn(header, "/?sort=due")
    assert 'href="?sort=-due"' in drawn(header, "/?sort=due")
    assert 'href="?sort=due"' in drawn(header, "/?sort=-due")


def test_pages_keep_the_filters_and_a_single_page_needs_no_links() -> None:
    html = drawn("{% pagination page %}", "/?status=closed", page=Paginator(range(100), 10).get_page(2))
    assert 'href="?status=closed&amp;page=3"' in html
    assert 'aria-current="page"' in html
    assert drawn("{% pagination page %}", page=Paginator(range(3), 10).get_page(1)).strip() == ""
