"""Template filters of the letters besides those of all printed documents: items and provisions in a sentence."""

from django import template
from django.utils.safestring import SafeString

from foitracker.printing.print_text import isolated
from requests_app.letters.phrases import provisions_phrase, spoken

register = template.Library()


@register.filter
def as_spoken(label: str) -> SafeString:
    """Return an item's label as a sentence names it: “3”, not “3.”."""
    return isolated(spoken(label))


@register.filter
def citation(ref: str, word: str) -> str:
    """Return one catalogue reference as a citation; `word` is “section” or “regulation”."""
    return provisions_phrase((ref,), word)
