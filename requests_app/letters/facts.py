"""The facts of a letter: what every letter says, and what its kind says besides."""

from dataclasses import replace
from datetime import date

from requests_app.letters.kinds import kind_of
from requests_app.models import Letter
from requests_app.queries.letter_facts import shared_facts
from requests_app.rules.letters.facts import LetterFacts


def collect_facts(letter: Letter, *, letter_date: date | None, today: date) -> LetterFacts:
    """Collect what a letter says, as the case stands.

    `letter_date` is the day of issue, None for a draft; the regulator is the one in office on that day, or
    today. Raises CalendarNotCovered when a day it names lies beyond the calendar.
    """
    kind = kind_of(letter.kind)
    facts = shared_facts(letter, letter_date)
    facts = replace(facts, own={**dict.fromkeys(kind.own_fields, ""), **facts.own})
    for add in kind.adds_facts:
        facts = add(facts, letter, letter_date or today)
    return facts
