import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="What it is; a second one is never made.", max_length=200, unique=True
                    ),
                ),
                ("message_id", models.CharField(max_length=255, unique=True)),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField(blank=True)),
                ("queued_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting to be sent"),
                            ("sent", "Handed to the mail server"),
                            ("failed", "Could not be sent"),
                        ],
                        default="queued",
                        max_length=6,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "last_error",
                    models.CharField(
                        blank=True,
                        help_text="Kind and code of the error, never what the server wrote.",
                        max_length=200,
                    ),
                ),
            ],
            options={
                "ordering": ["queued_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "queued")),
                        fields=["next_attempt_at", "id"],
                        name="message_due_idx",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("subject__regex", "^[^[:cntrl:]]*$"), ("to__regex", "^[^[:cntrl:]]*$")
                        ),
                        name="message_headers_one_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("status", "sent")),
                            models.Q(("sent_at__isnull", True), ("status__in", ["queued", "failed"])),
                            _connector="OR",
                        ),
                        name="message_sent_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_attempt_at__isnull", False), ("status", "queued")),
                            models.Q(("next_attempt_at__isnull", True), ("status__in", ["sent", "failed"])),
                            _connector="OR",
                        ),
                        name="message_queued_has_next_attempt",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutboxAttachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("filename", models.CharField(max_length=150)),
                ("content_type", models.CharField(max_length=100)),
                ("content", models.BinaryField()),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="mail.outboxmessage",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_type__regex", "^[a-z0-9.+-]+/[a-z0-9.+-]+$"),
                            ("filename__regex", "^[^[:cntrl:]]*$"),
                        ),
                        name="attachment_headers_one_line",
                    )
                ],
            },
        ),
    ]
