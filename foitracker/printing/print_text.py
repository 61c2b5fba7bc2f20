"""Template filters of the letters: other people's text made safe to print, and dates as people read them.

Text that officers and applicants typed is data. It is escaped, its lines and paragraphs are kept, its
direction is isolated, and characters that steer the reading order or cannot be printed are taken out.
"""

import re
import unicodedata
from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foitracker.pages.words import in_words

register = template.Library()

#: Marks, embeddings, overrides and isolates: a hostile text could use them to reorder ours (Unicode TR36).
_DIRECTION_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LEFTWARDS = frozenset({"R", "AL", "AN"})
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n[ \u00a0]*(?:\n[ \u00a0]*)+")
_MONSTROUS_WORD = re.compile(r"(?<!\S)\S{400,}")
_PIECE = re.compile(r".{1,80}")
_UNPRINTABLE = frozenset({"Cc", "Cs", "Cn"})
_FIRST_PICTOGRAPH = "\U0001f000"
_SKIN_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


def clean(text: str) -> str:
    """Return the text with `\\n` as its only line end and with characters that can be printed.

    Control characters, lone surrogates, unassigned code points and direction controls are dropped, tabs
    become spaces, and emoji are spelt out (“[grinning face]”): no text font has them, and a glyph that is
    missing breaks the letter for screen readers (PDF/UA-1 clause 7.21.8). Nothing else changes.
    """
    return "".join(map(_printable, _LINE_ENDS.sub("\n", text).replace("\t", "    ")))


def _printable(character: str) -> str:
    if character == "\n" or (character.isascii() and character.isprintable()):
        return character
    if character in _DIRECTION_CONTROLS or unicodedata.category(character) in _UNPRINTABLE:
        return ""
    if character in _SKIN_TONES:
        return ""
    if character >= _FIRST_PICTOGRAPH and unicodedata.category(character) == "So":
        return f"[{unicodedata.name(character).lower()}]"
    return character


@register.filter
def one_line(text: str) -> str:
    """Return the cleaned text on one line; the template escapes it."""
    return " ".join(clean(text).split())


def _escaped(line: str) -> SafeString:
    """The line escaped, with places to break in words of monstrous length: unbroken they take minutes to set."""
    pieces = _MONSTROUS_WORD.sub(lambda word: "\0".join(_PIECE.findall(word[0])), line).split("\0")
    return format_html_join(SafeString("<wbr>"), "{}", ((piece,) for piece in pieces))


@register.filter
def isolated(text: str) -> SafeString:
    """Return the text on one line, its direction kept to itself where it runs leftwards."""
    line = one_line(text)
    if any(unicodedata.bidirectional(character) in _LEFTWARDS for character in line):
        return format_html("<bdi>{}</bdi>", _escaped(line))
    return _escaped(line)


@register.filter
def lines(text: str) -> SafeString:
    """Return a postal address or the like: one line below the other, empty ones left out."""
    found = (isolated(line) for line in clean(text).split("\n"))
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in found if line))


@register.filter
def in_a_row(text: str) -> SafeString:
    """Return a postal address on one line, its parts separated by commas."""
    found = (line.strip(" ,") for line in clean(text).split("\n"))
    return isolated(", ".join(line for line in found if line))


@register.filter
def paragraphs(text: str) -> SafeString:
    """Return typed text as paragraphs: a blank line separates two, a line end breaks the line."""
    found = _BLANK_LINES.split(clean(text).strip("\n"))
    return format_html_join(
        "\n",
        '<p class="typed" dir="auto">{}</p>',
        (
            (
                format_html_join(
                    SafeString("<br>"), "{}", ((_escaped(line.rstrip()),) for line in part.split("\n"))
                ),
            )
            for part in found
            if part.strip()
        ),
    )


@register.filter
def long_date(day: date) -> SafeString:
    """Return a date as “9 May 2025”, never broken over two lines."""
    return format_html('<span class="unbroken">{}</span>', in_words(day))
