from django.conf import settings
from django.db import models
from django.db.models import Q


class HoldEnding(models.TextChoices):
    """Why an answer waits no longer."""

    TAKEN_UP = "taken_up", "It is recorded what was done with the advice"
    LOG_CLOSED = "log_closed", "The log was closed"
    OVERRIDDEN = "overridden", "Overridden by the officer"


class IssueHold(models.Model):
    """An answer that waits for someone else's advice, such as the Central Referral Unit's.

    While a hold stands the answer cannot be issued; the statutory clock goes on (FOIA s.10 knows no pause for
    it). `advised_at` is when the advice came. The hold ends when the officer has said what is done with it, or
    goes on without advice that has not come and says why. `awaited` says what is awaited, such as “CRU log
    12/26”, and `page` is where to read about it.
    """

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="holds")
    awaited = models.CharField(max_length=60)
    page = models.CharField(max_length=200)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    advised_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ending = models.CharField(max_length=12, blank=True, choices=HoldEnding.choices)
    override_reason = models.TextField(blank=True, help_text="Why the officer went on without the advice.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["foi_request", "awaited"],
                condition=Q(ended_at__isnull=True),
                name="hold_stands_once",
            ),
            models.CheckConstraint(condition=~Q(awaited=""), name="hold_says_what_for"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ending="", override_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ending=""),
                name="hold_ended_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(advised_at__isnull=True) & ~Q(ending=HoldEnding.TAKEN_UP)
                | Q(advised_at__isnull=False, ending__in=["", HoldEnding.TAKEN_UP]),
                name="hold_with_advice_ends_when_it_is_taken_up",
            ),
        ]

    def __str__(self) -> str:
        return self.awaited
