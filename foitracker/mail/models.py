from django.db import models

#: Line breaks and other control characters have no place in a header.
NO_CONTROL_CHARACTERS = r"^[^[:cntrl:]]*$"


class OutboxMessage(models.Model):
    """One e-mail to one address, written in the transaction that decided on it and sent once."""

    class Status(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        SENT = "sent", "Handed to the mail server"
        FAILED = "failed", "Could not be sent"

    key = models.CharField(max_length=200, unique=True, help_text="What it is; a second one is never made.")
    message_id = models.CharField(max_length=255, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(
        max_length=200, blank=True, help_text="Kind and code of the error, never what the server wrote."
    )

    class Meta:
        ordering = ["queued_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="message_headers_one_line",
                condition=models.Q(to__regex=NO_CONTROL_CHARACTERS, subject__regex=NO_CONTROL_CHARACTERS),
            ),
            models.CheckConstraint(
                name="message_sent_has_time",
                condition=models.Q(status="sent", sent_at__isnull=False)
                | models.Q(status__in=["queued", "failed"], sent_at__isnull=True),
            ),
            models.CheckConstraint(
                name="message_queued_has_next_attempt",
                condition=models.Q(status="queued", next_attempt_at__isnull=False)
                | models.Q(status__in=["sent", "failed"], next_attempt_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"], name="message_due_idx", condition=models.Q(status="queued")
            )
        ]

    def __str__(self) -> str:
        return f"message {self.pk} ({self.status})"


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
