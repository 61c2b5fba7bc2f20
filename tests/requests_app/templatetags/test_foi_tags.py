"""What the tags of requests make of counts and codes."""

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory

from requests_app.models.letter import LetterStatus
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.templatetags import foi_tags


def drawn(source: str, address: str = "/", **variables: object) -> str:
    request = RequestFactory().get(address)
    return Template("{% load foi_tags %}" + source).render(RequestContext(request, variables))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("working_days", 1, "1 working day"),
        ("working_days", 20, "20 working days"),
        ("working_days", None, ""),
        ("letter_kind_label", "part_refusal", "Part refusal"),
    ],
)
def test_counts_and_labels_are_written_as_officers_read_them(name: str, value: object, words: str) -> None:
    assert foi_tags.register.filters[name](value) == words


@pytest.mark.parametrize(
    ("tag", "codes"),
    [
        ("status_tag", list(Status)),
        ("outcome_tag", list(Outcome)),
        ("disposition_tag", [None, *Disposition]),
        ("letter_tag", list(LetterStatus)),
    ],
)
def test_every_tag_has_words_and_a_shape_beside_its_colour(tag: str, codes: list[str | None]) -> None:
    for code in codes:
        html = drawn("{% " + tag + " code %}", code=code)
        assert "<svg" in html
        assert "<span></span>" not in html
        assert "_" not in html.split("<span>")[1]
