"""A real IMAP server on this machine: Dovecot, with one user, in a folder of its own, on a free port.

As root or not. Everything is gone when it has stopped.
"""

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.ports import free_port

USER, PASSWORD = "foi@example.org", "p/ss:w@rd of the mailbox"

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
mail_max_userip_connections = 100
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={reader} gid={reader_group} home={folder}/mail
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
"""

_PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
#: The machine's own Dovecot, or the one that DOVECOT names.
PROGRAM = os.environ.get("DOVECOT") or shutil.which("dovecot", path=_PLACES)
#: Seconds within which it has to answer, and to end.
PATIENCE = 20


class DoesNotStart(Exception):
    """There is no Dovecot, or it does not answer; the message says what it said last."""


@dataclass(frozen=True)
class Dovecot:
    """A running server. `certificate` is the file of the certificate that it shows, which nobody vouches for."""

    port: int
    tls_port: int
    certificate: Path

    def url(self, scheme: str = "imap", *, password: str = PASSWORD, folder: str = "INBOX") -> str:
        """Return the address of a folder as BOUNCE_MAILBOX_URL names it."""
        port = self.tls_port if scheme == "imap+ssl" else self.port
        return f"{scheme}://{quote(USER)}:{quote(password, safe='')}@localhost:{port}/{quote(folder)}"

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """Sign in as a person's own mail program does."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=PATIENCE) as client:
            client.login(USER, PASSWORD)
            yield client


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """Start a server with an empty mailbox, and stop it at the end."""
    if PROGRAM is None:
        raise DoesNotStart("Dovecot was not found. Run: sudo apt-get install -y dovecot-imapd")
    with tempfile.TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = Dovecot(port=free_port(), tls_port=free_port(), certificate=folder / "certificate.pem")
        _prepare(folder, server)
        process = subprocess.Popen([PROGRAM, "-F", "-c", folder / "dovecot.conf"], stdin=subprocess.DEVNULL)
        try:
            _wait_for(server, process, folder)
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _prepare(folder: Path, server: Dovecot) -> None:
    me = getpass.getuser()
    people = {"internal": me, "login": me, "reader": me}
    if os.getuid() == 0:  # then Dovecot insists on users of less power, which its package has made
        people = {"internal": "dovecot", "login": "dovenull", "reader": "nobody"}
    groups = {
        "group": grp.getgrgid(pwd.getpwnam(people["internal"]).pw_gid).gr_name,
        "reader_group": grp.getgrgid(pwd.getpwnam(people["reader"]).pw_gid).gr_name,
    }
    mail = folder / "mail"
    mail.mkdir()
    if os.getuid() == 0:
        folder.chmod(0o755)
        shutil.chown(mail, people["reader"], groups["reader_group"])
    (folder / "users").write_text(f"{USER}:{{PLAIN.b64}}{b64encode(PASSWORD.encode()).decode()}\n")
    _certify(folder)
    (folder / "dovecot.conf").write_text(
        CONFIGURATION.format(folder=folder, port=server.port, tls_port=server.tls_port, **people, **groups)
    )


def _certify(folder: Path) -> None:
    """Make a key and a certificate for `localhost` that it signs itself."""
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    files = ["-keyout", folder / "key.pem", "-out", folder / "certificate.pem"]
    named = ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*command, *named, *files], check=True, capture_output=True)


def _wait_for(server: Dovecot, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError, imaplib.IMAP4.error), server.client():
            return
        time.sleep(0.05)
    log = folder / "log"
    raise DoesNotStart(log.read_text() if log.exists() else "Dovecot wrote no log")


if __name__ == "__main__":
    try:
        with dovecot():
            pass
    except (DoesNotStart, OSError, subprocess.SubprocessError) as fault:
        sys.exit(str(fault))
