from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foitracker.audit.append_only import append_only


class SealedWords(models.Model):
    """What the applicant wrote, as it came: never changed, and opened only where every reading is recorded.

    Everything else reads the masked copy: `FoiRequest.words` of the request itself, `Clarification.answer` of the
    answer to a clarification. The copy is these words with asterisks for each masking in force.
    """

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="+")
    clarification = models.OneToOneField(
        "requests_app.Clarification", models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField()
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "sealed words"
        constraints = [
            models.UniqueConstraint(
                fields=["foi_request"],
                condition=Q(clarification__isnull=True),
                name="request_words_sealed_once",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="sealed_words_say_something"),
        ]
        triggers = append_only("sealed_words")

    def __str__(self) -> str:
        return "Sealed words"


class Masking(models.Model):
    """One stretch of sealed words, from `start` up to `end`, that the copy has asterisks for until it is lifted.

    `kind` says what was found there (`TraceKind`); empty for what a person chose. Never what it says.
    """

    sealed = models.ForeignKey(SealedWords, models.PROTECT, related_name="maskings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=24, blank=True)
    masked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    masked_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sealed_id", "start", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="masking_hides_something"),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="masking_lifted_by_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"
