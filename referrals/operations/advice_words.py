"""The words of advice and the exemptions it suggests: nothing repealed or replaced may go to the forces."""

import re
from collections.abc import Collection

from foitracker.casework.refusals import NotPossible
from referrals.operations.checked_words import check_nothing_open
from requests_app.queries.exemption_catalogue import exemption_catalogue
from requests_app.rules.exemptions.catalogue import UnknownLimb
from requests_app.rules.exemptions.obsolete_references import obsolete_references

#: The exceptions of the Environmental Information Regulations 2004 are in regulations 12 and 13.
_OF_THE_EIR = re.compile(r"\b(?:EIRs?|environmental information|reg(?:ulation)?s?\.?\s*\d)", re.IGNORECASE)


def suggested_exemptions(references: Collection[str]) -> list[str]:
    """Return exemptions, as officers type them, by their references in the catalogue, each once.

    Raises NotPossible for a provision that is no longer law, naming the current one, and for one that never
    existed, naming near ones: an error, not a warning, because the forces copy the advice.
    """
    found: list[str] = []
    for typed in references:
        if _OF_THE_EIR.search(typed):
            raise NotPossible(
                f"“{typed.strip()}” is an exception of the Environmental Information Regulations. Those are not "
                "covered here: leave it out, and name it in the words of the advice.",
                field="exemptions",
            )
        try:
            found += [limb.ref for limb in exemption_catalogue().lookup(typed)]
        except UnknownLimb as refusal:
            raise NotPossible(str(refusal), field="exemptions") from refusal
    return list(dict.fromkeys(found))


def check_ready_to_give(words: str) -> None:
    """Raise NotPossible for what is still to be filled in, and for law that is no longer law.

    All obsolete provisions and phrases are named at once.
    """
    check_nothing_open(words, field="text")
    if found := obsolete_references(words):
        said = " ".join(dict.fromkeys(old.message for old in found))
        raise NotPossible(f"The advice rests on what is no longer law. {said}", field="text")
