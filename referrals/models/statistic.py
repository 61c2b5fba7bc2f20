from django.conf import settings
from django.db import models

from foitracker.audit.append_only import append_only
from foitracker.statistics.models import Snapshot


class StatisticPlacement(models.Model):
    """A saved statistic used as the answer to an item of a request."""

    statistic = models.ForeignKey(Snapshot, models.PROTECT, related_name="placements")
    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="+")
    item_label = models.CharField(max_length=20)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        triggers = append_only("statistic_placement")

    def __str__(self) -> str:
        return f"{self.statistic} in {self.foi_request}"
