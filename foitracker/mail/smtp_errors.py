"""What an error while sending means for the message. Nothing here repeats what the server wrote:
servers quote the recipient's address."""

import smtplib

#: RFC 5321 4.2.2: the message is larger than the server will ever take.
TOO_LARGE = 552

#: What stands for an error from the beginning of an attempt until it has an answer.
NO_ANSWER = "NoAnswer"


def describe(error: Exception) -> str:
    """Return the kind of error and, for an SMTP reply, its code: `SMTPRecipientsRefused 550`."""
    codes = _codes(error)
    return " ".join([type(error).__name__, *(str(code) for code in sorted(set(codes)))])


def in_words(description: str) -> str:
    """Return what people read for what `describe` says: “The address was refused (550)”."""
    kind, _, codes = description.partition(" ")
    return _WORDS.get(kind, "The mail server could not be reached") + (f" ({codes})" if codes else "")


_WORDS = {
    NO_ANSWER: "No answer yet",
    "SMTPRecipientsRefused": "The address was refused",
    "SMTPDataError": "The message was refused",
    "SMTPSenderRefused": "Our address, or the size of the message, was refused",
    "ValueError": "The message could not be written as an e-mail",
}


def is_permanent(error: Exception) -> bool:
    """Return whether trying again can only end the same way (RFC 5321 4.2.1: a reply of 5xx).

    Only for what concerns this message: its recipient, its content or its size. A 5xx to our
    sign-in or our sender address is a fault of the set-up, which someone will fix.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        codes = _codes(error)
        return bool(codes) and all(500 <= code < 600 for code in codes)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return error.smtp_code == TOO_LARGE
    return isinstance(error, ValueError)  # the message cannot be written in the form of an e-mail


def is_server_away(error: Exception) -> bool:
    """Return whether no other message would fare better now."""
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError | ValueError):
        return False
    return not is_permanent(error)


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _reply in error.recipients.values()]
    if isinstance(error, smtplib.SMTPResponseException):
        return [error.smtp_code]
    return []
