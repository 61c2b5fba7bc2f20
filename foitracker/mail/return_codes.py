"""Why an e-mail came back, from the status code of a delivery status notification (RFC 3463).

Nothing here repeats what the server wrote: servers quote the recipient's address.
"""

import enum
import re

#: What a failure without a code of its own says (RFC 3463 2.2: “other undefined status”).
UNDEFINED = "5.0.0"

_CODE = re.compile(r"\s*([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])")
#: Of the codes about an address, those about ours: it is not the recipient's that is wrong (RFC 3463 3.2).
_OF_THE_SENDER = {"7", "8"}


class Cause(enum.StrEnum):
    """What the receiving side means by it."""

    NO_ADDRESS = "no_address"
    FULL = "full"
    NOT_TAKEN = "not_taken"


#: Each in words.
CAUSES = {
    Cause.NO_ADDRESS: "There is no such address",
    Cause.FULL: "The mailbox is full",
    Cause.NOT_TAKEN: "The receiving side did not take it",
}


def code_in(field: str) -> str:
    """Return the code that a Status field begins with, `5.1.1` of `5.1.1 (bad mailbox)`; UNDEFINED for none."""
    found = _CODE.match(field)
    return found[1] if found else UNDEFINED


def cause_of(code: str) -> Cause:
    """Return what a code means, whatever its class: a server that gives up after days keeps its 4.2.2."""
    _class, subject, detail = code.split(".")
    if subject == "1" and detail not in _OF_THE_SENDER:
        return Cause.NO_ADDRESS
    if (subject, detail) == ("2", "2"):
        return Cause.FULL
    return Cause.NOT_TAKEN


def in_words(code: str) -> str:
    """Return what people read for a code: “There is no such address (5.1.1)”."""
    return f"{CAUSES[cause_of(code)]} ({code})"
