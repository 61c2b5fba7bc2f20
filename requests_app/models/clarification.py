from collections.abc import Iterable
from functools import reduce
from operator import or_

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foitracker.audit.append_only import never_emptied
from requests_app.rules.clock.clarification_effect import ClockEffect

EFFECT_LABELS: dict[ClockEffect, str] = {
    ClockEffect.RESTARTS: "Restarts the time limit in full (s.1(3), s.10(6))",
    ClockEffect.NARROWS: "Only narrows the scope by agreement; the time limit runs on",
}


#: The columns that a row keeps once another one has replaced it, besides those that no row changes.
_REPLACED = (
    "answered_on", "effect", "effect_reason", "in_force", "replaced_row", "correction_reason", "is_withdrawn",
    "corrected_by", "corrected_at",
)  # fmt: skip


def _any_differs(columns: Iterable[str]) -> pgtrigger.Q:
    """Return the condition that an update changes one of these columns."""
    differs = [pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in columns]
    return reduce(or_, differs)


class ClarificationsInForce(models.Manager["Clarification"]):
    """The clarifications in force after corrections: what every reader but the clock's history needs."""

    def get_queryset(self) -> models.QuerySet["Clarification"]:
        return super().get_queryset().filter(in_force=True)


class Clarification(models.Model):
    """A clarification asked of the applicant under FOIA s.1(3), and its answer.

    Both texts and both days are kept; the officer says what it does to the clock, and why. A correction is a
    new row that replaces the earlier one (`replaced_row`) and says why; with `is_withdrawn` nothing replaces it. What
    was recorded first is kept unchanged, not `in_force`. Only `answer` changes: it is the masked copy of sealed words.
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
    in_force = models.BooleanField(default=True)
    replaced_row = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    correction_reason = models.TextField(blank=True)
    is_withdrawn = models.BooleanField(default=False)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    corrected_at = models.DateTimeField(null=True, blank=True)

    objects = ClarificationsInForce()
    recorded: models.Manager["Clarification"] = models.Manager()

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="", effect="")
                | Q(answered_on__gte=F("asked_on")) & ~Q(answer="") & ~Q(effect="") & ~Q(effect_reason=""),
                name="clarification_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(replaced_row__isnull=True, correction_reason="", is_withdrawn=False)
                | Q(replaced_row__isnull=False, corrected_by__isnull=False, corrected_at__isnull=False)
                & ~Q(correction_reason=""),
                name="clarification_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | Q(in_force=False),
                name="clarification_withdrawn_is_not_in_force",
            ),
            models.UniqueConstraint(
                fields=["foi_request"],
                condition=Q(answered_on__isnull=True, in_force=True),
                name="clarification_one_open_at_a_time",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="question_is_kept", fields=["foi_request", "asked_on", "question", "asked_by"]
            ),
            pgtrigger.Protect(
                name="answer_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_on__isnull=False)
                & (
                    pgtrigger.Q(old__answered_on__df=pgtrigger.F("new__answered_on"))
                    | pgtrigger.Q(old__effect__df=pgtrigger.F("new__effect"))
                    | pgtrigger.Q(old__effect_reason__df=pgtrigger.F("new__effect_reason"))
                ),
            ),
            pgtrigger.Protect(
                name="replaced_clarification_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__in_force=False) & _any_differs(_REPLACED),
            ),
            pgtrigger.Protect(name="clarifications_are_not_deleted", operation=pgtrigger.Delete),
            never_emptied("clarifications"),
        ]
