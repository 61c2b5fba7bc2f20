"""Delivery status notifications (RFC 3464): which message one is about, and whom its server has given up on.

Only the parts made for machines are read, never the words beside them, which are for people and which anybody can
write.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from typing import Any

from flufl.bounce import scan_message

from foitracker.mail.return_codes import code_in

#: Of what is said of one recipient: what became of it, and whose it was.
_OUTCOME = ("Action", "Original-Recipient", "Final-Recipient")
#: No server writes a longer one, and the standard library takes the square of it to read parameters.
_LONGEST_FIELD = 998
#: The actions of RFC 3464 2.3.3 but for `failed`.
_NOT_FAILED = ("delayed", "delivered", "relayed", "expanded")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,253}>")
_QUOTED_HEADERS = "text/rfc822-headers"
_QUOTED_MESSAGE = "message/rfc822"


class NotReadable(Exception):
    """An e-mail from which it cannot be told what became of which message."""


@dataclass(frozen=True)
class Notification:
    """One notification: the Message-ID that it quotes, and the addresses, in small letters, to which its server will
    not try to deliver any more, each with its status code."""

    message_id: str
    failed: dict[str, str]


def is_notification(headers: Message) -> bool:
    """Return whether an e-mail is a delivery status notification, by its headers alone (RFC 3464 section 2)."""
    if len(str(headers.get("Content-Type", ""))) > _LONGEST_FIELD:
        return False
    report = str(headers.get_param("report-type", ""))
    return headers.get_content_type() == "multipart/report" and report.lower() == "delivery-status"


def read_notification(email: Message) -> Notification:
    """Return what a notification says. Raises NotReadable for what is none, is broken or quotes no Message-ID."""
    parts: Any = email.get_payload()
    if not is_notification(email) or not isinstance(parts, list):
        raise NotReadable
    try:
        return Notification(_message_id(parts), dict(_failed(parts)))
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise NotReadable from error  # what the standard library raises for one mistake or another


def _failed(parts: Sequence[Message]) -> Iterator[tuple[str, str]]:
    """Give each address that is given up, with its code.

    The action decides, not the class of the code: a server that tried for days says `failed` and 4.4.7. Which actions
    mean that, and how servers write them and the address, flufl.bounce knows. It is shown the fields, and nothing
    else: it would go by words where it finds none.
    """
    blocks: list[Any] = [
        part.get_payload() for part in parts if part.get_content_type() == "message/delivery-status"
    ]
    if not blocks or not all(isinstance(block, list) for block in blocks):
        raise NotReadable
    recipients = [fields for block in blocks for fields in block if "Action" in fields]
    if not recipients:
        raise NotReadable
    for fields in recipients:
        given_up = scan_message(_outcome_alone(fields))
        if not given_up and not str(fields["Action"]).strip().lower().startswith(_NOT_FAILED):
            raise NotReadable
        for address in given_up:
            yield address.decode("ascii").lower(), code_in(str(fields.get("Status", "")))


def _outcome_alone(fields: Message) -> Message:
    """Return the part of a report with the outcome for one recipient and nothing else."""
    outcome, part = Message(), Message()
    for name in _OUTCOME:
        if len(field := str(fields.get(name, ""))) > _LONGEST_FIELD:
            raise NotReadable
        if field:
            outcome[name] = field
    part["Content-Type"] = "message/delivery-status"
    part.set_payload([outcome])
    return part


def _message_id(parts: Sequence[Message]) -> str:
    """Return the Message-ID of the one message that is quoted, whole or by its headers."""
    quoted: list[Message] = []
    for part in parts:
        content: Any
        if part.get_content_type() == _QUOTED_MESSAGE:
            content = part.get_payload()
            quoted += content
        elif part.get_content_type() == _QUOTED_HEADERS:
            content = part.get_payload(decode=True)
            quoted.append(HeaderParser().parsestr(content.decode("ascii", "replace")))
    found = str(quoted[0].get("Message-ID", "")).strip() if len(quoted) == 1 else ""
    if not _MESSAGE_ID.fullmatch(found):
        raise NotReadable
    return found
