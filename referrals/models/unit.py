from django.db import models
from django.db.models import Q


class ReferralUnit(models.Model):
    """What the unit has decided about its own work: one row.

    Advice is due `reply_days_before` working days before the first of the forces' deadlines, or
    `reply_days_without_deadline` working days after the form came where no deadline is known.
    `data_complete_to` is the last day up to which every log has been entered and checked.
    """

    name = models.CharField(max_length=120, default="Central Referral Unit")
    reply_days_before = models.PositiveSmallIntegerField(default=5)
    reply_days_without_deadline = models.PositiveSmallIntegerField(default=10)
    consultation_days = models.PositiveSmallIntegerField(
        default=5, help_text="Working days a portfolio lead is given to reply."
    )
    ageing_after_days = models.PositiveSmallIntegerField(
        default=15, help_text="Working days after which a log without advice is shown as ageing."
    )
    data_complete_to = models.DateField(null=True, blank=True)
    own_force = models.ForeignKey(
        "referrals.Force",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The authority itself: it refers its own requests under this name.",
    )

    class Meta:
        verbose_name_plural = "referral unit"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="unit_is_one"),
            models.CheckConstraint(
                condition=Q(
                    reply_days_before__lte=15,
                    reply_days_without_deadline__gte=1,
                    reply_days_without_deadline__lte=40,
                    consultation_days__gte=1,
                    consultation_days__lte=20,
                    ageing_after_days__gte=1,
                    ageing_after_days__lte=60,
                ),
                name="unit_days_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.name
