"""Every page on which somebody writes about a case looks for who asks before it keeps the words."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.urls import URLPattern, URLResolver, get_resolver

from foitracker.casework.case_page import CasePage
from foitracker.identity.forms import IdentityCheckedForm
from referrals.views.referral_page import ReferralPage
from requests_app.views.request_page import RequestPage

#: What holds the applicant's own words, who they are, or what is to be masked, by the page it stands on.
NAMES_APPLICANT = {
    "AnswerClarification": {"answer"},
    "ChangeIdentity": {"name", "organisation", "email", "postal_address", "other_address", "salutation"},
    "CorrectClarification": {"answer"},
    "MaskPhrases": {"phrases"},
}
#: Boxes of a log's pages that hold no sentences: what is typed in them is looked up, and refused when it is not known.
LOOKED_UP = {
    ("AdviseView", "exemptions"),
    ("GroupLogs", "numbers"),
    ("AddForce", "force"),
    ("ChangeForce", "force"),
}


def pages(patterns: list[Any]) -> Iterator[type[CasePage]]:
    """Every page of one form about a case."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", None)
            if view is not None and issubclass(view, CasePage):
                yield view


PAGES = sorted(set(pages(get_resolver().url_patterns)), key=lambda page: (page.__module__, page.__name__))


def named(page: type[CasePage]) -> str:
    return f"{page.__module__}.{page.__name__}"


def words_of(form: type[forms.Form]) -> set[str]:
    return {name for name, field in form.base_fields.items() if isinstance(field, forms.CharField)}


@pytest.mark.parametrize("page", [one for one in PAGES if issubclass(one, RequestPage)], ids=named)
def test_a_page_of_a_request_leaves_out_only_what_is_the_applicants(page: type[RequestPage]) -> None:
    """`RequestPage` looks through every box but those named; none says otherwise by a method of its own."""
    assert page.names_applicant - {"seen_version"} == NAMES_APPLICANT.get(page.__name__, set())
    assert page.accepts is RequestPage.accepts


@pytest.mark.parametrize("page", [one for one in PAGES if issubclass(one, ReferralPage)], ids=named)
def test_a_page_of_a_log_looks_through_every_box(page: type[ReferralPage]) -> None:
    words = words_of(page.form_class)
    checked = (
        set(page.form_class.identity_fields) if issubclass(page.form_class, IdentityCheckedForm) else set()
    )
    assert words - checked == {name for view, name in LOOKED_UP if view == page.__name__}


def test_there_are_pages() -> None:
    assert len(PAGES) > 40
