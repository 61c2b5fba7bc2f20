"""What mail servers write when an e-mail did not arrive, or did: in the form of three of them, with invented hosts.

Each function gives the message as bytes, as it lies in a mailbox.
"""

from foitracker.mail.models import OutboxMessage

ENVELOPE = """Return-Path: <>
Received: by mail.example.org (Postfix) id 4B7C21C0A3; Fri,  6 Mar 2026 09:50:04 +0000 (GMT)
Date: Fri,  6 Mar 2026 09:50:04 +0000 (GMT)
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
To: foi@example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
"""


def postfix(
    about: OutboxMessage,
    *,
    to: str = "",
    original: str = "",
    message_id: str = "",
    action: str = "failed",
    status: str = "5.1.1",
) -> bytes:
    """Postfix: the whole message is quoted."""
    to = to or about.to
    return _bytes(f"""{ENVELOPE}Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status;
	boundary="4B7C21C0A3.1741254601/mail.example.org"
Content-Transfer-Encoding: 8bit
Message-Id: <20260306095004.5A3D01C0A9@mail.example.org>

This is a MIME-encapsulated message.

--4B7C21C0A3.1741254601/mail.example.org
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

This is the mail system at host mail.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<{to}>: host mx.example.net[192.0.2.25] said: 550 {status} <{to}>:
    Recipient address rejected (in reply to RCPT TO command)

--4B7C21C0A3.1741254601/mail.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: 4B7C21C0A3
X-Postfix-Sender: rfc822; foi@example.org
Arrival-Date: Fri,  6 Mar 2026 09:50:01 +0000 (GMT)

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{original or to}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 {status} <{to}>: Recipient address rejected

--4B7C21C0A3.1741254601/mail.example.org
Content-Description: Undelivered Message
Content-Type: message/rfc822
Content-Transfer-Encoding: 8bit

{_quoted(about, message_id)}
Our letter about your request is attached as a PDF.

--4B7C21C0A3.1741254601/mail.example.org--
""")


def exim(about: OutboxMessage) -> bytes:
    """Exim: no status code worth the name, and only the headers are quoted."""
    return _bytes(f"""{ENVELOPE}X-Failed-Recipients: {about.to}
Subject: Mail delivery failed: returning message to sender
Content-Type: multipart/report; report-type=delivery-status; boundary=1741254601-eximdsn-1804289383
Message-Id: <E1tq0aB-000Xyz-1C@mail.example.org>

--1741254601-eximdsn-1804289383
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {about.to}
    host mx.example.net [192.0.2.25]
    SMTP error from remote mail server after end of data:
    550 High probability of spam

--1741254601-eximdsn-1804289383
Content-type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Action: failed
Final-Recipient: rfc822;{about.to.upper()}
Status: 5.0.0
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 High probability of spam

--1741254601-eximdsn-1804289383
Content-type: text/rfc822-headers

{_quoted(about)}
--1741254601-eximdsn-1804289383--
""")


def exchange(about: OutboxMessage) -> bytes:
    """Exchange: its words are HTML, and its reports have fields of their own."""
    return _bytes(f"""{ENVELOPE}Subject: Undeliverable: {about.subject}
Content-Type: multipart/report; report-type="delivery-status";
	boundary="f3a6d5b1-7c0e-4a52-9d53-2b0a6c3f8e11"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-GB
Message-ID: <f3a6d5b1-7c0e-4a52-9d53-2b0a6c3f8e11@mailbox.example.net>
In-Reply-To: {about.message_id}
References: {about.message_id}

--f3a6d5b1-7c0e-4a52-9d53-2b0a6c3f8e11
Content-Type: multipart/alternative; differences=Content-Type;
	boundary="5d9e0f3c-1f3b-4b0e-8b88-0c8f0f0b7a21"

--5d9e0f3c-1f3b-4b0e-8b88-0c8f0f0b7a21
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Delivery has failed to these recipients or groups:

{about.to}<mailto:{about.to}>
The recipient's mailbox is full and can't accept messages now.=20

--5d9e0f3c-1f3b-4b0e-8b88-0c8f0f0b7a21
Content-Type: text/html; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

<html><body><p><b>Delivery has failed to these recipients or groups:</b></p></body></html>

--5d9e0f3c-1f3b-4b0e-8b88-0c8f0f0b7a21--

--f3a6d5b1-7c0e-4a52-9d53-2b0a6c3f8e11
Content-Type: message/delivery-status

Reporting-MTA: dns;mailbox.example.net
Received-From-MTA: dns;mail.example.org
Arrival-Date: Fri, 6 Mar 2026 09:50:01 +0000

Original-Recipient: rfc822;{about.to}
Final-Recipient: rfc822;{about.to}
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException
X-Display-Name: Somebody

--f3a6d5b1-7c0e-4a52-9d53-2b0a6c3f8e11
Content-Type: message/rfc822

{_quoted(about)}
Our letter about your request is attached as a PDF.

--f3a6d5b1-7c0e-4a52-9d53-2b0a6c3f8e11--
""")


def in_words_alone(about: OutboxMessage) -> bytes:
    """qmail, and whoever imitates it: nothing in it is made for machines."""
    return _bytes(f"""{ENVELOPE}Subject: failure notice

Hi. This is the qmail-send program at mail.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{about.to}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

{_quoted(about)}
""")


def from_a_person(about: OutboxMessage) -> bytes:
    """An answer to our e-mail."""
    return _bytes(f"""From: {about.to}
To: foi@example.org
Subject: Re: {about.subject}
In-Reply-To: {about.message_id}
Content-Type: text/plain; charset=utf-8

I cannot open the letter. Action: failed, Status: 5.1.1, Final-Recipient: rfc822;{about.to}
""")


def _quoted(about: OutboxMessage, message_id: str = "") -> str:
    return f"""Return-Path: <foi@example.org>
Content-Type: text/plain; charset="utf-8"
MIME-Version: 1.0
Subject: {about.subject}
From: foi@example.org
To: {about.to}
Date: Fri, 06 Mar 2026 09:50:00 -0000
Message-ID: {message_id or about.message_id}
"""


def _bytes(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()
