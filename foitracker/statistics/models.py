from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from foitracker.audit.append_only import append_only


class Snapshot(models.Model):
    """A statistic as it was counted: what was asked, what came out and which cases were counted, all kept.

    `counts` names what is counted (“referrals”); `definition` and `result` are values of that app's rules as JSON. Run
    again it makes another row, whose `again_of` is this one.
    """

    counts = models.CharField(max_length=20)
    title = models.CharField(max_length=150)
    definition = models.JSONField(encoder=DjangoJSONEncoder)
    result = models.JSONField(encoder=DjangoJSONEncoder)
    as_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    again_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="again")

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="snapshot_has_title")]
        triggers = append_only("snapshot")

    def __str__(self) -> str:
        return self.title
