"""Other people's words made safe to read: nothing in them can hide, or turn the text around it."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Controls that reorder or hide what is read: C0 and C1 (but not tab and line feed), bidirectional marks,
# embeddings, overrides and isolates, line and paragraph separators, zero-width space, word joiner, BOM.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]"
)


def one_line(text: str) -> str:
    """Return `text` with line breaks and runs of spaces as one space each; hidden characters stay, to be shown."""
    return re.sub("[ \t\r\n]+", " ", text).strip(" ")


def visible(text: str) -> SafeString:
    """Escape `text` and write each hidden control character as its code point, for example [U+202E]."""

    def code_point(match: re.Match[str]) -> str:
        return f'<span class="app-codepoint">[U+{ord(match[0]):04X}]</span>'

    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return mark_safe(_HIDDEN.sub(code_point, escape(unix)))  # noqa: S308 - escaped before the markers go in
