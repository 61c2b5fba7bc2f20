from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foitracker.audit.append_only import never_emptied
from referrals.rules.vocabulary import FLAG_LABELS, Flag


class Criterion(models.Model):
    """One version of a criterion under which referral is mandatory. A change makes a new version.

    `words` are words and phrases, and `flags` codes of `Flag`, of which any one suggests the criterion. The
    version in force has no `ended_at`. Shipped rows are illustrative: the unit's real list is not public.
    """

    code = models.SlugField(max_length=40, db_index=False)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    words = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    flags = ArrayField(
        models.CharField(max_length=24, choices=[(f.value, FLAG_LABELS[f]) for f in Flag]),
        default=list,
        blank=True,
    )
    is_illustrative = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Nobody: shipped."
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ["title", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="criterion_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(ended_at__isnull=True), name="criterion_in_force_once"
            ),
            models.CheckConstraint(
                condition=Q(flags__contained_by=[str(f) for f in Flag]), name="criterion_flags_known"
            ),
        ]
        triggers = [never_emptied("criterion")]

    def __str__(self) -> str:
        return self.title

    @property
    def flag_labels(self) -> list[str]:
        return [FLAG_LABELS[Flag(flag)] for flag in self.flags]
