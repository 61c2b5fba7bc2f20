"""A letter as HTML, from its facts. What prints it is `foitracker.printing`."""

from pathlib import Path
from typing import Any

from foitracker.printing.render import LETTER_STYLESHEET, render_template, stylesheet_url
from requests_app.letters import kinds
from requests_app.letters.context import letter_context
from requests_app.rules.letters.facts import LetterFacts

#: Names the wording and the look. A test holds it to the templates and the style sheet: change one, raise it.
TEMPLATE_VERSION = "2"
#: Where the templates of the kinds are; the parts they share are in `templates/letters/`.
_FOLDERS = (str(Path(kinds.__file__).parent),)
_FILTERS = ("requests_app.letters.letter_text",)


def render_html(facts: LetterFacts) -> str:
    """Return the letter as a complete HTML document.

    Without a letter date it is a draft and says so on every page. It has no script and no inline style, so
    it can be shown under the site's content security policy.
    """
    context: dict[str, Any] = letter_context(facts)
    context |= {"template_version": TEMPLATE_VERSION, "stylesheet_url": stylesheet_url(LETTER_STYLESHEET)}
    template = kinds.kind_of(facts.kind).template
    return render_template(template, context, filters=_FILTERS, folders=_FOLDERS)
