"""What is checked in officers' words before a log keeps them or a message carries them."""

from dataclasses import dataclass

from foitracker.casework.refusals import NotPossible
from foitracker.identity.operations import check_masked
from foitracker.pages.typed_text import find_placeholders, is_blank
from referrals.models import Referral
from referrals.queries.applicants import known_applicants
from referrals.rules.marking_lines import higher_markings, marking_refusal


@dataclass(frozen=True)
class CheckedWords:
    """Words that may enter a log.

    `unmasked` counts by kind what an officer says does not identify the applicant.
    """

    text: str
    unmasked: dict[str, int]

    @property
    def facts(self) -> dict[str, object]:
        """What the trail keeps of them: nothing, or how many of each kind were left in."""
        return {"unmasked": self.unmasked} if self.unmasked else {}


def check_words(referral: Referral, text: str, *, confirmed: bool, field: str) -> CheckedWords:
    """Return `text` without the space around it, if it may enter the log.

    Raises NotPossible for nothing to read, for a marking above what may be held here, and for what looks like
    the applicant unless `confirmed` says it is not; nothing about our own applicant may enter at all.
    """
    if is_blank(text):
        raise NotPossible("Enter the words.", field=field)
    if found := higher_markings(text):
        raise NotPossible(marking_refusal(found[0], instead="refer to it from here"), field=field)
    known = known_applicants([referral])
    unmasked = check_masked(text, confirmed=confirmed, field=field, known_identity=known)
    return CheckedWords(text.strip(), unmasked)


def check_nothing_open(text: str, *, field: str) -> None:
    """Raise NotPossible while something in `text` is still to be filled in, naming each place."""
    if found := find_placeholders(text):
        shown = ", ".join(f"“{one.found}” ({one.where})" for one in found)
        raise NotPossible(f"Fill in what is still open: {shown}.", field=field)
