"""What a letter lacks, by what its kind is held to."""

from requests_app.letters.kinds import ANSWER_LABELS, kind_of
from requests_app.queries.exemption_catalogue import exemption_catalogue, refusal_elements
from requests_app.rules.letters.facts import LetterFacts
from requests_app.rules.letters.notice import Notice
from requests_app.rules.letters.notice_elements import Gap
from requests_app.rules.letters.refusal_notice import gaps


def notice_of(facts: LetterFacts) -> Notice:
    """Return a letter as the checks see it, with the catalogue as it is for the authority that writes."""
    kind = kind_of(facts.kind)
    catalogue = exemption_catalogue(facts.authority.kind)
    return Notice(facts, kind.label, kind.requirements, catalogue, ANSWER_LABELS)


def letter_gaps(facts: LetterFacts) -> tuple[Gap, ...]:
    """Return every gap of a letter at once, blocking ones first, then warnings."""
    return gaps(notice_of(facts), refusal_elements())
