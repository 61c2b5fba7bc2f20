from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class FigureSet(models.Model):
    """Figures that answer an item, with their definition: unit of count, criteria and caveat."""

    item = models.ForeignKey("requests_app.RequestItem", models.PROTECT, related_name="figure_sets")
    unit_of_count = models.CharField(max_length=120)
    criteria = ArrayField(models.TextField(), default=list)
    caveat = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]


class Figure(models.Model):
    """One figure. `label` is the question's own; the period runs from its first to its last day inclusive."""

    figure_set = models.ForeignKey(FigureSet, models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    period_from = models.DateField()
    period_to = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        ordering = ["figure_set_id", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")), name="figure_period_in_order"
            ),
            models.UniqueConstraint(fields=["figure_set", "position"], name="figure_position_once"),
        ]
