from django.conf import settings
from django.db import models
from django.db.models import F, Q


class CalendarFeed(models.Model):
    """A person's due dates for their own calendar program, read by whoever has the token.

    The token itself is shown once and kept nowhere: `token_hash` is its SHA-256, which is enough for a random
    token of 256 bits. A person has one feed at a time; a new one ends the one before.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at__isnull=True), name="calendar_feed_one_a_person"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="calendar_feed_expires_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(("token_hash__regex", "^[0-9a-f]{64}$")), name="calendar_feed_keeps_a_hash"
            ),
        ]
