"""What a notification says, in the part made for machines; and what its code means."""

from email import message_from_string

import pytest

from foitracker.mail.notifications import NotReadable, is_notification, read_notification
from foitracker.mail.return_codes import UNDEFINED, Cause, cause_of, code_in, in_words

REPORT = """Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

<words@example.org>: user unknown

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

{recipients}

--b
Content-Type: text/rfc822-headers

Subject: Your request
Message-ID: {message_id}

--b--
"""
FAILED = "Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1"


def failed_in(recipients: str, message_id: str = "<1@example.org>") -> dict[str, str]:
    report = REPORT.format(recipients=recipients, message_id=message_id)
    return read_notification(message_from_string(report)).failed


@pytest.mark.parametrize(
    ("recipients", "failed"),
    [
        (FAILED, {"a@example.org": "5.1.1"}),
        (FAILED.replace("rfc822; a@", "RFC822;A@"), {"a@example.org": "5.1.1"}),
        (FAILED.replace("rfc822; a@example.org", "<a@example.org>"), {"a@example.org": "5.1.1"}),
        (FAILED.replace("failed", "Failed (bounced)"), {"a@example.org": "5.1.1"}),
        (FAILED.replace("failed", "error"), {"a@example.org": "5.1.1"}),  # OpenSMTPD
        (FAILED.replace("5.1.1", "5.1.1 (bad mailbox)"), {"a@example.org": "5.1.1"}),
        (FAILED.replace("\nStatus: 5.1.1", ""), {"a@example.org": UNDEFINED}),
        (FAILED.replace("failed", "delayed"), {}),
        (FAILED.replace("failed", "delivered"), {}),
        (f"Original-Recipient: rfc822;b@example.org\n{FAILED}", {"b@example.org": "5.1.1"}),
        (
            f"{FAILED}\n\n{FAILED.replace('a@', 'b@').replace('failed', 'delayed')}",
            {"a@example.org": "5.1.1"},
        ),
    ],
)
def test_who_is_given_up_is_read_from_the_fields(recipients: str, failed: dict[str, str]) -> None:
    assert failed_in(recipients) == failed


@pytest.mark.parametrize(
    "recipients",
    [
        "",
        FAILED.replace("failed", "gone"),
        FAILED.replace("Action: failed\n", ""),
        FAILED.replace("Final-Recipient: rfc822; a@example.org\n", ""),
        FAILED.replace("a@example.org", "é@example.org"),
        f"Final-Recipient: rfc822; {'a' * 1000}\nAction: failed\nStatus: 5.1.1",
        "<a@example.org>: user unknown (5.1.1)",
    ],
)
def test_what_does_not_say_what_became_of_whom_is_not_read(recipients: str) -> None:
    with pytest.raises(NotReadable):
        failed_in(recipients)


@pytest.mark.parametrize("message_id", ["", "1@example.org", "<a b>", "<a> <b>", "<" + "a" * 300 + ">"])
def test_what_is_no_message_id_is_none(message_id: str) -> None:
    with pytest.raises(NotReadable):
        failed_in(FAILED, message_id)


def test_a_long_message_id_on_a_line_of_its_own_is_read() -> None:
    message_id = f"<{'a' * 40}@example.org>"
    report = REPORT.format(recipients=FAILED, message_id=f"\n {message_id}")
    assert read_notification(message_from_string(report)).message_id == message_id


@pytest.mark.parametrize(
    ("content_type", "is_one"),
    [
        ("multipart/report; report-type=delivery-status; boundary=b", True),
        ('Multipart/Report; boundary=b; report-type="Delivery-Status"', True),
        (
            "multipart/report; report-type=disposition-notification; boundary=b",
            False,
        ),  # read by the recipient
        ("multipart/mixed; report-type=delivery-status; boundary=b", False),
        ("text/plain", False),
        (f"multipart/report; report-type=delivery-status; boundary={'b' * 1000}", False),
    ],
)
def test_a_notification_is_told_by_its_headers(content_type: str, is_one: bool) -> None:
    assert is_notification(message_from_string(f"Content-Type: {content_type}\n\n")) is is_one


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("5.1.1", Cause.NO_ADDRESS),
        ("5.1.2", Cause.NO_ADDRESS),
        ("5.1.10", Cause.NO_ADDRESS),  # RFC 7505: the domain takes no mail
        ("5.1.7", Cause.NOT_TAKEN),  # our address
        ("5.1.8", Cause.NOT_TAKEN),  # our domain
        ("5.2.2", Cause.FULL),
        ("4.2.2", Cause.FULL),
        ("5.2.1", Cause.NOT_TAKEN),
        ("5.7.1", Cause.NOT_TAKEN),
        ("4.4.7", Cause.NOT_TAKEN),
        (UNDEFINED, Cause.NOT_TAKEN),
    ],
)
def test_what_a_code_means(code: str, cause: Cause) -> None:
    assert cause_of(code) == cause


def test_a_code_is_kept_and_never_what_stands_beside_it() -> None:
    assert code_in(" 5.1.1 (no p.lowmoor@example.org here)") == "5.1.1"
    for wrong in ("", "550 no", "5.1", "5.1.1.1", "9.1.1", "5.1.1234", "p.lowmoor@example.org"):
        assert code_in(wrong) == UNDEFINED
    assert in_words("5.2.2") == "The mailbox is full (5.2.2)"
