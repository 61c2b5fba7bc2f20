from django.db import models
from django.db.models import F, Q


class ForceGroup(models.Model):
    """Forces that are compared with each other because they are alike. A force can be in several groups, or in none.

    Which forces were in it before is on the trail: figures are of the forces that are in it now.
    """

    name = models.CharField(max_length=80, unique=True)
    basis = models.CharField(max_length=200, help_text="Why these forces are alike, and who says so.")
    forces = models.ManyToManyField("referrals.Force", related_name="groups")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(basis=""), name="force_group_named_with_basis")
        ]

    def __str__(self) -> str:
        return self.name


class ForceRequests(models.Model):
    """How many FOI requests a force received in a year or quarter, as the force or somebody else reported it.

    The log does not know it. The number carries its source and the day the source was published.
    """

    force = models.ForeignKey("referrals.Force", models.PROTECT, related_name="reported_requests")
    from_on = models.DateField()
    to_on = models.DateField()
    received = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    published_on = models.DateField()

    class Meta:
        ordering = ["force__name", "-from_on", "to_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "from_on", "to_on"], name="force_requests_once_a_period"
            ),
            models.CheckConstraint(
                condition=Q(to_on__gt=F("from_on"), published_on__gt=F("to_on")),
                name="force_requests_published_afterwards",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="force_requests_have_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.force}, {self.from_on.isoformat()} to {self.to_on.isoformat()}: {self.received}"
