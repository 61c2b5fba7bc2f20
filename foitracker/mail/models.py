from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from foitracker.mail import return_codes, smtp_errors
from foitracker.queues import LANES

#: Line breaks and other control characters have no place in a header.
NO_CONTROL_CHARACTERS = r"^[^[:cntrl:]]*$"
RETURN_CODE = r"^[245]\.[0-9]{1,3}\.[0-9]{1,3}$"


class OutboxMessage(models.Model):
    """One e-mail to one address, written in the transaction that decided on it and sent once.

    `kind` is declared by the app that sends it (`mail.kinds`). `about` is the reference of the case it is about and
    `page` its address. That it came back was entered by `returned_by`, or said by a mail server with `return_code`.
    Sent again it is another message, which names this one as `again_of`.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        SENT = "sent", "Handed to the mail server"
        FAILED = "failed", "Refused by the mail server"
        RETURNED = "returned", "Came back"

    key = models.CharField(max_length=200, unique=True, help_text="What it is; a second one is never made.")
    first_key = models.CharField(
        max_length=200, db_index=True, help_text="Its key; sent again, that of the message first sent."
    )
    kind = models.CharField(max_length=30)
    lane = models.CharField(
        max_length=10,
        choices=[(lane.value, lane.label) for lane in LANES],
        help_text="The queue it is sent from: that of its kind when it was queued.",
    )
    about = models.CharField(max_length=40, blank=True)
    page = models.CharField(max_length=200, blank=True)
    again_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="sent_again")
    message_id = models.CharField(max_length=255, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="The same, laid out; without it the e-mail is plain text.")
    queued_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(
        max_length=200, blank=True, help_text="Kind and code of the error, never what the server wrote."
    )
    failed_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was refused for good, or known that it came back."
    )
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    return_code = models.CharField(
        max_length=9,
        blank=True,
        help_text="What a mail server gave as the reason that it came back (RFC 3463).",
    )

    class Meta:
        ordering = ["queued_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="message_lane_known", condition=models.Q(lane__in=[lane.value for lane in LANES])
            ),
            models.CheckConstraint(
                name="message_headers_one_line",
                condition=models.Q(to__regex=NO_CONTROL_CHARACTERS, subject__regex=NO_CONTROL_CHARACTERS),
            ),
            models.CheckConstraint(
                name="message_sent_has_time",
                condition=models.Q(status__in=["sent", "returned"], sent_at__isnull=False)
                | models.Q(status__in=["queued", "failed"], sent_at__isnull=True),
            ),
            models.CheckConstraint(
                name="message_queued_has_next_attempt",
                condition=models.Q(status="queued", next_attempt_at__isnull=False)
                | models.Q(status__in=["sent", "failed", "returned"], next_attempt_at__isnull=True),
            ),
            models.CheckConstraint(
                name="message_failed_has_time",
                condition=models.Q(status__in=["failed", "returned"], failed_at__isnull=False)
                | models.Q(status__in=["queued", "sent"], failed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="message_returned_by_somebody",
                condition=models.Q(status="returned", returned_by__isnull=False, return_code="")
                | models.Q(status="returned", returned_by__isnull=True, return_code__regex=RETURN_CODE)
                | ~models.Q(status="returned") & models.Q(returned_by__isnull=True, return_code=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["lane", "next_attempt_at", "id"],
                name="message_due_idx",
                condition=models.Q(status="queued"),
            ),
            models.Index(fields=["-queued_at", "-id"], name="message_newest_first"),
            models.Index(fields=["about"], name="message_about_idx"),
            models.Index(
                fields=["about", "kind"],
                name="message_undelivered_idx",
                condition=models.Q(status__in=["failed", "returned"]),
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} ({self.status})"

    @property
    def is_undelivered(self) -> bool:
        """Whether it was refused or came back."""
        return self.status in (self.Status.FAILED, self.Status.RETURNED)

    @property
    def error_in_words(self) -> str:
        """Why it was not sent, the last time it was tried, or came back, as mail servers say; empty where none did."""
        if self.return_code:
            return return_codes.in_words(self.return_code)
        return smtp_errors.in_words(self.last_error) if self.last_error else ""

    @property
    def masked_address(self) -> str:
        """The address as the outbox shows it: enough to tell two apart, not enough to write to."""
        name, _, domain = self.to.partition("@")
        return f"{name[:1]}…@….{domain.rpartition('.')[2]}"


class OutboxAttachment(models.Model):
    message = models.ForeignKey(OutboxMessage, on_delete=models.PROTECT, related_name="attachments")
    filename = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="attachment_headers_one_line",
                condition=models.Q(
                    filename__regex=NO_CONTROL_CHARACTERS, content_type__regex=r"^[a-z0-9.+-]+/[a-z0-9.+-]+$"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk} of message {self.message_id}"


class BounceReading(models.Model):
    """How far the mailbox of bounces has been read, and how it went the last time. There is one row at most.

    `read_at` is when it was last read to the end, `tried_at` when that was last tried; `problem` is empty when it went
    well. `read_to` is the UID of the last message looked at, and `flagged` are those of the notifications that somebody
    has to look at; UIDs mean something while the folder's `validity` stays.
    """

    validity = models.PositiveBigIntegerField(default=0)
    read_to = models.PositiveBigIntegerField(default=0)
    flagged = ArrayField(models.PositiveBigIntegerField(), default=list)
    tried_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="one_bounce_reading", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return self.problem or f"read up to {self.read_to}"
