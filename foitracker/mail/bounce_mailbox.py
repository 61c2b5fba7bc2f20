"""The mailbox that bounces go to, over IMAP.

Nothing in it is moved or deleted. A notification that was dealt with is marked as read, one that somebody has to look
at is flagged; but which have been read is remembered by us, since people and their mail programs mark mail, too. Of
mail that is no notification the headers are looked at, once.
"""

import imaplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, unquote, urlsplit

from imap_tools import (
    AND,
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailboxFolderSelectError,
    MailboxLoginError,
    MailBoxStartTls,
    MailBoxUnencrypted,
    MailMessage,
    MailMessageFlags,
    U,
)

#: Seconds that the server may take for one step.
STEP_TIMEOUT = 30

_PORTS = {"imap+ssl": 993, "imap+tls": 143, "imap": 143}


class MailboxAway(Exception):
    """The mailbox cannot be read now; the message says why, and names no address and no secret."""


class BounceMailbox:
    """A folder that is open for reading. Messages are known by their UIDs, which hold for one `validity`."""

    def __init__(self, mailbox: BaseMailBox, folder: str) -> None:
        self._mailbox = mailbox
        self.validity = mailbox.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"]

    def after(self, uid: int, *, most: int) -> list[int]:
        """Return the UIDs of at most so many messages that came after one, in order."""
        found = map(int, self._mailbox.uids(AND(uid=U(str(uid + 1), "*"))))
        return sorted(one for one in found if one > uid)[:most]  # “n:*” names the last one, whatever n

    def flagged(self) -> set[int]:
        """Return the UIDs of the messages that are flagged, by whomever."""
        return set(map(int, self._mailbox.uids(AND(flagged=True))))

    def headers(self, uid: int) -> MailMessage | None:
        """Return the headers of a message; None for one that has gone since."""
        return self._fetch(uid, headers_only=True)

    def message(self, uid: int) -> MailMessage | None:
        """Return a whole message; None for one that has gone since. Raises RecursionError where it is too deep."""
        return self._fetch(uid, headers_only=False)

    def mark_read(self, uid: int) -> None:
        """Mark a message as read."""
        self._mark(uid, MailMessageFlags.SEEN)

    def flag(self, uid: int) -> None:
        """Flag a message, as somebody would who has to come back to it."""
        self._mark(uid, MailMessageFlags.FLAGGED)

    def _mark(self, uid: int, flag: str) -> None:
        # Not by the library: it expunges as well, and so deletes what people only marked as deleted.
        status, _ = self._mailbox.client.uid("STORE", str(uid), "+FLAGS.SILENT", f"({flag})")
        if status != "OK":
            raise imaplib.IMAP4.error

    def _fetch(self, uid: int, *, headers_only: bool) -> MailMessage | None:
        found = self._mailbox.fetch(uid_list=str(uid), mark_seen=False, headers_only=headers_only)
        return next(found, None)


@contextmanager
def opened(url: str) -> Iterator[BounceMailbox]:
    """Open the folder at an address such as `imap+ssl://user:password@host:993/INBOX`, and close it again.

    `imap+tls` is STARTTLS, `imap` without encryption. Certificates are checked. Raises MailboxAway, also for what goes
    wrong while it is open.
    """
    parts = urlsplit(url)
    folder = unquote(parts.path.removeprefix("/")) or "INBOX"
    try:
        mailbox = _connected(parts)
        try:
            user, password = unquote(parts.username or ""), unquote(parts.password or "")
            sign_in = mailbox.login if (user + password).isascii() else mailbox.login_utf8
            sign_in(user, password, initial_folder=folder)
            yield BounceMailbox(mailbox, folder)
        finally:
            with suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
                mailbox.logout()
    except (ImapToolsError, imaplib.IMAP4.error, OSError) as error:
        raise MailboxAway(_in_words(error)) from None  # a server's answer may quote an address


def _connected(parts: SplitResult) -> BaseMailBox:
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    checked = ssl.create_default_context()
    connect: dict[str, Callable[[], BaseMailBox]] = {
        "imap+ssl": lambda: MailBox(host, port, timeout=STEP_TIMEOUT, ssl_context=checked),
        "imap+tls": lambda: MailBoxStartTls(host, port, timeout=STEP_TIMEOUT, ssl_context=checked),
        "imap": lambda: MailBoxUnencrypted(host, port, timeout=STEP_TIMEOUT),
    }
    return connect[parts.scheme]()


def _in_words(error: Exception) -> str:
    if isinstance(error, MailboxLoginError):
        return "The mail server rejected the user name or password."
    if isinstance(error, MailboxFolderSelectError):
        return "The folder does not exist on the mail server."
    if isinstance(error, ssl.SSLError):
        return "The mail server's certificate is not valid, or it does not speak TLS on this port."
    if isinstance(error, TimeoutError):
        return "The mail server did not respond in time."
    if isinstance(error, imaplib.IMAP4.abort):
        return "The mail server closed the connection."
    if isinstance(error, OSError):
        return f"The mail server cannot be reached ({type(error).__name__})."
    return f"The mail server did not do as asked ({type(error).__name__})."
