from django.conf import settings
from django.db import models
from django.db.models import F, Q

from requests_app.rules.letter_facts import ClockEffect

EFFECT_LABELS: dict[ClockEffect, str] = {
    ClockEffect.RESTARTS: "Restarts the time limit in full (s.1(3), s.10(6))",
    ClockEffect.NARROWS: "Only narrows the scope by agreement; the time limit runs on",
}


class Clarification(models.Model):
    """A clarification asked of the applicant under FOIA s.1(3), and its answer.

    Both texts and both days are kept; the officer says what it does to the clock, and why.
    """

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="clarifications")
    asked_on = models.DateField()
    question = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    effect = models.CharField(
        max_length=10, blank=True, default="", choices=[(e.value, EFFECT_LABELS[e]) for e in ClockEffect]
    )
    effect_reason = models.TextField(blank=True)
    excluded_items = models.ManyToManyField("requests_app.RequestItem", blank=True, related_name="+")

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="", effect="")
                | Q(answered_on__gte=F("asked_on")) & ~Q(answer="") & ~Q(effect="") & ~Q(effect_reason=""),
                name="clarification_answer_is_whole",
            ),
            models.UniqueConstraint(
                fields=["foi_request"],
                condition=Q(answered_on__isnull=True),
                name="clarification_one_open_at_a_time",
            ),
        ]
