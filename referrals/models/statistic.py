from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from foitracker.audit.append_only import append_only


class SavedStatistic(models.Model):
    """A statistic as it was counted: what was asked, what came out and which logs were counted, all kept.

    `definition` and `result` are `rules.statistics` values as JSON. Run again it makes another row, whose
    `again_of` is this one.
    """

    title = models.CharField(max_length=150)
    definition = models.JSONField(encoder=DjangoJSONEncoder)
    result = models.JSONField(encoder=DjangoJSONEncoder)
    as_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    again_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="again")

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="statistic_has_title")]
        triggers = append_only("saved_statistic")

    def __str__(self) -> str:
        return self.title


class StatisticPlacement(models.Model):
    """A saved statistic used as the answer to an item of a request."""

    statistic = models.ForeignKey(SavedStatistic, models.PROTECT, related_name="placements")
    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="+")
    item_label = models.CharField(max_length=20)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        triggers = append_only("statistic_placement")

    def __str__(self) -> str:
        return f"{self.statistic} in {self.foi_request}"
